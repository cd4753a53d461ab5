"""Ctrl+Z and Ctrl+Y in an empty text field belong to the records, not to the field.

Qt gives these keys to any text field that has the focus, even to one with nothing to undo; after a
call was saved the focus is in the empty phone field, and Ctrl+Z must take the call back.
"""

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

TEXTS = (QLineEdit, QPlainTextEdit, QTextEdit)


class UndoKeys(QObject):
    """Watches the text field that has the focus, and no other: an ear at every event of the program
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
        self._at = now if isinstance(now, TEXTS) else None
        if self._at is not None:
            self._at.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        standard = QKeySequence.StandardKey
        if not (event.matches(standard.Undo) or event.matches(standard.Redo)):
            return False
        if nothing_to_undo(watched):
            event.ignore()
            return True
        return False


def nothing_to_undo(widget: QObject) -> bool:
    """Whether a text field is empty and was not typed in."""
    if isinstance(widget, QLineEdit):
        return not (widget.text() or widget.isUndoAvailable() or widget.isRedoAvailable())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        document = widget.document()
        touched = document.isUndoAvailable() or document.isRedoAvailable()
        return document.isEmpty() and not touched
    return False
