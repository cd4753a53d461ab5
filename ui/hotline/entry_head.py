"""The top line of the entry strip: which call, how long, whether it is on disk, those that wait;
and, while a digit is awaited, which digit is which choice.

Rule: the strip keeps its height; what has no room beside the digits steps back until one is typed.
"""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bankcc.clock import Clock
from ui import theme
from ui.hotline.digit_legend import DigitLegend
from ui.hotline.parked_calls import ParkedCalls
from ui.widgets.plain_label import PlainLabel


class EntryHead(QWidget):
    """`title`, `elapsed`, `state`, `parked`; `await_digit(words)` shows the digits, no words hides
    them."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", self, role="section")
        self.elapsed = PlainLabel("", self)
        self.state = PlainLabel("", self, role="meta")
        self.state.setObjectName("hotline.draft_state")
        self.digits = DigitLegend(self)
        self.digits.hide()
        self.parked = ParkedCalls(clock, self)
        self._call, self._waiting = QWidget(self), QWidget(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        for holder, held in (
            (self._call, (self.title, self.elapsed)),
            (self._waiting, (self.parked,)),
        ):
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.px(8))
            for widget in held:
                row.addWidget(widget)
        line.addWidget(self._call)
        line.addWidget(self.state, 1)
        line.addWidget(self.digits, 1)
        line.addWidget(self._waiting)

    def await_digit(self, words: Sequence[str]) -> None:
        """A digit is awaited that chooses one of `words`, or no longer."""
        if bool(words) != self.digits.isHidden() and tuple(words) == self.digits.words:
            return
        self.setMinimumHeight(self.height() if words and self.isVisible() else 0)
        self.digits.show_choices(words)
        self.digits.setVisible(bool(words))
        self.state.setVisible(not words)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.digits.isHidden():
            self._make_room()

    def _make_room(self) -> None:
        """Beside the digits stands what fits: the calls that wait before the name of this one."""
        needed = 0 if self.digits.isHidden() else self.digits.needed()
        for holder in (self._waiting, self._call):
            needed += holder.sizeHint().width() + self.layout().spacing()
            holder.setVisible(self.digits.isHidden() or needed <= self.width())
