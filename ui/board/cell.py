"""One cell of the task board: a list of cards, one or several side by side.

Rule: a cell knows nothing of the others; what leaves it (arrows beyond its edge, a dropped card) is
told to the board.
"""

import unicodedata

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from bankcc.i18n import _
from ui import theme
from ui.board.card_text import Card
from ui.board.model import CARD_ROLE, MIME, CellModel
from ui.board.task_card import CardDelegate, cards_across
from ui.widgets.menu_place import menu_place

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def dragged_card(data: QMimeData) -> str:
    """The id of the card under the mouse; empty if something else is dragged."""
    return bytes(data.data(MIME).data()).decode() if data.hasFormat(MIME) else ""


class CellView(QListView):
    """`left(dx, dy)`: an arrow led out of the cell; `looked`: the person chose here; `opened(id)`;
    `dropped(id)`: a card was let go here; `dragging(point)`: one is over it, at that place of the
    screen; `new_wanted`; `menu_wanted(id, point)`."""

    left = Signal(int, int)
    looked = Signal()
    opened = Signal(str)
    dropped = Signal(str)
    dragging = Signal(QPoint)
    new_wanted = Signal()
    menu_wanted = Signal(str, QPoint)

    def __init__(self, model: CellModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("cell", True)
        self.model_of = model
        self.aimed = False
        self.cards = CardDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.cards)
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.doubleClicked.connect(lambda _index: self._open())

    def set_movable(self, movable: bool) -> None:
        """Whether cards may be dragged from here and dropped here."""
        self.setDragEnabled(movable)
        self.setAcceptDrops(movable)

    # -- measures ----------------------------------------------------------------------------------

    @property
    def across(self) -> int:
        """How many cards stand side by side."""
        return cards_across(self.viewport().width(), self.cards.compact)

    def fit(self, *, overflows: bool) -> None:
        """Lay the cards out again: the width, the font or the density is another."""
        # With a scroll bar "as needed" Qt keeps its room free and breaks lines too early.
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if overflows else policy.ScrollBarAlwaysOff
        )
        self.scheduleDelayedItemsLayout()

    # -- the card chosen here ----------------------------------------------------------------------

    def card(self) -> Card | None:
        """The card the keys stand on."""
        found = self.currentIndex().data(CARD_ROLE)
        return found if isinstance(found, Card) else None

    def choose_row(self, row: int) -> None:
        """Put the keys on a row, or on the nearest there is."""
        count = self.model_of.rowCount()
        index = self.model_of.index(max(0, min(row, count - 1))) if count else QModelIndex()
        self.setCurrentIndex(index)

    def _open(self) -> None:
        if (card := self.card()) is not None:
            self.opened.emit(card.id)

    # -- keys and mouse ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if plain != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif event.key() in STEPS:
            self._step(*STEPS[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif unicodedata.normalize("NFKC", event.text()) == "+":
            self.new_wanted.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.choose_row(0 if event.key() == Qt.Key.Key_Home else 1 << 30)
            self.looked.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
            self.looked.emit()
        else:
            event.ignore()  # letters belong to nobody here

    def _step(self, dx: int, dy: int) -> None:
        row, count, across = self.currentIndex().row(), self.model_of.rowCount(), self.across
        place = row % across if row >= 0 else 0
        target = row + dx + dy * across
        if dx and not 0 <= place + dx < across:
            target = -1
        # A short last line: down from above its gap goes to its last card.
        if dy > 0 and row >= 0 and target >= count and row // across < (count - 1) // across:
            target = count - 1
        if row < 0 or not 0 <= target < count:
            self.left.emit(dx, dy)
            return
        self.choose_row(target)
        self.looked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.looked.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked.emit()

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = menu_place(self, event)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        if not by_key and not self.indexAt(self.viewport().mapFromGlobal(where)).isValid():
            return
        if (card := self.card()) is not None:
            self.menu_wanted.emit(card.id, where)

    # -- drag and drop -----------------------------------------------------------------------------

    def startDrag(self, _actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        drag = QDrag(self)
        drag.setMimeData(self.model_of.mimeData([index]))
        drag.setPixmap(self.viewport().grab(self.visualRect(index)))
        drag.setHotSpot(QPoint(theme.px(16), theme.px(16)))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._aim(bool(dragged_card(event.mimeData())))
        event.setAccepted(self.aimed)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.setAccepted(bool(dragged_card(event.mimeData())))
        self.dragging.emit(self.viewport().mapToGlobal(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        if card := dragged_card(event.mimeData()):
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.dropped.emit(card)

    def _aim(self, aimed: bool) -> None:
        self.aimed = aimed
        self.viewport().update()

    # -- look --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ring = self.aimed or (self.hasFocus() and not self.model_of.rowCount())
        if not ring:
            return
        look = theme.tokens()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.DashLine if self.aimed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(look.focus), 2, style))
        box = QRectF(self.viewport().rect()).adjusted(1, 1, -2, -2)
        painter.drawRoundedRect(box, theme.px(5), theme.px(5))
        if not self.model_of.rowCount():
            painter.setPen(QColor(look.text3))
            painter.setFont(theme.font(12))
            words = _("Drop here, or + for a new task")
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(4, 0, -4, 0), flags, words)
