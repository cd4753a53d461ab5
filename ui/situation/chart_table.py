"""The numbers of a chart as a table: the same data for those who cannot see the picture, and for
the clipboard.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class ChartTableModel(QAbstractTableModel):
    """A row for each stretch of time, a column for each series; the first column is the time.
    `in_lines`: headings of several words take two lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.header: list[str] = []
        self.in_lines = False
        self.rows: list[list[str | int]] = []

    def show_table(self, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
        """Show these numbers instead."""
        self.beginResetModel()
        self.header, self.rows = list(header), [list(row) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return value if isinstance(value, str) else f"{value:,}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.header[index.column()]}: {value}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.header):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return in_two(self.header[section]) if self.in_lines else self.header[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None


def in_two(words: str) -> str:
    """In two lines, broken where they are most alike; a single word stays as it is."""
    parts = words.split(" ")
    ways = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    return "\n".join(min(ways, key=lambda way: max(map(len, way)), default=(words,)))


def _side(column: int) -> Qt.AlignmentFlag:
    """Numbers stand on the right."""
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
