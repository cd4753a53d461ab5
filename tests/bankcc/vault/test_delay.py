"""Guessing gets slow, and never impossible."""

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import UserError, WrongPassphrase
from bankcc.vault.delay import UnlockDelay


def wrong() -> str:
    raise WrongPassphrase("wrong")


def nothing_typed() -> str:
    raise UserError("nothing typed")


def fail(delay: UnlockDelay) -> None:
    with pytest.raises(WrongPassphrase):
        delay.attempt(wrong)


def test_it_grows_to_thirty_seconds_and_stays(clock: ManualClock) -> None:
    delay, seen = UnlockDelay(clock), []
    for _ in range(8):
        fail(delay)
        seen.append(delay.seconds)
    assert seen == [1, 2, 4, 8, 16, 30, 30, 30]


def test_the_right_one_opens_after_1100_wrong_ones(clock: ManualClock) -> None:
    delay = UnlockDelay(clock)
    for _ in range(1100):
        fail(delay)
    assert clock.slept == pytest.approx(1 + 2 + 4 + 8 + 16 + 1094 * 30)
    assert delay.attempt(lambda: "opened") == "opened"
    assert clock.slept == pytest.approx(31 + 1095 * 30)
    assert delay.seconds == 0
    assert delay.remaining() == 0


def test_the_first_try_and_a_patient_one_do_not_wait(clock: ManualClock) -> None:
    delay = UnlockDelay(clock)
    fail(delay)
    assert clock.slept == 0
    clock.advance(seconds=0.4)
    assert delay.remaining() == pytest.approx(0.6)
    clock.advance(seconds=0.7)
    assert delay.remaining() == 0
    fail(delay)
    assert clock.slept == 0


def test_only_a_guess_counts(clock: ManualClock) -> None:
    delay = UnlockDelay(clock)
    with pytest.raises(UserError):
        delay.attempt(nothing_typed)
    assert delay.seconds == 0


def test_it_is_not_kept_across_starts_and_survives_a_clock_set_back(clock: ManualClock) -> None:
    delay = UnlockDelay(clock)
    for _ in range(3):
        fail(delay)
    clock.advance(hours=-5)
    assert delay.remaining() == 4
    assert UnlockDelay(clock).remaining() == 0
