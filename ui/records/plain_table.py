"""The model of a table that is given its rows: what all of them answer alike."""

from collections.abc import Callable, Container
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class PlainTable(QAbstractTableModel):
    """`rows` are what is shown, in that order; a subclass puts them there and gives `data`.
    `heading(column)`: in the language in force; headings of `numbers` stand to the right."""

    def __init__(
        self,
        columns: int,
        heading: Callable[[int], str],
        parent: QObject | None = None,
        *,
        numbers: Container[int] = (),
    ) -> None:
        super().__init__(parent)
        self._columns, self._heading, self._numbers = columns, heading, numbers
        self.rows: list[Any] = []

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self._columns:
            return None
        if role in _WORDS:
            return self._heading(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in self._numbers else LEFT
        return None

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)
        self.repaint_rows()

    def repaint_rows(self) -> None:
        """The same rows say something else."""
        if self.rows:
            corner = self.index(len(self.rows) - 1, self._columns - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
