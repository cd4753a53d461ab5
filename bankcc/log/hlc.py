"""Hybrid logical clock: orders operations for display when causality does not. It never discards
anything.

64 bits: 48 of UTC milliseconds, 16 of counter. A remote value is believed up to ten minutes ahead
of this laptop's clock; beyond that it is kept and flagged but does not push this laptop's clock
forward.
"""

AHEAD_MS = 10 * 60 * 1000
_COUNTER_BITS = 16
_LIMIT = (1 << 63) - 1


class HybridClock:
    """The clock of one log; `last` is the largest value this laptop has made or believed."""

    def __init__(self, last: int = 0) -> None:
        self.last = last

    def tick(self, now_ms: int) -> int:
        """The value of a new operation, above everything this laptop has seen and believed."""
        self.last = min(max(self.last + 1, max(now_ms, 0) << _COUNTER_BITS), _LIMIT)
        return self.last

    def receive(self, value: int, now_ms: int) -> bool:
        """Take note of a remote value. False: it lies too far ahead, its time is doubtful."""
        if value > (max(now_ms, 0) + AHEAD_MS) << _COUNTER_BITS:
            return False
        self.last = max(self.last, value)
        return True


def milliseconds(value: int) -> int:
    """The wall part of a clock value."""
    return value >> _COUNTER_BITS
