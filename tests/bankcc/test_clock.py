"""Two clocks in one: the wall that anybody may set, and the time that passes."""

from bankcc.clock import ManualClock, SystemClock


def test_time_that_passes_moves_both() -> None:
    clock = ManualClock()
    wall, passed = clock.now_ms(), clock.monotonic()
    clock.advance(minutes=2)
    assert (clock.now_ms() - wall, clock.monotonic() - passed) == (120_000, 120)


def test_setting_the_clock_moves_the_wall_only() -> None:
    clock = ManualClock()
    wall, passed = clock.now_ms(), clock.monotonic()
    clock.turn(minutes=-30)
    assert (clock.now_ms() - wall, clock.monotonic() - passed) == (-1_800_000, 0)


def test_the_clock_of_the_laptop_does_not_go_back() -> None:
    clock = SystemClock()
    assert clock.monotonic() <= clock.monotonic()
