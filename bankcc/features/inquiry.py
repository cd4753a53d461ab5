"""Calls to the hotline: who asked what, what was answered from which card, what is still owed."""

from collections.abc import Mapping, Sequence

from bankcc.errors import FieldError, Refused
from bankcc.i18n import N_, _
from bankcc.schema import phones
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.fields import Choice, Flag, Integer, Link, Moment, Option, Phone, Text
from bankcc.schema.owner import name_of
from bankcc.schema.record import Record, RecordKind
from bankcc.schema.shared_choices import CALL_CATEGORIES
from bankcc.schema.timeline_entry import entry

NAME = "inquiry"
BACK_ENTRY_MS = 5 * 60_000
"""A call entered later than this after it came counts as entered from paper."""

STATES = (
    Option("answered", N_("Answered"), "ok", 2, ("已回复", "已解答")),
    Option("in_progress", N_("Being dealt with"), "info", 4, ("处理", "登记", "跟进中")),
    Option("callback", N_("Awaiting call back"), "warning", 5, ("回拨", "需回拨", "待回电")),
    Option("called_back", N_("Called back"), "ok", 3, ("已回电",)),
    Option("escalated", N_("Passed on as urgent"), "critical", 6, ("转紧急", "升级", "已升级")),
    Option("closed", N_("Closed"), "neutral", 1, ("结案", "已办结", "办结")),
)
OPEN = ("in_progress", "callback", "escalated")
"""States in which something is still owed to the caller."""

CHANNELS = (
    Option("hotline", N_("Hotline"), also=("电话", "客服热线")),
    Option("outlet", N_("Outlet"), also=("柜面", "现场")),
    Option("website", N_("Website"), also=("网上", "官网")),
    Option("wechat", N_("WeChat"), also=("公众号", "wechat")),
)

URGENCIES = (
    Option("normal", N_("Normal"), "neutral", 1, ("一般",)),
    Option("urgent", N_("Urgent"), "warning", 2, ("加急",)),
    Option("critical", N_("Critical"), "critical", 3, ("特急",)),
)

RESULTS = (
    Option("reached", N_("Reached"), also=("已接通",)),
    Option("no_answer", N_("No answer"), also=("未接", "无人")),
    Option("bad_number", N_("Number not in use"), also=("停机", "错号")),
    Option("rescheduled", N_("Another time agreed"), also=("改时间",)),
)
"""What a call-back attempt led to, in key order 1 to 4."""
_RESULT = Choice(name="result", label=N_("Result"), options=RESULTS)

KIND = RecordKind(
    name=NAME,
    letter="R",
    entries="call",
    label=N_("Call"),
    plural=N_("Calls"),
    titles=("caller", "category"),
    columns=("at", "phone", "caller", "category", "note", "status", "agent", "callback_due"),
    order="-at",
    importable=True,
    # One index that covers the list and its filters: every index costs a page in every commit.
    indexes=(("hidden", "at", "status", "category", "agent"),),
    fields=(
        Moment(name="at", label=N_("Time of call"), width=16),
        Phone(
            name="phone",
            label=N_("Phone"),
            help=N_("0 stands for a caller who gave no number."),
            lenient=True,
            personal=True,
            critical=True,
            width=15,
        ),
        Choice(
            name="category",
            label=N_("Category"),
            options=CALL_CATEGORIES,
            default="other",
            width=10,
        ),
        Text(
            name="caller",
            label=N_("Caller"),
            searchable=True,
            pinyin=True,
            width=10,
            max_length=100,
        ),
        Choice(name="channel", label=N_("Channel"), options=CHANNELS, default="hotline", width=8),
        Text(name="note", label=N_("Request"), multiline=True, searchable=True, width=36),
        Choice(name="urgency", label=N_("Urgency"), options=URGENCIES, default="normal", width=8),
        Choice(
            name="status",
            label=N_("Status"),
            options=STATES,
            default="in_progress",
            critical=True,
            tracked=True,
            width=10,
        ),
        Text(
            name="agent",
            label=N_("Agent"),
            searchable=True,
            pinyin=True,
            critical=True,
            width=10,
            max_length=100,
        ),
        Moment(name="callback_due", label=N_("Call back by"), critical=True, width=16),
        Link(name="answer_card", label=N_("Answer card"), to="answer-card", width=16),
        Integer(name="answer_version", label=N_("Card version"), minimum=1, width=8),
        Text(name="outcome", label=N_("Outcome"), multiline=True, searchable=True, width=24),
        Link(name="task", label=N_("Task"), to="task", tracked=True, width=12),
        Link(name="earlier", label=N_("Earlier call"), to=NAME, width=12),
        Flag(
            name="back_entry",
            label=N_("Entered later"),
            help=N_("Entered from paper after the call."),
            default=0,
            width=6,
        ),
        Flag(
            name="to_check",
            label=N_("Number to check"),
            help=N_("The number has an unusual length."),
            default=0,
            width=6,
        ),
    ),
)


def log_call(
    *,
    callback: object = None,
    urgent: bool = False,
    make_task: Mapping[str, object] | None = None,
    **values: object,
) -> Verb:
    """Enter a call. The time is now and the agent is who is signed in, unless given.

    An odd number is kept and marked to be checked; a time in the past marks the call as entered
    later; an answer card is recorded with its version (Refused if `answer_version`, the one that
    was read out, is not in force). What was done for the caller at once is part of the same step:
    `callback` is the time promised, `urgent` passes the call on and outranks that, `make_task`
    holds what is known of the task to be made of it (title, group, assignee …).
    """

    def plan(desk: Desk) -> Sequence[Change]:
        now = desk.now_ms()
        entered = {name: value for name, value in values.items() if value not in (None, "")}
        at = KIND.field("at").parse(entered.get("at")) or now
        full: dict[str, object] = {"agent": name_of(desk.user), **entered, "at": at}
        if isinstance(at, int) and now - at > BACK_ENTRY_MS:
            full.setdefault("back_entry", 1)
        if _odd(entered.get("phone")):
            full.setdefault("to_check", 1)
        if urgent:
            full |= _passed_on(str(KIND.field("urgency").parse(full.get("urgency")) or ""))
        if callback:
            full["callback_due"] = _due(desk, callback, 0)
            full.setdefault("status", "callback")
        if card_key := entered.get("answer_card"):
            card = _usable_card(desk, str(card_key), entered.get("answer_version"))
            full |= {"answer_card": card.id, "answer_version": card["version"]}
            full.setdefault("status", "answered")
        if make_task is None:
            return [Change(NAME, Action.CREATE, values=full)]
        call, task = desk.new_id(), desk.new_id()
        return [
            Change(NAME, Action.CREATE, call, full | {"task": task}),
            _task_of(call, task, full, make_task),
        ]

    return Verb("inquiry.log_call", plan)


def _passed_on(urgency: str) -> dict[str, object]:
    raised = {"urgency": "urgent"} if urgency in ("", "normal") else {}
    return {"status": "escalated", **raised}


def _odd(phone: object) -> bool:
    try:
        digits = KIND.field("phone").parse(phone)
    except FieldError:  # the record's own check tells the person
        return False
    return isinstance(digits, str) and not phones.looks_complete(digits)


def answer(inquiry: str, *, card: str, note: str = "") -> Verb:
    """The caller was answered from an approved card; its version is kept with the call."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        found = _usable_card(desk, card)
        values: dict[str, object] = {"answer_card": found.id, "answer_version": found["version"]}
        if record.text("status") != "escalated":
            values["status"] = "answered"
        if note.strip():
            values["outcome"] = note
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("inquiry.answer", plan)


def arrange_callback(inquiry: str, *, due: object = None, minutes: int = 0, note: str = "") -> Verb:
    """Promise to call back by a time, or within so many minutes."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        values: dict[str, object] = {"status": "callback", "callback_due": _due(desk, due, minutes)}
        if note.strip():
            values["outcome"] = note
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("inquiry.arrange_callback", plan)


def record_callback(
    inquiry: str, *, result: str, note: str = "", due: object = None, minutes: int = 0
) -> Verb:
    """What an attempt to call back led to; every attempt stands in the timeline.

    A caller who was not reached stays on the list, one who agreed another time gets that time.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        if record.text("status") != "callback":
            raise Refused(_("No call back is owed to {number}.").format(number=record.number))
        code = str(_RESULT.parse(result))
        values: dict[str, object] = {}
        if code == "reached":
            values = {"status": "called_back"}
        elif code == "bad_number":
            values = {"to_check": 1}
        elif code == "rescheduled":
            values = {"callback_due": _due(desk, due, minutes)}
        if note.strip() and code == "reached":
            values["outcome"] = note
        text = _RESULT.format(code) + (_(": ") + note.strip() if note.strip() else "")
        changes = [Change(NAME, Action.EDIT, record.id, values)] if values else []
        return [*changes, entry(desk, "call", record, text)]

    return Verb("inquiry.record_callback", plan)


def escalate(inquiry: str, *, note: str = "") -> Verb:
    """Pass a call on as urgent business."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        if record.text("status") == "escalated":
            raise Refused(_("{number} is passed on already.").format(number=record.number))
        values = _passed_on(record.text("urgency"))
        if note.strip():
            values["outcome"] = note
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("inquiry.escalate", plan)


def close(inquiry: str, *, note: str = "") -> Verb:
    """Nothing is owed to the caller any more."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        values: dict[str, object] = {"status": "closed"}
        if note.strip():
            values["outcome"] = note
        return [Change(NAME, Action.EDIT, record.id, values)]

    return Verb("inquiry.close", plan)


def reopen(inquiry: str, *, reason: str) -> Verb:
    """Deal with a closed call again."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, inquiry)
        if record.text("status") != "closed":
            raise Refused(_("{number} is not closed.").format(number=record.number))
        if not reason.strip():
            raise Refused(_("This step needs a reason."), next_step=_("Enter the reason."))
        edit = Change(NAME, Action.EDIT, record.id, {"status": "in_progress"})
        return [edit, entry(desk, "call", record, reason)]

    return Verb("inquiry.reopen", plan)


def to_task(inquiry: str, *, title: str = "", group: str = "customer", **values: object) -> Verb:
    """Make a task of a call; each shows the other.

    `values`: priority, due, assignee, checklist, note … Without a title the task takes the
    caller's request.
    """

    def plan(desk: Desk) -> Sequence[Change]:
        record = desk.get(NAME, inquiry)
        if record["task"]:
            raise Refused(
                _("{number} has become {task} already.").format(
                    number=record.number, task=desk.get("task", record.text("task")).number
                ),
                next_step=_("Open that task."),
            )
        task = desk.new_id()
        given = {"title": title, "group": group, **values}
        return [
            _task_of(record.id, task, record.values, given),
            Change(NAME, Action.EDIT, record.id, {"task": task}),
        ]

    return Verb("inquiry.to_task", plan)


def assign(inquiry: str, *, agent: str) -> Verb:
    """Give a call to somebody, by name; an empty text gives it to nobody."""

    def plan(desk: Desk) -> Sequence[Change]:
        record = _open_record(desk, inquiry)
        if agent.strip() == record.text("agent"):
            raise Refused(_("Nothing to change at {number}.").format(number=record.number))
        return [Change(NAME, Action.EDIT, record.id, {"agent": agent.strip() or None})]

    return Verb("inquiry.assign", plan)


def overdue(record: Record, now_ms: int) -> bool:
    """Whether a promised call back is past its time."""
    due = record["callback_due"]
    return record.text("status") == "callback" and isinstance(due, int) and due < now_ms


def _task_of(
    call: str, task: str, told: Mapping[str, object], given: Mapping[str, object]
) -> Change:
    """The task with id `task` that a call becomes; `told` is what is known of the call."""
    known = {name: value for name, value in given.items() if value not in (None, "")}
    title = str(known.pop("title", "")).strip() or title_of(told)
    full = {"group": "customer", **known, "title": title, "source": call}
    return Change("task", Action.CREATE, task, full)


def title_of(told: Mapping[str, object]) -> str:
    """What a task made of this call is called: the request, else the caller and the category."""
    request = str(told.get("note") or "").partition("\n")[0].strip()
    category = KIND.field("category").format(KIND.field("category").parse(told.get("category")))
    return (request or f"{told.get('caller') or ''} {category}".strip())[:200]


def _open_record(desk: Desk, key: str) -> Record:
    record = desk.get(NAME, key)
    if record.text("status") == "closed":
        raise Refused(
            _("{number} is closed.").format(number=record.number),
            next_step=_("Reopen it with a reason, or enter a new call."),
        )
    return record


def _usable_card(desk: Desk, key: str, version: object = None) -> Record:
    card = desk.get("answer-card", key)
    if version and version != card["version"]:
        raise Refused(
            _("Answer card {number} was renewed since it was read out.").format(number=card.number),
            next_step=_("Choose the card again, and tell the caller what has changed."),
        )
    if card.text("status") != "approved":
        raise Refused(
            _("Answer card {number} is not approved.").format(number=card.number),
            next_step=_("Tell the caller that we are checking, and arrange a call back."),
        )
    since, until = card["valid_from"], card["valid_until"]
    now = desk.now_ms()
    if (isinstance(until, int) and until < now) or (isinstance(since, int) and since > now):
        raise Refused(
            _("Answer card {number} is outside its validity.").format(number=card.number),
            next_step=_("Tell the caller that we are checking, and arrange a call back."),
        )
    return card


def _due(desk: Desk, due: object, minutes: int) -> int:
    now = desk.now_ms()
    moment = now + minutes * 60_000 if minutes else KIND.field("callback_due").parse(due)
    if not isinstance(moment, int):
        raise Refused(_("A call back needs a time."), next_step=_("Enter a time or minutes."))
    if moment <= now:
        raise Refused(
            _("The time for the call back has passed."), next_step=_("Enter a later time.")
        )
    return moment
