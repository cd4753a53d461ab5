"""What stands on the screen while people check themselves in at the door.

Rule: nothing of the roster is seen here but the last few names and times.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bankcc.i18n import _
from ui import theme
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

LAST = 6


class KioskPage(QWidget):
    """`say(level, words)`: what became of the last staff number, in large letters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster.kiosk.page")
        self._level = Level.NEUTRAL
        self._said: list[str] = []
        self.caption = PlainLabel("", self, role="page", wrap=True)
        self.answer = PlainLabel("", self, role="card", wrap=True)
        self.last = PlainLabel("", self, wrap=True)
        self.leave = PlainLabel("", self, role="hint", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(16))
        column.addStretch(2)
        for label in (self.caption, self.answer, self.last, self.leave):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        theme.hub().changed.connect(self._recolour)
        self.retranslate()

    def begin(self) -> None:
        """Nobody has come yet."""
        self._said.clear()
        self.answer.setText("")
        self.last.setText("")

    def say(self, level: Level, words: str) -> None:
        """Show `words` large; earlier ones move down."""
        if before := self.answer.text():
            self._said = [before, *self._said][:LAST]
        self._level = level
        self.answer.setText(f"{SHAPES[level]} {words}")
        self.answer.setAccessibleName(words)
        self.last.setText("\n".join(self._said))
        self._recolour()

    def _recolour(self) -> None:
        colour = theme.tokens().levels[self._level].text
        self.answer.setStyleSheet(f"color: {colour};")

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Check in at the door"))
        self.caption.setText(_("Type your staff number, then press Enter"))
        self.leave.setText(_("Esc in the empty field: back to the roster"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
