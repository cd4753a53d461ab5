"""The organisation as a tree: the whole center, its groups with their numbers, their posts.

Rule: the first row is the whole center; a group's rows are its places in the order of the plan.
"""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from bankcc.i18n import _
from ui import theme
from ui.roster.posts import GroupCount, Place, Roster
from ui.roster.words import (
    group_level,
    group_spoken,
    group_words,
    spoken,
    state_level,
    who_words,
)
from ui.theme import SHAPES, Level
from ui.widgets.chip import Index

GROUP_ROLE = Qt.ItemDataRole.UserRole + 1
KEY_ROLE = Qt.ItemDataRole.UserRole + 2
NOWHERE = QModelIndex()
TOP = 0
"""Internal id of the rows at the top; a place has the row of its group, plus one."""


class RosterTree(QAbstractItemModel):
    """Two columns: what it is, and how many of how many. `GROUP_ROLE`: the group's name (empty for
    the whole center), `KEY_ROLE`: the place's key, empty for a group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[GroupCount, list[Place]]] = []
        self._now = 0

    def set_roster(self, roster: Roster, now: int) -> None:
        """Show this roster. Where the rows are the same, what is open stays open and only what is
        different is told."""
        before, self._now = self._now, now
        groups: list[tuple[GroupCount, list[Place]]] = [(roster.total(), [])]
        groups += [
            (count, [place for place in roster.places if place.group == count.name])
            for count in roster.groups()
        ]
        if _shape(groups) != _shape(self._groups):
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()
            return
        old, self._groups = self._groups, groups
        for row, (count, places) in enumerate(groups):
            if count != old[row][0]:
                self._tell(row, TOP)
            for at, place in enumerate(places):
                if place != old[row][1][at] or _level(place, before) != _level(place, now):
                    self._tell(at, row + 1)

    def _tell(self, row: int, parent: int) -> None:
        self.dataChanged.emit(self.createIndex(row, 0, parent), self.createIndex(row, 1, parent))

    def group_row(self, name: str) -> int:
        """The row of a group at the top; 0, the whole center, for an unknown one."""
        names = [count.name for count, _places in self._groups]
        return names.index(name) if name in names else 0

    # -- what views ask --------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()][1])

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        return 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return _("Group") if section == 0 else _("On duty")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if index.internalId() == TOP:
            return self._group_data(self._groups[index.row()][0], index.column(), role)
        count, places = self._groups[index.internalId() - 1]
        return self._place_data(count, places[index.row()], index.column(), role)

    def _group_data(self, count: GroupCount, column: int, role: int) -> Any:
        name = count.name or _("Whole center")
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name if column == 0 else group_words(count)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return _("{name}: {numbers}").format(name=name, numbers=group_spoken(count))
            case Qt.ItemDataRole.ForegroundRole if column == 1:
                return QColor(theme.tokens().levels[group_level(count)].text)
            case Qt.ItemDataRole.FontRole if column == 1 or not count.name:
                return theme.font(bold=True)
            case _ if role == GROUP_ROLE:
                return count.name
            case _ if role == KEY_ROLE:
                return ""
        return None

    def _place_data(self, count: GroupCount, place: Place, column: int, role: int) -> Any:
        level = _level(place, self._now)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return who_words(place) if column == 0 else SHAPES[level]
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return spoken(place, self._now)
            case Qt.ItemDataRole.ForegroundRole if column == 1 or place.who is None:
                return QColor(theme.tokens().levels[level].text)
            case _ if role == GROUP_ROLE:
                return count.name
            case _ if role == KEY_ROLE:
                return place.key
        return None


def _level(place: Place, now: int) -> Level:
    return state_level(place.who, now) if place.who else Level.CRITICAL


def _shape(groups: list[tuple[GroupCount, list[Place]]]) -> list[tuple[str, list[str]]]:
    return [(count.name, [place.key for place in places]) for count, places in groups]
