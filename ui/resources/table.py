"""The list of resources: required and actual in one column, the next check worked out.

Rule: rows that stay are repainted in place; when others come or go, selection follows the record.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from bankcc.features import resource
from bankcc.i18n import N_, _
from bankcc.schema.fields import Choice
from bankcc.session import Session
from ui.records.plain_table import NOWHERE, Index, PlainTable
from ui.resources.rows import ResourceRow, next_words, stock_words
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

COLUMNS = ("name", "category", "stock", "place", "keeper", "state", "checked_on", "next")
LABELS = {
    "stock": N_("Required/actual"),
    "next": N_("Next check"),
    "checked_on": N_("Last check"),
    "category": N_("Class"),
}
WIDTHS = {
    "name": 126,
    "category": 76,
    "stock": 132,
    "place": 130,
    "keeper": 64,
    "state": 104,
    "checked_on": 84,
    "next": 148,
}
"""Pixels at 100 %."""
ROW_ROLE = Qt.ItemDataRole.UserRole + 70


class ResourceTable(PlainTable):
    """Shows the rows it is given. `order`: a column's name, - before it for descending, empty for
    the order of the inventory."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(len(COLUMNS), lambda at: label_of(COLUMNS[at]), parent)
        self._session = session
        self._given: list[ResourceRow] = []
        self.order = ""

    def show_rows(self, rows: Sequence[ResourceRow]) -> None:
        """Show these, in the order that was chosen."""
        self._given = list(rows)
        self._put(self._sorted())

    def sort_by(self, order: str) -> None:
        """Another order."""
        if order != self.order:
            self.order = order
            self._put(self._sorted())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column, -1 for the order of the inventory."""
        minus = "-" if order == Qt.SortOrder.DescendingOrder else ""
        self.sort_by(minus + COLUMNS[column] if column >= 0 else "")

    def row_of(self, record: str) -> int:
        """The row of a record, -1 if it is not shown."""
        return next((at for at, row in enumerate(self.rows) if row.id == record), -1)

    def _sorted(self) -> list[ResourceRow]:
        name = self.order.removeprefix("-")
        if not name:
            return list(self._given)
        return sorted(
            self._given, key=lambda row: _key(name, row), reverse=self.order.startswith("-")
        )

    def _put(self, rows: list[ResourceRow]) -> None:
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            self.repaint_rows()
            return
        old = self.rows
        if len(rows) > len(old):
            self.beginInsertRows(NOWHERE, len(old), len(rows) - 1)
            self.rows = old + rows[len(old) :]
            self.endInsertRows()
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        places = {row.id: at for at, row in enumerate(rows)}
        before = [row.id for row in old]
        moved = [
            self._moved(before[index.row()] if index.row() < len(before) else "", places, index)
            for index in kept
        ]
        self.rows = rows + old[len(rows) :]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
        if len(rows) < len(old):
            self.beginRemoveRows(NOWHERE, len(rows), len(old) - 1)
            self.rows = rows
            self.endRemoveRows()
        self.repaint_rows()

    def _moved(self, record: str, places: dict[str, int], index: QModelIndex) -> QModelIndex:
        return self.index(places[record], index.column()) if record in places else QModelIndex()

    # -- as Qt asks for it -----------------------------------------------------------------------

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, name = self.rows[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, name)[0]
        if role == LEVEL_ROLE:
            return self.words(row, name)[1]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.words(row, name)[0] or _("nothing")
            return _("{field}: {value}").format(field=label_of(name), value=words)
        return row if role == ROW_ROLE else None

    def words(self, row: ResourceRow, name: str) -> tuple[str, Level | None]:
        """What a cell says, and the level of its chip (None: plain)."""
        if name in WORDS:
            return WORDS[name](row)
        return self._session.display(row.record, name), None


def label_of(name: str) -> str:
    """The heading of a column."""
    return _(LABELS[name] if name in LABELS else resource.KIND.field(name).label)


def _state(row: ResourceRow) -> tuple[str, Level | None]:
    item = resource.KIND.field("state")
    option = item.option(row.record["state"]) if isinstance(item, Choice) else None
    return (_(option.label), Level(option.level)) if option else ("", None)


def _checked(row: ResourceRow) -> tuple[str, Level | None]:
    last = resource.KIND.field("checked_on").format(row.record["checked_on"])
    year = f"{row.today.year}-"
    return last.removeprefix(year), None


WORDS: dict[str, Callable[[ResourceRow], tuple[str, Level | None]]] = {
    "category": lambda row: (row.category, None),
    "stock": stock_words,
    "state": _state,
    "checked_on": _checked,
    "next": next_words,
}


def _key(name: str, row: ResourceRow) -> tuple[Any, ...]:
    """What rows are ordered by; what is worst comes last, what says nothing first."""
    if name == "stock":
        return (row.gap, row.number("required"))
    if name == "next":
        never = row.next_day is None
        return (never and not row.overdue, row.next_day is not None, str(row.next_day or ""))
    if name == "state":
        item = resource.KIND.field("state")
        option = item.option(row.record["state"]) if isinstance(item, Choice) else None
        return (option.attention if option else 0,)
    return (row.record.text(name),)
