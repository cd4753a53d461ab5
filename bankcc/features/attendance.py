"""Who is notified, on the way, on duty, resting or gone: one entry for each turn of duty."""

from collections.abc import Sequence

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.fields import Choice, Link, Moment, Option, Text
from bankcc.schema.record import Record, RecordKind

NAME = "attendance"

STATES = (
    Option("notified", N_("Notified"), "warning", 4, ("已通知",)),
    Option("on_way", N_("On the way"), "info", 3, ("途中", "已出发")),
    Option("on_duty", N_("On duty"), "ok", 2, ("到岗", "已到岗", "已到", "签到")),
    Option("resting", N_("Resting"), "neutral", 1, ("轮休",)),
    Option("left", N_("Off duty"), "neutral", 1, ("下班", "签退")),
    Option("absent", N_("Absent"), "critical", 5, ("未到", "不能到")),
)
ENDED = ("left", "absent")
"""States that end a turn of duty; the next check-in begins a new one."""

SHIFTS = (
    Option("day", N_("Day shift"), also=("白", "白天")),
    Option("night", N_("Night shift"), also=("夜", "夜间", "晚班")),
    Option("standby", N_("Standby"), also=("备勤", "备份")),
)

KIND = RecordKind(
    name=NAME,
    letter="A",
    entries="people",
    label=N_("Attendance"),
    plural=N_("Attendance list"),
    titles=("name",),
    columns=("person", "post", "status", "at", "eta", "left_at", "shift", "note"),
    announced=True,
    indexes=(("person",), ("hidden", "status")),
    fields=(
        Link(name="person", label=N_("Person"), to="person", required=True, width=10),
        Text(
            name="name",
            label=N_("Full name"),
            help=N_("Filled from the person, so that the entry reads by itself."),
            searchable=True,
            pinyin=True,
            width=10,
        ),
        Link(name="post", label=N_("Post"), to="post", width=16),
        Choice(
            name="status",
            label=N_("Status"),
            options=STATES,
            default="notified",
            critical=True,
            tracked=True,
            width=10,
        ),
        Moment(name="at", label=N_("Status since"), width=16),
        Moment(name="eta", label=N_("Expected arrival"), width=16),
        Moment(name="left_at", label=N_("Left at"), width=16),
        Choice(name="shift", label=N_("Shift"), options=SHIFTS, width=8),
        Text(name="note", label=N_("Note"), multiline=True, searchable=True, width=20),
    ),
)


def current(desk: Desk, person: str) -> Record | None:
    """The turn of duty that a person (id) is in now."""
    turns = [r for r in desk.linked(NAME, "person", person) if r.text("status") not in ENDED]
    return max(turns, key=lambda record: (record.created, record.id), default=None)


def enter(*, person: str, **values: object) -> Verb:
    """Enter a turn of duty as it stands on paper: any status, any time (`at`, else now)."""

    def plan(desk: Desk) -> Sequence[Change]:
        someone = desk.get("person", person)
        given = {name: value for name, value in values.items() if value not in (None, "")}
        post = str(given.pop("post", ""))
        status = str(given.pop("status", "notified"))
        return [_enter(desk, someone, status, post, given)]

    return Verb("attendance.enter", plan)


def notify(person: str, *, post: str = "", eta: object = None, shift: str = "") -> Verb:
    """A person has been told to come."""

    def plan(desk: Desk) -> Sequence[Change]:
        someone = desk.get("person", person)
        turn = current(desk, someone.id)
        if turn is not None:
            raise _already(someone, turn)
        return [_enter(desk, someone, "notified", post, {"eta": eta, "shift": shift or None})]

    return Verb("attendance.notify", plan)


def on_way(person: str, *, eta: object = None) -> Verb:
    """A person is coming; `eta` is when they expect to be there."""

    def plan(desk: Desk) -> Sequence[Change]:
        someone = desk.get("person", person)
        turn = current(desk, someone.id)
        if turn is None:
            return [_enter(desk, someone, "on_way", "", {"eta": eta})]
        if turn.text("status") != "notified":
            raise _already(someone, turn)
        values: dict[str, object] = {"status": "on_way", "at": desk.now_ms()}
        if eta is not None:
            values["eta"] = eta
        return [Change(NAME, Action.EDIT, turn.id, values)]

    return Verb("attendance.on_way", plan)


def check_in(person: str, *, post: str = "", shift: str = "", note: str = "") -> Verb:
    """A person takes up duty now, told to come or not, or comes back from a rest."""

    def plan(desk: Desk) -> Sequence[Change]:
        someone = desk.get("person", person)
        turn = current(desk, someone.id)
        if turn is None:
            more: dict[str, object] = {"shift": shift or None, "note": note or None}
            return [_enter(desk, someone, "on_duty", post, more)]
        if turn.text("status") == "on_duty":
            raise _already(someone, turn)
        values: dict[str, object] = {"status": "on_duty", "at": desk.now_ms()}
        if post:
            values["post"] = desk.get("post", post).id
        values |= {name: text for name, text in (("shift", shift), ("note", note)) if text}
        return [Change(NAME, Action.EDIT, turn.id, values)]

    return Verb("attendance.check_in", plan)


def rest(person: str, *, note: str = "") -> Verb:
    """A person on duty rests and will be back."""
    return _step("attendance.rest", person, "resting", ("on_duty",), note)


def check_out(person: str, *, note: str = "") -> Verb:
    """A person's turn of duty ends now."""
    return _step("attendance.check_out", person, "left", ("on_duty", "resting"), note)


def mark_absent(person: str, *, note: str = "") -> Verb:
    """A person who was told to come does not come."""
    return _step("attendance.mark_absent", person, "absent", ("notified", "on_way"), note)


def _step(name: str, person: str, to: str, allowed: tuple[str, ...], note: str) -> Verb:
    def plan(desk: Desk) -> Sequence[Change]:
        someone = desk.get("person", person)
        turn = current(desk, someone.id)
        if turn is None:
            raise Refused(
                _("{person} is not on the roll.").format(person=someone.text("name")),
                next_step=_("Check the person in first."),
            )
        if turn.text("status") not in allowed:
            raise _already(someone, turn)
        values: dict[str, object] = {"status": to}
        values["left_at" if to == "left" else "at"] = desk.now_ms()
        if note:
            values["note"] = note
        return [Change(NAME, Action.EDIT, turn.id, values)]

    return Verb(name, plan)


def _enter(desk: Desk, someone: Record, status: str, post: str, more: dict[str, object]) -> Change:
    values: dict[str, object] = {
        "person": someone.id,
        "name": someone.text("name"),
        "post": desk.get("post", post).id if post else _own_post(desk, someone),
        "status": status,
        "at": desk.now_ms(),
    }
    values |= {name: value for name, value in more.items() if value is not None}
    return Change(NAME, Action.CREATE, values=values)


def _own_post(desk: Desk, someone: Record) -> str | None:
    """Where the person stands in, else the post they hold."""
    for field in ("acting", "holder"):
        for post in desk.linked("post", field, someone.id):
            return post.id
    return None


def _already(someone: Record, turn: Record) -> Refused:
    field = KIND.field("at" if turn.text("status") != "left" else "left_at")
    return Refused(
        _("{person}: {state} since {time}.").format(
            person=someone.text("name"),
            state=KIND.field("status").format(turn["status"]),
            time=field.format(turn[field.name]),
        )
    )
