"""The shift by the hour: what was, what is, and what is only hoped for, kept apart."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.clock import local, to_ms, zone
from bankcc.i18n import set_language
from ui.roster.posts import Turn
from ui.roster.shift_bars import HOUR_MS, HOURS, Bar, bars_text, shift_bars, window_start


def at(hour: int, minute: int = 0, day: int = 23) -> int:
    return to_ms(datetime(2026, 11, day, hour, minute, tzinfo=zone()))


NOW = at(14, 10)


def by_hour(bars: list[Bar]) -> dict[int, tuple[int, int]]:
    return {bar.hour: (bar.here, bar.expected) for bar in bars}


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (at(8), at(8)),
        (at(19, 59), at(8)),
        (at(20), at(20)),
        (at(23, 30), at(20)),
        (at(3), at(20, day=22)),
        (at(7, 59), at(20, day=22)),
    ],
)
def test_the_shift_of_a_moment(now: int, begins: int) -> None:
    assert window_start(now) == begins


def test_on_duty_since_eleven() -> None:
    bars = by_hour(shift_bars([Turn("on_duty", at=at(11, 20))], NOW))
    assert bars[10] == (0, 0)
    assert bars[11] == bars[14] == (1, 0)
    assert bars[15] == bars[19] == (0, 1)


def test_who_left_is_counted_until_then() -> None:
    bars = by_hour(shift_bars([Turn("left", at=at(9), left_at=at(12, 30))], NOW))
    assert bars[8] == (0, 0)
    assert bars[9] == bars[12] == (1, 0)
    assert bars[13] == bars[15] == (0, 0)


def test_who_is_announced_is_expected_from_then() -> None:
    bars = by_hour(shift_bars([Turn("on_way", at=at(13), eta=at(15, 30))], NOW))
    assert bars[14] == (0, 0)
    assert bars[15] == bars[19] == (0, 1)


def test_who_is_absent_or_rests_is_not_counted() -> None:
    turns = [Turn("absent", at=at(9)), Turn("resting", at=at(9)), Turn()]
    assert all(bar.count == 0 for bar in shift_bars(turns, NOW))


def test_the_text_twin_says_the_same() -> None:
    turns = [Turn("on_duty", at=at(11)), Turn("notified", at=at(9), eta=at(14, 30))]
    text = bars_text(shift_bars(turns, NOW), 3, NOW)
    assert "应到 3 人" in text
    assert "11 时 1 人" in text
    assert "14 时 1 人，另预计 1 人" in text
    assert "15 时预计 2 人" in text
    set_language("en")
    assert "15:00 2 expected" in bars_text(shift_bars(turns, NOW), 3, NOW)


TURNS = st.builds(
    Turn,
    st.sampled_from(["", "notified", "on_way", "on_duty", "resting", "left", "absent"]),
    *[st.integers(0, 2).map(lambda n: n * 12 * HOUR_MS + at(0))] * 3,
)


@given(st.lists(TURNS, max_size=6), st.integers(0, 47).map(lambda n: at(0) + n * HOUR_MS))
def test_never_more_than_there_are_people(turns: list[Turn], now: int) -> None:
    bars = shift_bars(turns, now)
    assert len(bars) == HOURS
    assert bars[0].start <= now < bars[-1].start + HOUR_MS
    assert all(0 <= bar.count <= len(turns) for bar in bars)
    assert all(bar.here == 0 for bar in bars if bar.start > now)
    assert local(bars[0].start).hour in (8, 20)
