"""How ready each class is, as a list: every row is a bar, and a text that says the same."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bankcc.i18n import _, ngettext
from ui.resources.rows import Standing, class_name

STANDING_ROLE = Qt.ItemDataRole.UserRole + 70

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class StandingList(QAbstractListModel):
    """Shows standings; the first one is of everything."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Standing, ...] = ()

    def show_standings(self, rows: tuple[Standing, ...]) -> None:
        """Show these. Classes that are the same ones are repainted in place."""
        if [row.category for row in rows] == [row.category for row in self.rows]:
            self.rows = rows
            self.repaint()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def repaint(self) -> None:
        """The words or the figures may be others."""
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return class_name(row.category)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return row if role == STANDING_ROLE else None


def figures(row: Standing) -> str:
    """Required / there, the order of the list's column."""
    return f"{row.need}/{row.there}"


def spoken(row: Standing) -> str:
    """The bar in words."""
    words = _("{name}: {percent}% ready, required {need}, there {there}").format(
        name=class_name(row.category), percent=row.percent, need=row.need, there=row.there
    )
    parts = [words]
    if row.missing:
        parts.append(_("{count} missing").format(count=row.missing))
    if row.late:
        words = ngettext("{count} check overdue", "{count} checks overdue", row.late)
        parts.append(words.format(count=row.late))
    return _(", ").join(parts)
