"""Who wears the style sheet: the parts of the window, not the application.

Rule: what is hidden changes its look when it is shown. Were the sheet the application's, Qt would
polish every widget anew for each of its ancestors at each change: seconds for a window with all its
panels, during which no key is taken.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

NAME = "dress"


class _Dress(QObject):
    """Keeps the sheet of one part: changed at once where it is seen, else when it is shown."""

    def __init__(self, wearer: QWidget) -> None:
        super().__init__(wearer)
        self.setObjectName(NAME)
        self._wearer = wearer
        self._worn = ""
        wearer.installEventFilter(self)
        theme.hub().sheet_changed.connect(self._changed)
        self._put_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._wearer:
            self._put_on()
        return False

    def _changed(self) -> None:
        if self._wearer.isVisible():
            self._put_on()

    def _put_on(self) -> None:
        sheet = theme.hub().sheet
        if self._worn != sheet:
            self._worn = sheet
            self._wearer.setStyleSheet(sheet)


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
