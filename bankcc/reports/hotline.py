"""The hotline's figures of a period, counted by the database, so that a million earlier calls cost
nothing.
"""

from bankcc.features import inquiry
from bankcc.i18n import _
from bankcc.reports.charts import CallBuckets, CallFlow
from bankcc.reports.document import Letterhead
from bankcc.reports.situation import HotlineFigures
from bankcc.schema.query import Condition, Query
from bankcc.schema.shared_choices import CALL_CATEGORIES
from bankcc.session import Session

OWED = inquiry.OPEN
DONE = tuple(option.code for option in inquiry.STATES if option.code not in OWED)
QUARTER_MS = 15 * 60_000
_MOST_BUCKETS = 24
_FLOW_POINTS = 12


def figures(
    session: Session, head: Letterhead, *, begin: int, end: int, started: int
) -> HotlineFigures:
    """The figures from `begin` to `end` (UTC ms), the flow since `started`."""
    period = (Condition("at", ">=", begin), Condition("at", "<=", end))
    return HotlineFigures(
        total=_count(session, *period),
        by_status=tuple(
            (_(option.label), count)
            for option in inquiry.STATES
            if (count := _count(session, *period, Condition("status", "=", option.code)))
        ),
        topics=tuple(
            (_(option.label), count)
            for option in CALL_CATEGORIES
            if (count := _count(session, *period, Condition("category", "=", option.code)))
        ),
        buckets=_buckets(session, head, begin, end),
        flow=_flow(session, head, min(started, end), end),
    )


def _count(session: Session, *where: Condition) -> int:
    return session.count(Query("inquiry", where=where))


def _buckets(session: Session, head: Letterhead, begin: int, end: int) -> CallBuckets:
    """Quarters of an hour on the clock, the last ones of a long period."""
    last = end - end % QUARTER_MS
    first = max(begin - begin % QUARTER_MS, last - (_MOST_BUCKETS - 1) * QUARTER_MS)
    starts = range(first, last + 1, QUARTER_MS)
    categories = []
    for option in CALL_CATEGORIES:
        counts = tuple(
            _count(
                session,
                Condition("at", ">=", max(start, begin)),
                Condition("at", "<", min(start + QUARTER_MS, end + 1)),
                Condition("category", "=", option.code),
            )
            for start in starts
        )
        if any(counts):
            categories.append((_(option.label), counts))
    labels = tuple(head.time_of_day(start) for start in starts)
    return CallBuckets(labels, tuple(categories), last_incomplete=end < last + QUARTER_MS - 1)


def _flow(session: Session, head: Letterhead, started: int, end: int) -> CallFlow:
    """How many calls had come and how many of them were settled, at points since the start."""
    if end - started < QUARTER_MS:
        return CallFlow()
    step = max((end - started) // _FLOW_POINTS // QUARTER_MS, 1) * QUARTER_MS
    points = [*range(started + step, end, step), end]
    settled = _settled_later(session, started)
    calls, closed = [], []
    for point in points:
        came = (Condition("at", ">=", started), Condition("at", "<=", point))
        calls.append(_count(session, *came))
        done = _count(session, *came, Condition("status", "in", DONE))
        closed.append(done - sum(1 for at, when in settled if at <= point < when))
    return CallFlow(tuple(map(head.time_of_day, points)), tuple(calls), tuple(closed))


def _settled_later(session: Session, started: int) -> list[tuple[int, int]]:
    """(came, settled) of the settled calls that were entered open: the timeline knows when."""
    last: dict[str, int] = {}
    changed = (
        Condition("subject_kind", "=", "inquiry"),
        Condition("field", "=", "status"),
        Condition("at", ">=", started),
    )
    for entry in session.find(Query("timeline", where=changed, order="at")):
        at = entry["at"]
        if entry.text("value") in DONE and isinstance(at, int):
            last[entry.text("subject")] = at
    found = []
    ids = list(last)
    for start in range(0, len(ids), 500):
        some = tuple(ids[start : start + 500])
        where = (Condition("id", "in", some), Condition("status", "in", DONE))
        for record in session.find(Query("inquiry", where=where)):
            if isinstance(at := record["at"], int):
                found.append((at, last[record.id]))
    return found
