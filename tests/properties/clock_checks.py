"""What must hold of the clock of a log, whatever other clocks say."""

from random import Random

from bankcc.log import hlc
from bankcc.log.hlc import AHEAD_MS
from tests.properties.play import NOW_MS, YEAR_MS


def check_bounded(rng: Random) -> None:
    """Own values rise, stay above what was believed, never run ahead by more than ten minutes."""
    clock, now = hlc.HybridClock(), NOW_MS
    made = believed = 0
    for _ in range(60):
        now += rng.choice((0, 0, 1, 1_000, 3_600_000))
        if rng.random() < 0.5:
            ahead = rng.choice(
                (-30 * YEAR_MS, -1, 0, AHEAD_MS - 1, AHEAD_MS, AHEAD_MS + 2, 30 * YEAR_MS)
            )
            value = max(now + ahead, 0) << 16 | rng.randrange(1 << 16)
            trusted = clock.receive(value, now)
            assert trusted == (value <= (now + AHEAD_MS) << 16)
            believed = max(believed, value) if trusted else believed
        else:
            value = clock.tick(now)
            assert value > max(made, believed)
            assert hlc.milliseconds(value) <= now + AHEAD_MS
            made = value


def check_backwards(rng: Random) -> None:
    """A clock that jumps back does not let own operations change their order."""
    clock = hlc.HybridClock()
    made = [clock.tick(max(NOW_MS + rng.randrange(-30, 31) * YEAR_MS, 0)) for _ in range(50)]
    assert made == sorted(set(made))


CHECKS = (check_bounded, check_backwards)
