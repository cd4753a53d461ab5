"""Resources: what must be there, what is there, who keeps it, when it was looked at.

Taking and putting back add to the count, so that two laptops' movements add up; a check sets it.
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bankcc import clock
from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.change import create as _create
from bankcc.schema.fields import Choice, Count, Day, Integer, Moment, Option, Text, Value
from bankcc.schema.owner import name_of
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.shared_choices import CHECK_RESULTS
from bankcc.schema.timeline_entry import entry

NAME = "resource"

STATES = (
    Option("available", N_("Available"), "ok", 1, ("正常", "完好")),
    Option("lent", N_("Lent"), "info", 2, ("已借出",)),
    Option("broken", N_("Broken"), "critical", 4, ("损坏", "坏")),
    Option("to_check", N_("To be checked"), "warning", 3, ("需检查",)),
)

CYCLES = (
    Option("daily", N_("Daily"), also=("每天", "日")),
    Option("weekly", N_("Weekly"), also=("每星期", "周")),
    Option("monthly", N_("Monthly"), also=("月",)),
    Option("quarterly", N_("Quarterly"), also=("季", "每季")),
    Option("yearly", N_("Yearly"), also=("年", "每半年度")),
)
_DAYS = {"daily": 1, "weekly": 7}
_MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}

_AT = Moment(name="at", label=N_("Checked at"))
_RESULT = Choice(name="result", label=N_("Result"), options=CHECK_RESULTS)
RESULTS_TO_STATE = {"ok": "available", "short": "available", "fault": "broken", "expired": "broken"}
"""What a check's result makes of the state; a thing lent out stays lent when nothing is wrong."""


def _rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    """A stocktake cannot find less than nothing; only what laptops took apart adds up below 0."""
    actual = after.get("actual")
    if isinstance(actual, int) and actual < 0 and (not before or before.get("actual") != actual):
        raise KIND.field("actual").fail(
            _("{number} is below {limit}").format(number=actual, limit=0),
            _("Enter what is there."),
        )


KIND = RecordKind(
    name=NAME,
    letter="S",
    entries="resource",
    label=N_("Resource"),
    plural=N_("Resources"),
    titles=("name",),
    columns=(
        "category",
        "name",
        "required",
        "actual",
        "unit",
        "place",
        "keeper",
        "state",
        "checked_on",
        "check_cycle",
    ),
    order="created",
    importable=True,
    indexes=(("hidden", "category"), ("state",)),
    rule=_rule,
    fields=(
        Text(
            name="category",
            label=N_("Resource category"),
            searchable=True,
            width=10,
            max_length=100,
        ),
        Text(
            name="name",
            label=N_("Item name"),
            required=True,
            searchable=True,
            pinyin=True,
            width=16,
            max_length=200,
        ),
        Integer(name="required", label=N_("Required"), minimum=0, width=6),
        Count(name="actual", label=N_("In stock"), critical=True, width=6),
        Text(name="unit", label=N_("Unit"), width=5, max_length=20),
        Text(name="place", label=N_("Place"), searchable=True, width=14, max_length=200),
        Text(name="keeper", label=N_("Keeper"), searchable=True, pinyin=True, width=10),
        Choice(name="check_cycle", label=N_("Check cycle"), options=CYCLES, width=8),
        Day(name="checked_on", label=N_("Last check"), width=11),
        Choice(
            name="state",
            label=N_("State"),
            options=STATES,
            default="available",
            critical=True,
            tracked=True,
            width=8,
        ),
        Text(name="note", label=N_("Note"), multiline=True, searchable=True, width=20),
    ),
)


def add(*, name: str, **values: object) -> Verb:
    """Enter a resource."""
    return _create(NAME, name=name, **values)


def check(
    resource: str,
    *,
    result: str,
    actual: object = None,
    by: str = "",
    note: str = "",
    at: object = None,
) -> Verb:
    """Look at a resource, now or `at`: writes the check and brings date, count and state up to it.

    A check entered late, older than the last one, is written and changes nothing else.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, resource)
        found = KIND.field("actual").parse(actual)
        if isinstance(found, int) and found < 0:
            raise Refused(_("A count cannot be below 0."), next_step=_("Enter what is there."))
        moment = _AT.parse(at)
        when = moment if isinstance(moment, int) else desk.now_ms()
        day = clock.local(when).date().isoformat()
        code = str(_RESULT.parse(result))
        written: dict[str, object] = {
            "resource": record.id,
            "name": record.text("name"),
            "at": when,
            "by": by or name_of(desk.user),
            "result": code,
            "found": found,
            "note": note or None,
        }
        changes = [Change("check", Action.CREATE, values=written)]
        if day >= record.text("checked_on"):
            changes.append(
                Change(NAME, Action.EDIT, record.id, _after_check(record, code, day, found))
            )
        return changes

    return Verb("resource.check", plan)


def _after_check(record: Record, result: str, day: str, found: Value) -> dict[str, object]:
    state = RESULTS_TO_STATE[result]
    if record.text("state") == "lent" and state == "available":
        state = "lent"
    values: dict[str, object] = {"checked_on": day}
    if state != record["state"]:
        values["state"] = state
    if found is not None:
        values["actual"] = found
    return values


def check_entry(*, resource: str, result: str, found: object = None, **more: str) -> Verb:
    """`check`, with the names of a check entry's fields."""
    return check(resource, result=result, actual=found, **more)


def take(resource: str, *, count: int = 1, note: str = "") -> Verb:
    """Take so many away; the last one taken makes it lent."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, resource)
        there = record["actual"]
        stock = there if isinstance(there, int) else 0
        _check_count(count)
        if record.text("state") == "broken":
            raise Refused(_("{number} is broken.").format(number=record.number))
        if count > stock:
            raise Refused(
                _("Only {stock} of {item} are there.").format(
                    stock=stock, item=record.text("name")
                ),
                next_step=_("Take fewer, or correct the count with a check."),
            )
        changes = [Change(NAME, Action.ADD, record.id, {"actual": -count})]
        if count == stock:
            changes.append(Change(NAME, Action.EDIT, record.id, {"state": "lent"}))
        if note.strip():
            changes.append(entry(desk, "resource", record, note))
        return changes

    return Verb("resource.take", plan)


def put_back(resource: str, *, count: int = 1, note: str = "") -> Verb:
    """Bring so many back."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, resource)
        _check_count(count)
        changes = [Change(NAME, Action.ADD, record.id, {"actual": count})]
        if record.text("state") == "lent":
            changes.append(Change(NAME, Action.EDIT, record.id, {"state": "available"}))
        if note.strip():
            changes.append(entry(desk, "resource", record, note))
        return changes

    return Verb("resource.put_back", plan)


def _check_count(count: int) -> None:
    if count < 1:
        raise Refused(_("At least one must be moved."), next_step=_("Enter how many."))


def gap(record: Record) -> int:
    """How many are missing; a broken resource misses all that are required."""
    required, actual = record["required"], record["actual"]
    need = required if isinstance(required, int) else 0
    have = actual if isinstance(actual, int) and record.text("state") != "broken" else 0
    return max(need - have, 0)


def there(record: Record) -> int:
    """How many of those that are required are there and work."""
    required = record["required"]
    return (required if isinstance(required, int) else 0) - gap(record)


def next_check(record: Record) -> date | None:
    """The day of the next check; None without a cycle or if it was never checked."""
    cycle, last = record.text("check_cycle"), record.text("checked_on")
    if not last or cycle not in (*_DAYS, *_MONTHS):
        return None
    day = date.fromisoformat(last)
    if cycle in _DAYS:
        return day + timedelta(days=_DAYS[cycle])
    months = day.year * 12 + day.month - 1 + _MONTHS[cycle]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def overdue(record: Record, today: date) -> bool:
    """Whether a check is owed: its day has passed, or there is a cycle and never was a check."""
    due = next_check(record)
    if due is None:
        return bool(record.text("check_cycle")) and not record.text("checked_on")
    return due < today


def due(record: Record, today: date) -> bool:
    """Whether a round of checks looks at it: owed, falls on today, or marked to be checked."""
    day = next_check(record)
    return overdue(record, today) or day == today or record.text("state") == "to_check"
