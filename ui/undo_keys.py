"""Ctrl+Z and Ctrl+Y in an empty text field belong to the records, not to the field.

Qt gives these keys to any text field that has the focus, even to one with nothing to undo; after a
call was saved the focus is in the empty phone field, and Ctrl+Z must take the call back.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class UndoKeys(QObject):
    """Watches the fields of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        QApplication.instance().installEventFilter(self)

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
