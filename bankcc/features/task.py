"""Tasks: who does what until when.

A blocked task stays in its column, marked; finishing and reopening are explicit steps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bankcc.errors import Refused
from bankcc.i18n import N_, _, ngettext
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.decision import AGREE, decided, no_decision
from bankcc.schema.fields import Checklist, Choice, Flag, Link, Moment, Option, Text, Value
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.shared_choices import GROUPS

NAME = "task"

STATES = (
    Option("todo", N_("To do"), "warning", 4, ("待派", "已派", "未开始")),
    Option("doing", N_("In progress"), "info", 3, ("进行", "处理")),
    Option("confirming", N_("To confirm"), "info", 2, ("待验收",)),
    Option("done", N_("Done"), "ok", 1, ("已完成", "结束")),
)
"""Between laptops that disagree, the state that needs most attention is shown."""
OPEN = ("todo", "doing", "confirming")

PRIORITIES = (
    Option("normal", N_("Normal"), "neutral", 1, ("一般",)),
    Option("urgent", N_("Urgent"), "warning", 2, ("加急",)),
    Option("critical", N_("Critical"), "critical", 3, ("紧急且重要", "重大", "最高")),
)


def _rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    if _done_and_blocked(after) and not (before and _done_and_blocked(before)):
        raise Refused(_("A blocked task cannot be done."), next_step=_("Clear the obstacle first."))


def _done_and_blocked(values: Mapping[str, Value]) -> bool:
    return values.get("status") == "done" and bool(values.get("blocked"))


KIND = RecordKind(
    name=NAME,
    letter="T",
    entries="task",
    label=N_("Task"),
    plural=N_("Tasks"),
    titles=("title",),
    columns=("title", "group", "priority", "status", "blocked", "assignee", "due", "checklist"),
    announced=True,
    indexes=(("hidden", "status"), ("status", "group"), ("source",), ("assignee",)),
    rule=_rule,
    fields=(
        Text(name="title", label=N_("Task"), required=True, searchable=True, width=30),
        Choice(name="group", label=N_("Lane"), options=GROUPS, default="command", width=10),
        Choice(
            name="priority", label=N_("Priority"), options=PRIORITIES, default="normal", width=8
        ),
        Moment(name="due", label=N_("Due"), critical=True, width=16),
        Link(
            name="assignee",
            label=N_("Assignee"),
            to="person",
            critical=True,
            tracked=True,
            width=10,
        ),
        Choice(
            name="status",
            label=N_("Status"),
            options=STATES,
            default="todo",
            critical=True,
            tracked=True,
            width=8,
        ),
        Checklist(
            name="checklist", label=N_("Checklist"), help=N_("One item on each line."), width=8
        ),
        Flag(name="blocked", label=N_("Blocked"), default=0, tracked=True, width=6),
        Text(name="blocked_reason", label=N_("Obstacle"), searchable=True, width=20),
        Link(name="source", label=N_("From call"), to="inquiry", width=10),
        Text(
            name="outcome",
            label=N_("Outcome"),
            help=N_("What came of it, and where that can be seen."),
            multiline=True,
            searchable=True,
            width=24,
        ),
        Moment(name="done_at", label=N_("Done at"), width=16),
        Text(name="note", label=N_("Note"), multiline=True, searchable=True, width=24),
    ),
)


def add(*, title: str, **values: object) -> Verb:
    """Enter a task; `checklist` may be text with one item a line."""
    return Verb(
        "task.add", lambda desk: [Change(NAME, Action.CREATE, values={"title": title, **values})]
    )


def move(task: str, *, status: str = "", group: str = "", note: str = "") -> Verb:
    """Move a card to another column, another lane, or both; into the last column it is completed,
    out of it reopened.

    `note`: what came of it, or why it is taken up again.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        code = str(KIND.field("status").parse(status)) if status else record.text("status")
        lane = KIND.field("group").parse(group) if group else record["group"]
        values = {"group": lane} if lane != record["group"] else {}
        if code == record["status"]:
            if not values:
                raise Refused(
                    _("{number} is already there: {state}.").format(
                        number=record.number, state=KIND.field("status").format(code)
                    )
                )
            return [Change(NAME, Action.EDIT, record.id, values)]
        steps = _to_column(desk, record, code, note)
        return [replace(step, values={**step.values, **values}) for step in steps]

    return Verb("task.move", plan)


def _to_column(desk: Desk, record: Record, code: str, note: str) -> Sequence[Change]:
    if code == "done":
        return _completion(desk, record, note)
    if record["status"] == "done":
        return _reopening(record, code, note)
    if code == "confirming" and record["blocked"]:
        raise _blocked(record)
    return [Change(NAME, Action.EDIT, record.id, {"status": code})]


def complete(task: str, *, note: str = "") -> Verb:
    """Finish a task; `note` is what came of it."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        if record["status"] == "done":
            raise Refused(_("{number} is done already.").format(number=record.number))
        return _completion(desk, record, note)

    return Verb("task.complete", plan)


def _completion(desk: Desk, record: Record, note: str) -> Sequence[Change]:
    if record["blocked"]:
        raise _blocked(record)
    left = open_items(record)
    if left:
        raise Refused(
            ngettext(
                "{number} has {count} open item: {item}",
                "{number} has {count} open items, first: {item}",
                len(left),
            ).format(number=record.number, count=len(left), item=left[0]),
            next_step=_("Tick them, or take them off the list."),
        )
    values: dict[str, object] = {"status": "done", "done_at": desk.now_ms()}
    if note.strip():
        values["outcome"] = note
    return [Change(NAME, Action.EDIT, record.id, values)]


def reopen(task: str, *, reason: str, status: str = "doing") -> Verb:
    """Take up a finished task again."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        if record["status"] != "done":
            raise Refused(_("{number} is not done.").format(number=record.number))
        return _reopening(record, str(KIND.field("status").parse(status)), reason)

    return Verb("task.reopen", plan)


def _reopening(record: Record, code: str, reason: str) -> Sequence[Change]:
    if not reason.strip():
        raise Refused(
            _("{number} is done; to take it up again needs a reason.").format(number=record.number),
            next_step=_("Enter the reason."),
        )
    if code == "done":
        raise Refused(_("{number} is done already.").format(number=record.number))
    note = "\n".join(part for part in (record.text("note"), reason.strip()) if part)
    return [Change(NAME, Action.EDIT, record.id, {"status": code, "done_at": None, "note": note})]


def block(task: str, *, reason: str) -> Verb:
    """Mark a task as blocked by an obstacle."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        if not reason.strip():
            raise Refused(_("Say what blocks the task."), next_step=_("Enter the obstacle."))
        if record["status"] == "done":
            raise Refused(_("{number} is done already.").format(number=record.number))
        if record["blocked"]:
            raise _blocked(record)
        return [Change(NAME, Action.EDIT, record.id, {"blocked": 1, "blocked_reason": reason})]

    return Verb("task.block", plan)


def unblock(task: str) -> Verb:
    """The obstacle is gone."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        if not record["blocked"]:
            raise Refused(_("{number} is not blocked.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"blocked": 0, "blocked_reason": None})]

    return Verb("task.unblock", plan)


def decide(task: str, *, answer: str, reason: str = "") -> Verb:
    """A leader's word on a blocked task, or on one that waits to be confirmed.

    Agreed: the obstacle is cleared, or the task is done. Otherwise a task to be confirmed goes back
    to work with the reason; a blocked one stays blocked.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        agreed = answer == AGREE
        values: dict[str, object] = {}
        if record["blocked"]:
            values = {"blocked": 0, "blocked_reason": None} if agreed else {}
        elif record["status"] != "confirming":
            raise no_decision(record)
        elif agreed:
            (step,) = _completion(desk, record, reason)
            values = dict(step.values)
        else:
            note = "\n".join(part for part in (record.text("note"), reason.strip()) if part)
            values = {"status": "doing", "note": note}
        said = decided(desk, record, answer, reason, title=record.text("title"))
        return [Change(NAME, Action.EDIT, record.id, values), said] if values else [said]

    return Verb("task.decide", plan)


def assign(task: str, *, assignee: str) -> Verb:
    """Give a task to a person; an empty text takes it back."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        person = desk.get("person", assignee).id if assignee else None
        if person == record["assignee"]:
            raise Refused(_("Nothing to change at {number}.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"assignee": person})]

    return Verb("task.assign", plan)


def tick(task: str, *, item: str, done: bool = True) -> Verb:
    """Tick or untick an item of the checklist, named by its key or its text."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, task)
        items = _items(record)
        if item not in {name for key, text, _done in items for name in (key, text)}:
            raise Refused(
                _("{number} has no item “{item}”.").format(number=record.number, item=item)
            )
        after = [[k, t, int(done) if item in (k, t) else d] for k, t, d in items]
        if after == items:
            raise Refused(_("Nothing to change at {number}.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"checklist": after})]

    return Verb("task.tick", plan)


def _items(record: Record) -> list[list[object]]:
    value = record["checklist"]
    return [list(item) for item in value] if isinstance(value, list) else []


def open_items(record: Record) -> list[str]:
    """The texts of the checklist that have no tick."""
    return [str(text) for _key, text, done in _items(record) if not done]


def overdue(record: Record, now_ms: int) -> bool:
    """Whether an open task is past its time."""
    due = record["due"]
    return isinstance(due, int) and due < now_ms and record["status"] != "done"


def _blocked(record: Record) -> Refused:
    return Refused(
        _("{number} is blocked: {reason}").format(
            number=record.number, reason=record.text("blocked_reason")
        ),
        next_step=_("Clear the obstacle first."),
    )
