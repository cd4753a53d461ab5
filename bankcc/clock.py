"""The only place that reads the time. Core code is handed a `Clock`; tests hand in one they can
move.

Times are UTC milliseconds (int). An operation also carries the offset of the laptop's zone in
minutes.
"""

import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Shanghai"


class Clock(Protocol):
    """What the program asks of a clock."""

    def now_ms(self) -> int:
        """Wall time, UTC milliseconds since 1970. May jump: laptops sleep and clocks are wrong."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, whoever sets the clock; time asleep counts. For measuring
        how long something took."""
        ...

    def offset_minutes(self) -> int:
        """Offset of the laptop's own zone from UTC, in minutes, now."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class SystemClock:
    """The laptop's clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        # Linux stops its usual monotonic clock while the laptop sleeps; that of Windows goes on.
        if sys.platform == "linux":
            return time.clock_gettime(time.CLOCK_BOOTTIME)
        return time.monotonic()

    def offset_minutes(self) -> int:
        local = datetime.now().astimezone().utcoffset()
        return int((local or timedelta()).total_seconds() // 60)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


@dataclass(slots=True)
class ManualClock:
    """A clock that moves only when told to. Shipped, because demos and drills replay time too."""

    ms: int = 1_795_400_000_000
    offset: int = 480
    step_ms: int = 0
    slept: float = 0.0
    turned_ms: int = 0

    def now_ms(self) -> int:
        self.ms += self.step_ms
        return self.ms

    def monotonic(self) -> float:
        return (self.ms - self.turned_ms) / 1000

    def offset_minutes(self) -> int:
        return self.offset

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.ms += int(seconds * 1000)

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0) -> None:
        """Move the clock; negative values move it back."""
        self.ms += int((seconds + minutes * 60 + hours * 3600) * 1000)

    def turn(self, *, minutes: float) -> None:
        """Somebody sets the clock: the wall time jumps, no time passes."""
        self.ms += int(minutes * 60_000)
        self.turned_ms += int(minutes * 60_000)


def zone(name: str = DEFAULT_ZONE) -> ZoneInfo:
    """The center's time zone; `tzdata` supplies it where the system does not."""
    return ZoneInfo(name)


def local(ms: int, tz: ZoneInfo | timezone | None = None) -> datetime:
    """`ms` as an aware datetime in `tz` (default: the default zone). Bounded to years 1-9999."""
    try:
        return datetime.fromtimestamp(ms / 1000, UTC).astimezone(tz or zone())
    except (OverflowError, OSError, ValueError):
        edge = datetime(9999, 12, 30, tzinfo=UTC) if ms > 0 else datetime(1, 1, 3, tzinfo=UTC)
        return edge.astimezone(tz or zone())


def to_ms(moment: datetime, tz: ZoneInfo | timezone | None = None) -> int:
    """UTC milliseconds of `moment`; a naive one is read in `tz` (default: the default zone)."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=tz or zone())
    return round(aware.timestamp() * 1000)
