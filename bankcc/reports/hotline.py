"""The hotline's figures of a period, for the reports."""

from bankcc.features import inquiry
from bankcc.i18n import _
from bankcc.reports.document import Letterhead
from bankcc.reports.figures import QUARTER_MS, call_buckets, call_flow, count_calls
from bankcc.reports.situation import HotlineFigures
from bankcc.schema.query import Condition
from bankcc.schema.shared_choices import CALL_CATEGORIES
from bankcc.session import Session

_MOST_BUCKETS = 24
_FLOW_POINTS = 12


def figures(
    session: Session, head: Letterhead, *, begin: int, end: int, started: int
) -> HotlineFigures:
    """The figures from `begin` to `end` (UTC ms), the flow since `started`."""
    period = (Condition("at", ">=", begin), Condition("at", "<=", end))
    first = min(started, end)
    return HotlineFigures(
        total=count_calls(session, *period),
        entered_later=count_calls(
            session, Condition("at", "<", begin), Condition("created", ">=", begin)
        ),
        by_status=tuple(
            (_(option.label), count)
            for option in inquiry.STATES
            if (count := count_calls(session, *period, Condition("status", "=", option.code)))
        ),
        topics=tuple(
            (_(option.label), count)
            for option in CALL_CATEGORIES
            if (count := count_calls(session, *period, Condition("category", "=", option.code)))
        ),
        buckets=call_buckets(session, head.time_of_day, begin=begin, end=end, most=_MOST_BUCKETS),
        flow=call_flow(session, head.time_of_day, started=first, points=_points(first, end)),
    )


def _points(started: int, end: int) -> list[int]:
    """Whole quarters of an hour since the start, a dozen at most, and the end."""
    if end - started < QUARTER_MS:
        return []
    step = max((end - started) // _FLOW_POINTS // QUARTER_MS, 1) * QUARTER_MS
    return [*range(started + step, end, step), end]
