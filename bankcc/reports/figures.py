"""What both the situation panel and the reports count: calls per quarter of an hour, calls and
closures, posts that are filled.

Rule: counted by the database wherever it can, so that a million earlier calls cost nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bankcc.features import inquiry, post
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.schema.shared_choices import CALL_CATEGORIES
from bankcc.session import Session

OWED = inquiry.OPEN
DONE = tuple(option.code for option in inquiry.STATES if option.code not in OWED)
QUARTER_MS = 15 * 60_000
NAMED_SERIES = 4
_AT_A_TIME = 500

TimeOfDay = Callable[[int], str]
"""Turns UTC milliseconds into `14:45` in the center's zone."""


@dataclass(frozen=True, slots=True)
class CallBuckets:
    """Calls per stretch of time: labels of the stretches (`14:45`), and for each category its
    counts.

    All counts have as many items as `labels`. `last_incomplete`: the last stretch is still
    running. `window`: first and last moment that is counted (UTC ms).
    """

    labels: tuple[str, ...] = ()
    categories: tuple[tuple[str, tuple[int, ...]], ...] = ()
    last_incomplete: bool = False
    window: tuple[int, int] | None = None

    @property
    def total(self) -> int:
        """All calls of the chart."""
        return sum(sum(counts) for _name, counts in self.categories)


@dataclass(frozen=True, slots=True)
class CallFlow:
    """Calls taken and closed since the start (`since_ms`, UTC), as they stood at each label."""

    labels: tuple[str, ...] = ()
    calls: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()
    since_ms: int | None = None


@dataclass(frozen=True, slots=True)
class StaffedGroup:
    """The posts of a group, and those of them that nobody on duty fills."""

    name: str
    posts: tuple[Record, ...]
    missing: tuple[Record, ...]

    @property
    def filled(self) -> int:
        """How many posts somebody on duty fills."""
        return len(self.posts) - len(self.missing)


def count_calls(session: Session, *where: Condition) -> int:
    """How many calls meet every condition."""
    return session.count(Query(inquiry.NAME, where=where))


def call_buckets(
    session: Session, time_of_day: TimeOfDay, *, begin: int, end: int, most: int
) -> CallBuckets:
    """Quarters of an hour on the clock from `begin` to `end` (UTC ms), the last `most` of them."""
    last = end - end % QUARTER_MS
    first = max(begin - begin % QUARTER_MS, last - (most - 1) * QUARTER_MS)
    starts = range(first, last + 1, QUARTER_MS)
    categories = []
    for option in CALL_CATEGORIES:
        counts = tuple(
            count_calls(
                session,
                Condition("at", ">=", max(start, begin)),
                Condition("at", "<", min(start + QUARTER_MS, end + 1)),
                Condition("category", "=", option.code),
            )
            for start in starts
        )
        if any(counts):
            categories.append((_(option.label), counts))
    labels = tuple(map(time_of_day, starts))
    return CallBuckets(
        labels,
        tuple(categories),
        last_incomplete=end < last + QUARTER_MS - 1,
        window=(max(first, begin), end),
    )


def top_categories(buckets: CallBuckets) -> list[tuple[str, tuple[int, ...]]]:
    """The four largest categories, largest first, and the sum of the others as the fifth."""
    ranked = sorted(buckets.categories, key=lambda item: (-sum(item[1]), item[0]))
    named, rest = ranked[:NAMED_SERIES], ranked[NAMED_SERIES:]
    if len(rest) == 1:
        return [*named, rest[0]]
    if rest:
        others = tuple(sum(column) for column in zip(*(counts for _n, counts in rest), strict=True))
        return [*named, (_("Others"), others)]
    return named


def axis_ticks(highest: int, most: int = 5) -> list[int]:
    """Whole numbers from 0 to at least `highest`, in steps of 1, 2 or 5 times a power of ten."""
    step = 1
    while highest > step * most:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return list(range(0, max(-(-highest // step), 1) * step + 1, step))


def call_flow(
    session: Session, time_of_day: TimeOfDay, *, started: int, points: Sequence[int]
) -> CallFlow:
    """How many calls had come since `started`, and how many of them were settled, at each of
    `points` (UTC ms, rising)."""
    if not points:
        return CallFlow()
    settled = _settled_after(session, started, points[0])
    calls, closed = [], []
    for point in points:
        came = (Condition("at", ">=", started), Condition("at", "<=", point))
        calls.append(count_calls(session, *came))
        done = count_calls(session, *came, Condition("status", "in", DONE))
        closed.append(done - sum(1 for at, when in settled if at <= point < when))
    return CallFlow(tuple(map(time_of_day, points)), tuple(calls), tuple(closed), started)


def _settled_after(session: Session, started: int, first: int) -> list[tuple[int, int]]:
    """(came, settled) of the calls since `started` that are settled now and were settled by a
    change after `first`: the timeline knows when."""
    changed = (
        Condition("subject_kind", "=", inquiry.NAME),
        Condition("field", "=", "status"),
        Condition("at", ">=", first),
    )
    later = {
        entry.text("subject")
        for entry in session.find(Query("timeline", where=changed))
        if entry.text("value") in DONE
    }
    found = []
    ids = sorted(later)
    for start in range(0, len(ids), _AT_A_TIME):
        some = tuple(ids[start : start + _AT_A_TIME])
        when = _last_settled(session, some)
        where = (
            Condition("id", "in", some),
            Condition("at", ">=", started),
            Condition("status", "in", DONE),
        )
        for record in session.find(Query(inquiry.NAME, where=where)):
            if isinstance(at := record["at"], int) and record.id in when:
                found.append((at, when[record.id]))
    return found


def _last_settled(session: Session, calls: tuple[str, ...]) -> dict[str, int]:
    """When each of these calls was settled for good: a settled call that is closed later was
    settled before."""
    where = (Condition("subject", "in", calls), Condition("field", "=", "status"))
    settled: dict[str, int] = {}
    for entry in session.find(Query("timeline", where=where, order="at")):
        if entry.text("value") not in DONE:
            settled.pop(entry.text("subject"), None)
        elif isinstance(at := entry["at"], int):
            settled.setdefault(entry.text("subject"), at)
    return settled


def people_on_duty(session: Session) -> frozenset[str]:
    """Ids of the people who are on duty now."""
    on_duty = Query("attendance", where=(Condition("status", "=", "on_duty"),))
    return frozenset(record.text("person") for record in session.find(on_duty))


def staffing(session: Session, on_duty: Collection[str]) -> list[StaffedGroup]:
    """The groups of the plan in its order, each with its posts and those that are not filled."""
    groups: dict[str, list[Record]] = {}
    for record in session.find(Query("post")):
        groups.setdefault(record.text("group") or _("Without a group"), []).append(record)
    return [
        StaffedGroup(
            name,
            tuple(posts),
            tuple(item for item in posts if post.serving(item) not in on_duty),
        )
        for name, posts in groups.items()
    ]
