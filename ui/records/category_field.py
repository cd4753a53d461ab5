"""A choice made with one digit: 1-9 chooses and moves on. No input method, no mouse needed."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from bankcc.i18n import _


class CategoryField(QComboBox):
    """Shows `2 取款/转账`. `completed(code)` fires when a digit chose, so that the focus can move
    on; `chosen(code)` on every choice by the person. Arrow keys and the open list work too."""

    completed = Signal(str)
    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().installEventFilter(self)
        self.activated.connect(self._activated)
        self.set_choices(choices)
        self.retranslate()

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the choices: (code, translated label). The first nine have a digit. The choice
        that was made stays if it is still there."""
        code = self.code()
        blocked = self.blockSignals(True)
        self.clear()
        for number, (value, label) in enumerate(choices, start=1):
            self.addItem(f"{number} {label}" if number <= 9 else f"– {label}", value)
        self.set_code(code)
        self.blockSignals(blocked)

    def code(self) -> str:
        """The code chosen, or an empty text."""
        return self.currentData() or ""

    def set_code(self, code: str) -> None:
        """Show a choice; an unknown or empty code shows none. Fires neither signal."""
        self.setCurrentIndex(self.findData(code) if code else -1)

    def choose_number(self, number: int) -> bool:
        """Choose by digit; False if there is no such choice."""
        if not 1 <= number <= min(9, self.count()):
            return False
        self.setCurrentIndex(number - 1)
        self.hidePopup()
        self.chosen.emit(self.code())
        self.completed.emit(self.code())
        return True

    def retranslate(self) -> None:
        """Words of the field in the language in force; the owner replaces the choices."""
        self.setPlaceholderText(_("Digit 1–9"))
        self.setAccessibleName(_("Category"))
        self.setAccessibleDescription(_("Press a digit to choose and go on"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._digit(event):
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.set_code("")
            self.chosen.emit("")
            return
        if event.text().strip():
            event.ignore()  # letters must not search the list: they belong to nobody here
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits work in the open list as well."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._digit(event)
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling past must not change a choice."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _digit(self, event: QKeyEvent) -> bool:
        command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & command:
            return False
        text = unicodedata.normalize("NFKC", event.text())
        return text.isdecimal() and len(text) == 1 and self.choose_number(int(text))

    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.code())
