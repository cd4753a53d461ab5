"""The table of resources: whole rows, one key for each thing one does with a resource."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from bankcc.i18n import _
from bankcc.tabular.clipboard import copied
from ui import theme
from ui.context import UiContext
from ui.records.column_fit import ColumnFit, Wish
from ui.records.column_memory import ColumnMemory
from ui.records.frozen_column import FrozenColumn
from ui.records.whole_rows import show_whole_rows
from ui.resources.rows import ResourceRow
from ui.resources.table import COLUMNS, WIDTHS, ResourceTable, label_of
from ui.theme import Level
from ui.widgets.chip import ChipDelegate
from ui.widgets.menu_place import menu_place

CUT_SHORT = ("name", "category", "place")
LEAST_NEEDED = ("state", "stock", "next", "place", "checked_on", "category", "keeper")
"""Left out from the end where there is no room; the name never."""
SHORTEST = 0.6


class ResourceView(QTableView):
    """`opened(ResourceRow)`: Enter; `ticked`: Space; `taken` and `put_back`: - and +; `current(row
    or None)`: the row the keys stand on; `left`: Esc."""

    opened = Signal(object)
    ticked = Signal(object)
    taken = Signal(object)
    put_back = Signal(object)
    current = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resource.list")
        self.context = context
        self.table = ResourceTable(context.session, self)
        self.menu_actions: list[QAction] = []
        self.setModel(self.table)
        self._set_up()
        self.memory = ColumnMemory(
            context.session, "panel.resource", self.horizontalHeader(), COLUMNS
        )
        self.memory.restore([WIDTHS[name] for name in COLUMNS])
        self.memory.watch()
        self._follow_order()
        self.fit = ColumnFit(self, self.memory, self._wishes, self._columns)
        self.frozen = FrozenColumn(self)
        self.doubleClicked.connect(lambda _index: self._emit(self.opened))
        theme.hub().changed.connect(self._resize_rows)

    def _set_up(self) -> None:
        self.setItemDelegate(ChipDelegate(self))
        show_whole_rows(self)  # Space, + and - are keys here
        self.setAlternatingRowColors(True)
        self._resize_rows()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._columns_menu)

    def _follow_order(self) -> None:
        header, order = self.horizontalHeader(), self.memory.order
        if order.removeprefix("-") in COLUMNS:
            self.table.sort_by(order)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        name = self.table.order.removeprefix("-")
        down = self.table.order.startswith("-")
        way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(COLUMNS.index(name) if name else -1, way)
        header.sortIndicatorChanged.connect(self._sort)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.table.sort(column, order)
        self.memory.remember_order(self.table.order)

    # -- rows ------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[ResourceRow]) -> None:
        """Show these. There is always a current row: keys and screen readers start from it."""
        place = self.verticalScrollBar().value()
        self.table.show_rows(rows)
        self.verticalScrollBar().setValue(place)
        if not self.currentIndex().isValid() and self.table.rows:
            self.setCurrentIndex(self.table.index(0, 0))
        self.current.emit(self.row())

    def row(self) -> ResourceRow | None:
        """The current row."""
        at = self.currentIndex().row()
        return self.table.rows[at] if 0 <= at < len(self.table.rows) else None

    def selected(self) -> list[ResourceRow]:
        """The selected rows, from top to bottom."""
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        return [self.table.rows[at] for at in sorted(chosen)]

    def select(self, record: str) -> bool:
        """Make a record the current row; False if it is not shown."""
        at = self.table.row_of(record)
        if at >= 0:
            self.setCurrentIndex(self.table.index(at, max(0, self.currentIndex().column())))
            self.scrollTo(self.currentIndex())
        return at >= 0

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current.emit(self.row())

    def _emit(self, signal: Signal) -> None:
        if (row := self.row()) is not None:
            signal.emit(row)

    # -- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        keys = {
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
            Qt.Key.Key_Space: self.ticked,
            Qt.Key.Key_Minus: self.taken,
            Qt.Key.Key_Plus: self.put_back,
            Qt.Key.Key_Equal: self.put_back,
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif plain and event.key() in keys:
            self._emit(keys[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.table.rows:
            at = 0 if event.key() == Qt.Key.Key_Home else len(self.table.rows) - 1
            self.setCurrentIndex(self.table.index(at, max(0, self.currentIndex().column())))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def copy(self) -> None:
        """The selected rows as a table with headings, as they are read."""
        rows = self.selected()
        if not rows:
            return
        shown = self.memory.visible()
        both = copied(
            [label_of(name) for name in shown],
            [[self.table.words(row, name)[0] for name in shown] for row in rows],
        )
        data = QMimeData()
        data.setText(both.tsv)
        data.setHtml(both.html)
        QGuiApplication.clipboard().setMimeData(data)
        self.context.messages.say(Level.INFO, _("Rows copied: {count}").format(count=len(rows)))

    # -- menus, look -----------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click or the Menu key."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(menu_place(self, event))

    def menu(self) -> QMenu:
        """The menu of the current row. The view itself hears the keys it shows."""
        menu = QMenu(self)
        menu.setObjectName("resource.menu")
        entries = (
            (_("Open"), "Enter", lambda: self._emit(self.opened)),
            (_("Check, in order"), "Space", lambda: self._emit(self.ticked)),
            (_("Take"), "-", lambda: self._emit(self.taken)),
            (_("Put back"), "+", lambda: self._emit(self.put_back)),
            (_("Copy rows"), "Ctrl+C", self.copy),
        )
        writes = self.context.session.can_write
        for at, (text, key, act) in enumerate(entries):
            action = menu.addAction(f"{text}\t{key}", act)
            action.setEnabled(self.row() is not None and (writes or at in (0, len(entries) - 1)))
        if self.menu_actions:
            menu.addSeparator()
            menu.addActions(self.menu_actions)
        menu.addSeparator()
        columns = self._columns()
        columns.setTitle(_("Columns"))
        menu.addMenu(columns)
        return menu

    def _wishes(self) -> list[Wish]:
        """Names and places may be cut short; what is least asked for goes first."""
        header, wishes = self.horizontalHeader(), []
        for at, name in enumerate(COLUMNS):
            words, chosen = header.sectionSizeFromContents(at).width(), self.memory.chosen_width(at)
            wide = chosen or max(words, theme.px(WIDTHS[name]))
            least = max(words, theme.px(WIDTHS[name] * SHORTEST)) if name in CUT_SHORT else wide
            known = name in LEAST_NEEDED and not self.memory.is_wanted(at)
            rank = LEAST_NEEDED.index(name) if known else None
            least = wide if chosen else min(least, wide)
            wishes.append(Wish(wide, least, rank, words))
        return wishes

    def _columns_menu(self, at: QPoint) -> None:
        menu = self._columns()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _columns(self) -> QMenu:
        """A tick for every column."""
        menu, header = QMenu(self), self.horizontalHeader()
        for column, name in enumerate(COLUMNS):
            action = menu.addAction(label_of(name))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(column))
            action.toggled.connect(lambda shown, column=column: self.memory.hide(column, not shown))
        return menu

    def _resize_rows(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)  # a larger one is asked of every row
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setMinimumSectionSize(theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.follow()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Resources"))
        self.table.retranslate()
        self.fit.fit()
