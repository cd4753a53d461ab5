"""CSV as it is found: UTF-8 with or without BOM, UTF-16, GBK/GB18030; commas, semicolons or tabs;
quoted line breaks, ragged rows, stray NULs. Rows are numbered as a spreadsheet program would number
them.
"""

import csv
import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bankcc.i18n import _
from bankcc.tabular.guard import cannot_read
from bankcc.tabular.safe_cell import unprotect
from bankcc.tabular.table import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    Row,
    Table,
    letter,
    trim,
    unreadable,
)

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_DELIMITERS = ",;\t|，；"
_SAMPLE = 65_536
_END = "\0"
"""Stands behind the last line: no text holds it, and in an open quotation it ends up in a cell."""


def read_text_table(path: Path) -> Table:
    """The table in a text file. Raises UserError when its encoding is unknown or it has too many
    rows."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)  # it may have grown since its size was checked
    except OSError as error:
        raise cannot_read(path, error) from error
    text = decode(path.name, data[:MAX_FILE_BYTES]).replace("\0", "")
    rows: list[Row] = []
    wide = False
    for number, fields in enumerate(_records(text, delimiter_of(text), _END), start=1):
        if fields and fields[-1].endswith(_END):
            _check_closed(path, number, fields)
            break
        cells = trim([_cell(item) for item in fields])
        if not cells:
            continue
        if len(rows) == MAX_ROWS:
            raise unreadable(
                _("{name} has more than {limit} rows.").format(name=path.name, limit=MAX_ROWS),
                _("Split it into several files."),
            )
        wide = wide or len(cells) > MAX_COLUMNS
        rows.append(Row(number, cells[:MAX_COLUMNS]))
    last = letter(MAX_COLUMNS - 1)
    notes = (_("Columns after {column} were not read.").format(column=last),) if wide else ()
    return Table(path.stem, tuple(rows), notes)


def _check_closed(path: Path, number: int, fields: list[str]) -> None:
    """Refuse a file whose last record swallowed the end: how many rows are in it, nobody knows."""
    if fields != [_END]:
        raise unreadable(
            _("{name}: a quotation mark in row {row} is never closed.").format(
                name=path.name, row=number
            ),
            _("Close or remove it in a text editor, or save the table as .xlsx."),
        )


def decode(name: str, data: bytes) -> str:
    """`data` as text. GB18030 is tried after UTF-8, because almost any bytes pass as GB18030."""
    for bom, code in _BOMS:
        if data.startswith(bom):
            return _decode_as(name, data[len(bom) :], code)
    if code := _wide_code(data):
        return _decode_as(name, data, code)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_as(name, data, "gb18030")


def _wide_code(data: bytes) -> str:
    """UTF-16 without a mark: Latin punctuation and digits put a NUL in every second byte."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) or max(even, odd) < 4 * min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _decode_as(name: str, data: bytes, code: str) -> str:
    try:
        return data.decode(code)
    except UnicodeDecodeError as error:
        if len(data) - error.start <= 3:  # a file cut in the middle of its last character
            return data.decode(code, errors="ignore")
        raise unreadable(
            _("{name} is not a text file in UTF-8 or GB18030 (line {line}).").format(
                name=name, line=data.count(b"\n", 0, error.start) + 1
            ),
            _("Save it as “CSV UTF-8” or .xlsx and try again."),
        ) from error


def delimiter_of(text: str) -> str:
    """The delimiter that gives the most cells in rows of equal length."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    return max(_DELIMITERS, key=lambda mark: _fit(sample, mark))


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    widths: dict[int, int] = {}
    for number, fields in enumerate(_records(sample, delimiter)):
        if number == 200:
            break
        if len(fields) > 1:
            widths[len(fields)] = widths.get(len(fields), 0) + 1
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    # Full-width commas stand inside sentences; a real table of them still wins over no table.
    return (rows if delimiter in ",;\t|" else min(rows, 1)), width


def _records(text: str, delimiter: str, end: str = "") -> Iterator[list[str]]:
    """The records of `text`, and `end` as one more."""
    # The reader's own limit is one per process and would refuse the whole file for one long cell.
    csv.field_size_limit(MAX_FILE_BYTES)
    lines = io.StringIO(text, newline="")
    return csv.reader(chain(lines, [end] if end else []), delimiter=delimiter)


def _cell(text: str) -> str:
    if len(text) > MAX_CELL:
        text = text[: MAX_CELL + 1]
    return unprotect(text).strip().strip("\ufeff").strip()
