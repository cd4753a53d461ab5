"""Makes guessing slow inside a running program: 1, 2, 4 … up to 30 s after wrong passphrases.
Nothing is stored and nothing is ever locked or deleted; the right passphrase opens after any number
of wrong ones.
"""

from collections.abc import Callable
from typing import TypeVar

from bankcc.clock import Clock
from bankcc.errors import WrongPassphrase

LONGEST_SECONDS = 30.0
_Opened = TypeVar("_Opened")


class UnlockDelay:
    """Counts wrong tries. One per running program, shared by everything that asks for a
    passphrase."""

    __slots__ = ("_clock", "_since", "_wrong")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wrong = 0
        self._since = 0.0

    @property
    def seconds(self) -> float:
        """How long the last wrong try must be waited for: 0, 1, 2, 4, 8, 16, 30, 30 …"""
        if not self._wrong:
            return 0.0
        # The exponent is bounded, because after a thousand tries the power has no float.
        return min(2.0 ** min(self._wrong - 1, 10), LONGEST_SECONDS)

    def remaining(self) -> float:
        """Seconds until the next try may be made; 0 if now. For a countdown in a window."""
        passed = self._clock.monotonic() - self._since
        return min(max(self.seconds - passed, 0.0), self.seconds)

    def wait(self) -> None:
        """Sleep until the next try may be made. For the command line; a window uses `remaining`."""
        left = self.remaining()
        if left > 0:
            self._clock.sleep(left)

    def attempt(self, open_: Callable[[], _Opened]) -> _Opened:
        """Wait if need be, then try. Raises what `open_` raises; only WrongPassphrase counts as a
        guess."""
        self.wait()
        try:
            opened = open_()
        except WrongPassphrase:
            self.failed()
            raise
        self.succeeded()
        return opened

    def failed(self) -> None:
        """A wrong try was made just now."""
        self._wrong += 1
        self._since = self._clock.monotonic()

    def succeeded(self) -> None:
        """The right passphrase was given."""
        self._wrong = 0
