"""The board on screen: heads of columns, lanes below each other, a cell for each pair.

Rule: the keys stand on a card, not on a place; whatever moves, they stay on it or go to its nearest
neighbour. The whole board is one stop of the Tab key.
"""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from bankcc.i18n import _, ngettext
from ui import theme
from ui.board.card_text import LOOSE, Card, columns, lanes
from ui.board.cell import CellView
from ui.board.columns import ColumnHead, FoldedCell, LaneHead
from ui.board.model import Board, CellKey
from ui.board.task_card import card_height, cards_across

LANE_WIDTH = 84
FOLD_WIDTH = 84
GAP = 6


class Sheet(QWidget):
    """What scrolls. Paints the ground of the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grounds: list[tuple[QRect, bool]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.tokens()
        for box, empty in self.grounds:
            if not box.intersects(event.rect()):
                continue
            painter.setPen(
                QPen(QColor(look.hairline), 1, Qt.PenStyle.DashLine) if empty else Qt.PenStyle.NoPen
            )
            painter.setBrush(Qt.BrushStyle.NoBrush if empty else QColor(look.surface2))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)


class BoardGrid(QWidget):
    """`open_wanted(id)`, `new_wanted(lane, column)`, `menu_wanted(id, point)`,
    `move_wanted(id, lane, column)`: a card was dropped there; `current_changed(id)`: the keys stand
    on another card (empty: on none)."""

    open_wanted = Signal(str)
    new_wanted = Signal(str, str)
    menu_wanted = Signal(str, QPoint)
    move_wanted = Signal(str, str, str)
    current_changed = Signal(str)
    fold_changed = Signal(bool)
    limit_chosen = Signal(str, int)

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.board = board
        self.folded = True
        self.compact = False
        self._current = ""
        self._key: CellKey = (lanes()[0].code, board.columns[0])
        self._row = 0
        self._told = ""
        self._spans: dict[str, tuple[int, int]] = {}
        self.scroll = QScrollArea(self)
        self.scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = Sheet()
        self.scroll.setWidget(self.sheet)
        self.heads = {column: ColumnHead(column, board, self) for column in board.columns}
        self.lanes = {lane: LaneHead(self.sheet) for lane, _column in board.cells}
        self.cells = {key: self._make_cell(key) for key in board.cells}
        self.folds = {lane: self._make_fold(lane) for lane in self.lanes}
        for head in self.heads.values():
            head.fold_wanted.connect(lambda _column: self.set_folded(not self.folded))
            head.limit_chosen.connect(self.limit_chosen)
        self.scroll.verticalScrollBar().valueChanged.connect(self._pin_names)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._reveal)
        board.arranged.connect(self._arranged)
        board.ticked.connect(self._show_times)
        theme.hub().changed.connect(self._arranged)

    def _make_cell(self, key: CellKey) -> CellView:
        view = CellView(self.board.cells[key], self.sheet)
        view.setObjectName(f"board.cell.{key[0]}.{key[1]}")
        view.left.connect(lambda dx, dy: self._leave(key, dx, dy))
        view.looked.connect(lambda: self._looked(key))
        view.opened.connect(self.open_wanted)
        view.dropped.connect(lambda card: self.move_wanted.emit(card, *key))
        view.dragging.connect(self._follow_drag)
        view.new_wanted.connect(lambda: self.new_wanted.emit(*key))
        view.menu_wanted.connect(self.menu_wanted)
        view.hide()
        return view

    def _make_fold(self, lane: str) -> FoldedCell:
        fold = FoldedCell(self.sheet)
        fold.setObjectName(f"board.fold.{lane}")
        last = self.board.columns[-1]
        fold.dropped.connect(lambda card: self.move_wanted.emit(card, lane, last))
        fold.pressed.connect(lambda: self.set_folded(False))
        fold.hide()
        return fold

    # -- what the panel asks -----------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The id of the card the keys stand on; empty for none."""
        return self._current

    @property
    def place(self) -> CellKey:
        """The lane and column the keys stand in."""
        return self._key

    def take_keys(self) -> None:
        """Give the keyboard to the card the keys stand on. (A focus proxy would hide the heads of
        the columns from the Tab key.)"""
        self.cells[self._key].setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_stops(self) -> list[QWidget]:
        """What takes the keys, in the order of reading; of the cells one at a time does."""
        return [*(head.button for head in self.heads.values()), *self.cells.values()]

    def card(self) -> Card | None:
        """The card the keys stand on."""
        return self.board.card(self._current) if self._current else None

    def set_current(self, card_id: str, *, focus: bool = False) -> bool:
        """Put the keys on a card; False if it is not shown (filtered out, or under the fold)."""
        cell = self.board.cell_of(card_id)
        if cell is None or (self.folded and cell.column == self.board.columns[-1]):
            return False
        self._choose((cell.lane, cell.column), cell.place(card_id), focus=focus)
        return True

    def set_folded(self, folded: bool) -> None:
        """Fold the last column to a count, or unfold it."""
        if folded != self.folded:
            self.folded = folded
            self._arranged()
            self.fold_changed.emit(folded)

    def set_compact(self, compact: bool) -> None:
        """One line a card, or whole cards."""
        self.compact = compact
        for view in self.cells.values():
            view.cards.compact = compact
        self._arranged()

    def set_movable(self, movable: bool) -> None:
        """Whether cards may be dragged and limits changed."""
        self.board.set_movable(movable)
        for view in self.cells.values():
            view.set_movable(movable)
        for fold in self.folds.values():
            fold.setAcceptDrops(movable)
        for head in self.heads.values():
            head.may_change = movable

    def card_box(self, card_id: str) -> QRect:
        """Where a card (or else the cell of the keys) is on the screen."""
        cell = self.board.cell_of(card_id) if card_id else None
        view = self.cells[(cell.lane, cell.column) if cell else self._key]
        box = view.viewport().rect()
        if cell is not None:
            box = view.visualRect(cell.index(cell.place(card_id)))
        return QRect(view.viewport().mapToGlobal(box.topLeft()), box.size())

    # -- the keys ----------------------------------------------------------------------------------

    def _open_columns(self) -> list[str]:
        return list(self.board.columns[:-1] if self.folded else self.board.columns)

    def _looked(self, key: CellKey) -> None:
        self._choose(key, self.cells[key].currentIndex().row())

    def _choose(self, key: CellKey, row: int, *, focus: bool = False) -> None:
        before, view = self.cells[self._key], self.cells[key]
        self._key = key
        count = self.board.cells[key].rowCount()
        self._row = max(0, min(row, count - 1))
        if view.currentIndex().row() != self._row or not count:
            view.choose_row(self._row)
        card = view.card()
        self._current = card.id if card else ""
        if before is not view:
            before.setProperty("chosen", False)
            before.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            before.viewport().update()
        view.setProperty("chosen", True)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.viewport().update()
        if focus and view.isVisibleTo(self):
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._later.start()
        if self._current != self._told:
            self._told = self._current
            self.current_changed.emit(self._current)

    def _leave(self, key: CellKey, dx: int, dy: int) -> None:
        lane, column = key
        shown, open_ones = self.board.lanes_shown(), self._open_columns()
        view = self.cells[key]
        across = view.across
        line, place = divmod(max(0, view.currentIndex().row()), across)
        if dx:
            at = open_ones.index(column) + dx
            if not 0 <= at < len(open_ones):
                return
            target = (lane, open_ones[at])
            other = self.cells[target].across
            row = line * other + (0 if dx > 0 else other - 1)
        else:
            at = shown.index(lane) + dy
            if not 0 <= at < len(shown):
                return
            target = (shown[at], column)
            other, count = self.cells[target].across, self.board.cells[target].rowCount()
            last = max(0, count - 1) // other
            row = min(place, other - 1) + (0 if dy > 0 else last * other)
        self._choose(target, row, focus=True)

    def _reveal(self) -> None:
        """Scroll so that the card of the keys is seen whole."""
        view = self.cells[self._key]
        if not view.isVisibleTo(self):
            return
        index = view.currentIndex()
        if index.isValid():
            view.scrollTo(index)
        box = view.visualRect(index) if index.isValid() else view.viewport().rect()
        top = view.viewport().mapTo(self.sheet, box.topLeft())
        self.scroll.ensureVisible(top.x(), top.y(), 0, theme.px(4))
        self.scroll.ensureVisible(top.x(), top.y() + box.height(), 0, theme.px(8))

    def _follow_drag(self, where: QPoint) -> None:
        """A card held at the upper or lower edge scrolls the board."""
        at, bar = self.scroll.viewport().mapFromGlobal(where).y(), self.scroll.verticalScrollBar()
        edge, step = theme.px(28), theme.px(14)
        if at < edge:
            bar.setValue(bar.value() - step)
        elif at > self.scroll.viewport().height() - edge:
            bar.setValue(bar.value() + step)

    # -- layout ------------------------------------------------------------------------------------

    @property
    def _idle(self) -> bool:
        """Before the first card there is nothing to lay out, and opening the panel stays quick."""
        return not len(self.board) and not self.sheet.grounds

    def _arranged(self) -> None:
        if self._idle:
            return
        had_focus = any(view.hasFocus() for view in self._shown_cells())
        self._place()
        if not (self._current and self.set_current(self._current, focus=had_focus)):
            shown, open_ones = self.board.lanes_shown(), self._open_columns()
            lane, column = self._key
            if shown:
                key = (
                    lane if lane in shown else shown[0],
                    column if column in open_ones else open_ones[-1],
                )
                self._choose(self._filled(key, shown), self._row, focus=had_focus)
        self._show_numbers()

    def _filled(self, key: CellKey, shown: list[str]) -> CellKey:
        """`key`, or before anything was chosen the first cell that has cards."""
        if self._told or self.board.cells[key].rowCount():
            return key
        cells = ((lane, column) for lane in shown for column in self._open_columns())
        return next((cell for cell in cells if self.board.cells[cell].rowCount()), key)

    def _shown_cells(self) -> Iterator[CellView]:
        return (view for view in self.cells.values() if not view.isHidden())

    def _column_places(self) -> list[tuple[str, int, int]]:
        """Column, left edge and width, from left to right."""
        gap, lane, fold = theme.px(GAP), theme.px(LANE_WIDTH), theme.px(FOLD_WIDTH)
        # The scroll bar always has its room: one that comes and goes would reflow the cards.
        room = self.width() - self.scroll.verticalScrollBar().sizeHint().width() - lane
        open_ones = self._open_columns()
        if self.folded:
            room -= fold + gap
        width = max(theme.px(60), room // len(open_ones) - gap)
        places, x = [], lane + gap
        for column in self.board.columns:
            wide = width if column in open_ones else fold
            places.append((column, x, wide))
            x += wide + gap
        return places

    def _place(self) -> None:
        places = self._column_places()
        head = max(widget.sizeHint().height() for widget in self.heads.values())
        for column, x, width in places:
            self.heads[column].folded = self.folded and column == self.board.columns[-1]
            self.heads[column].setGeometry(x, 0, width, head)
        self.scroll.setGeometry(0, head, self.width(), max(0, self.height() - head))
        shown, y = self.board.lanes_shown(), theme.px(2)
        self._spans.clear()
        self.sheet.grounds = []
        for lane in shown:
            y += self._place_lane(lane, y, places) + theme.px(GAP)
        for key, view in self.cells.items():
            folded = self.folded and key[1] == self.board.columns[-1]
            view.setVisible(key[0] in shown and not folded)
        for lane, widget in self.lanes.items():
            widget.setVisible(lane in shown)
            self.folds[lane].setVisible(lane in shown and self.folded)
        # Without the room of the scroll bar: nothing may be pushed sideways.
        self.sheet.resize(self.width() - self.scroll.verticalScrollBar().sizeHint().width(), y)
        self.sheet.update()
        self._pin_names()

    def _pin_names(self, _value: int = 0) -> None:
        """The name of a lane stays in sight while any of its cards is."""
        top = self.scroll.verticalScrollBar().value()
        for lane, (y, height) in self._spans.items():
            name = self.lanes[lane]
            name.move(theme.px(2), max(y, min(top, y + height - name.height())))

    def _place_lane(self, lane: str, y: int, places: list[tuple[str, int, int]]) -> int:
        """Put the cells of a lane below `y`; how high the lane is."""
        pad, high = theme.px(4), card_height(self.compact)
        rows = max(
            self._lines(lane, column, width - pad - pad // 2)
            for column, _x, width in places
            if column in self._open_columns()
        )
        name = self.lanes[lane]
        self._name_lane(lane)
        least = max(theme.px(40), name.height_for(theme.px(LANE_WIDTH)) + pad)
        # A lane that is higher than the window scrolls within its cells.
        most = max(high + 2 * pad, self.scroll.height() - theme.px(GAP))
        height = min(max(rows * high + 2 * pad, least), most)
        self._spans[lane] = (y, height)
        name.resize(theme.px(LANE_WIDTH), name.height_for(theme.px(LANE_WIDTH)))
        for column, x, width in places:
            box = QRect(x, y, width, height)
            empty = not self.board.cells[lane, column].rowCount()
            self.sheet.grounds.append((box, empty))
            inner = box.adjusted(pad, pad, -pad // 2, -pad)
            view = self.cells[lane, column]
            view.setGeometry(inner)
            view.fit(overflows=self._lines(lane, column, inner.width()) * high > inner.height())
            self.folds[lane].setGeometry(box)  # the last column's stays
        return height

    def _lines(self, lane: str, column: str, width: int) -> int:
        """How many lines the cards of a cell take in `width` pixels."""
        return -(-self.board.cells[lane, column].rowCount() // cards_across(width, self.compact))

    def _name_lane(self, lane: str) -> None:
        name = next((_(o.label) for o in lanes() if o.code == lane), _("Without a lane"))
        self.lanes[lane].set_lane(name, *self.board.open_in(lane))

    def _show_numbers(self) -> None:
        for head in self.heads.values():
            head.refresh()
        last = self.board.columns[-1]
        names = {option.code: _(option.label) for option in (*lanes(), *columns())}
        names[LOOSE] = _("Without a lane")
        for (lane, column), view in self.cells.items():
            count = self.board.cells[lane, column].rowCount()
            words = ngettext(
                "{lane}, {column}: {count} task", "{lane}, {column}: {count} tasks", count
            )
            view.setAccessibleName(
                words.format(lane=names[lane], column=names[column], count=count)
            )
            if column == last:
                self.folds[lane].set_count(count)

    def _show_times(self) -> None:
        for lane in self.board.lanes_shown():
            self._name_lane(lane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._idle:
            self._place()
            self._later.start()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self._arranged()
        elif event.type() == QEvent.Type.LayoutRequest and not self._idle:
            self._place()  # the headings have another height
        return super().event(event)
