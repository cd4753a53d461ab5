"""Records on the way to the terminal: a table for people, JSON for programs, CSV for spreadsheets.

JSON holds stored codes and stays the same in every language; table and CSV hold words. Telephone
numbers are masked in all three unless they are asked for.
"""

import csv
import io
import itertools
import json
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from bankcc import clock
from bankcc.features import timeline
from bankcc.i18n import N_, _
from bankcc.schema import phones
from bankcc.schema.fields import Checklist, Field, Flag, Moment, Phone, Text, Value
from bankcc.schema.query import Query
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind
from bankcc.session import Session
from bankcc.tabular.out_cells import OutRows
from bankcc.tabular.safe_cell import protect

PAGE = 500
CELL = 40
"""Widest cell of a table, in columns of the terminal."""
JSON_HELP = N_(
    "JSON is an array of objects, the same in every language: “id” and “number”, then every field"
    " of the kind under its name, then “created”, “created_by”, “changed”, “changed_by”,"
    " “conflicts”. Choices are codes, links are ids, times are ISO 8601 with their offset, days"
    " YYYY-MM-DD, yes and no true and false, checklists arrays of key, text and done, what was not"
    " entered null. Phones are masked strings; with --reveal they are digits."
)


def records(session: Session, query: Query) -> Iterator[Record]:
    """What `query` finds, a page at a time, so that memory does not grow with the list."""
    ids = session.ids(query)
    for start in range(0, len(ids), PAGE):
        for record in session.rows(query.kind, ids[start : start + PAGE]):
            if record is not None:  # deleted by a running window since the list was made
                yield record


def shown(session: Session, record: Record, name: str, *, reveal: bool) -> str:
    """A field in words, entries of the timeline that follow from operations included."""
    if record.kind == timeline.NAME:
        if name == "text":
            return timeline.sentence(session, record)
        if name == "subject" and record["subject"]:
            return session.link_title(record.text("subject_kind"), record.text("subject"))
    return session.display(record, name, reveal=reveal)


# -- JSON ------------------------------------------------------------------------------------------


def plain(kind: RecordKind, record: Record, *, reveal: bool) -> dict[str, Any]:
    """A record as JSON; see JSON_HELP."""
    found: dict[str, Any] = {"id": record.id, "number": record.number}
    found |= {
        item.name: _plain_value(item, record[item.name], reveal=reveal) for item in kind.fields
    }
    found |= {
        name: _plain_value(SYSTEM_FIELDS[name], record[name], reveal=reveal)
        for name in ("created", "created_by", "changed", "changed_by")
    }
    return found | {"conflicts": record.conflicts}


def _plain_value(item: Field, value: Value, *, reveal: bool) -> Any:
    if value is None:
        return None
    if isinstance(item, Phone) and isinstance(value, str):
        return value if reveal else phones.masked(value)
    if isinstance(item, Moment) and isinstance(value, int):
        return moment(value)
    if isinstance(item, Flag):
        return bool(value)
    if isinstance(item, Checklist) and isinstance(value, list):
        return [
            {"key": key, "text": text if reveal else phones.mask_in_text(text), "done": bool(done)}
            for key, text, done in value
        ]
    if isinstance(item, Text) and isinstance(value, str):
        return item.format(value, reveal=reveal)
    return value


def moment(ms: int) -> str:
    """ISO 8601 in the center's zone."""
    return clock.local(ms).isoformat(timespec="milliseconds" if ms % 1000 else "seconds")


def write_json(objects: Iterable[dict[str, Any]]) -> None:
    """An array, one object on each line."""
    before = "[\n"
    for item in objects:
        click.echo(before + json.dumps(item, ensure_ascii=False), nl=False)
        before = ",\n"
    click.echo("[]" if before == "[\n" else "\n]")


# -- CSV -------------------------------------------------------------------------------------------


def write_csv(session: Session, kind: RecordKind, found: Iterable[Record], *, reveal: bool) -> None:
    """A header of labels and one line each, in UTF-8; no cell can run as a formula."""
    out = OutRows(session, kind, reveal=reveal)
    _csv_lines([out.header()])
    for page in _pages(found):
        _csv_lines([_csv_cells(session, out, record, reveal=reveal) for record in page])


def _csv_cells(session: Session, out: OutRows, record: Record, *, reveal: bool) -> list[str]:
    cells = ["" if cell is None else str(cell) for cell in out.cells(record)]
    if record.kind == timeline.NAME:
        cells[list(out.columns).index("text")] = shown(session, record, "text", reveal=reveal)
    return cells


def _csv_lines(rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([protect(cell) for cell in row] for row in rows)
    click.echo(text.getvalue(), nl=False)


def _pages(found: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(found)
    while page := list(itertools.islice(source, PAGE)):
        yield page


# -- table -----------------------------------------------------------------------------------------


def write_table(
    session: Session, kind: RecordKind, found: Iterable[Record], *, reveal: bool
) -> None:
    """The columns of the kind's list below their labels."""
    columns = ["number", *kind.columns]
    labels = [_((SYSTEM_FIELDS.get(name) or kind.field(name)).label) for name in columns]
    rows = ([shown(session, record, name, reveal=reveal) for name in columns] for record in found)
    write_rows(labels, rows)


def write_rows(
    labels: Sequence[str], rows: Iterable[Sequence[str]], *, cut_last: bool = True
) -> None:
    """Aligned columns; long cells are cut, and on a terminal whole lines to its width."""
    cells = [list(labels), *([one_line(cell) for cell in row] for row in rows)]
    if len(cells) == 1:
        click.echo(_("No entries."), err=True)
        return
    full = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 10_000
    widths = [
        min(max(display_width(row[column]) for row in cells), CELL) for column in range(len(labels))
    ]
    if not cut_last:
        widths[-1] = max(display_width(row[-1]) for row in cells)
    for row in cells:
        line = "  ".join(fit(cell, width) for cell, width in zip(row, widths, strict=True))
        click.echo(cut_to(line.rstrip(), full))


def one_line(text: str) -> str:
    """`text` without line ends or anything a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def display_width(text: str) -> int:
    """How many columns of a terminal `text` takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def fit(text: str, width: int) -> str:
    """`text` cut or filled to `width` columns."""
    cut = cut_to(text, width)
    return cut + " " * (width - display_width(cut))


def cut_to(text: str, width: int) -> str:
    """`text` cut to at most `width` columns, with an ellipsis where something is missing."""
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for char in text:
        used += display_width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + "…"
