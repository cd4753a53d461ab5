"""The situation as it stands now: the figures of the situation panel, as plain frozen data.

Rule: no names of customers and no phone numbers in here; people read it from across the room.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bankcc.clock import DEFAULT_ZONE, local, to_ms, zone
from bankcc.features import answer_card, incident, inquiry, task, timeline
from bankcc.reports import figures
from bankcc.reports.figures import CallBuckets, CallFlow, StaffedGroup
from bankcc.reports.incidents import current_incident
from bankcc.reports.text import masked_text
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session

WINDOW_MS = 3 * 60 * 60_000
"""How far back the charts look."""
_BARS = WINDOW_MS // figures.QUARTER_MS
PRESSING = ("urgent", "critical")
URGENT = (Condition("urgency", "in", PRESSING), Condition("status", "=", "escalated"))
"""Either makes a call urgent: imported or merged, it may be passed on and say nothing else."""


@dataclass(frozen=True, slots=True)
class Late:
    """What is past its time. `kind` and `record` name the oldest; `since` is when it was due."""

    tasks: int = 0
    calls: int = 0
    since: int | None = None
    kind: str = ""
    record: str = ""
    number: str = ""
    title: str = ""

    @property
    def count(self) -> int:
        """Tasks and call-backs together."""
        return self.tasks + self.calls


@dataclass(frozen=True, slots=True)
class Load:
    """Calls that are owed something, and how many came in the last quarter and the one before."""

    open: int = 0
    latest: int = 0
    before: int = 0

    @property
    def trend(self) -> int:
        """More (or fewer) than in the quarter of an hour before."""
        return self.latest - self.before


@dataclass(frozen=True, slots=True)
class Staff:
    """Posts, how many of them are filled, and the group that misses most."""

    posts: int = 0
    filled: int = 0
    shortest: str = ""
    shortage: int = 0
    missing: tuple[str, ...] = ()
    """Ids of the posts that are not filled."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """Urgent calls: those still open, whenever they came, and those settled that came since the
    start. `since` and `number` name the oldest open one."""

    total: int = 0
    done: int = 0
    since: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Answer cards: drafts that wait for approval, cards in force, and the next that runs out."""

    drafts: int = 0
    in_force: int = 0
    expired: int = 0
    next_until: int | None = None
    next_topic: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that a leader must decide. `reason`: activation, approval, blocked, confirm."""

    reason: str
    level: str
    kind: str
    record: str
    number: str
    title: str
    since: int


@dataclass(frozen=True, slots=True)
class IncidentNow:
    """The incident the center works on; texts are labels. `live`: the plan is in force."""

    record: str
    name: str
    level: str
    level_rank: str
    status: str
    status_rank: str
    is_drill: bool
    live: bool
    since: int | None
    expected_end: int | None


@dataclass(frozen=True, slots=True)
class SituationFigures:
    """Everything the panel shows but the timeline, as of `at` (UTC ms). `since`: what is counted
    from a start is counted from there."""

    at: int
    since: int
    incident: IncidentNow | None = None
    late: Late = field(default_factory=Late)
    load: Load = field(default_factory=Load)
    staff: Staff = field(default_factory=Staff)
    pressing: Pressing = field(default_factory=Pressing)
    cards: Cards = field(default_factory=Cards)
    waiting: tuple[Waiting, ...] = ()
    buckets: CallBuckets = field(default_factory=CallBuckets)
    flow: CallFlow = field(default_factory=CallFlow)
    is_blank: bool = False
    """Nothing has happened: no incident, no call, no task."""


def situation_figures(session: Session) -> SituationFigures:
    """Read everything once, now. May take long with many calls: ask beside the screen."""
    now = session.clock.now_ms()
    found = current_incident(session)
    since = since_of(found, now)
    shown = _zone(session)

    def time_of_day(ms: int) -> str:
        return f"{local(ms, shown):%H:%M}"

    tasks = session.find(Query(task.NAME, where=(Condition("status", "in", task.OPEN),)))
    cards = session.find(Query(answer_card.NAME))
    begin = now - now % figures.QUARTER_MS - (_BARS - 1) * figures.QUARTER_MS
    points = [*range(begin, now, figures.QUARTER_MS), now]
    buckets = figures.call_buckets(session, time_of_day, begin=begin, end=now, most=_BARS)
    return SituationFigures(
        at=now,
        since=since,
        incident=_incident(session, found) if found else None,
        late=_late(session, tasks, now),
        load=_load(session, now),
        staff=staff_of(figures.staffing(session, figures.people_on_duty(session))),
        pressing=_pressing(session, since),
        cards=_cards(cards, now),
        waiting=undecided(session, waiting_of(found, tasks, cards)),
        buckets=buckets,
        flow=figures.call_flow(session, time_of_day, started=min(since, begin), points=points),
        is_blank=found is None and not tasks and not session.count(Query(inquiry.NAME)),
    )


def since_of(found: Record | None, now_ms: int) -> int:
    """From when on is counted: the incident's beginning; without one, midnight."""
    started = found["started"] if found else None
    if isinstance(started, int):
        return min(started, now_ms)
    day = local(now_ms).replace(hour=0, minute=0, second=0, microsecond=0)
    return to_ms(day) if to_ms(day) <= now_ms else to_ms(day - timedelta(days=1))


def _zone(session: Session) -> ZoneInfo:
    """The center's zone; a name that nobody knows must not blind the situation."""
    center = session.center
    try:
        return zone((center.text("zone") if center else "") or DEFAULT_ZONE)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return zone()


def _incident(session: Session, found: Record) -> IncidentNow:
    since, expected = found["activated"] or found["started"], found["expected_end"]
    level, status = incident.KIND.field("level"), incident.KIND.field("status")
    return IncidentNow(
        record=found.id,
        name=masked_text(found.text("name")),
        level=session.display(found, level.name),
        level_rank=_rank(found, "level"),
        status=session.display(found, status.name),
        status_rank=_rank(found, "status"),
        is_drill=bool(found["is_drill"]),
        live=found.text("status") in incident.LIVE,
        since=since if isinstance(since, int) else None,
        expected_end=expected if isinstance(expected, int) else None,
    )


def _rank(found: Record, name: str) -> str:
    from_options = {"level": incident.LEVELS, "status": incident.STATES}[name]
    for option in from_options:
        if option.code == found[name]:
            return option.level
    return "neutral"


def overdue_calls(now_ms: int) -> Query:
    """Call-backs that are past their time, the oldest first."""
    where = (Condition("status", "=", "callback"), Condition("callback_due", "<", now_ms))
    return Query(inquiry.NAME, where=where, order="callback_due")


def overdue_tasks(now_ms: int) -> Query:
    """Open tasks that are past their time, the oldest first."""
    where = (Condition("status", "in", task.OPEN), Condition("due", "<", now_ms))
    return Query(task.NAME, where=where, order="due")


def open_calls() -> Query:
    """Calls to which something is owed, the oldest first."""
    return Query(inquiry.NAME, where=(Condition("status", "in", inquiry.OPEN),), order="at")


def pressing_calls() -> Query:
    """Urgent calls that are not settled, whenever they were taken, the oldest first."""
    where = (Condition("status", "in", inquiry.OPEN),)
    return Query(inquiry.NAME, where=where, either=URGENT, order="at")


def _late(session: Session, tasks: list[Record], now: int) -> Late:
    late = [record for record in tasks if task.overdue(record, now)]
    calls = overdue_calls(now)
    oldest = [(record, record["due"]) for record in late]
    oldest += [(record, record["callback_due"]) for record in session.find(calls.but(limit=1))]
    count = session.count(calls)
    dated = [(when, record) for record, when in oldest if isinstance(when, int)]
    if not dated:
        return Late()
    since, first = min(dated, key=lambda pair: (pair[0], pair[1].id))
    # Of a call the number and what it is about: who called stands in the list behind it.
    about = "category" if first.kind == inquiry.NAME else "title"
    return Late(
        tasks=len(late),
        calls=count,
        since=since,
        kind=first.kind,
        record=first.id,
        number=first.number,
        title=masked_text(session.display(first, about)),
    )


def _load(session: Session, now: int) -> Load:
    def came(begin: int, end: int) -> int:
        return figures.count_calls(session, Condition("at", ">", begin), Condition("at", "<=", end))

    quarter = figures.QUARTER_MS
    return Load(
        open=session.count(open_calls()),
        latest=came(now - quarter, now),
        before=came(now - 2 * quarter, now - quarter),
    )


def staff_of(groups: list[StaffedGroup]) -> Staff:
    """The sum of the groups, and the one that misses most posts."""
    posts = sum(len(group.posts) for group in groups)
    missing = tuple(record.id for group in groups for record in group.missing)
    short = max(groups, key=lambda group: len(group.missing), default=None)
    if short is None or not short.missing:
        return Staff(posts=posts, filled=posts)
    return Staff(
        posts=posts,
        filled=posts - len(missing),
        shortest=masked_text(short.name),
        shortage=len(short.missing),
        missing=missing,
    )


def _pressing(session: Session, since: int) -> Pressing:
    settled = (Condition("at", ">=", since), Condition("status", "in", figures.DONE))
    done = session.count(Query(inquiry.NAME, where=settled, either=URGENT))
    owed = pressing_calls()
    first = session.find(owed.but(limit=1))
    at = first[0]["at"] if first else None
    return Pressing(
        total=done + session.count(owed),
        done=done,
        since=at if isinstance(at, int) else None,
        number=first[0].number if first else "",
    )


def _cards(cards: list[Record], now: int) -> Cards:
    approved = [card for card in cards if card.text("status") == "approved"]
    ending = [
        (until, card)
        for card in approved
        if answer_card.usable(card, now) and isinstance(until := card["valid_until"], int)
    ]
    until, first = min(ending, key=lambda pair: pair[0], default=(None, None))
    return Cards(
        drafts=sum(card.text("status") == "draft" for card in cards),
        in_force=sum(answer_card.usable(card, now) for card in approved),
        expired=sum(answer_card.expired(card, now) for card in approved),
        next_until=until,
        next_topic=masked_text(first.text("topic")) if first else "",
    )


def waiting_of(
    found: Record | None, tasks: list[Record], cards: list[Record]
) -> tuple[Waiting, ...]:
    """What needs a leader, the most pressing and then the oldest first."""
    items = []
    if found is not None and found.text("status") == "pending":
        items.append(_waiting("activation", "critical", found, "name"))
    for card in cards:
        if card.text("status") == "draft":
            items.append(_waiting("approval", "warning", card, "topic"))
    for record in tasks:
        if record["blocked"]:
            pressing = record.text("priority") in PRESSING
            items.append(
                _waiting("blocked", "critical" if pressing else "warning", record, "title")
            )
        elif record.text("status") == "confirming":
            items.append(_waiting("confirm", "info", record, "title"))
    ranks = ("critical", "warning", "info")
    return tuple(sorted(items, key=lambda item: (ranks.index(item.level), item.since, item.record)))


def undecided(session: Session, items: tuple[Waiting, ...]) -> tuple[Waiting, ...]:
    """Without those on which a decision was entered since they last changed: whoever asked has the
    answer, and what they do with it brings the item back or ends it."""
    if not items:
        return ()
    where = (
        Condition("category", "=", "decision"),
        Condition("subject", "in", tuple(item.record for item in items)),
        Condition("text", "filled"),
    )
    said: dict[str, int] = {}
    for entry in session.find(Query(timeline.NAME, where=where, order="at")):
        at = entry["at"]
        said[entry.text("subject")] = at if isinstance(at, int) else entry.created
    return tuple(item for item in items if said.get(item.record, -1) < item.since)


def _waiting(reason: str, level: str, record: Record, name: str) -> Waiting:
    return Waiting(
        reason=reason,
        level=level,
        kind=record.kind,
        record=record.id,
        number=record.number,
        title=masked_text(" ".join(record.text(name).split())),
        since=record.changed,
    )
