"""Enter on a button that has the focus presses it, in every window.

Rule: the button with the focus, never another one that a dialog holds ready for Enter.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPress(QObject):
    """Application-wide, installed before the `PreeditGuard`: Qt asks the last one first, and so no
    key comes here that belongs to a word still being composed."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)
        self._app = app
        app.aboutToQuit.connect(self.leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(watched, QPushButton):
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in ENTER:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not watched.isEnabled():
            return False
        if not event.isAutoRepeat():  # a key held down does not press again and again
            watched.click()
        return True

    def leave(self) -> None:
        """The event loop ends; whoever begins another one installs the filter again."""
        self._app.removeEventFilter(self)
