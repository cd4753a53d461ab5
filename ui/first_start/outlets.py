"""The step for the bank and its outlets: typed, or pasted from a spreadsheet; stored by verbs."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableView,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import center, outlet
from bankcc.i18n import N_, _, ngettext
from bankcc.schema.change import edit
from bankcc.schema.query import Query
from bankcc.session import Session
from ui import theme
from ui.first_start.outlet_entry import BadCell, OutletEntryModel
from ui.first_start.step import Step, Surroundings
from ui.theme import Level
from ui.widgets.chip import RowDelegate

MOST_KNOWN = 2_000
WIDTHS = (180, 240)


class OutletTable(QTableView):
    """Cells to type in; Enter goes to the next row, Ctrl+V puts a table of the clipboard there,
    Delete empties cells, Ctrl+Del takes rows away."""

    def __init__(self, model: OutletEntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome.outlets.table")
        self.entries = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate(WIDTHS):
            self.setColumnWidth(column, theme.px(width))
        self.setMinimumHeight(theme.px(180))
        self.setCurrentIndex(model.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a cell does not take as text."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete:
            self._empty(rows=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter the first cell of the next row: what is typed next overwrites nothing."""
        at = self.currentIndex()
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and at.isValid():
            self.show_row_after(at.row())

    def show_row_after(self, row: int) -> None:
        """Go to the first cell of the next row; the last one is empty."""
        self.show_cell(min(row + 1, self.entries.rowCount() - 1), 0)

    def paste(self) -> None:
        """The clipboard's table, from the current cell on."""
        at = self.currentIndex()
        row, column = max(at.row(), 0), max(at.column(), 0)
        count = self.entries.paste(QGuiApplication.clipboard().text(), row, column)
        self.setCurrentIndex(self.entries.index(min(row + count, self.entries.rowCount() - 1), 0))

    def show_cell(self, row: int, column: int) -> None:
        """Go to a cell."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.entries.index(row, column), flag)
        self.setFocus()

    def _empty(self, *, rows: bool) -> None:
        cells = self.selectedIndexes() or [self.currentIndex()]
        if rows:
            self.entries.remove([cell.row() for cell in cells])
            self.setCurrentIndex(self.entries.index(0, 0))
            return
        for cell in cells:
            self.entries.setData(cell, "")


class OutletStep(Step):
    """Bank and outlets. Enter goes from a named bank to the outlets, on from what is empty."""

    heading = N_("Bank and outlets")

    def __init__(
        self, session: Session, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        self.session = session
        self._warned = False
        super().__init__("outlets", around, parent)

    def build(self) -> None:
        self.bank: QLineEdit = self.line("bank", N_("Bank"))
        self.bank.setText(self._bank())
        self.say(
            N_("Outlets: type them, or copy them from a spreadsheet and press Ctrl+V here."),
            role="meta",
        )
        self.model = OutletEntryModel(self)
        self.table = OutletTable(self.model, self)
        self.translated(self.table.setAccessibleName, N_("Outlets"))
        self.translated(lambda _text: self.model.retranslate(), "")
        self.known = self.say("", role="hint")
        self.translated(lambda _text: self._show_known(), "")
        self.column.insertWidget(self.column.count() - 1, self.table, 1)
        self.foot(N_("Save, next Enter"), self._save, name="outlets.next", skip=N_("Skip Esc"))
        for change in (self.model.dataChanged, self.model.modelReset, self.bank.textEdited):
            change.connect(lambda *_given: setattr(self, "_warned", False))

    def start(self) -> None:
        self._show_known()
        self.bank.setFocus()
        self.bank.selectAll()

    def enter(self) -> bool:
        """From the bank to the outlets; in a row that holds something, to the next one."""
        if self.bank.hasFocus() and self.bank.text().strip():
            self.table.show_cell(0, 0)
            return True
        at = self.table.currentIndex()
        if not self.table.hasFocus() or not at.isValid():
            return False
        row = [self.model.index(at.row(), column).data() for column in range(3)]
        if not any(row):
            return False
        self.table.show_row_after(at.row())
        return True

    def escape(self) -> bool:
        """What was typed is not thrown away by one key."""
        if (self.model.filled or self.bank.text().strip() != self._bank()) and not self._warned:
            self._warned = True
            words = _("What is typed here is not saved. Save it, or press Esc once more.")
            self.around.error.say(words, Level.WARNING)
            assert self.forward is not None
            self.forward.setFocus()
            return True
        self.passed.emit()
        return True

    def _bank(self) -> str:
        record = self.session.center
        return record.text("bank") if record else ""

    def _names(self) -> list[str]:
        found = self.session.find(Query(outlet.NAME, order="row", limit=MOST_KNOWN))
        return [record.text("name") for record in found]

    def _show_known(self) -> None:
        count = self.session.count(Query(outlet.NAME))
        words = ngettext(
            "{count} outlet is stored already.", "{count} outlets are stored already.", count
        ).format(count=count)
        self.known.setText(words if count else "")
        self.known.setVisible(bool(count))

    def _save(self) -> None:
        bank, record = self.bank.text().strip(), self.session.center
        try:
            verbs = self.model.verbs(frozenset(self._names()))
            if record is not None and bank != record.text("bank"):
                verbs.insert(0, edit(center.NAME, record.id, bank=bank or None))
            if verbs:
                self.session.load(verbs)
        except BadCell as error:
            self.around.error.say_error(error)
            self.table.show_cell(error.row, error.column)
            return
        except UserError as error:
            self.around.error.say_error(error)
            return
        self.model.clear()
        self.table.setCurrentIndex(self.model.index(0, 0))
        self.around.error.say("")
        self.done.emit()
