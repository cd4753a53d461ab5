"""Which record a row is about, and what it would change there.

A row whose identity is known changes nothing. Otherwise it meets a record only by what identifies
one (staff number, phone); a name alone never joins two people. Blank cells never erase.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.fields import Moment, Value
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record, RecordKind
from bankcc.tabular.cells import Cells, Finding
from bankcc.tabular.door import Reader
from bankcc.tabular.header import Mapping as Columns
from bankcc.tabular.rules import NUMBER, Rules


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


@dataclass(slots=True)
class Work:
    """What is known while the rows are matched."""

    kind: RecordKind
    rules: Rules
    center: Reader
    columns: Columns
    names: Mapping[Value, frozenset[Value]] = field(default_factory=dict)
    claimed: dict[str, int] = field(default_factory=dict)
    done: dict[int, PlannedRow] = field(default_factory=dict)
    notes: list[Finding] = field(default_factory=list)


def settled(cells: Cells, work: Work) -> bool:
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
        for fields in filter(_one_row_only, work.rules.identity):
            if key := _key(fields, cells, work):
                work.claimed.setdefault(key, cells.row)
        work.done[cells.row] = PlannedRow(cells.row, Outcome.SAME, {}, cells.origin, record)
    return bool(record)


def names_by_phone(read: Iterable[Cells]) -> dict[Value, frozenset[Value]]:
    """Who shares a number in this file: they are different people, whoever comes first."""
    found: dict[Value, frozenset[Value]] = {}
    for cells in read:
        if phone := cells.values.get("phone"):
            found[phone] = found.get(phone, frozenset()) | {cells.values.get("name")}
    return found


def match(cells: Cells, work: Work) -> PlannedRow:
    """Find the record that a row is about, and what would change."""
    for fields in work.rules.identity:
        key = _key(fields, cells, work)
        if not key:
            continue
        if (earlier := work.claimed.get(key)) is not None:
            return _second(cells, earlier, fields, work)
        if _one_row_only(fields):
            work.claimed[key] = cells.row
        records = _candidates(fields, cells, work)
        if len(records) == 1:
            return _against(records[0], cells, work)
        if len(records) > 1:
            reason = _("fits {count} records; change them in the program")
            problem = Finding(cells.row, "", reason.format(count=len(records)))
            return PlannedRow(cells.row, Outcome.BAD, {}, cells.origin, problems=(problem,))
    return _new(cells, work)


def _one_row_only(fields: tuple[str, ...]) -> bool:
    """Several items of one name may lie in one place, but a phone or number is in one row."""
    return len(fields) == 1 or NUMBER in fields


def _key(fields: tuple[str, ...], cells: Cells, work: Work) -> str:
    """What marks an identity as taken by a row of this file; "" when the row lacks a part of it."""
    values = [_given(cells, name) for name in fields]
    if None in values:
        return ""
    if len(work.names.get(cells.values.get("phone"), ())) > 1 and fields == ("phone",):
        values.append(cells.values.get("name"))
    return repr((fields, values))


def _given(cells: Cells, name: str) -> Value:
    return cells.number or None if name == NUMBER else cells.values.get(name)


def _candidates(fields: tuple[str, ...], cells: Cells, work: Work) -> list[Record]:
    """Records that agree in all of `fields` and that no other row is about."""
    where = tuple(
        Condition(name, "=", _given(cells, name))
        for name in fields
        if not isinstance(work.kind.by_name.get(name), Moment)
    )
    found = [
        record
        for record in work.center.find(Query(work.kind.name, where=where, limit=50))
        if record.id not in work.claimed
        and all(_equal(work.kind, name, _given(cells, name), record[name]) for name in fields)
    ]
    return _of_one_phone(found, cells, work) if fields == ("phone",) else found


def _of_one_phone(found: list[Record], cells: Cells, work: Work) -> list[Record]:
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


def _second(cells: Cells, earlier: int, fields: tuple[str, ...], work: Work) -> PlannedRow:
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


def _name_of(row: PlannedRow, work: Work) -> Value:
    if "name" in row.values or not row.record:
        return row.values.get("name")
    return work.center.get(work.kind.name, row.record)["name"]


def _against(record: Record, cells: Cells, work: Work) -> PlannedRow:
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


def _new(cells: Cells, work: Work) -> PlannedRow:
    if cells.number and (record := _unchanged(cells, work)):
        return PlannedRow(cells.row, Outcome.SAME, {}, cells.origin, record)
    values = dict(work.rules.new) | cells.values
    defaults = {item.name: item.default for item in work.kind.fields if item.default is not None}
    planned = PlannedRow(cells.row, Outcome.NEW, values, cells.origin)
    if work.kind.name == "person":
        _tell_alike(cells, work)
    return _checked(planned, defaults | values, None, work)


def _tell_alike(cells: Cells, work: Work) -> None:
    """People are not joined by name or by a shared phone, but whoever imports should see that they
    are alike."""
    if len(work.names.get(cells.values.get("phone"), ())) > 1:
        work.notes.append(Finding(cells.row, "", _("shares its phone with another person")))
    where = (Condition("name", "=", cells.values.get("name")),)
    for record in work.center.find(Query(work.kind.name, where=where, limit=1)):
        reason = _("there is a {name} already ({number}); taken as another person")
        text = reason.format(name=record["name"], number=record.number)
        work.notes.append(Finding(cells.row, "", text))


def _unchanged(cells: Cells, work: Work) -> str:
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
    work: Work,
) -> PlannedRow:
    """The kind's own rule, now: when loading, one row that breaks it would stop the others."""
    try:
        work.kind.rule(after, before)
    except UserError as error:
        problem = Finding(planned.row_no, "", error.what)
        return PlannedRow(planned.row_no, Outcome.BAD, {}, planned.origin, problems=(problem,))
    return planned
