"""A label that shows text as it was typed: markup in a name or note is never interpreted."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget


class PlainLabel(QLabel):
    """A QLabel that cannot show rich text. `role` picks a style of the sheet: meta, hint, section,
    page, card, script, strong, problem, late."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False
    ) -> None:
        super().__init__(parent)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setTextFormat(self, _format: Qt.TextFormat) -> None:
        """Plain is the only format."""


class ElidedLabel(PlainLabel):
    """A single line that may become narrower than its text; the tooltip has the whole text."""

    elide = Qt.TextElideMode.ElideRight

    def keep_both_ends(self) -> None:
        """Cut short in the middle, as a path is read."""
        self.elide = Qt.TextElideMode.ElideMiddle

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 6), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self.elide, room.width())
        painter.drawText(room, self.alignment() | Qt.TextFlag.TextSingleLine, text)
