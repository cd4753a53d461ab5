"""How many are on duty in each hour of the shift: those who were, are, and are expected.

Rule: what is not yet so is kept apart from what is, so that nobody counts on a hope.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bankcc.clock import local, to_ms
from bankcc.i18n import _
from ui.roster.posts import HERE, Turn

HOURS = 12
DAY_BEGINS = 8
DAY_ENDS = 20
HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour. `start` in UTC ms, `hour` on the clock of the center; `here` people are known to be
    on duty, `expected` more are announced, or all of them if the hour has not come."""

    start: int
    hour: int
    here: int
    expected: int

    @property
    def count(self) -> int:
        """Known and expected together."""
        return self.here + self.expected


def window_start(now: int) -> int:
    """When the shift of `now` began: 8:00, or 20:00 for the night."""
    moment = local(now)
    hour = DAY_BEGINS if DAY_BEGINS <= moment.hour < DAY_ENDS else DAY_ENDS
    begin = moment.replace(hour=hour, minute=0, second=0, microsecond=0)
    return to_ms(begin - timedelta(days=1) if begin > moment else begin)


def shift_bars(turns: Iterable[Turn], now: int) -> list[Bar]:
    """The twelve hours of the shift of `now`."""
    known, start = list(turns), window_start(now)
    return [_bar(known, start + at * HOUR_MS, now) for at in range(HOURS)]


def _bar(turns: Sequence[Turn], start: int, now: int) -> Bar:
    end = start + HOUR_MS
    here = sum(_was_here(turn, start, min(end, now + 1)) for turn in turns)
    expected = 0
    if end > now:
        expected = sum(turn.status in ("notified", "on_way") and 0 < turn.eta < end
                       for turn in turns)  # fmt: skip
    if start > now:
        expected += sum(turn.status == HERE for turn in turns)
        here = 0
    return Bar(start, local(start).hour, here, expected)


def _was_here(turn: Turn, start: int, end: int) -> bool:
    """Whether the person was on duty at any time from `start` to `end`."""
    if turn.status == HERE:
        return 0 < turn.at < end
    return turn.status == "left" and 0 < turn.at < end and turn.left_at > start


def bars_text(bars: Sequence[Bar], needed: int, now: int) -> str:
    """The strip in words."""
    parts = []
    for bar in bars:
        words = _("{hour}:00 {count}")
        if bar.start > now:
            words = _("{hour}:00 {count} expected")
        elif bar.expected:
            words = _("{hour}:00 {count} and {more} expected")
        count = bar.count if bar.start > now else bar.here
        parts.append(words.format(hour=f"{bar.hour:02d}", count=count, more=bar.expected))
    head = _("People on duty by the hour, {needed} needed").format(needed=needed)
    return _("{head}: {hours}").format(head=head, hours=_(", ").join(parts))
