"""The reports that were written, newest first, as a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from bankcc.clock import local
from bankcc.i18n import N_, _
from bankcc.reports.history import Written
from ui.records.plain_table import Index, PlainTable
from ui.reports.sorts import label_of
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

COLUMNS = (N_("Report"), N_("When"), N_("By"), N_("File"))
REPORT, WHEN, BY, FILE = range(len(COLUMNS))


class ReportHistory(PlainTable):
    """Shows what it is given. A file that is no longer there says so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(len(COLUMNS), lambda at: _(COLUMNS[at]), parent)
        self._there: list[bool] = []

    def show_reports(self, rows: Sequence[Written]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = list(rows)
        self._there = [row.path.exists() for row in rows]
        self.endResetModel()

    def is_there(self, at: int) -> bool:
        """Whether the file of a row can be opened."""
        return self._there[at]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(at, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("{field}: {value}")
            return words.format(field=_(COLUMNS[column]), value=self._text(at, column))
        if role == LEVEL_ROLE and column == FILE and not self._there[at]:
            return Level.NEUTRAL
        return None

    def _text(self, at: int, column: int) -> str:
        row = self.rows[at]
        if column == REPORT:
            return label_of(row.report, row.number)
        if column == WHEN:
            return f"{local(row.at):%m-%d %H:%M}"
        if column == BY:
            return row.by
        return row.path.name if self._there[at] else _("no longer there")
