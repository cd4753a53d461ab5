"""The rows of the timeline: time, category, what happened in at most two lines."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.situation.timeline import (
    AUTHOR_ROLE,
    CATEGORY_ROLE,
    DAY_ROLE,
    RECORD_ROLE,
    TEXT_ROLE,
    TIME_ROLE,
    TimelineModel,
)
from ui.widgets.chip import RowDelegate

Index = QModelIndex | QPersistentModelIndex
LINES = 2
LINES_OF_CURRENT = 8
BODY = 13
DECISION = "decision"


def broken(text: str, width: int, font: QFont, most: int = LINES) -> list[str]:
    """`text` in at most `most` lines of `width` pixels, the last one cut if it must be."""
    layout, metrics = QTextLayout(text, font), QFontMetrics(font)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start, end = line.textStart(), line.textStart() + line.textLength()
        if len(lines) == most - 1 and end < len(text):
            rest = text[start:].strip()
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(text[start:end].strip())
    layout.endLayout()
    return lines or [""]


@lru_cache(maxsize=2_000)
def lines_of(text: str, width: int, pixels: int, bold: bool, most: int) -> tuple[str, ...]:
    """As `broken`, in the font of the interface at `pixels`: a list asks for the height of every
    entry whenever one of them changes."""
    font = theme.font(BODY, bold=bold)
    font.setPixelSize(pixels)
    return tuple(broken(text, width, font, most))


class TimelineDelegate(QStyledItemDelegate):
    """Paints an entry; decisions are bold, and the current entry stands there in full."""

    def __init__(self, view: "TimelineView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        lines = len(self._lines(index, self._text_room(width)))
        high = max(lines, 2 if index.data(DAY_ROLE) else 1)
        return QSize(width, high * self._step() + theme.px(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.tokens()
        RowDelegate.paint_ground(painter, option)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        step, box = self._step(), option.rect
        top, left = box.top() + theme.px(4), box.left() + theme.px(4)
        strong = QColor(look.on_selected if selected else look.text)
        quiet = QColor(look.on_selected if selected else look.text2)
        painter.setFont(theme.font(BODY))
        painter.setPen(quiet)
        self._write(painter, left, top, self._time_room(), index.data(TIME_ROLE))
        if day := index.data(DAY_ROLE):
            painter.setFont(theme.font(12))
            self._write(painter, left, top + step, self._time_room(), day)
        at = left + self._time_room()
        painter.setFont(theme.font(12))
        self._write(painter, at, top, self._category_room(), index.data(CATEGORY_ROLE))
        decided = index.data(RECORD_ROLE).text("category") == DECISION
        painter.setFont(theme.font(BODY, bold=decided))
        painter.setPen(strong)
        at += self._category_room()
        room = self._text_room(self._view.viewport().width())
        for number, line in enumerate(self._lines(index, room)):
            self._write(painter, at, top + number * step, room + theme.px(4), line)
        painter.restore()

    def _write(self, painter: QPainter, x: int, y: int, room: int, text: str) -> None:
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(x, y, room, self._step()), where, text)

    def _lines(self, index: Index, room: int) -> Sequence[str]:
        author = index.data(AUTHOR_ROLE)
        said = index.data(TEXT_ROLE) + (f" · {author}" if author else "")
        most = LINES_OF_CURRENT if index == self._view.currentIndex() else LINES
        bold = index.data(RECORD_ROLE).text("category") == DECISION
        return lines_of(said, room, theme.px(BODY), bold, most)

    def _step(self) -> int:
        return QFontMetrics(theme.font(BODY)).height() + theme.px(1)

    def _time_room(self) -> int:
        return QFontMetrics(theme.font(BODY)).horizontalAdvance("00:00") + theme.px(8)

    def _category_room(self) -> int:
        return self._view.category_width + theme.px(8)

    def _text_room(self, width: int) -> int:
        return width - theme.px(12) - self._time_room() - self._category_room()


class TimelineView(QListView):
    """`opened(Record)`: Enter or a double click on an entry."""

    opened = Signal(object)

    def __init__(self, model: TimelineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.category_width = 0
        self.setModel(model)
        self.setItemDelegate(TimelineDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # Letters and digits belong to nobody here: they must neither jump nor open an input method.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        # The ring of the focus is 1 px wider than the border: the room for it is there before.
        self.setStyleSheet("TimelineView { padding: 1px; } TimelineView:focus { padding: 0; }")
        self.doubleClicked.connect(lambda _index: self.open_current())

    def sizeHint(self) -> QSize:
        """Little: it takes the room that is left."""
        return QSize(theme.px(300), theme.px(60))

    def open_current(self) -> None:
        """Say that the current entry is to be opened."""
        if (entry := self.currentIndex().data(RECORD_ROLE)) is not None:
            self.opened.emit(entry)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.open_current()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.scheduleDelayedItemsLayout()
