"""What panel and paper both count: calls per quarter, the flow of calls and closures, posts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.clock import ManualClock, local
from bankcc.features import attendance, inquiry, person, post
from bankcc.reports import figures
from bankcc.reports.figures import QUARTER_MS, CallBuckets, axis_ticks, top_categories
from bankcc.session import Session

MINUTE = 60_000


def time_of_day(ms: int) -> str:
    return f"{local(ms):%H:%M}"


@pytest.fixture
def quarter(clock: ManualClock) -> int:
    """The clock stands at a full quarter of an hour, which is returned."""
    clock.ms -= clock.ms % QUARTER_MS
    return clock.ms


def call(center: Session, **values: object) -> str:
    return center.execute(inquiry.log_call(**{"note": "问", **values})).made[0].id


def test_calls_fall_into_the_quarters_of_the_clock(
    center: Session, clock: ManualClock, quarter: int
) -> None:
    call(center, category="cash")
    clock.advance(minutes=14, seconds=59)
    call(center, category="cash")
    clock.advance(seconds=1)
    call(center, category="loan")
    found = figures.call_buckets(center, time_of_day, begin=quarter, end=clock.ms + MINUTE, most=12)
    assert dict(found.categories) == {"取款": (2, 0), "贷款": (0, 1)}
    assert found.labels == (time_of_day(quarter), time_of_day(quarter + QUARTER_MS))
    assert found.last_incomplete


def test_a_call_on_the_border_belongs_to_the_quarter_that_begins(
    center: Session, quarter: int
) -> None:
    call(center, category="cash", at=quarter - QUARTER_MS)
    call(center, category="cash", at=quarter)
    found = figures.call_buckets(
        center, time_of_day, begin=quarter - QUARTER_MS, end=quarter + MINUTE, most=12
    )
    assert dict(found.categories) == {"取款": (1, 1)}


def test_no_more_quarters_than_asked_for_and_a_full_one_is_complete(
    center: Session, quarter: int
) -> None:
    found = figures.call_buckets(
        center, time_of_day, begin=quarter - 40 * QUARTER_MS, end=quarter - 1, most=12
    )
    assert len(found.labels) == 12
    assert found.labels[-1] == time_of_day(quarter - QUARTER_MS)
    assert not found.last_incomplete


def test_a_settled_call_that_is_closed_later_counts_from_its_settling(
    center: Session, clock: ManualClock, quarter: int
) -> None:
    first = call(center, category="cash")
    clock.advance(minutes=5)
    due = clock.ms + 30 * MINUTE
    center.execute(inquiry.arrange_callback(first, due=due))
    clock.advance(minutes=5)
    center.execute(inquiry.record_callback(first, result="reached"))
    clock.advance(minutes=20)
    center.execute(inquiry.close(first))
    points = [quarter + minutes * MINUTE for minutes in (2, 9, 12, 29, 31)]
    flow = figures.call_flow(center, time_of_day, started=quarter, points=points)
    assert flow.calls == (1, 1, 1, 1, 1)
    assert flow.closed == (0, 0, 1, 1, 1)


def test_a_call_taken_up_again_is_open_until_it_is_settled_again(
    center: Session, clock: ManualClock, quarter: int
) -> None:
    first = call(center, category="cash")
    for minutes, verb in (
        (5, inquiry.close(first)),
        (5, inquiry.reopen(first, reason="又来电")),
        (10, inquiry.close(first)),
    ):
        clock.advance(minutes=minutes)
        center.execute(verb)
    points = [quarter + minutes * MINUTE for minutes in (1, 15, 21)]
    flow = figures.call_flow(center, time_of_day, started=quarter, points=points)
    assert flow.closed == (0, 0, 1)


def test_the_flow_of_a_late_window_is_that_of_the_whole(
    center: Session, clock: ManualClock, quarter: int
) -> None:
    for at in range(6):
        made = call(center, category="cash")
        clock.advance(minutes=4)
        if at % 2:
            center.execute(inquiry.close(made))
    points = [quarter + minutes * MINUTE for minutes in range(2, 26, 2)]
    whole = figures.call_flow(center, time_of_day, started=quarter, points=points)
    for start in range(1, len(points)):
        part = figures.call_flow(center, time_of_day, started=quarter, points=points[start:])
        assert part.closed == whole.closed[start:]
        assert part.calls == whole.calls[start:]


def test_no_points_no_flow(center: Session) -> None:
    assert figures.call_flow(center, time_of_day, started=0, points=[]) == figures.CallFlow()


def test_a_post_is_filled_by_who_stands_in(center: Session) -> None:
    for name in ("李雷", "韩梅"):
        center.execute(person.add(name=name))
    center.execute(post.add(title="坐席1", group="热线组", holder="李雷", backup_a="韩梅"))
    center.execute(post.add(title="记录员"))
    center.execute(attendance.check_in("韩梅"))
    (hotline, other) = figures.staffing(center, figures.people_on_duty(center))
    assert (hotline.name, hotline.filled, [p.text("title") for p in hotline.missing]) == (
        "热线组",
        0,
        ["坐席1"],
    )
    assert (other.filled, len(other.missing)) == (0, 1)
    center.execute(post.call_up_backup("坐席1"))
    assert figures.staffing(center, figures.people_on_duty(center))[0].filled == 1


@given(st.integers(0, 10_000_000), st.integers(1, 8))
def test_ticks_are_whole_numbers_from_zero_over_the_highest(highest: int, most: int) -> None:
    ticks = axis_ticks(highest, most)
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert len(ticks) <= most + 1
    assert len({high - low for low, high in pairwise(ticks)}) == 1


@given(st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_four_named_series_and_the_rest_add_up(sums: list[int]) -> None:
    buckets = CallBuckets(("14:00",), tuple((f"类{at}", (n,)) for at, n in enumerate(sums)))
    series = top_categories(buckets)
    assert len(series) <= 5
    assert sum(counts[0] for _name, counts in series) == sum(sums)
    named = [counts[0] for _name, counts in series[:4]]
    assert named == sorted(named, reverse=True)
