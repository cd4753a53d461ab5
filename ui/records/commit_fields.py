"""Text fields that say so once when what was typed is meant: on Enter, or when they are left.

Rule: what is being typed is told at once (`typed`), so that it can be kept; Esc puts back what was
there.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui import theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommitLine(QLineEdit):
    """One line. `committed(text)` if it differs from what was shown."""

    committed = Signal(str)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = ""
        self.textEdited.connect(self.typed)

    def show_value(self, text: str, *, typed: str | None = None) -> None:
        """Show the stored `text`; `typed` is what was typed over it and not saved yet. A field that
        is being typed in is left alone."""
        if self.hasFocus() and self.text() != self.shown and typed is None:
            return
        self.shown = text
        wanted = text if typed is None else typed
        if self.text() != wanted:
            self.setText(wanted)
            self.setCursorPosition(0)

    def commit(self) -> None:
        """Say what was typed, if anything."""
        if self.text().strip() != self.shown.strip() and not self.isReadOnly():
            self.committed.emit(self.text().strip())

    def put_back(self) -> bool:
        """Show what is stored; whether that was different."""
        differed = self.text() != self.shown
        self.setText(self.shown)
        if differed:
            self.typed.emit(self.shown)
        return differed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.put_back():
            return
        if event.key() in ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.commit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()


class CommitText(QPlainTextEdit):
    """Several lines; Enter begins a new one, Ctrl+Enter or leaving commits."""

    committed = Signal(str)
    typed = Signal(str)

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = ""
        self.lines = lines
        self._showing = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)
        theme.hub().changed.connect(self._fit)
        self._fit()

    def show_value(self, text: str, *, typed: str | None = None) -> None:
        """As `CommitLine.show_value`."""
        if self.hasFocus() and self.toPlainText() != self.shown and typed is None:
            return
        self.shown = text
        wanted = text if typed is None else typed
        if self.toPlainText() != wanted:
            self._showing = True
            self.setPlainText(wanted)
            self._showing = False

    def commit(self) -> None:
        """Say what was typed, if anything."""
        if self.toPlainText().strip() != self.shown.strip() and not self.isReadOnly():
            self.committed.emit(self.toPlainText().strip())

    def put_back(self) -> bool:
        """Show what is stored; whether that was different."""
        differed = self.toPlainText() != self.shown
        if differed:
            self.setPlainText(self.shown)
        return differed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.put_back():
            return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and control:
            self.commit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit(self.toPlainText())

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self.lines + theme.px(16))
