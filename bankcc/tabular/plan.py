"""What an import would do, row by row, before anything is done: new, update, same or bad.

A row whose identity is known changes nothing. Otherwise it meets a record only by what identifies
one (staff number, phone); a name alone never joins two people. Blank cells never erase.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.fields import Moment, Value
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record, RecordKind
from bankcc.tabular.cells import Cells, Finding, RowReader
from bankcc.tabular.door import Reader
from bankcc.tabular.header import Mapping as Columns
from bankcc.tabular.header import is_header
from bankcc.tabular.posts import PlannedPost, Seat, plan_posts
from bankcc.tabular.rules import NUMBER, Rules, rules_for
from bankcc.tabular.table import Row, Table, unreadable


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file. `values`: for NEW all of them, for UPDATE those that change.

    `record`: the record that it updates or already is, "" for none yet.
    """

    row_no: int
    outcome: Outcome
    values: Mapping[str, Value]
    origin: str
    record: str = ""
    problems: tuple[Finding, ...] = ()


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


@dataclass(slots=True)
class _Work:
    """What is known while the rows are matched."""

    kind: RecordKind
    rules: Rules
    center: Reader
    columns: Columns
    names: Mapping[Value, frozenset[Value]] = field(default_factory=dict)
    claimed: dict[str, int] = field(default_factory=dict)
    done: dict[int, PlannedRow] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)


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
    work = _Work(kind, rules, session, mapping)
    read = list(_understand(table, work, progress, cancelled))
    _tell_columns(work, table)
    work.names = _names_by_phone(read)
    fresh = [cells for cells in read if not _settled(cells, work)]
    for cells in fresh:
        if cancelled():
            raise unreadable(_("Reading was cancelled."))
        work.done[cells.row] = _match(cells, work)
    rows = tuple(work.done[cells.row] for cells in read)
    posts: tuple[PlannedPost, ...] = ()
    if kind.name == "person":
        posts, found = plan_posts(session, list(_seats(read, work)))
        work.notes += found
    notes = sorted(work.notes, key=lambda note: note.row)
    return ImportPlan(kind.name, mapping, rows, posts, tuple(notes))


def _understand(
    table: Table,
    work: _Work,
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


def _is_record(row: Row, work: _Work) -> bool:
    first = next((text for text in row.cells if text), "")
    if work.rules.is_remark(first) or is_header(row, work.columns):
        work.notes.append(
            Finding(row.number, "", _("not a record: {text}").format(text=first[:30]))
        )
        return False
    names = work.columns.columns.items()
    own = (c for c, name in names if name != NUMBER and name not in work.rules.fill_down)
    return any(row.cell(column) and column not in row.filled for column in own)


def _written_once(table: Table, body: tuple[Row, ...], work: _Work) -> frozenset[int]:
    """Columns whose blank cells mean “as above”: declared so, never merged here, and no value twice
    running.

    In the program's own files a blank is a blank.
    """
    if work.columns.column_of(NUMBER) is not None:
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


def _tell_columns(work: _Work, table: Table) -> None:
    work.notes += [Finding(0, "", text) for text in table.notes]
    for column in work.columns.repeated:
        reason = _("column {column} is not read: another one fills the same field")
        text = reason.format(column=work.columns.place(column))
        work.notes.append(Finding(0, "", text))


def _settled(cells: Cells, work: _Work) -> bool:
    """Bad rows, and rows that are known or repeat another, need no matching."""
    if cells.problems:
        problems = tuple(cells.problems)
        work.done[cells.row] = PlannedRow(
            cells.row, Outcome.BAD, cells.values, cells.origin, problems=problems
        )
        return True
    work.notes += cells.notes
    earlier = work.claimed.get(cells.origin)
    if earlier is not None:
        reason = _("the same as row {row}, taken once").format(row=earlier)
        work.notes.append(Finding(cells.row, "", reason))
        record = work.done[earlier].record if earlier in work.done else ""
        work.done[cells.row] = PlannedRow(cells.row, Outcome.SAME, {}, cells.origin, record)
        return True
    work.claimed[cells.origin] = cells.row
    record = work.center.known_origin(cells.origin)
    if record:
        work.claimed[record] = cells.row
        for fields in work.rules.identity:
            work.claimed.setdefault(_key(fields, cells, work), cells.row)
        work.done[cells.row] = PlannedRow(cells.row, Outcome.SAME, {}, cells.origin, record)
    return bool(record)


def _names_by_phone(read: Iterable[Cells]) -> dict[Value, frozenset[Value]]:
    """Who shares a number in this file: they are different people, whoever comes first."""
    found: dict[Value, frozenset[Value]] = {}
    for cells in read:
        if phone := cells.values.get("phone"):
            found[phone] = found.get(phone, frozenset()) | {cells.values.get("name")}
    return found


def _match(cells: Cells, work: _Work) -> PlannedRow:
    """Find the record that a row is about, and what would change."""
    for fields in work.rules.identity:
        key = _key(fields, cells, work)
        if not key:
            continue
        if (earlier := work.claimed.get(key)) is not None:
            return _second(cells, earlier, fields, work)
        if (
            len(fields) == 1
        ):  # two items of one name may lie in one place, but a phone is one person's
            work.claimed[key] = cells.row
        records = _candidates(fields, cells, work)
        if len(records) == 1:
            return _against(records[0], cells, work)
        if len(records) > 1:
            reason = _("fits {count} records; change them in the program")
            problem = Finding(cells.row, "", reason.format(count=len(records)))
            return PlannedRow(cells.row, Outcome.BAD, {}, cells.origin, problems=(problem,))
    return _new(cells, work)


def _key(fields: tuple[str, ...], cells: Cells, work: _Work) -> str:
    """What marks an identity as taken by a row of this file; "" when the row lacks a part of it."""
    values = [_given(cells, name) for name in fields]
    if None in values:
        return ""
    if len(work.names.get(cells.values.get("phone"), ())) > 1 and fields == ("phone",):
        values.append(cells.values.get("name"))
    return repr((fields, values))


def _given(cells: Cells, name: str) -> Value:
    return cells.number or None if name == NUMBER else cells.values.get(name)


def _candidates(fields: tuple[str, ...], cells: Cells, work: _Work) -> list[Record]:
    """Records that agree in all of `fields` and that no other row is about."""
    where = tuple(
        Condition(name, "=", _given(cells, name))
        for name in fields
        if not isinstance(work.kind.by_name[name], Moment)
    )
    found = [
        record
        for record in work.center.find(Query(work.kind.name, where=where, limit=50))
        if record.id not in work.claimed
        and all(_equal(work.kind, name, _given(cells, name), record[name]) for name in fields)
    ]
    return _of_one_phone(found, cells, work) if fields == ("phone",) else found


def _of_one_phone(found: list[Record], cells: Cells, work: _Work) -> list[Record]:
    """Of those with this number: who has the name; else who is no other person of the file.

    Two staff numbers are two people.
    """
    staff_no, name = cells.values.get("staff_no"), cells.values.get("name")
    found = [item for item in found if not staff_no or item["staff_no"] in (None, staff_no)]
    own = [item for item in found if item["name"] == name]
    names = work.names.get(cells.values.get("phone"), frozenset())
    return own or [item for item in found if item["name"] not in names]


def _equal(kind: RecordKind, name: str, new: Value, old: Value) -> bool:
    """Whether a file's value is the stored one; files hold times to the second only."""
    if isinstance(kind.by_name.get(name), Moment) and isinstance(new, int) and isinstance(old, int):
        return new // 1000 == old // 1000
    return new == old


def _second(cells: Cells, earlier: int, fields: tuple[str, ...], work: _Work) -> PlannedRow:
    """A second row about one record: somebody with two posts is one person; anything else is asked
    back."""
    first = work.done[earlier]
    if fields in (("phone",), ("staff_no",)) and _name_of(first, work) == cells.values.get("name"):
        reason = _("{name} stands in row {row} already; only the post is taken")
        text = reason.format(name=cells.values["name"], row=earlier)
        work.notes.append(Finding(cells.row, "", text))
        return PlannedRow(cells.row, Outcome.SAME, {}, first.origin, first.record)
    place = " / ".join(work.columns.place(work.columns.column_of(name)) for name in fields)
    problem = Finding(cells.row, place, _("is the same as in row {row}").format(row=earlier))
    return PlannedRow(cells.row, Outcome.BAD, {}, cells.origin, problems=(problem,))


def _name_of(row: PlannedRow, work: _Work) -> Value:
    if "name" in row.values or not row.record:
        return row.values.get("name")
    return work.center.get(work.kind.name, row.record)["name"]


def _against(record: Record, cells: Cells, work: _Work) -> PlannedRow:
    """What a row changes at the record that it is about."""
    work.claimed[record.id] = cells.row
    changes = {
        name: value
        for name, value in cells.values.items()
        if not _equal(work.kind, name, value, record[name])
    }
    outcome = Outcome.UPDATE if changes else Outcome.SAME
    if "name" in changes and work.kind.name == "person":
        reason = _("{old} becomes {new}").format(old=record["name"], new=changes["name"])
        work.notes.append(Finding(cells.row, "", reason))
    planned = PlannedRow(cells.row, outcome, changes, cells.origin, record.id)
    return _checked(planned, {**record.values, **changes}, record.values, work)


def _new(cells: Cells, work: _Work) -> PlannedRow:
    if cells.number and (record := _unchanged(cells, work)):
        return PlannedRow(cells.row, Outcome.SAME, {}, cells.origin, record)
    values = dict(work.rules.new) | cells.values
    defaults = {item.name: item.default for item in work.kind.fields if item.default is not None}
    planned = PlannedRow(cells.row, Outcome.NEW, values, cells.origin)
    if work.kind.name == "person":
        _tell_alike(cells, work)
    return _checked(planned, defaults | values, None, work)


def _tell_alike(cells: Cells, work: _Work) -> None:
    """People are not joined by name or by a shared phone, but whoever imports should see that they
    are alike."""
    if len(work.names.get(cells.values.get("phone"), ())) > 1:
        work.notes.append(Finding(cells.row, "", _("shares its phone with another person")))
    where = (Condition("name", "=", cells.values.get("name")),)
    for record in work.center.find(Query(work.kind.name, where=where, limit=1)):
        reason = _("there is a {name} already ({number}); taken as another person")
        text = reason.format(name=record["name"], number=record.number)
        work.notes.append(Finding(cells.row, "", text))


def _unchanged(cells: Cells, work: _Work) -> str:
    """The record of that number, if the row says nothing that it does not say: an export come
    back."""
    where = (Condition(NUMBER, "=", cells.number),)
    for record in work.center.find(Query(work.kind.name, where=where, limit=2)):
        if all(
            _equal(work.kind, name, value, record[name]) for name, value in cells.values.items()
        ):
            work.claimed[record.id] = cells.row
            return record.id
    return ""


def _checked(
    planned: PlannedRow,
    after: Mapping[str, Value],
    before: Mapping[str, Value] | None,
    work: _Work,
) -> PlannedRow:
    """The kind's own rule, now: when loading, one row that breaks it would stop the others."""
    try:
        work.kind.rule(after, before)
    except UserError as error:
        problem = Finding(planned.row_no, "", error.what)
        return PlannedRow(planned.row_no, Outcome.BAD, {}, planned.origin, problems=(problem,))
    return planned


def _seats(read: Iterable[Cells], work: _Work) -> Iterable[Seat]:
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
