"""Keys that both a text field and the records could take, while the field has the focus.

Qt gives a field every key its platform edits text with, before any command hears of it. The
program's own Ctrl and a letter belong to the program: on X11 Ctrl+E would go to the end of the line
and “make urgent” stay silent. Ctrl+Z and Ctrl+Y belong to the field, but not to one with nothing to
undo; after a call was saved the focus is in the empty phone field, and Ctrl+Z must take it back.
"""

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.actions import SPECS, ActionId

TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)
FIELDS = (*TEXTS, QAbstractSpinBox, QComboBox)
THE_FIELDS = frozenset({ActionId.UNDO, ActionId.REDO})


def _letters() -> frozenset[QKeyCombination]:
    """Ctrl and a letter of every command that is not about the text itself."""
    keys = [
        key for command, spec in SPECS.items() if command not in THE_FIELDS for key in spec.keys
    ]
    strokes = [QKeySequence(key)[0] for key in keys]
    return frozenset(
        stroke
        for stroke in strokes
        if stroke.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        and Qt.Key.Key_A <= stroke.key() <= Qt.Key.Key_Z
    )


LETTERS = _letters()


class UndoKeys(QObject):
    """Watches the field that has the focus, and no other: an ear at every event of the program
    would be paid with every one of them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._at: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._at is not None and shiboken6.isValid(self._at):
            self._at.removeEventFilter(self)
        self._at = now if isinstance(now, FIELDS) else None
        if self._at is not None:
            self._at.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.keyCombination() in LETTERS or (takes_back(event) and nothing_to_undo(watched)):
            event.ignore()  # where no command has the key, it comes back to the field as a press
            return True
        return False


def takes_back(event: QKeyEvent) -> bool:
    """Whether a key means undo or redo on this platform."""
    standard = QKeySequence.StandardKey
    return event.matches(standard.Undo) or event.matches(standard.Redo)


def nothing_to_undo(widget: QObject) -> bool:
    """Whether a text field is empty and was not typed in."""
    if isinstance(widget, QLineEdit):
        return not (widget.text() or widget.isUndoAvailable() or widget.isRedoAvailable())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        document = widget.document()
        touched = document.isUndoAvailable() or document.isRedoAvailable()
        return document.isEmpty() and not touched
    return False
