"""What an import would do, row by row, before anything is done: new, update, same or bad."""

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bankcc.i18n import _
from bankcc.schema.record import RecordKind
from bankcc.tabular.cells import Cells, Finding, RowReader
from bankcc.tabular.door import Reader
from bankcc.tabular.header import Mapping as Columns
from bankcc.tabular.header import is_header
from bankcc.tabular.match import Outcome, PlannedRow, Work, match, names_by_phone, settled
from bankcc.tabular.posts import PlannedPost, Seat, plan_posts
from bankcc.tabular.rules import NUMBER, heading, rules_for
from bankcc.tabular.table import Row, Table, unreadable

__all__ = ["ImportPlan", "Outcome", "PlannedRow", "plan_import"]

_COUNTERS = {"序号", "行号", "no", "sn"}
"""Headings of columns that only count the rows: nothing is lost without them."""
_OWN_NUMBER = re.compile(r"\S+-[A-Z]{1,2}-\d{4,}")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would do. Nothing is written until `load.apply`."""

    kind: str
    mapping: Columns
    rows: tuple[PlannedRow, ...]
    posts: tuple[PlannedPost, ...] = ()
    notes: tuple[Finding, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def problems(self) -> tuple[Finding, ...]:
        """Everything wrong with bad rows, in file order."""
        return tuple(problem for row in self.rows for problem in row.problems)


def plan_import(
    table: Table,
    kind: RecordKind,
    mapping: Columns,
    session: Reader,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ImportPlan:
    """Plan the import of `table`. `progress` hears how many rows were looked at.

    Raises UserError when a needed column is missing, or when cancelled.
    """
    rules = rules_for(kind)
    missing = [kind.by_name[name] for name in rules.needed if mapping.column_of(name) is None]
    if missing:
        names = _(", ").join(_(item.label) for item in missing)
        raise unreadable(
            _("The table has no column for: {names}.").format(names=names),
            _("Choose the column, or name it in the header row."),
        )
    work = Work(kind, rules, session, mapping)
    read = list(_understand(table, work, progress, cancelled))
    _tell_columns(work, table)
    work.names = names_by_phone(read)
    fresh = [cells for cells in read if not settled(cells, work)]
    for cells in fresh:
        if cancelled():
            raise unreadable(_("Reading was cancelled."))
        work.done[cells.row] = match(cells, work)
    rows = tuple(work.done[cells.row] for cells in read)
    posts: tuple[PlannedPost, ...] = ()
    if kind.name == "person":
        posts, found = plan_posts(session, list(_seats(read, work)))
        work.notes += found
    notes = sorted(work.notes, key=lambda note: note.row)
    return ImportPlan(kind.name, mapping, rows, posts, tuple(notes))


def _understand(
    table: Table,
    work: Work,
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool],
) -> Iterable[Cells]:
    """The rows that are records. Remarks, totals, repeated headers and rows without content are
    not."""
    reader = RowReader(work.kind, work.rules, work.columns, work.center)
    body = table.rows[work.columns.header + 1 :]
    above = _written_once(table, body, work)
    texts: dict[int, str] = {}
    for index, row in enumerate(body):
        if index % 500 == 0:
            if cancelled():
                raise unreadable(_("Reading was cancelled."))
            if progress:
                progress(index)
        texts |= {column: row.cell(column) for column in above if row.cell(column)}
        if _is_record(row, work):
            yield reader.read(row, texts)


def _is_record(row: Row, work: Work) -> bool:
    first = next((text for text in row.cells if text), "")
    if work.rules.is_remark(first) or is_header(row, work.columns):
        work.notes.append(
            Finding(row.number, "", _("not a record: {text}").format(text=first[:30]))
        )
        return False
    names = work.columns.columns.items()
    own = (c for c, name in names if name != NUMBER and name not in work.rules.fill_down)
    return any(row.cell(column) and column not in row.filled for column in own)


def _written_once(table: Table, body: tuple[Row, ...], work: Work) -> frozenset[int]:
    """Columns whose blank cells mean “as above”: declared so, never merged here, and no value twice
    running.

    In the program's own files a blank is a blank.
    """
    numbered = work.columns.column_of(NUMBER)
    if numbered is not None and any(_OWN_NUMBER.fullmatch(row.cell(numbered)) for row in body):
        return frozenset()
    found = set()
    for name in work.rules.fill_down:
        column = work.columns.column_of(name)
        if column is None or column in table.merged:
            continue
        texts = [text for row in body if (text := row.cell(column))]
        if not any(a == b for a, b in itertools.pairwise(texts)):
            found.add(column)
    return frozenset(found)


def _tell_columns(work: Work, table: Table) -> None:
    work.notes += [Finding(0, "", text) for text in table.notes]
    for column in work.columns.repeated:
        reason = _("column {column} is not read: another one fills the same field")
        text = reason.format(column=work.columns.place(column))
        work.notes.append(Finding(0, "", text))
    unread = [
        work.columns.place(column)
        for column in work.columns.unknown
        if column not in work.columns.repeated
        and heading(work.columns.headings[column]) not in _COUNTERS
    ]
    if unread:
        places = _(", ").join(unread)
        text = _("columns that fill no field are not read: {places}").format(places=places)
        work.notes.append(Finding(0, "", text))


def _seats(read: Iterable[Cells], work: Work) -> Iterable[Seat]:
    """Who of the file holds which post, and who stands in."""
    for cells in read:
        planned = work.done[cells.row]
        if planned.outcome is Outcome.BAD:
            yield Seat(cells.row, str(cells.values.get("name") or ""), usable=False)
            continue
        yield Seat(
            row_no=cells.row,
            name=str(cells.values.get("name") or ""),
            person=planned.record,
            person_origin=planned.origin,
            row_origin=cells.origin,
            group=str(cells.values.get("group") or ""),
            title=str(cells.values.get("post") or ""),
            backups={name: text for name, text in cells.extra.items() if name != "office_phone"},
            places={name: work.columns.place(work.columns.column_of(name)) for name in cells.extra},
        )
