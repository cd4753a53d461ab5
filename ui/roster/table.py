"""The rows of the roster that a filter shows, as a table."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor

from bankcc.i18n import N_, _
from ui import theme
from ui.roster.posts import Place
from ui.roster.words import (
    marked,
    shift_words,
    spoken,
    state_level,
    state_words,
    who_words,
)
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE, Index

PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, in order."""

    POST = 0
    WHO = 1
    INITIALS = 2
    PHONE = 3
    STATE = 4
    BACKUP_A = 5
    BACKUP_B = 6
    SHIFT = 7
    GROUP = 8


HEADS = {
    Column.POST: N_("Post"),
    Column.WHO: N_("Holder"),
    Column.INITIALS: N_("Initials"),
    Column.PHONE: N_("Phone"),
    Column.STATE: N_("Check-in"),
    Column.BACKUP_A: N_("Backup A"),
    Column.BACKUP_B: N_("Backup B"),
    Column.SHIFT: N_("Shift"),
    Column.GROUP: N_("Group"),
}


class RosterTable(QAbstractTableModel):
    """A row for each place. `set_places` keeps what stayed where it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[Place] = []
        self.now = 0

    def set_places(self, places: Sequence[Place]) -> None:
        """Show these rows. If they are the same places, only what changed is told."""
        new = list(places)
        if [place.key for place in new] != [place.key for place in self.places]:
            self.beginResetModel()
            self.places = new
            self.endResetModel()
            return
        changed = [at for at, (a, b) in enumerate(zip(self.places, new, strict=True)) if a != b]
        self.places = new
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def tell_time(self, now: int) -> None:
        """Announced arrivals may be late now."""
        self.now = now
        if self.places:
            last = self.index(len(self.places) - 1, Column.STATE)
            self.dataChanged.emit(self.index(0, Column.STATE), last)

    def row_of(self, key: str) -> int:
        """The row of a place by its key, or by the id of who serves there; -1 if not shown."""
        by_key = (at for at, place in enumerate(self.places) if place.key == key)
        by_person = (at for at, p in enumerate(self.places) if p.who and p.who.id == key)
        return next(by_key, next(by_person, -1))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self.places:
            last = self.index(len(self.places) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # -- what views ask --------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.places)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        return _(HEADS[Column(section)]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.places):
            return None
        place, column = self.places[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(place, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.text(place, column) or "–"
                return _("{field}: {value}").format(field=_(HEADS[column]), value=words)
            case Qt.ItemDataRole.ToolTipRole:
                return spoken(place, self.now)
            case Qt.ItemDataRole.ForegroundRole:
                return self._colour(place, column)
            case _ if role == LEVEL_ROLE and column == Column.STATE:
                return state_level(place.who, self.now) if place.who else None
            case _ if role == PLACE_ROLE:
                return place
        return None

    def text(self, place: Place, column: Column) -> str:
        """A cell as people read it."""
        who = place.who
        match column:
            case Column.POST:
                return place.title or "–"
            case Column.WHO:
                return who_words(place)
            case Column.INITIALS:
                return who.initials if who else ""
            case Column.PHONE:
                return (who.phone or marked(Level.CRITICAL, _("no number"))) if who else "–"
            case Column.STATE:
                return state_words(who, self.now) if who else "–"
            case Column.BACKUP_A:
                none = marked(Level.WARNING, _("none"))
                return none if _lacks_backup(place) else place.backups[0]
            case Column.BACKUP_B:
                return place.backups[1]
            case Column.SHIFT:
                return shift_words(who)
            case Column.GROUP:
                return place.group

    def _colour(self, place: Place, column: Column) -> QColor | None:
        levels = theme.tokens().levels
        if column in (Column.WHO, Column.POST) and place.who is None:
            return QColor(levels[Level.CRITICAL].text)
        if column == Column.WHO and place.twice:
            return QColor(levels[Level.CRITICAL].text)
        if column == Column.PHONE and place.who is not None and not place.who.phone:
            return QColor(levels[Level.CRITICAL].text)
        if column == Column.BACKUP_A and _lacks_backup(place):
            return QColor(levels[Level.WARNING].text)
        return None


def _lacks_backup(place: Place) -> bool:
    return bool(place.post) and not any(place.backups)
