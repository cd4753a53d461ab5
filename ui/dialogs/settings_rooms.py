"""The pages of the settings behind their tabs: made when one is shown or asked for, the others one
by one in quiet moments, so that the dialog opens at once and a search finds them all.
"""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

QUIET_MS = 60
"""Between two pages that nobody waits for: keys come first."""


class Room(QScrollArea):
    """The place of one page in the tabs; with large letters on a small screen the page scrolls."""

    def __init__(self, make: Callable[[], QWidget], parent: QWidget, last: QWidget) -> None:
        super().__init__(parent)
        self._make, self._last = make, last
        self.made: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)

    def fill(self) -> QWidget:
        """What belongs here, made now if it never was."""
        if self.made is None:
            self.made = self._make()
            self.setWidget(self.made)
            here = self.window()  # not the lists that boxes open
            within = self.made.findChildren(QWidget)
            stops = [w for w in within if w.focusPolicy() and w.window() is here]
            if stops:
                QWidget.setTabOrder(stops[-1], self._last)
        return self.made

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
        super().showEvent(event)


class Rooms(Mapping[str, QWidget]):
    """The pages by name; to look at one is to make it. `room(name)` is its tab."""

    def __init__(
        self, makes: Mapping[str, Callable[[], QWidget]], parent: QWidget, last: QWidget
    ) -> None:
        """`last`: where Tab goes after every page, whenever that was made."""
        self._rooms = {name: Room(make, parent, last) for name, make in makes.items()}
        self._quiet = QTimer(parent, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._make_next)

    def __getitem__(self, name: str) -> QWidget:
        return self._rooms[name].fill()

    def __contains__(self, name: object) -> bool:
        return name in self._rooms  # a Mapping would make the page to find out

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)

    def room(self, name: str) -> Room:
        """The tab of a page, which may be empty yet. Raises KeyError for an unknown one."""
        return self._rooms[name]

    def name_of(self, room: QWidget) -> str:
        """Which page belongs in `room`."""
        return next(name for name, each in self._rooms.items() if each is room)

    def made(self, name: str) -> QWidget | None:
        """The page if it was made already; nothing is made by asking."""
        return self._rooms[name].made

    def begin(self) -> None:
        """Make what is lacking, one page in each quiet moment."""
        self._quiet.start()

    def _make_next(self) -> None:
        lacking = next((room for room in self._rooms.values() if room.made is None), None)
        if lacking is not None:
            lacking.fill()
            self._quiet.start()
