"""Who wears the style sheet: the parts of the window, not the application.

Rule: what is hidden changes its look when it is shown. Were the sheet the application's, Qt would
polish every widget anew for each of its ancestors at each change: seconds for a window with all its
panels, during which no key is taken.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

NAME = "dress"
QUIET_MS = 60
"""Between two hidden parts: keys that wait come first."""


class _Wardrobe(QObject):
    """Dresses parts one after the other: what is seen first and at once, what is hidden in quiet
    moments. One per application."""

    def __init__(self, hub: theme.ThemeHub) -> None:
        super().__init__(hub)
        self.setObjectName(NAME)
        self._waiting: list[_Dress] = []
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._next)

    def add(self, dress: "_Dress", *, seen: bool = False) -> None:
        """Its turn comes."""
        if dress in self._waiting:
            self._waiting.remove(dress)
        self._waiting.insert(0 if seen else len(self._waiting), dress)
        self._start()

    def _start(self) -> None:
        self._waiting = [dress for dress in self._waiting if shiboken6.isValid(dress)]
        seen = bool(self._waiting) and self._waiting[0].is_seen
        self._quiet.start(0 if seen else QUIET_MS)

    def _next(self) -> None:
        self._waiting = [dress for dress in self._waiting if shiboken6.isValid(dress)]
        while self._waiting:
            if self._waiting.pop(0).put_on():
                self._start()
                return


def _wardrobe() -> _Wardrobe:
    hub = theme.hub()
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = hub.findChild(_Wardrobe, NAME, direct)
    return found or _Wardrobe(hub)


class _Dress(QObject):
    """Keeps the sheet of one part: changed at once where it is seen, else when it is shown or in a
    quiet moment."""

    def __init__(self, wearer: QWidget) -> None:
        super().__init__(wearer)
        self.setObjectName(NAME)
        self._wearer = wearer
        self._worn = ""
        wearer.installEventFilter(self)
        theme.hub().sheet_changed.connect(self._changed)
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._wearer:
            self.put_on()
        return False

    @property
    def is_seen(self) -> bool:
        """Whether its part is on the screen."""
        return self._wearer.isVisible()

    def _changed(self) -> None:
        if self.is_seen and not theme.hub().gradual:
            self.put_on()
        else:
            _wardrobe().add(self, seen=self.is_seen)

    def put_on(self) -> bool:
        """Wear the sheet in force; False if it is worn already."""
        sheet = theme.hub().sheet
        if self._worn == sheet:
            return False
        self._worn = sheet
        self._wearer.setStyleSheet(sheet)
        return True


def dress(part: QWidget) -> None:
    """Let `part` and all in it follow the theme from now on; asked again, nothing changes."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    if part.findChild(QObject, NAME, direct) is None:
        _Dress(part)


def by_parts(app: QApplication, window: QObject) -> None:
    """While `window` exists its parts wear the sheet, afterwards the application again."""
    hub = theme.hub(app)
    hub.by_parts = True
    app.setStyleSheet("")
    window.destroyed.connect(lambda: _give_back(app))


def _give_back(app: QApplication) -> None:
    theme.hub(app).by_parts = False
    # Not now: Qt still keeps a list of those to be polished in which the dying window stands.
    QTimer.singleShot(0, app, lambda: _wear(app))


def _wear(app: QApplication) -> None:
    hub = theme.hub(app)
    if not hub.by_parts and app.styleSheet() != hub.sheet:
        app.setStyleSheet(hub.sheet)
