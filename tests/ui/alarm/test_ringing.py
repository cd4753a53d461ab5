"""Which call backs ring: by the wall clock, for their owner, once for a sleep. Clock readings in,
rings out."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.clock import ManualClock
from ui.alarm.ringing import (
    MINUTE_MS,
    MUTE_MIN,
    OPENED_MIN,
    POSTPONE_MIN,
    REPEAT_S,
    Alarm,
    Promise,
    Ring,
)

USER = "王敏 · 热线坐席"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


class Desk:
    """An alarm, its clock, and a look each second."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock, self.alarm = clock, Alarm()
        self.alarm.sign_in(USER)
        self.look()

    def look(self) -> Ring:
        return self.alarm.look(self.clock.now_ms(), self.clock.monotonic())

    def owe(self, record: str, minutes: float, agent: str = "王敏") -> None:
        due = self.clock.now_ms() + round(minutes * MINUTE_MS)
        self.alarm.put(record, Promise(record, record, due, agent))

    def pass_by(self, seconds: int) -> list[Ring]:
        """A look each second."""
        found = []
        for _second in range(seconds):
            self.clock.advance(seconds=1)
            found.append(self.look())
        return found


@pytest.fixture
def desk(clock: ManualClock) -> Desk:
    return Desk(clock)


def names(ring: Ring) -> list[str]:
    return [call.record for call in ring.calls]


def test_it_rings_in_the_second_it_is_due_and_not_before(desk) -> None:
    desk.owe("a", 0.5)
    rings = desk.pass_by(31)
    assert [bool(ring.calls) for ring in rings] == [False] * 29 + [True, True]
    assert [ring.sound for ring in rings[28:]] == [False, True, False]
    assert rings[29].fresh


def test_it_repeats_every_thirty_seconds_until_it_is_opened(desk) -> None:
    desk.owe("a", 0)
    sounds = [at for at, ring in enumerate(desk.pass_by(95)) if ring.sound]
    assert sounds == [0, 30, 60, 90]
    desk.alarm.rest("a", desk.clock.now_ms(), OPENED_MIN, opened=True)
    assert not any(ring.calls for ring in desk.pass_by(OPENED_MIN * 60 - 1))
    assert desk.pass_by(1)[0].sound


def test_a_second_call_sounds_at_once_and_both_together_after_that(desk) -> None:
    desk.owe("a", 0)
    desk.owe("b", 0.2)
    sounds = [at for at, ring in enumerate(desk.pass_by(60)) if ring.sound]
    assert sounds == [0, 11, 41]


def test_only_for_its_owner_however_the_name_is_written(desk) -> None:
    for agent in ("王敏", "王敏（坐席）", "", "热线组", "刘倩", "王敏儿"):
        desk.owe(agent or "nobody", -1, agent=agent)
    assert set(names(desk.look())) == {"王敏", "王敏（坐席）", "nobody", "热线组"}


def test_who_signs_in_hears_their_own(desk) -> None:
    desk.owe("a", -1, agent="刘倩")
    assert not desk.look().calls
    desk.alarm.sign_in("刘倩 · 组长")
    assert names(desk.look()) == ["a"]


def test_the_longest_overdue_stands_first(desk) -> None:
    desk.owe("b", -1)
    desk.owe("a", -9)
    desk.owe("c", -5)
    assert names(desk.look()) == ["a", "c", "b"]


def test_closed_elsewhere_it_is_gone(desk) -> None:
    desk.owe("a", -1)
    assert desk.look().calls
    desk.alarm.put("a", None)
    assert not desk.look().calls


class TestJumps:
    def test_sleep_is_one_alarm_with_its_minutes_and_count(self, desk) -> None:
        desk.owe("a", 3)
        desk.owe("b", 18)
        desk.owe("c", 40)
        desk.owe("d", 4, agent="刘倩")
        desk.clock.advance(minutes=20)
        rings = [desk.look(), *desk.pass_by(29)]
        assert [ring.sound for ring in rings].count(True) == 1
        jump = rings[0].jump
        assert jump is not None
        assert (jump.minutes, jump.asleep, jump.due) == (20, True, 2)
        assert names(rings[0]) == ["a", "b"]
        assert all(ring.jump == jump for ring in rings)

    def test_the_note_goes_with_the_calls_it_speaks_of(self, desk) -> None:
        desk.owe("a", 3)
        desk.clock.advance(minutes=20)
        assert desk.look().jump
        desk.alarm.put("a", None)
        desk.owe("b", 0)
        assert desk.look().jump is None

    def test_a_clock_set_forward_is_told_from_sleep(self, desk) -> None:
        desk.owe("a", 3)
        desk.clock.turn(minutes=20)
        ring = desk.look()
        assert ring.sound
        assert ring.jump is not None
        assert (ring.jump.minutes, ring.jump.asleep, ring.jump.due) == (20, False, 1)

    def test_a_clock_set_back_silences_and_rings_again_when_it_is_due(self, desk) -> None:
        desk.owe("a", -1)
        desk.look()
        desk.clock.turn(minutes=-30)
        ring = desk.look()
        assert ring.calls == ()
        assert ring.jump is not None
        assert (ring.jump.minutes, ring.jump.asleep) == (-30, False)
        assert any(ring.sound for ring in desk.pass_by(29 * 60))

    def test_a_few_seconds_of_correction_are_no_jump(self, desk) -> None:
        desk.owe("a", 0.5)
        desk.clock.turn(minutes=0.9)
        ring = desk.look()
        assert ring.calls
        assert ring.jump is None

    def test_sleep_with_nothing_due_says_nothing_later(self, desk) -> None:
        desk.clock.advance(minutes=20)
        desk.look()
        desk.owe("a", 0)
        assert desk.look().jump is None


class TestPutOff:
    def test_it_lasts_by_the_wall_clock(self, desk) -> None:
        desk.owe("a", -1)
        desk.alarm.rest("a", desk.clock.now_ms(), POSTPONE_MIN)
        assert not desk.look().calls
        desk.clock.turn(minutes=POSTPONE_MIN)
        assert desk.look().sound

    def test_a_clock_set_back_makes_it_no_longer(self, desk) -> None:
        desk.owe("a", -60 * 24)
        desk.alarm.rest("a", desk.clock.now_ms(), POSTPONE_MIN)
        desk.clock.turn(minutes=-60)
        desk.look()
        desk.pass_by(POSTPONE_MIN * 60)
        assert desk.look().calls

    def test_another_time_agreed_ends_it(self, desk) -> None:
        desk.owe("a", -1)
        desk.alarm.rest("a", desk.clock.now_ms(), 60)
        desk.owe("a", 1)
        assert any(ring.sound for ring in desk.pass_by(61))

    def test_looking_at_the_call_cuts_it_no_shorter(self, desk) -> None:
        desk.owe("a", -1)
        now = desk.clock.now_ms()
        until = desk.alarm.rest("a", now, 15)
        assert desk.alarm.rest("a", now, OPENED_MIN, opened=True) == until
        assert desk.alarm.rests_until("a", now) == until

    def test_only_what_was_put_off_counts_as_put_off(self, desk) -> None:
        desk.owe("a", -1)
        desk.owe("b", -1)
        now = desk.clock.now_ms()
        desk.alarm.rest("a", now, OPENED_MIN, opened=True)
        desk.alarm.rest("b", now, POSTPONE_MIN)
        assert desk.alarm.put_off(now) == {"b"}
        assert desk.alarm.rest("c", now, 5) == 0

    def test_another_start_knows_it(self, desk, clock) -> None:
        desk.owe("a", -1)
        desk.alarm.rest("a", clock.now_ms(), 15)
        again = Desk(clock)
        again.alarm.restore_rests(desk.alarm.kept_rests(clock.now_ms()))
        again.owe("a", -1)
        assert not again.look().calls
        assert desk.alarm.kept_rests(clock.now_ms() + 16 * MINUTE_MS) == {}


class TestMute:
    def test_it_is_silent_for_ten_minutes_and_then_heard(self, desk) -> None:
        desk.owe("a", 0)
        desk.alarm.mute(desk.clock.now_ms())
        rings = desk.pass_by(MUTE_MIN * 60)
        assert [ring.sound for ring in rings] == [False] * (MUTE_MIN * 60 - 1) + [True]
        assert all(ring.calls for ring in rings)
        assert all(ring.muted_until for ring in rings[:-1])

    def test_it_ends_by_the_wall_clock(self, desk) -> None:
        desk.owe("a", -1)
        desk.alarm.mute(desk.clock.now_ms())
        desk.clock.turn(minutes=MUTE_MIN)
        assert desk.look().sound

    def test_a_clock_set_back_makes_it_no_longer(self, desk) -> None:
        desk.alarm.mute(desk.clock.now_ms())
        desk.clock.turn(minutes=-60)
        assert desk.look().muted_until == desk.clock.now_ms() + MUTE_MIN * MINUTE_MS

    def test_sound_again(self, desk) -> None:
        desk.owe("a", -1)
        desk.alarm.mute(desk.clock.now_ms())
        desk.look()
        desk.alarm.unmute()
        assert desk.look().sound


# -- whatever the clocks do ------------------------------------------------------------------------

steps = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 90)),
    st.tuples(st.just("sleep"), st.integers(61, 40_000)),
    st.tuples(st.just("set"), st.integers(-40_000, 40_000)),
    st.tuples(st.just("rest"), st.integers(0, 5)),
)
owed = st.lists(
    st.tuples(st.integers(-3_000, 30_000), st.sampled_from(["王敏", "刘倩", "", "客服组"])),
    max_size=6,
)


@given(owed, st.lists(steps, max_size=25))
def test_every_second_of_any_day(calls: list[tuple[int, str]], day: list[tuple[str, int]]) -> None:
    desk = Desk(ManualClock())
    promises = {}
    for at, (seconds, agent) in enumerate(calls):
        due = desk.clock.now_ms() + seconds * 1000
        promises[f"c{at}"] = Promise(f"c{at}", f"R-{at}", due, agent)
    desk.alarm.replace(promises.values())
    heard: list[float] = []
    for kind, amount in day:
        if kind == "rest":
            desk.alarm.rest(f"c{amount}", desk.clock.now_ms(), POSTPONE_MIN)
        elif kind == "set":
            desk.clock.turn(minutes=amount / 60)
        seconds = amount if kind == "pass" else 1
        for _second in range(seconds):
            desk.clock.advance(seconds=amount if kind == "sleep" else 1)
            now, ring = desk.clock.now_ms(), desk.look()
            due = {
                name for name, call in promises.items() if call.due <= now and call.agent != "刘倩"
            }
            assert set(names(ring)) <= due
            assert due - set(names(ring)) <= desk.alarm.put_off(now)
            if ring.sound:
                assert ring.calls
                heard.append(desk.clock.monotonic())
            elif ring.calls:
                assert desk.clock.monotonic() - heard[-1] < REPEAT_S
    # Never one alarm per repeat that was missed: between two sounds time has passed.
    assert all(later > sooner for sooner, later in pairwise(heard))
