"""Columns share a width: text gives way first, the least needed go, nothing is too wide."""

from hypothesis import given
from hypothesis import strategies as st

from ui.records.column_fit import Wish, fitted

NAME = Wish(100, 100)
TEXT = Wish(200, 100, 0)
TIME = Wish(80, 80, 1)


def test_with_room_everyone_has_what_it_wishes() -> None:
    assert fitted([NAME, TEXT, TIME], 380) == [100, 200, 80]
    assert fitted([NAME, TEXT, TIME], 900) == [100, 200, 80]


def test_text_gives_way_first() -> None:
    assert fitted([NAME, TEXT, TIME], 300) == [100, 120, 80]


def test_then_the_highest_rank_goes_and_the_button_needs_room() -> None:
    assert fitted([NAME, TEXT, TIME], 279) == [100, 179, 0]
    assert fitted([NAME, TEXT, TIME], 279, 40) == [100, 179, 0]
    assert fitted([NAME, Wish(200, 50, 0, words=30), TIME], 170, 40) == [100, 70, 0]
    assert fitted([NAME, Wish(200, 50, 0, words=60), TIME], 170, 40) == [100, 0, 0]


def test_what_must_stay_stays_even_without_room() -> None:
    assert fitted([NAME, TEXT, TIME], 50) == [100, 0, 0]
    assert fitted([], 50) == []


def test_what_one_does_not_need_another_has() -> None:
    little, much = Wish(200, 100, 0, words=30, need=60), Wish(200, 100, 1, words=30, need=260)
    assert fitted([NAME, little, much], 420) == [100, 60, 260]
    assert fitted([NAME, little, much], 380) == [100, 60, 220]
    assert fitted([NAME, little, much], 900) == [100, 200, 260]
    assert fitted([NAME, little, much], 260) == [100, 60, 100]


def test_the_last_heading_ends_before_the_button_whoever_gives_the_room() -> None:
    listed = [Wish(300, 40, words=40), Wish(300, 40, 0, words=80), Wish(90, 90, 1)]
    for room in range(130, 420):
        widths = fitted(listed, room, 60)
        shown = [at for at, width in enumerate(widths) if width]
        if 1 in shown and 2 not in shown:
            assert widths[1] + room - sum(widths) >= 80 + 60, room


wishes = st.builds(
    lambda least, more, rank: Wish(least + more, least, rank),
    st.integers(1, 200),
    st.integers(0, 300),
    st.none() | st.integers(0, 20),
)


@given(st.lists(wishes, max_size=12), st.integers(0, 2_000), st.integers(0, 60))
def test_never_wider_than_the_room_unless_nothing_may_go(listed, room, button) -> None:
    widths = fitted(listed, room, button)
    shown = [at for at, width in enumerate(widths) if width]
    assert all(listed[at].least <= widths[at] <= listed[at].wide for at in shown)
    if sum(widths) > room:
        assert all(listed[at].rank is None for at in shown)
    gone = [wish.rank for at, wish in enumerate(listed) if at not in shown]
    kept = [listed[at].rank for at in shown if listed[at].rank is not None]
    assert None not in gone
    assert max(kept, default=-1) <= min(gone, default=99)
