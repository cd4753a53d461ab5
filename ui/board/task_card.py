"""Paints a task as a card: number, how pressing it is, title, person, time, checklist, obstacle.

Rule: every mark is shape and word; what is blocked is hatched as well, so that it shows in grey.
"""

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QPixmap,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from bankcc.features import task
from bankcc.i18n import _
from ui import icons, theme
from ui.board.card_text import Card
from ui.board.model import CARD_ROLE, DUE_LEVEL_ROLE, DUE_ROLE
from ui.theme import SHAPES, Level
from ui.widgets.chip import Index

NARROWEST = 150
"""A card is never painted narrower than this at 100 %, if the cell has the room."""
GAP = 4
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def card_height(compact: bool) -> int:
    """How high a card is in the font in force, with the gap below it."""
    body, meta = face(13)[1].height(), face(12)[1].height()
    inside = body if compact else meta + 2 * body + meta + theme.px(4)
    return inside + 2 * theme.px(4 if compact else 6) + theme.px(GAP)


def cards_across(width: int, compact: bool) -> int:
    """How many cards stand side by side in `width` pixels."""
    return 1 if compact else max(1, width // theme.px(NARROWEST))


def face(pixels: int, *, bold: bool = False) -> tuple[QFont, QFontMetrics]:
    """A font of the interface with its measures, made once for each size."""
    return _face(theme.px(pixels), bold)


@lru_cache(maxsize=32)
def _face(pixels: int, bold: bool) -> tuple[QFont, QFontMetrics]:
    font = theme.font(13, bold=bold)
    font.setPixelSize(pixels)
    return font, QFontMetrics(font)


@lru_cache(maxsize=4_000)
def two_lines(text: str, pixels: int, width: int) -> tuple[str, ...]:
    """`text` broken into at most two lines of `width`; what does not fit ends in an ellipsis.
    `pixels`: height of the interface font, so that another scale is another question."""
    font, metrics = _face(pixels, False)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(1, width))
    length = line.textLength()
    layout.endLayout()
    # Qt counts in UTF-16 units: a character beyond U+FFFF is two of them.
    units = text.encode("utf-16-le")
    first = units[: 2 * length].decode("utf-16-le", "ignore").rstrip()
    rest = units[2 * length :].decode("utf-16-le", "ignore").lstrip()
    if not rest:
        return (first,)
    return first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)


class CardDelegate(QStyledItemDelegate):
    """Paints the cards of one cell. `compact`: one line a card. The card is marked as chosen while
    the view has the property `chosen`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compact = False
        self._pictures: dict[tuple[str, str, int, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = option.widget
        room = view.viewport().width() if view is not None else theme.px(NARROWEST)
        # Qt breaks a line of cards that fill it to the last point.
        width = (room - 1) // cards_across(room, self.compact)
        return QSize(max(1, width), card_height(self.compact))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD_ROLE)
        if not isinstance(card, Card):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = option.widget
        current = (
            view is not None and index == view.currentIndex() and bool(view.property("chosen"))
        )
        box = option.rect.adjusted(1, 1, -theme.px(GAP) - 1, -theme.px(GAP) - 1)
        self._ground(painter, box, card, current, current and view.hasFocus())
        band = theme.px(8)
        inner = box.adjusted(band + theme.px(4), 0, -theme.px(8), 0)
        due = (index.data(DUE_ROLE) or "", index.data(DUE_LEVEL_ROLE))
        if self.compact:
            self._line(painter, inner, card, due)
        else:
            self._full(painter, inner, card, due)
        painter.restore()

    # -- the ground --------------------------------------------------------------------------------

    def _ground(
        self, painter: QPainter, box: QRect, card: Card, current: bool, focused: bool
    ) -> None:
        look, radius = theme.tokens(), theme.px(5)
        edge = look.focus if focused else look.border if current else look.hairline
        painter.setPen(QPen(QColor(edge), 2 if focused else 1))
        painter.setBrush(QColor(look.selected if current else look.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        inset = theme.px(2)
        wide = theme.px(8) if card.blocked else theme.px(4)
        bar = box.adjusted(inset, inset + 1, 0, -inset - 1)
        bar.setWidth(wide)
        painter.setPen(Qt.PenStyle.NoPen)
        if card.blocked:
            red = QColor(look.levels[Level.CRITICAL].chip)
            painter.fillRect(bar, QColor(look.surface))
            painter.fillRect(bar, QBrush(red, Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(red, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5))
        elif (level := _priority_level(card)) is not None:
            painter.setBrush(QColor(look.levels[level].chip))
            painter.drawRoundedRect(bar, 2, 2)

    # -- contents ----------------------------------------------------------------------------------

    def _full(
        self, painter: QPainter, inner: QRect, card: Card, due: tuple[str, Level | None]
    ) -> None:
        body, measures = face(13)
        high, tall = face(12)[1].height(), measures.height()
        top = QRect(inner.left(), inner.top() + theme.px(5), inner.width(), high)
        self._head(painter, top, card)
        painter.setFont(body)
        painter.setPen(QColor(theme.tokens().text))
        y = top.bottom() + theme.px(3)
        for line in two_lines(card.title, body.pixelSize(), inner.width()):
            painter.drawText(QRect(inner.left(), y, inner.width(), tall), LEFT, line)
            y += tall
        foot = QRect(inner.left(), inner.bottom() - high - theme.px(4), inner.width(), high)
        self._foot(painter, foot, card, due)

    def _line(
        self, painter: QPainter, inner: QRect, card: Card, due: tuple[str, Level | None]
    ) -> None:
        """Priority, title, obstacle, person, time in one line; the title gives way first."""
        look = theme.tokens()
        right = self._from_right(painter, inner, due[0], _ink(due[1]), bold=due[1] is not None)
        if card.initials:
            right = self._from_right(painter, right, card.initials, look.text2)
        if card.blocked:
            words = _("blocked")
            right = self._from_right(
                painter, right, words, look.levels[Level.CRITICAL].text, bold=True
            )
        left = QRect(right)
        if (level := _priority_level(card)) is not None:
            painter.setFont(face(12, bold=True)[0])
            painter.setPen(QColor(look.levels[level].text))
            painter.drawText(left, LEFT, SHAPES[level])
            left.setLeft(left.left() + theme.px(16))
        painter.setFont(face(13)[0])
        painter.setPen(QColor(look.text))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            left, LEFT, painter.fontMetrics().elidedText(card.title, elide, left.width())
        )

    def _head(self, painter: QPainter, box: QRect, card: Card) -> None:
        look = theme.tokens()
        rest = QRect(box)
        if (level := _priority_level(card)) is not None:
            words = f"{SHAPES[level]}{_priority_word(card)}"
            rest = self._from_right(painter, rest, words, look.levels[level].text, bold=True)
        if card.blocked:
            red = look.levels[Level.CRITICAL].text
            rest = self._from_right(painter, rest, _("blocked"), red, bold=True)
            size = theme.px(14)
            picture = self._picture("flag", red, size, painter)
            at = QRect(rest.right() - size, 0, size, size)
            at.moveTop(box.top() + (box.height() - size) // 2)
            painter.drawPixmap(at, picture)
            rest.setRight(rest.right() - size - theme.px(2))
        painter.setFont(face(12)[0])
        painter.setPen(QColor(look.text2))
        number = f"≠ {card.number}" if card.disputed else card.number
        elide = Qt.TextElideMode.ElideLeft
        painter.drawText(rest, LEFT, painter.fontMetrics().elidedText(number, elide, rest.width()))

    def _foot(
        self, painter: QPainter, box: QRect, card: Card, due: tuple[str, Level | None]
    ) -> None:
        look = theme.tokens()
        rest = self._from_right(painter, box, due[0], _ink(due[1]), bold=due[1] is not None)
        painter.setFont(face(12)[0])
        metrics = face(12)[1]
        words = card.initials or card.who or _("no one")
        own = metrics.horizontalAdvance(words) + theme.px(14)
        # The person comes before the checklist, and that before the mark of a call.
        marks = [("checklist", f"{card.ticked}/{card.items}")] if card.items else []
        marks += [("phone-incoming", "")] if card.source else []
        for name, figures in marks:
            if rest.width() - metrics.horizontalAdvance(figures) - theme.px(22) >= own:
                rest = self._mark(painter, rest, name, figures)
        painter.setFont(face(12)[0])
        if not card.initials:
            painter.setPen(QColor(look.text3))
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(rest, LEFT, metrics.elidedText(words, elide, rest.width()))
            return
        pill = QRect(rest)
        pill.setWidth(metrics.horizontalAdvance(card.initials) + theme.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.levels[Level.NEUTRAL].chip))
        painter.drawRoundedRect(pill, theme.px(6), theme.px(6))
        painter.setPen(QColor(look.levels[Level.NEUTRAL].on_chip))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, card.initials)
        rest.setLeft(pill.right() + theme.px(4))
        if metrics.horizontalAdvance(card.who) <= rest.width():
            painter.setPen(QColor(look.text2))
            painter.drawText(rest, LEFT, card.who)

    def _mark(self, painter: QPainter, box: QRect, name: str, words: str) -> QRect:
        """An icon with words at the right of `box`; what is left of it."""
        rest, colour = QRect(box), theme.tokens().text2
        if words:
            rest = self._from_right(painter, rest, words, colour, gap=2)
        size = theme.px(14)
        at = QRect(rest.right() - size, rest.top() + (rest.height() - size) // 2, size, size)
        painter.drawPixmap(at, self._picture(name, colour, size, painter))
        rest.setRight(rest.right() - size - theme.px(6))
        return rest

    def _from_right(
        self, painter: QPainter, box: QRect, words: str, colour: str, *, bold: bool = False,
        gap: int = 6,
    ) -> QRect:  # fmt: skip
        """Words at the right of `box`; what is left of it."""
        if not words:
            return QRect(box)
        painter.setFont(face(12, bold=bold)[0])
        painter.setPen(QColor(colour))
        painter.drawText(box, RIGHT, words)
        width = face(12, bold=bold)[1].horizontalAdvance(words)
        return box.adjusted(0, 0, -width - theme.px(gap), 0)

    def _picture(self, name: str, colour: str, size: int, painter: QPainter) -> QPixmap:
        key = (name, colour, size, painter.device().devicePixelRatioF())
        if key not in self._pictures:
            self._pictures[key] = icons.pixmap(*key)
        return self._pictures[key]


def _ink(level: Level | None) -> str:
    look = theme.tokens()
    return look.text2 if level in (None, Level.NEUTRAL) else look.levels[level].text


def _priority_level(card: Card) -> Level | None:
    """The level of a priority above the normal one; what is done presses no more."""
    if card.column == "done":
        return None
    option = next((o for o in task.PRIORITIES if o.code == card.priority), None)
    return Level(option.level) if option and option.code != "normal" else None


def _priority_word(card: Card) -> str:
    return next((_(o.label) for o in task.PRIORITIES if o.code == card.priority), "")
