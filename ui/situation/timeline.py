"""The newest entries of the timeline as a list, one category or all, read on as one scrolls.

Rule: it is read from across the room, so calls are named by number and category, never by who
called, and numbers in texts are masked.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bankcc.clock import local
from bankcc.errors import NotFound
from bankcc.features import inquiry, timeline
from bankcc.i18n import _
from bankcc.reports.text import masked_text
from bankcc.schema.owner import name_of
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record, RecordKind
from bankcc.session import ChangeSet, Session

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()

PAGE = 30
MOST = 1_000
"""More is read in the panel of the timeline: each change reads all of these again."""
TIME_ROLE = Qt.ItemDataRole.UserRole + 70
DAY_ROLE = Qt.ItemDataRole.UserRole + 71
CATEGORY_ROLE = Qt.ItemDataRole.UserRole + 72
TEXT_ROLE = Qt.ItemDataRole.UserRole + 73
AUTHOR_ROLE = Qt.ItemDataRole.UserRole + 74
RECORD_ROLE = Qt.ItemDataRole.UserRole + 75


class _Discreet:
    """Answers `timeline.sentence` as the session does, but for who called."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def kinds(self) -> Mapping[str, RecordKind]:
        return self._session.kinds

    def get(self, kind: str, key: str) -> Record:
        return self._session.get(kind, key)

    def link_title(self, kind: str, record: str) -> str:
        if kind != inquiry.NAME:
            return self._session.link_title(kind, record)
        try:
            return self._session.display(self._session.get(kind, record), "category")
        except NotFound:
            return ""


class TimelineModel(QAbstractListModel):
    """Entries, newest first. `category` empty: all of them."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reader = _Discreet(session)
        self.category = ""
        self.entries: list[Record] = []
        self._limit = PAGE
        self._texts: dict[str, str] = {}
        self._more = False

    def set_category(self, category: str) -> None:
        """Show the entries of one category; empty for all. Raises UserError as reading does."""
        self.category, self._limit = category, PAGE
        self._take(self._read(), fresh=True)

    def reload(self, changes: ChangeSet | None = None) -> None:
        """Read again; what is at the top already stays as it is. Raises UserError."""
        if changes is None:
            self._texts.clear()
        elif touched := {record for _kind, record in changes.records}:
            for entry in self.entries:
                if touched & {entry.id, entry.text("subject"), entry.text("value")}:
                    self._texts.pop(entry.id, None)
        self._take(self._read())

    def retranslate(self) -> None:
        """The language changed."""
        self._texts.clear()
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def position(self, entry: str) -> int:
        """The row of the entry with that id, -1 if it is not shown."""
        return next((at for at, item in enumerate(self.entries) if item.id == entry), -1)

    def _read(self) -> list[Record]:
        where = (Condition("category", "=", self.category),) if self.category else ()
        query = Query(timeline.NAME, where=where, order="-at", limit=self._limit)
        found = self._session.find(query)
        self._more = len(found) == self._limit < MOST
        return found

    def _take(self, found: list[Record], *, fresh: bool = False) -> None:
        before, after = [e.id for e in self.entries], [e.id for e in found]
        kept = [entry for entry in before if entry in set(after)]
        added = len(after) - len(kept)
        if fresh or not before or after[added:] != kept or before[: len(kept)] != kept:
            self.beginResetModel()
            self.entries = found
            self.endResetModel()
            return
        if gone := len(before) - len(kept):
            self.beginRemoveRows(NOWHERE, len(kept), len(kept) + gone - 1)
            del self.entries[len(kept) :]
            self.endRemoveRows()
        if added:
            self.beginInsertRows(NOWHERE, 0, added - 1)
            self.entries = found
            self.endInsertRows()
        self.entries = found
        if kept:
            self.dataChanged.emit(self.index(added), self.index(len(found) - 1))

    # -- the list as Qt asks for it --------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """The end of the list came into sight."""
        if not self._more:
            return
        had = len(self.entries)
        self._limit += PAGE
        found = self._read()
        if [e.id for e in found[:had]] != [e.id for e in self.entries] or len(found) == had:
            self._take(found)
            return
        self.beginInsertRows(NOWHERE, had, len(found) - 1)
        self.entries = found
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(entry)
            case _ if role == TIME_ROLE:
                return f"{self._moment(entry):%H:%M}"
            case _ if role == DAY_ROLE:
                today = local(self._session.clock.now_ms()).date()
                moment = self._moment(entry)
                return "" if moment.date() == today else f"{moment:%m-%d}"
            case _ if role == CATEGORY_ROLE:
                return self._session.display(entry, "category")
            case _ if role == TEXT_ROLE:
                return self._text(entry)
            case _ if role == AUTHOR_ROLE:
                return _author(entry)
            case _ if role == RECORD_ROLE:
                return entry
        return None

    def _text(self, entry: Record) -> str:
        if entry.id not in self._texts:
            said = timeline.sentence(self._reader, entry)
            self._texts[entry.id] = " ".join(masked_text(said).split())
        return self._texts[entry.id]

    def _spoken(self, entry: Record) -> str:
        category = self._session.display(entry, "category")
        parts = (f"{self._moment(entry):%H:%M}", category, self._text(entry), _author(entry))
        return _(", ").join(filter(None, parts))

    @staticmethod
    def _moment(entry: Record) -> datetime:
        at = entry["at"]
        return local(at if isinstance(at, int) else entry.created)


def _author(entry: Record) -> str:
    return _name(entry.text("author"))


@lru_cache(maxsize=500)
def _name(author: str) -> str:
    return masked_text(name_of(author))
