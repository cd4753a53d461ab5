"""A bar in two parts: side by side where both fit, else one below the other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ui import theme

GAP = 8
"""Pixels at 100 %."""


class TwoLines(QWidget):
    """What is shown goes into `left_line` and `right_line`; `arrange` when something in them has
    another width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = QWidget(self), QWidget(self)
        self.left_line, self.right_line = QHBoxLayout(self.first), QHBoxLayout(self.second)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        for layout in (self.left_line, self.right_line, self._box):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.px(GAP))
        self._box.addWidget(self.first)
        self._box.addWidget(self.second, 1)

    def arrange(self) -> None:
        """Two lines when one is too narrow."""
        need = self.first.sizeHint().width() + self.second.sizeHint().width() + theme.px(GAP)
        way = QBoxLayout.Direction
        self._box.setDirection(way.TopToBottom if 0 < self.width() < need else way.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        """Two lines fit where one does not: the wider of them is the least."""
        parts = (self.first.minimumSizeHint(), self.second.minimumSizeHint())
        return QSize(max(part.width() for part in parts), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
