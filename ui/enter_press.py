"""Enter on a button that has the focus presses it, in every window; Space acts with no other key.

Rule: the button with the focus, never another one that a dialog holds ready for Enter. Shift, Ctrl,
Alt or Meta with Space belong to input methods and the system: buttons and lists do not hear of it.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

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
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space and held:
            typed_in = Qt.WidgetAttribute.WA_InputMethodEnabled
            return isinstance(watched, QWidget) and not watched.testAttribute(typed_in)
        if event.key() not in ENTER or held or not isinstance(watched, QPushButton):
            return False
        if not watched.isEnabled():
            return False
        if not event.isAutoRepeat():  # a key held down does not press again and again
            watched.click()
        return True

    def leave(self) -> None:
        """The event loop ends; whoever begins another one installs the filter again."""
        self._app.removeEventFilter(self)
