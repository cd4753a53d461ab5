"""A card of the situation: shape and word, one large number, one line that explains it.

Rule: the whole card is one button, for the mouse, Enter and Space; stale figures are hatched.
"""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.situation.words import CardWords
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

HATCH_ALPHA = 120
"""Pale enough to read the small line across it."""
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class SituationCard(QAbstractButton):
    """`clicked` opens the list behind the number."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: CardWords | None = None
        self.stale = False
        self.chip = Chip(Level.NEUTRAL, "", self)
        self.number = PlainLabel("–", self, role="card")
        self.line = PlainLabel("", self, role="meta", wrap=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout(self)
        for label in (self.chip, self.number, self.line):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(label)
        theme.hub().changed.connect(self.restyle)
        self.restyle()

    def show_words(self, words: CardWords) -> None:
        """What the card says from now on."""
        self.words = words
        self.chip.set_status(words.level, words.word)
        self.number.setText(words.number)
        self.line.setText(words.line)
        self.setAccessibleName(words.spoken)
        self.setToolTip("")

    def set_stale(self, stale: bool) -> None:
        """Whether the figures are older than they should be."""
        if stale != self.stale:
            self.stale = stale
            self.update()

    def restyle(self) -> None:
        """Sizes and colours of the theme in force."""
        self._column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(8))
        self._column.setSpacing(theme.px(2))
        self.number.setFixedHeight(theme.px(40))
        # Two lines, always: the cards stay of one height whatever they say.
        self.line.setFixedHeight(theme.px(36))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), theme.px(10 + 24 + 2 + 40 + 2 + 36 + 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in ARROWS:
            # A button would look for a neighbour by itself; which card is next is the panel's say.
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        wide = 2 if ring else 1
        painter.setPen(QPen(QColor(look.focus if ring else look.hairline), wide))
        hot = self.underMouse() or self.isDown()
        painter.setBrush(QColor(look.surface2 if hot else look.surface))
        edge = wide / 2
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        radius = theme.size("radius")
        painter.drawRoundedRect(box, radius, radius)
        if self.stale:
            painter.setPen(Qt.PenStyle.NoPen)
            lines = QColor(look.hairline)
            lines.setAlpha(HATCH_ALPHA)
            painter.setBrush(QBrush(lines, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, radius, radius)
