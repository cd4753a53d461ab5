"""The table of the roster: a row for each post and each person without one.

Rule: columns that do not fit are left out, the least needed first; nothing scrolls sideways.
"""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView, QWidget

from bankcc.i18n import _
from bankcc.tabular.clipboard import copied
from ui import theme
from ui.records.whole_rows import show_whole_rows
from ui.roster.posts import Place
from ui.roster.table import HEADS, PLACE_ROLE, Column, RosterTable
from ui.widgets.chip import ChipDelegate, RowDelegate

WIDTHS = {
    Column.POST: 112,
    Column.WHO: 118,
    Column.INITIALS: 66,
    Column.PHONE: 108,
    Column.STATE: 146,
    Column.BACKUP_A: 84,
    Column.BACKUP_B: 84,
    Column.SHIFT: 78,
    Column.GROUP: 130,
}
DISPENSABLE = (
    Column.GROUP,
    Column.SHIFT,
    Column.INITIALS,
    Column.BACKUP_B,
    Column.BACKUP_A,
    Column.PHONE,
)
"""Left out in this order where there is no room."""
TOGGLE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RosterView(QTableView):
    """`toggled(Place)`: Space, Enter or a double click; `menu_wanted(Place, where)`;
    `current_changed(Place | None)`."""

    toggled = Signal(object)
    menu_wanted = Signal(object, QPoint)
    current_changed = Signal(object)
    typed = Signal(str)

    def __init__(self, model: RosterTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster.table")
        self.setModel(model)
        self.shifts = False
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(Column.STATE, ChipDelegate(self))
        show_whole_rows(self)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(
            lambda _now, _before: self.current_changed.emit(self.place())
        )
        self.doubleClicked.connect(lambda index: self.toggled.emit(index.data(PLACE_ROLE)))
        theme.hub().changed.connect(self.measure)
        self.measure()
        self.retranslate()

    def place(self) -> Place | None:
        """The row the keys stand on."""
        found = self.currentIndex().data(PLACE_ROLE)
        return found if isinstance(found, Place) else None

    def select(self, key: str) -> bool:
        """Put the keys on a row, by its key or the id of who serves there."""
        model = self.model()
        assert isinstance(model, RosterTable)
        row = model.row_of(key) if key else -1
        if row < 0:
            return False
        self.setCurrentIndex(model.index(row, max(self.currentIndex().column(), 0)))
        self.selectRow(row)
        self.scrollTo(model.index(row, 0))
        return True

    def current_box(self) -> QRect:
        """The cell the keys stand on, on the screen."""
        box = self.visualRect(self.currentIndex())
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def measure(self) -> None:
        """Share out the width: what must be there first, the rest in equal parts."""
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        room = self.viewport().width()
        shown = [column for column in Column if column != Column.SHIFT or self.shifts]
        for column in DISPENSABLE:
            if sum(theme.px(WIDTHS[c]) for c in shown) > room and column in shown:
                shown.remove(column)
        need = sum(theme.px(WIDTHS[column]) for column in shown)
        # The wide columns take what is left over.
        takers = [c for c in shown if c in (Column.POST, Column.WHO, Column.STATE, Column.GROUP)]
        more = (room - need) // len(takers)
        for column in Column:
            self.setColumnHidden(column, column not in shown)
            if column in shown:
                extra = more if column in takers else 0
                self.setColumnWidth(column, max(theme.px(40), theme.px(WIDTHS[column]) + extra))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.place()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in TOGGLE and place is not None and not event.isAutoRepeat():
            self.toggled.emit(place)
        elif event.key() == Qt.Key.Key_Menu and place is not None:
            box = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(place, self.viewport().mapToGlobal(box.bottomLeft()))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Initials typed on a row are for the line that checks people in."""
        self.typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.indexAt(event.pos()).data(PLACE_ROLE)
        if isinstance(place, Place):
            self.menu_wanted.emit(place, event.globalPos())

    def copy(self) -> None:
        """The selected rows as a table, headings first, phones masked."""
        model = self.model()
        assert isinstance(model, RosterTable)
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        heads = [_(HEADS[column]) for column in Column]
        cells = [[model.text(model.places[row], column) for column in Column] for row in rows]
        both = copied(heads, cells)
        data = QMimeData()
        data.setText(both.tsv)
        data.setHtml(both.html)
        QApplication.clipboard().setMimeData(data)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Posts and people"))
        self.setAccessibleDescription(_("Space or Enter checks in or out"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
