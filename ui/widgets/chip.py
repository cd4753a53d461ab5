"""Status chips: shape + word + colour, 24 px high, as a label and painted in table cells."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

LEVEL_ROLE = Qt.ItemDataRole.UserRole + 64

Index = QModelIndex | QPersistentModelIndex


class Chip(PlainLabel):
    """A chip as a widget. An empty text hides it."""

    def __init__(
        self, level: Level = Level.NEUTRAL, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.level = Level.NEUTRAL
        self.word = ""
        self.set_status(level, text)

    def set_status(self, level: Level, text: str) -> None:
        """Show `text` (already translated) at `level`."""
        self.word = text
        self.setText(f"{SHAPES[level]} {text}" if text else "")
        # The shape is for the eye; a screen reader says the word only.
        self.setAccessibleName(text)
        self._show_or_hide(bool(text))
        if level != self.level or self.property("chip") is None:
            self.level = level
            self.setProperty("chip", str(level))
            theme.repolish(self)
            # Only now it measures the frame the sheet gives a chip: else both ends are cut.
            QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))

    def _show_or_hide(self, show: bool) -> None:
        """Hidden while there is nothing to say. Before it has a place, showing would open a window:
        then only the mark that it was hidden on purpose is taken back."""
        if show and self.parentWidget() is None:
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.setVisible(show)


class RowDelegate(QStyledItemDelegate):
    """A table cell of the house: row height by the tokens, and a 3 px bar at the left of the
    current row, so that selection does not hang on colour."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        hint.setHeight(theme.size("row"))
        hint.setWidth(hint.width() + theme.px(8))
        return hint

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.paint_ground(painter, option)
        super().paint(painter, option, index)

    @staticmethod
    def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        """The ground of a selected row, its bar in whichever column is shown first; then room at
        the left, and no dotted frame: one cell says nothing in a list of whole rows."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(theme.tokens().selected))
            if option.rect.left() <= 0:
                bar = QRect(0, option.rect.top(), theme.px(3), option.rect.height())
                painter.fillRect(bar, QColor(theme.tokens().primary))
        option.state &= ~QStyle.StateFlag.State_HasFocus
        option.rect.setLeft(option.rect.left() + theme.px(4))


class ChipDelegate(RowDelegate):
    """Paints a cell as a chip: the word from DisplayRole, the level from `LEVEL_ROLE`. A cell
    without a level is painted as plain text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        hint.setWidth(hint.width() + theme.px(36))
        return hint

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        level = index.data(LEVEL_ROLE)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        if level is None or not text:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        self.paint_ground(painter, option)
        style = option.widget.style() if option.widget else QApplication.style()
        control = QStyle.ControlElement.CE_ItemViewItem
        style.drawControl(control, option, painter, option.widget)
        self._paint_chip(painter, option, Level(level), f"{SHAPES[Level(level)]} {text}")

    def _paint_chip(
        self, painter: QPainter, option: QStyleOptionViewItem, level: Level, text: str
    ) -> None:
        colours = theme.tokens().levels[level]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(12, bold=True))
        metrics = painter.fontMetrics()
        gap, height = theme.px(8), theme.size("chip")
        room = option.rect.width() - theme.px(8) - 2 * gap
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown) + 2 * gap
        top = option.rect.top() + (option.rect.height() - height) // 2
        box = QRect(option.rect.left(), top, width, height)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        # Some chips have the very colour of a selected row: there the outline carries the shape.
        painter.setPen(QPen(QColor(colours.on_chip), 1) if selected else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chip))
        # A pen 1 px wide is sharp only along the middle of the points.
        edge = 0.5 if selected else 0.0
        painter.drawRoundedRect(QRectF(box).adjusted(edge, edge, -edge, -edge), gap, gap)
        painter.setPen(QColor(colours.on_chip))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()
