"""What an import would do, as tables: the rows with their outcome, and everything to tell about
places in the file.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView, QWidget

from bankcc.i18n import N_, _
from bankcc.schema.record import RecordKind
from bankcc.tabular.cells import Finding
from bankcc.tabular.plan import ImportPlan, Outcome, PlannedRow
from ui import theme
from ui.records.row_copy import copied_table
from ui.records.whole_rows import show_whole_rows
from ui.theme import Level
from ui.turns import in_turn
from ui.widgets.chip import LEVEL_ROLE, ChipDelegate

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROWS_MEASURED = 15
"""So many rows say how wide the columns are: those that are seen first."""
WORDS: Mapping[Outcome, tuple[str, Level]] = {
    Outcome.NEW: (N_("New row"), Level.OK),
    Outcome.UPDATE: (N_("Update"), Level.INFO),
    Outcome.SAME: (N_("Unchanged"), Level.NEUTRAL),
    Outcome.BAD: (N_("Not taken"), Level.CRITICAL),
}


class PlannedRows(QAbstractTableModel):
    """Row of the file, outcome, the values that would be written (phones masked)."""

    def __init__(self, kind: RecordKind, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._rows: Sequence[PlannedRow] = ()
        self._names: tuple[str, ...] = ()

    def set_plan(self, plan: ImportPlan | None) -> None:
        """Show another plan, or none."""
        self.beginResetModel()
        self._rows = plan.rows if plan else ()
        taken = plan.mapping.columns.values() if plan else ()
        self._names = tuple(name for name in taken if name in self._kind.by_name)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 2 + len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == LEVEL_ROLE:
            return WORDS[row.outcome][1] if column == 1 else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if column == 0:
            return str(row.row_no)
        if column == 1:
            return _(WORDS[row.outcome][0])
        name = self._names[column - 2]
        return self._kind.by_name[name].format(row.values.get(name))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < 2:
            return (_("Row"), _("Result"))[section]
        return _(self._kind.by_name[self._names[section - 2]].label)


class Findings(QAbstractTableModel):
    """Row, column, what is to be told about it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: Sequence[Finding] = ()
        self._texts: list[tuple[str, str, str]] = []

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Show others."""
        self.beginResetModel()
        self.findings = findings
        self._texts = [(str(f.row or ""), f.place, f.reason) for f in findings]
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not index.isValid() or role not in shown:
            return None
        return self._texts[index.row()][index.column()]

    def texts(self) -> list[tuple[str, str, str]]:
        """The findings as they are shown and saved."""
        return list(self._texts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Row"), _("Column"), _("Reason"))[section]


class _Rows(QTableView):
    """Ctrl+C copies the rows that are selected, for whoever mends the file."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            QGuiApplication.clipboard().setMimeData(copied_table(self.model(), rows))
            return
        super().keyPressEvent(event)


def preview_table(name: str, model: QAbstractTableModel, parent: QWidget) -> QTableView:
    """A list of the preview, named for tests and screen readers."""
    made = _Rows(parent)
    made.setObjectName(name)
    made.setModel(model)
    made.setItemDelegate(ChipDelegate(made))
    show_whole_rows(made)
    made.setAlternatingRowColors(True)
    made.verticalHeader().setDefaultSectionSize(theme.size("row"))
    made.horizontalHeader().setResizeContentsPrecision(ROWS_MEASURED)
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    made.horizontalHeader().setDefaultAlignment(left)
    model.modelReset.connect(lambda: in_turn(made, made.resizeColumnsToContents, made))
    return made
