"""The table of a record list: whole rows, keys, columns one can arrange, rows one can copy.

Rule: the row the person looks at stays where it is, whatever comes in above it.
"""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from bankcc.i18n import _
from bankcc.schema.fields import Choice, Link
from bankcc.schema.record import Record
from ui import icons, theme
from ui.records.column_fit import ColumnFit, Wish
from ui.records.column_memory import ColumnMemory, within
from ui.records.column_needs import ColumnNeeds, is_free
from ui.records.frozen_column import FrozenColumn
from ui.records.record_table import RecordTableModel
from ui.records.row_copy import MOST_ROWS, copied_rows
from ui.records.whole_rows import show_whole_rows
from ui.theme import Level
from ui.widgets.chip import ChipDelegate
from ui.widgets.menu_place import menu_place

CHARACTER = 8
"""Pixels that a character of `Field.width` takes; Chinese ones take more and are fewer."""
SHORTEST = 0.5
"""The part of its width below which a longer text is not cut."""


def dispensable(
    titles: Sequence[str], columns: Sequence[str], first_to_go: Sequence[str] = ()
) -> list[str]:
    """Columns that may be left out of a narrow list, the first to go at the end: without a word
    from the model those further right, and what names a record and how it stands last of all."""
    essential = ("status", *titles)
    order = sorted(columns[1:], key=lambda name: name not in essential)
    return [name for name in order if name not in first_to_go] + list(reversed(first_to_go))


class RecordView(QTableView):
    """Shows a `RecordTableModel`. `opened(Record)`: Enter or a double click; `current_record(Record
    or None)`: the row the keys stand on. `place` names whose columns are remembered; `frozen` keeps
    the first column in sight. Actions in `menu_actions` stand in the menu of a row."""

    opened = Signal(object)
    current_record = Signal(object)

    def __init__(
        self,
        model: RecordTableModel,
        parent: QWidget | None = None,
        *,
        place: str = "",
        frozen: bool = False,
    ) -> None:
        super().__init__(parent)
        self.menu_actions: list[QAction] = []
        self._top: QPersistentModelIndex | None = None
        self._model = model
        self.needs = ColumnNeeds(model)
        self._set_up()
        self.setModel(model)
        self.memory = ColumnMemory(
            model.session, place or model.kind.name, self.horizontalHeader(), model.columns
        )
        self._restore_columns()
        self.fit = ColumnFit(self, self.memory, self.column_wishes, self.columns_menu)
        self.fit.covered.connect(self.keep_words_in_sight)
        self.frozen = FrozenColumn(self) if frozen else None
        self._follow_model()
        self.doubleClicked.connect(lambda _index: self.open_current())
        theme.hub().changed.connect(self._resize_rows)
        self.retranslate()
        self._keep_current()

    def _set_up(self) -> None:
        self.setItemDelegate(ChipDelegate(self))
        show_whole_rows(self)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self._resize_rows()
        columns = self.horizontalHeader()
        columns.setSectionsMovable(True)
        columns.setSectionsClickable(True)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        columns.customContextMenuRequested.connect(self._show_columns_menu)

    def _restore_columns(self) -> None:
        header, model = self.horizontalHeader(), self._model
        self.memory.restore(self.natural_widths())
        if self.memory.order and self.memory.order.removeprefix("-") in model.columns:
            model.set_query(model.query.but(order=self.memory.order))
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        self._show_sorting()
        header.sortIndicatorChanged.connect(self._sort)
        self.memory.watch()

    def natural_widths(self) -> list[int]:
        """Pixels at 100 % that columns need: for what the declaration expects, for the heading and
        for the longest of a list of choices, in the language in force."""
        bold, header = QFontMetrics(theme.font(12, bold=True)), self.horizontalHeader()
        widths = []
        for at, item in enumerate(map(self._model.field, range(len(self._model.columns)))):
            words = [header.sectionSizeFromContents(at).width()]
            if isinstance(item, Choice):
                words += [bold.horizontalAdvance(_(o.label)) + theme.px(48) for o in item.options]
            widest = ceil(max(words) / theme.hub().scale)
            widths.append(max(16 + CHARACTER * item.width, widest))
        return widths

    def column_wishes(self) -> list[Wish]:
        """What each column would like: text may be cut short, the rest is read whole or not at
        all, and what the person chose stays."""
        fields = list(map(self._model.field, range(len(self._model.columns))))
        named = [name for name in self._model.kind.titles if name in self._model.columns]
        # Where the name itself is no column, the record it was copied from is.
        links = [item.name for item in fields if isinstance(item, Link)]
        kept = [*named, *(() if self._model.kind.titles[0] in named else links[:1])]
        order = dispensable(kept, self._model.columns, self._model.least_needed)
        wishes = []
        needs = self.needs.look(seen=self.isVisible())
        for at, natural in enumerate(self.natural_widths()):
            item = fields[at]
            chosen = self.memory.chosen_width(at)
            wide = chosen or theme.px(within(natural))
            words = self.horizontalHeader().sectionSizeFromContents(at).width()
            free = is_free(item)
            least = max(words, round(wide * SHORTEST)) if free and not chosen else wide
            known = item.name in order and not self.memory.is_wanted(at)
            rank = order.index(item.name) if known else None
            need = needs[at] if needs and not chosen else 0
            if item.name in named:  # rather one column less than a name that is cut short
                least = max(least, min(need, self.viewport().width() // 3))
            wishes.append(Wish(wide, min(least, wide), rank, words, need))
        return wishes

    def keep_words_in_sight(self, last: int) -> None:
        """Column `last` (-1: none) ends below the button: its words begin at the left."""
        name = self._model.columns[last] if last >= 0 else ""
        if name != self._model.at_left:
            self._model.at_left = name
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def _fit_to_rows(self) -> None:
        """The first rows have come, or are in sight for the first time. Later ones do not move the
        columns under the eyes: they count when the width is shared out again."""
        self.needs.forget()
        if not self.needs.known and self.isVisible():
            self.fit.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_to_rows()

    def _follow_model(self) -> None:
        model = self._model
        for before in (
            model.rowsAboutToBeInserted,
            model.rowsAboutToBeRemoved,
            model.rowsAboutToBeMoved,
            model.layoutAboutToBeChanged,
        ):
            before.connect(self._hold)
        for after in (
            model.rowsInserted,
            model.rowsRemoved,
            model.rowsMoved,
            model.layoutChanged,
        ):
            after.connect(self._let_go)
        model.filled.connect(self._keep_current)
        model.filled.connect(self._fit_to_rows)

    # -- the current row and the selection -------------------------------------------------------

    def record(self) -> Record | None:
        """The record of the current row."""
        return self._model.record(self.currentIndex().row())

    def selected_rows(self) -> list[int]:
        """The selected rows of the list, from top to bottom, at most as many as can be copied."""
        rows: list[int] = []
        spans = sorted((span.top(), span.bottom()) for span in self.selectionModel().selection())
        for top, bottom in spans:
            rows += range(top, min(bottom + 1, top + MOST_ROWS - len(rows)))
        return list(dict.fromkeys(rows))[:MOST_ROWS]

    def selected(self) -> list[Record]:
        """The selected records, from top to bottom, at most as many as can be copied."""
        return self._model.records(self.selected_rows())

    def select_record(self, record: str) -> bool:
        """Make the record with that id the current row; False if the list does not show it."""
        row = self._model.position(record)
        if row < 0:
            return False
        self.setCurrentIndex(self._model.index(row, max(0, self.currentIndex().column())))
        self.scrollTo(self.currentIndex())
        return True

    def open_current(self) -> None:
        """Say that the current record is to be opened."""
        if (record := self.record()) is not None:
            self.opened.emit(record)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row() or not current.isValid():
            self.current_record.emit(self._model.record(current.row()))

    def _keep_current(self) -> None:
        """There is always a current row: screen readers and keys start from it."""
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        else:
            self.current_record.emit(self.record())

    def _hold(self, *_what: object) -> None:
        """Remember what is at the top, unless that is the head of the list."""
        if self._top is None and self.verticalScrollBar().value() > 0:
            self._top = QPersistentModelIndex(self.indexAt(QPoint(0, 0)))

    def _let_go(self, *_what: object) -> None:
        top, self._top = self._top, None
        if top is not None and top.isValid():
            self.updateGeometries()
            self.verticalScrollBar().setValue(top.row())

    # -- keys ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.open_current()
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last record, not to the ends of a row."""
        ends = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self._model.rowCount() - 1,
        }
        if action in ends and self._model.rowCount():
            return self._model.index(ends[action], max(0, self.currentIndex().column()))
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def copy(self) -> None:
        """Put the selected rows on the clipboard, with headings; phones stay masked."""
        records = self.selected()
        if not records:
            return
        data = copied_rows(self._model.session, self._model.kind, self.memory.visible(), records)
        QGuiApplication.clipboard().setMimeData(data)
        words = _("Rows copied: {count}; phone numbers are masked")
        level = Level.INFO
        if len(records) == MOST_ROWS:
            words = _("Only the first {count} rows were copied; export the list for all of them")
            level = Level.WARNING
        self._model.context.messages.say(level, words.format(count=len(records)))

    # -- menus -----------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click or the Menu key."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(menu_place(self, event))

    def menu(self) -> QMenu:
        """The menu of the current row."""
        menu = QMenu(self)
        menu.setObjectName("list.menu")
        opening = menu.addAction(_("Open"), self.open_current)
        copying = menu.addAction(_("Copy rows"), self.copy)
        icons.put(opening, "external-link")
        icons.put(copying, "copy")
        for action, key in ((opening, "Enter"), (copying, "Ctrl+C")):
            # Shown only: the view itself hears these keys.
            action.setText(f"{action.text()}\t{key}")
            action.setEnabled(self.record() is not None)
        if self.menu_actions:
            menu.addSeparator()
            menu.addActions(self.menu_actions)
        menu.addSeparator()
        columns = self.columns_menu()
        columns.setTitle(_("Columns"))
        menu.addMenu(columns)
        return menu

    def columns_menu(self) -> QMenu:
        """A tick for every column, and the way back to how they were."""
        menu = QMenu(self)
        menu.setObjectName("list.columns")
        header = self.horizontalHeader()
        for at in range(len(self._model.columns)):
            action = menu.addAction(_(self._model.field(at).label))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(at))
            action.toggled.connect(lambda shown, at=at: self.memory.hide(at, not shown))
        menu.addSeparator()
        menu.addAction(_("As they were"), self._reset_columns)
        return menu

    def _show_columns_menu(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    def _reset_columns(self) -> None:
        self.memory.forget()
        header = self.horizontalHeader()
        for at in range(header.count()):
            header.moveSection(header.visualIndex(at), at)
        self.memory.restore(self.natural_widths())
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    # -- sorting, look ---------------------------------------------------------------------------

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column < 0:
            self._model.set_query(self._model.query.but(order=""))
        else:
            self._model.sort(column, order)
        self.memory.remember_order(self._model.query.order)

    def _show_sorting(self) -> None:
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setSortIndicator(*self._model.sorting())
        header.blockSignals(blocked)

    def _resize_rows(self) -> None:
        self.needs.forget()
        self.verticalHeader().setMinimumSectionSize(1)  # a larger one is asked of every row
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setMinimumSectionSize(theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.frozen:
            self.frozen.follow()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_(self._model.kind.plural))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._model.retranslate()
            self.retranslate()
            self.needs.forget()
            self.fit.fit()
        super().changeEvent(event)
