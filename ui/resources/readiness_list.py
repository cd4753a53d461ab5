"""Readiness by class: a bar for each, with required and there as numbers, what is missing as shape
and word. The chosen class narrows the list beside it.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from bankcc.i18n import _
from ui import theme
from ui.resources.rows import Standing, class_name
from ui.resources.standings import STANDING_ROLE, StandingList, figures
from ui.theme import SHAPES

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 44
BAR = 8


class BarDelegate(QStyledItemDelegate):
    """A line of words and numbers, a bar below it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(160), theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Standing = index.data(STANDING_ROLE)
        look, box, gap = theme.tokens(), option.rect, theme.px(8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selected))
            painter.fillRect(QRect(0, box.top(), theme.px(3), box.height()), QColor(look.primary))
        inner = box.adjusted(gap + theme.px(2), theme.px(4), -gap, -theme.px(6))
        self._words(painter, inner, row)
        self._bar(painter, inner, row)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, row: Standing) -> None:
        """From the right: percent, figures, what is missing; the name has the rest."""
        look = theme.tokens()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font(13, bold=True))
        painter.setPen(QColor(look.text))
        percent = f"{row.percent}%"
        painter.drawText(box, right, percent)
        room = box.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance("100%"), 0)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(look.text2))
        line = room.adjusted(0, theme.px(1), -theme.px(8), 0)
        painter.drawText(line, right, figures(row))
        used = painter.fontMetrics().horizontalAdvance(figures(row)) + theme.px(8)
        if row.missing:
            painter.setFont(theme.font(12, bold=True))
            painter.setPen(QColor(look.levels[row.level].text))
            short = f"{SHAPES[row.level]} " + _("short {gap}").format(gap=row.missing)
            painter.drawText(line.adjusted(0, 0, -used, 0), right, short)
            used += painter.fontMetrics().horizontalAdvance(short) + theme.px(8)
        painter.setFont(theme.font(13, bold=row.category is None))
        painter.setPen(QColor(look.text))
        name = painter.fontMetrics().elidedText(
            class_name(row.category), Qt.TextElideMode.ElideRight, line.width() - used
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)

    @staticmethod
    def _bar(painter: QPainter, box: QRect, row: Standing) -> None:
        """The track has an outline: a light fill alone would be lost on a light ground."""
        look, high = theme.tokens(), theme.px(BAR)
        track = QRectF(box.left() + 0.5, box.bottom() - high + 0.5, box.width() - 1, high - 1)
        painter.setPen(QColor(look.border))
        painter.setBrush(QColor(look.surface2))
        painter.drawRect(track)
        if row.there and row.need:
            fill = QRectF(track)
            fill.setWidth(max(track.width() * row.there / row.need, 2))
            painter.setBrush(QColor(look.levels[row.level].text))
            painter.drawRect(fill)


class ReadinessList(QListView):
    """`chosen(str or None)`: a class was chosen, None for all; `left`: Enter or Esc."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resource.readiness")
        self.bars = StandingList(self)
        self.setModel(self.bars)
        self.setItemDelegate(BarDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        theme.hub().changed.connect(self.doItemsLayout)
        self.selectionModel().currentChanged.connect(self._current)
        self._quiet = False

    @property
    def category(self) -> str | None:
        """The chosen class; None for all."""
        row = self.currentIndex().row()
        return self.bars.rows[row].category if 0 <= row < len(self.bars.rows) else None

    def show_standings(self, rows: tuple[Standing, ...]) -> None:
        """Show these; the chosen class stays, as long as there is one of that name."""
        before = self.category
        self._quiet = True
        self.bars.show_standings(rows)
        self._go_to(before)
        self._quiet = False
        if self.category != before:
            self.chosen.emit(self.category)

    def choose(self, category: str | None) -> None:
        """Choose a class."""
        self._go_to(category)

    def _go_to(self, category: str | None) -> None:
        names = [row.category for row in self.bars.rows]
        if names:
            at = names.index(category) if category in names else 0
            self.setCurrentIndex(self.bars.index(at))

    def _current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.chosen.emit(self.category)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc go back to the list, which is narrowed already."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Readiness by class"))
        self.bars.repaint()
