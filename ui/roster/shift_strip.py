"""The shift at a glance: people on duty by the hour, against the posts to be filled.

Rule: what is only expected is hatched; the same numbers stand there as text at the press of a
button.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from ui import theme
from ui.roster.shift_bars import HOUR_MS, HOURS, Bar, bars_text
from ui.theme import Level
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.toggle_button import ToggleButton

HEIGHT = 68
FOOT = 15
HEAD = 16
CENTRE = Qt.AlignmentFlag.AlignCenter


class ShiftPicture(QWidget):
    """Twelve bars, their numbers, the hours below, a dashed line at what is needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster.shift")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.bars: Sequence[Bar] = ()
        self.needed = self.now = 0

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12))
        look = theme.tokens()
        floor = self.height() - theme.px(FOOT)
        top = theme.px(HEAD)
        most = max(self.needed, *(bar.count for bar in self.bars), 1)
        wide = self.width() / HOURS
        if self.needed:
            y = floor - (floor - top) * self.needed / most
            painter.setPen(QPen(QColor(look.text2), 1, Qt.PenStyle.DashLine))
            painter.drawLine(0, round(y), self.width(), round(y))
        for at, bar in enumerate(self.bars):
            self._bar(painter, bar, QRectF(at * wide, top, wide, floor - top), most)
        painter.setPen(QColor(look.border))
        painter.drawLine(0, floor, self.width(), floor)
        self._now(painter, top, floor)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _bar(self, painter: QPainter, bar: Bar, room: QRectF, most: int) -> None:
        look = theme.tokens()
        colour = QColor(look.levels[Level.OK].text)
        inner = room.adjusted(theme.px(6), 0, -theme.px(6), 0)
        here = inner.height() * bar.here / most
        more = inner.height() * bar.expected / most
        solid = QRectF(inner.left(), inner.bottom() - here, inner.width(), here)
        hatched = QRectF(inner.left(), solid.top() - more, inner.width(), more)
        if bar.here:
            painter.fillRect(solid, colour)
        if bar.expected:
            painter.setPen(QPen(colour, 1))
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(hatched)
        painter.setPen(QColor(look.text if bar.start <= self.now else look.text2))
        if bar.count or bar.start <= self.now:
            self._number(painter, bar, hatched.united(solid) if bar.here else hatched)
        painter.setPen(QColor(look.text2))
        below = QRectF(room.left(), room.bottom(), room.width(), theme.px(FOOT))
        painter.drawText(below, CENTRE, f"{bar.hour:02d}")

    def _number(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        """At the top of its bar, clear of the dashed line; above a bar that is too low for it."""
        high, words = theme.px(HEAD), _count(bar, self.now)
        inside = box.height() > high + theme.px(6)
        top = box.top() + theme.px(3) if inside else box.top() - high - 1
        place = QRectF(box.left(), top, box.width(), high)
        if inside and not bar.expected:
            painter.setPen(QColor(theme.tokens().surface))
        else:
            gap, ground = theme.px(4), painter.boundingRect(place, CENTRE, words)
            ground.adjust(-gap, 0, gap, 0)
            painter.fillRect(ground.intersected(place), QColor(theme.tokens().surface))
        painter.drawText(place, CENTRE, words)

    def _now(self, painter: QPainter, top: int, floor: int) -> None:
        """Where the clock stands."""
        start = self.bars[0].start
        x = round(self.width() * (self.now - start) / (HOURS * HOUR_MS))
        if 0 <= x <= self.width():
            painter.setPen(QPen(QColor(theme.tokens().primary), 2))
            painter.drawLine(x, top - theme.px(4), x, floor)


class ShiftStrip(QFrame):
    """The picture with its heading, and its twin in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.heading = ElidedLabel("", self)
        self.heading.setStyleSheet("font-weight: bold;")
        self.button = ToggleButton(self)
        self.button.setObjectName("roster.shift.words")
        self.button.setProperty("small", True)
        self.button.toggled.connect(self._show_words)
        self.picture = ShiftPicture(self)
        self.words = PlainLabel("", self, wrap=True)
        self.words.setObjectName("roster.shift.text")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        # As high as the picture, however the words break.
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.picture)
        self._stack.addWidget(self.words)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(4), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(2))
        column.addLayout(top)
        column.addLayout(self._stack)
        theme.hub().changed.connect(self._restyle)
        self.retranslate()

    def show_bars(self, bars: Sequence[Bar], needed: int, now: int) -> None:
        """Show these hours."""
        self.picture.bars, self.picture.needed, self.picture.now = bars, needed, now
        self.retranslate()
        self.picture.update()

    def _show_words(self, words: bool) -> None:
        self._stack.setCurrentWidget(self.words if words else self.picture)

    def _restyle(self) -> None:
        self.picture.updateGeometry()
        self.picture.update()

    def retranslate(self) -> None:
        """Words in the language in force."""
        bars, needed, now = self.picture.bars, self.picture.needed, self.picture.now
        self.button.setText(_("As text"))
        self.button.setAccessibleName(_("Show the shift as text"))
        self.picture.setAccessibleName(_("People on duty by the hour"))
        self.words.setAccessibleName(_("People on duty by the hour"))
        if not bars:
            return
        text = bars_text(bars, needed, now)
        self.words.setText(text)
        self.picture.setAccessibleDescription(text)
        self.picture.setToolTip(text)
        current = [bar for bar in bars if bar.start <= now]
        words = _("{start}:00–{end}:00: {here} on duty now, {needed} posts; hatched: expected")
        self.heading.setText(
            words.format(
                start=f"{bars[0].hour:02d}",
                end=f"{(bars[-1].hour + 1) % 24:02d}",
                here=current[-1].here if current else 0,
                needed=needed,
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _count(bar: Bar, now: int) -> str:
    """`26`, `26+1` in the hour that runs, `27` for an hour to come."""
    if bar.start <= now and bar.expected:
        return f"{bar.here}+{bar.expected}"
    return str(bar.count)
