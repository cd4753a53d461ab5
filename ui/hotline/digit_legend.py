"""Which digit is which choice, in one line: seen while a digit is awaited, without opening a list.

Rule: it is read, never pressed; the field that awaits the digit has the keys.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

LARGE, SMALL = 13, 12
WIDE, CLOSE = 16, 8
"""Between two choices, where there is room and where there is little."""
AFTER_DIGIT = 4
LEAST_WORD = 24


class DigitLegend(QWidget):
    """`show_choices(words)`: the first has digit 1. What does not fit loses the ends of its longest
    words; a digit is always seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.digits")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words: tuple[str, ...] = ()

    def show_choices(self, words: Sequence[str]) -> None:
        """Show these."""
        self.words = tuple(words)
        said = ", ".join(f"{digit} {word}" for digit, word in enumerate(self.words, start=1))
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def needed(self) -> int:
        """Pixels at which every word is whole."""
        return self._width(self.words, SMALL, CLOSE)

    def shown(self) -> tuple[str, ...]:
        """The words as they fit now."""
        return self._fitting()[0]

    def sizeHint(self) -> QSize:
        return QSize(self._width(self.words, LARGE, WIDE), QFontMetrics(theme.font(LARGE)).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        words, size, gap = self._fitting()
        painter, look = QPainter(self), theme.tokens()
        left, after = 0, theme.px(AFTER_DIGIT)
        at = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        for digit, word in enumerate(words, start=1):
            for text, font, colour in (
                (f"{digit}", theme.font(size, bold=True), look.primary),
                (word, theme.font(size), look.text),
            ):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                width = QFontMetrics(font).horizontalAdvance(text)
                painter.drawText(QRect(left, 0, width + 1, self.height()), at, text)
                left += width + after
            left += gap - after

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _fitting(self) -> tuple[tuple[str, ...], float, int]:
        """The words, their size and the room between two, for the width there is."""
        for size, gap in ((LARGE, WIDE), (LARGE, CLOSE), (SMALL, CLOSE)):
            if self._width(self.words, size, gap) <= self.width():
                return self.words, size, theme.px(gap)
        metrics = QFontMetrics(theme.font(SMALL))
        longest = max((metrics.horizontalAdvance(word) for word in self.words), default=0)
        least, words = theme.px(LEAST_WORD), self.words
        while longest > least and self._width(words, SMALL, CLOSE) > self.width():
            longest -= theme.px(2)
            words = tuple(
                metrics.elidedText(word, Qt.TextElideMode.ElideRight, longest)
                for word in self.words
            )
        return words, SMALL, theme.px(CLOSE)

    @staticmethod
    def _width(words: Sequence[str], size: float, gap: int) -> int:
        plain, bold = QFontMetrics(theme.font(size)), QFontMetrics(theme.font(size, bold=True))
        texts = sum(
            bold.horizontalAdvance(str(digit)) + plain.horizontalAdvance(word)
            for digit, word in enumerate(words, start=1)
        )
        between = theme.px(gap) * max(0, len(words) - 1)
        return texts + theme.px(AFTER_DIGIT) * len(words) + between
