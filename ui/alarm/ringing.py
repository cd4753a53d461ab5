"""Which promised call backs ring now: a matter of two clock readings, who is signed in, and what
was put off. No widgets, no database, no timer.

Rule: due times are compared with the wall clock at every look. The other clock, which nobody can
set, spaces the repeats and tells sleep from a clock that was set; nothing is ever made up for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from bankcc.schema.owner import concerns

MINUTE_MS = 60_000
REPEAT_S = 30.0
EARLY_S = 0.5
"""A coarse timer may come this much early; waiting for its next tick would be a second late."""
JUMP_S = 60.0
"""A gap longer than this between two looks is sleep; a disagreement of the clocks, a set clock."""
POSTPONE_MIN = 5
OPENED_MIN = 5
"""A call that was opened and got no result rings again after this."""
MUTE_MIN = 10
UNHEARD = -1.0e12


@dataclass(frozen=True, slots=True)
class Promise:
    """A call back that is owed. `due` in UTC milliseconds; `caller` and `phone` as lists show
    them, the phone masked; `agent` is the owner, empty or a group for everybody's."""

    record: str
    number: str
    due: int
    agent: str = ""
    caller: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """A promise due at `due` is silent until `until` (UTC ms), at most `minutes` from any look;
    `opened`: somebody looked at it, nobody put it off."""

    due: int
    until: int
    minutes: int
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """Time that no look saw: asleep, or the clock was set by `minutes` (negative: back). `due`:
    how many call backs fell due in it."""

    minutes: int
    asleep: bool
    due: int


@dataclass(frozen=True, slots=True)
class Ring:
    """What one look found. `calls` ring, longest overdue first; `sound`: now is the moment for it;
    `fresh`: one of them was not ringing before; `muted_until` in UTC ms, 0 for not muted."""

    calls: tuple[Promise, ...] = ()
    sound: bool = False
    fresh: bool = False
    jump: Jump | None = None
    muted_until: int = 0


class Alarm:
    """Holds the promises of the center; `look` says what rings."""

    def __init__(self) -> None:
        self.user = ""
        self._promises: dict[str, Promise] = {}
        self._rests: dict[str, Rest] = {}
        self._muted_until = 0
        self._last: tuple[int, float] | None = None
        self._sounded = UNHEARD
        self._up: frozenset[str] = frozenset()
        self._jump: tuple[Jump, frozenset[str]] | None = None
        self._mine: list[Promise] | None = None

    def replace(self, promises: Iterable[Promise]) -> None:
        """These are all that is owed."""
        self._promises = {promise.record: promise for promise in promises}
        self._mine = None

    def put(self, record: str, promise: Promise | None) -> None:
        """What is owed to one call now; None for nothing."""
        self._mine = None
        if promise is None:
            self._promises.pop(record, None)
            self._rests.pop(record, None)
        else:
            self._promises[record] = promise

    def rest(self, record: str, wall: int, minutes: int, *, opened: bool = False) -> int:
        """Be silent about a call for so many minutes of the wall clock; until when, 0 if nothing is
        owed to it. A longer rest is not cut short by looking at the call."""
        promise = self._promises.get(record)
        if promise is None:
            return 0
        kept = self._rest_of(promise, wall)
        if opened and kept is not None and kept.until >= wall + minutes * MINUTE_MS:
            return kept.until
        until = wall + minutes * MINUTE_MS
        self._rests[record] = Rest(promise.due, until, minutes, opened)
        return until

    def rests_until(self, record: str, wall: int) -> int:
        """Until when a call was put off, UTC ms; 0 if it was not."""
        promise = self._promises.get(record)
        kept = self._rest_of(promise, wall) if promise else None
        return kept.until if kept and not kept.opened else 0

    def put_off(self, wall: int) -> frozenset[str]:
        """The calls that somebody put off."""
        return frozenset(record for record in list(self._rests) if self.rests_until(record, wall))

    def times(self, wall: int) -> list[int]:
        """When each call of who is at work rings or rang first, UTC ms."""
        rests = ((call, self._rest_of(call, wall)) for call in self._own())
        return [rest.until if rest else call.due for call, rest in rests]

    def kept_rests(self, wall: int) -> dict[str, tuple[int, int, int, bool]]:
        """What another start should know: see `restore_rests`."""
        return {
            record: (rest.due, rest.until, rest.minutes, rest.opened)
            for record, rest in self._rests.items()
            if rest.until > wall
        }

    def restore_rests(self, kept: Mapping[str, Iterable[int]]) -> None:
        """What an earlier start had put off."""
        for record, (due, until, minutes, opened) in kept.items():
            self._rests[record] = Rest(due, until, minutes, bool(opened))

    def mute(self, wall: int) -> None:
        """No sound for `MUTE_MIN` minutes of the wall clock."""
        self._muted_until = wall + MUTE_MIN * MINUTE_MS

    def unmute(self) -> None:
        """Sound again."""
        self._muted_until = 0

    def muted_until(self, wall: int) -> int:
        """Until when there is no sound, UTC ms; 0 if there is. A clock that was set back does not
        make it longer than it was meant to be."""
        self._muted_until = min(self._muted_until, wall + MUTE_MIN * MINUTE_MS)
        return self._muted_until if self._muted_until > wall else 0

    def look(self, wall: int, elapsed: float) -> Ring:
        """What rings at `wall` (UTC ms); `elapsed` in seconds never goes back."""
        due = takewhile(lambda promise: promise.due <= wall, self._own())
        calls = tuple(promise for promise in due if not self._rest_of(promise, wall))
        up = frozenset(promise.record for promise in calls)
        said = self._jumped(wall, elapsed, calls)
        fresh = bool(up - self._up)
        muted = self.muted_until(wall)
        spaced = elapsed - self._sounded >= REPEAT_S - EARLY_S
        sound = bool(calls) and not muted and (fresh or spaced)
        if sound:
            self._sounded = elapsed
        self._up, self._last = up, (wall, elapsed)
        return Ring(calls, sound, fresh, said, muted)

    def _own(self) -> list[Promise]:
        if self._mine is None:
            own = (each for each in self._promises.values() if concerns(each.agent, self.user))
            self._mine = sorted(own, key=lambda each: (each.due, each.number))
        return self._mine

    def sign_in(self, user: str) -> None:
        """Who is at work, “王敏 · 热线坐席”."""
        if user != self.user:
            self.user, self._mine = user, None

    def _rest_of(self, promise: Promise, wall: int) -> Rest | None:
        """The rest in force; one that is over, or was for another time agreed, is forgotten."""
        rest = self._rests.get(promise.record)
        if rest is None:
            return None
        if rest.due != promise.due or rest.until <= wall:
            del self._rests[promise.record]
            return None
        longest = wall + rest.minutes * MINUTE_MS
        if rest.until > longest:  # the clock was set back
            rest = self._rests[promise.record] = Rest(rest.due, longest, rest.minutes, rest.opened)
        return rest

    def _jumped(self, wall: int, elapsed: float, calls: tuple[Promise, ...]) -> Jump | None:
        """The jump since the last look; then the same while a call that fell due in it rings."""
        if self._last is not None:
            passed, shown = elapsed - self._last[1], (wall - self._last[0]) / 1000
            asleep = abs(shown - passed) <= JUMP_S
            if not asleep or passed > JUMP_S:
                fell = frozenset(call.record for call in calls if call.due > self._last[0])
                minutes = round((passed if asleep else shown - passed) / 60)
                self._jump = None
                if not fell:
                    return Jump(minutes, asleep, 0)
                self._jump = Jump(minutes, asleep, len(fell)), fell
        if self._jump and not self._jump[1] & {call.record for call in calls}:
            self._jump = None
        return self._jump[0] if self._jump else None
