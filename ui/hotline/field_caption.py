"""The words over a field of the entry strip; they say which field has the keys."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.plain_label import PlainLabel


class FieldCaption(PlainLabel):
    """`set_here(True)`: what is typed lands in the field below. Bold and in the accent colour then,
    in the room it has anyway, so that nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, role="meta")
        self.here = False

    def set_here(self, here: bool) -> None:
        """Whether the field below has the keys."""
        if here != self.here:
            self.here = here
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.here:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        if painter.fontMetrics().horizontalAdvance(self.text()) > self.width():
            painter.setFont(self.font())
        painter.setPen(QColor(theme.tokens().primary))
        painter.drawText(self.contentsRect(), self.alignment(), self.text())
