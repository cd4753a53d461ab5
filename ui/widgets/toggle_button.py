"""A button that stays pressed. Pressed, its words are bold: it has the room for them before.

Rule: the sheet lets a small one have it from its margins, which `SLACK` pixels are taken off.
"""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme

SLACK = 8
"""Pixels at 100 %, both sides together."""


class ToggleButton(QPushButton):
    """As wide pressed as not: nothing beside it moves, and no letter of its words is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        hint, font = super().sizeHint(), self.font()
        plain = QFontMetrics(font).horizontalAdvance(self.text())
        font.setBold(True)
        more = QFontMetrics(font).horizontalAdvance(self.text()) - plain
        if self.property("small"):
            slack = theme.px(SLACK)
            more = max(0, more - slack) + (slack if self.isChecked() else 0)
        return QSize(hint.width() + max(0, more), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
