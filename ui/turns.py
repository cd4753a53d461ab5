"""What may wait a moment takes turns: some milliseconds of it, then the keys that came meanwhile.

Rule: what is seen goes first, and is painted again when the last of it is done, so that nobody sees
a panel in two looks; what is hidden waits for quiet moments.
"""

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui import theme

NAME = "turns"
SLICE_MS = 12
"""After so much of it keys are taken."""
QUIET_MS = 15
"""Between two slices of what is hidden."""

PAINTED = 200_000
"""Pixels that are painted in one go."""


@dataclass(frozen=True, slots=True)
class _Turn:
    owner: QObject
    act: Callable[[], object]


class Turns(QObject):
    """One per application, found with `turns()`."""

    def __init__(self, hub: theme.ThemeHub) -> None:
        super().__init__(hub)
        self.setObjectName(NAME)
        self._seen: dict[_Turn, None] = {}
        self._hidden: dict[_Turn, None] = {}
        self._still: list[QWidget] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._next)

    @property
    def is_done(self) -> bool:
        """Whether everything that can be seen has had its turn."""
        return not self._seen and not self._still

    def add(self, owner: QObject, act: Callable[[], object], part: QWidget | None = None) -> None:
        """Do `act` when its turn comes, unless `owner` is gone by then; asked twice it is done
        once. `part`: what changes by it; without it, or while it is hidden, nobody waits."""
        turn = _Turn(owner, act)
        for waiting in (self._seen, self._hidden):
            waiting.pop(turn, None)
        if part is None or not part.isVisible():
            self._hidden[turn] = None
        else:
            self._seen[turn] = None
            self._keep_still(part)
        self._start()

    def _keep_still(self, part: QWidget) -> None:
        if part not in self._still and part.updatesEnabled():
            self._still.append(part)
            part.setUpdatesEnabled(False)

    def _start(self) -> None:
        if self._seen or self._still:
            self._timer.start(0)
        elif self._hidden:
            self._timer.start(QUIET_MS)

    def _next(self) -> None:
        if self._still and not self._seen:
            self._show_again()
        else:
            self._work()
        self._start()

    def _work(self) -> None:
        spent = QElapsedTimer()
        spent.start()
        while waiting := self._seen or self._hidden:
            turn = next(iter(waiting))
            del waiting[turn]
            if shiboken6.isValid(turn.owner):
                turn.act()
            if spent.elapsed() >= SLICE_MS:
                return

    def _show_again(self) -> None:
        """Some parts at a time: to paint a whole window takes long too."""
        area = 0
        while self._still and area < PAINTED:
            part = self._still.pop(0)
            if shiboken6.isValid(part):
                part.setUpdatesEnabled(True)
                area += part.width() * part.height()


def turns() -> Turns:
    """The turns of the running application."""
    hub = theme.hub()
    found = hub.findChild(Turns, NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found or Turns(hub)


def in_turn(owner: QObject, act: Callable[[], object], part: QWidget | None = None) -> None:
    """Do `act` in its turn where keys are to be taken meanwhile, else now."""
    if theme.hub().gradual:
        turns().add(owner, act, part)
    else:
        act()
