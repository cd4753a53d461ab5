"""A line whose text is searched while it is typed, the letters of an unfinished pinyin word too, so
that nobody has to switch the input method to find `王敏` by `wm`.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from bankcc.schema.plain_text import fold_width

WAIT_MS = 120


class SearchLine(QLineEdit):
    """`sought(str)`: what to look for, a moment after the last key. Esc is left to the owner."""

    sought = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preedit = ""
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.seek)
        self.textEdited.connect(lambda _text: self._timer.start())

    def wanted(self) -> str:
        """What is searched: the text in plain width, with the letters of an unfinished word."""
        at = self.cursorPosition()
        text = self.text()
        return fold_width(text[:at] + self._preedit + text[at:]).strip()

    def seek(self) -> None:
        """Search now, not a moment later."""
        self._timer.stop()
        self.sought.emit(self.wanted())

    @property
    def waiting(self) -> bool:
        """Whether something was typed that was not searched yet."""
        return self._timer.isActive()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Input methods separate syllables: `w'm` means `wm`."""
        preedit = event.preeditString().replace("'", "").replace(" ", "")
        super().inputMethodEvent(event)
        if preedit != self._preedit:
            self._preedit = preedit if preedit.isascii() else ""
            self._timer.start()
