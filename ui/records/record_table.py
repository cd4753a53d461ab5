"""A list of records that may be a million long: row numbers are held, records read when painted.

Rule: a change never resets the list. What a change set names is moved, put in or taken out by
itself, so that the selection, the current row and the place in the list stay.
"""

import html
from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.fields import Field, Integer
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet
from ui.context import UiContext
from ui.records import placing
from ui.records.cell_text import cell_text, field_of, level_of
from ui.widgets.chip import LEVEL_ROLE

PAGE = 200
CACHED_RECORDS = 40 * PAGE
AT_ONCE = 20_000
"""Up to so many rows of the kind, all row numbers are read in the GUI thread (under 50 ms)."""
HEAD = 1_000
"""Of a longer list, so many are shown at once and the others follow."""
ONE_BY_ONE = 6
"""Up to so many changed records are placed one by one, 2 ms each; else the list is read again."""
TIP_LENGTH = 600

SORT_ROLE = Qt.ItemDataRole.UserRole + 65
RECORD_ROLE = Qt.ItemDataRole.UserRole + 66
FIELD_ROLE = Qt.ItemDataRole.UserRole + 67

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class RecordTableModel(QAbstractTableModel):
    """Records that a query finds, a column for each name in `columns` (declared or system fields).

    It follows the session by itself through the bridge. `loading_changed(bool)`: row numbers are
    being read in the background; `failed(UserError)`: they could not be read. `filled` fires
    whenever the rows of a new query, or after a change, are in place.
    """

    loading_changed = Signal(bool)
    failed = Signal(object)
    filled = Signal()
    least_needed: tuple[str, ...] = ()  # left out first where there is no room
    at_left = ""  # numbers in this column stand at the left: at the right is no room for its words

    def __init__(
        self,
        context: UiContext,
        query: Query,
        columns: Sequence[str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.session = context.session
        self.kind = self.session.kind(query.kind)
        self._names = tuple(columns)
        self._fields: tuple[Field, ...] = tuple(field_of(self.kind, name) for name in columns)
        self._query = query
        self._rows: array[int] = array("q")
        self._cache: OrderedDict[int, Record | None] = OrderedDict()
        self._answered: Query | None = None
        self._late: set[str] = set()
        self._highest = 0
        self._asked = 0
        self.loading = False
        self.error: UserError | None = None
        self._roles: dict[int, Callable[[Record, Field], Any]] = {
            Qt.ItemDataRole.DisplayRole: self._text,
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            Qt.ItemDataRole.TextAlignmentRole: lambda _record, item: self._side(item),
            LEVEL_ROLE: lambda record, item: level_of(item, record),
            SORT_ROLE: lambda record, item: item.to_column(record[item.name]),
            RECORD_ROLE: lambda record, _item: record,
            FIELD_ROLE: lambda _record, item: item.name,
        }
        context.bridge.changed.connect(self.refresh)
        self.reload()

    # -- what is asked ---------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What the list shows."""
        return self._query

    @property
    def columns(self) -> tuple[str, ...]:
        """The field names of the columns."""
        return self._names

    def field(self, column: int) -> Field:
        """The declaration of a column."""
        return self._fields[column]

    def set_query(self, query: Query) -> None:
        """Show what `query` (of the same kind) finds. Rows of the old one stay until it answers."""
        if query.kind != self.kind.name:
            raise ValueError(query.kind)
        if query != self._query:
            self._query = query
            self.reload()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; ties keep the order of entry."""
        if 0 <= column < len(self._names):
            minus = "-" if order == Qt.SortOrder.DescendingOrder else ""
            self.set_query(self._query.but(order=minus + self._names[column]))

    def sorting(self) -> tuple[int, Qt.SortOrder]:
        """The column the list is ordered by (-1: none of those shown) and which way."""
        order = self._query.order or self.kind.order
        name = order.removeprefix("-")
        way = Qt.SortOrder.DescendingOrder if order.startswith("-") else Qt.SortOrder.AscendingOrder
        return (self._names.index(name) if name in self._names else -1), way

    # -- records ---------------------------------------------------------------------------------

    def record(self, row: int) -> Record | None:
        """The record at a row of the list; None beyond it or if it is gone."""
        if not 0 <= row < len(self._rows):
            return None
        key = self._rows[row]
        if key in self._cache:
            self._cache.move_to_end(key)
        else:
            self._fetch(row // PAGE * PAGE)
        return self._cache.get(key)

    def records(self, rows: Sequence[int]) -> list[Record]:
        """The records at these rows, past the cache: for copying many."""
        keys = [self._rows[row] for row in rows if 0 <= row < len(self._rows)]
        found: list[Record] = []
        for start in range(0, len(keys), PAGE):
            part = self.session.rows(self.kind.name, keys[start : start + PAGE])
            found += [record for record in part if record is not None]
        return found

    def position(self, record: str) -> int:
        """The row of the record with that id, -1 if the list does not show it."""
        chosen = Query(self.kind.name, where=(Condition("id", "=", record),), hidden=True)
        return max((self._position(key) for key in self.session.ids(chosen)), default=-1)

    def _fetch(self, start: int) -> None:
        keys = [key for key in self._rows[start : start + PAGE] if key not in self._cache]
        self._cache.update(zip(keys, self.session.rows(self.kind.name, keys), strict=True))
        while len(self._cache) > CACHED_RECORDS:
            self._cache.popitem(last=False)

    # -- reading the row numbers -----------------------------------------------------------------

    def reload(self) -> None:
        """Ask the query again, in the background when that may take long."""
        self._asked += 1
        self._late.clear()
        asked, query = self._asked, self._query
        try:
            newest = self.session.ids(Query(query.kind, order="-row", limit=1, hidden=True))
            if not newest or newest[0] <= AT_ONCE:
                self._arrive(asked, placing.read_rows(self.session, query))
                return
        except UserError as error:
            self._fail(asked, error)
            return
        self._set_loading(True)
        if query.limit is None and not query.text and query.order in ("", self.kind.order):
            # The index has them in this order: the head of the list is there in no time.
            self._read(asked, query.but(limit=HEAD))
        else:
            self._read(asked, query)

    def _read(self, asked: int, query: Query) -> None:
        whole = query == self._query
        self.context.jobs.start(
            _("Reading the list"),
            lambda _progress: placing.read_rows(self.session, query),
            done=lambda found: self._arrive(asked, found, whole=whole or len(found[0]) < HEAD),
            failed=lambda error: self._fail(asked, error),
            cancellable=False,
            owner=self,
        )

    def _arrive(self, asked: int, found: "tuple[array[int], int]", *, whole: bool = True) -> None:
        if asked != self._asked:
            return  # another question was asked meanwhile
        self.error = None
        self._answered = self._query
        rows, self._highest = found
        if whole or len(rows) > len(self._rows):
            self._cache.clear()
            self._replace(rows)
        if whole:
            self._set_loading(False)
            late, self._late = self._late, set()
            if late:
                self._place(sorted(late))
        else:
            self._read(asked, self._query)
        self.filled.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        if not isinstance(error, UserError):
            raise error
        self.error = error
        self._set_loading(False)
        self.failed.emit(error)

    def _set_loading(self, loading: bool) -> None:
        if loading != self.loading:
            self.loading = loading
            self.loading_changed.emit(loading)

    # -- following changes -----------------------------------------------------------------------

    def refresh(self, changes: ChangeSet) -> None:
        """Bring the list up to `changes`; does nothing when they do not touch what it shows."""
        name = self.kind.name
        if name in changes.kinds:
            records = [record for kind, record in changes.records if kind == name]
            if self._query.limit or "" in records or len(records) > ONE_BY_ONE:
                self.reload()
                return
            if self.loading:
                # What is being read may be from before the change: it is placed again afterwards.
                self._late.update(records)
            if self._query == self._answered:
                self._place(records)
        elif changes.kinds & {getattr(item, "to", "") for item in self._fields}:
            self._repaint()

    def _place(self, records: Sequence[str]) -> None:
        """Put changed records where they belong now."""
        chosen = Condition("id", "in", tuple(records))
        touched = self.session.ids(Query(self.kind.name, where=(chosen,), hidden=True))
        shown = self.session.ids(self._query.but(where=(*self._query.where, chosen)))
        for key in touched:
            self._cache.pop(key, None)
        for key in touched:
            if key not in shown and (at := self._position(key)) >= 0:
                self._take_out(at)
        unsettled = set(shown)
        for key in shown:
            self._settle(key, unsettled)
            unsettled.discard(key)
        self.filled.emit()

    def _settle(self, key: int, unsettled: set[int]) -> None:
        """Put in, move or repaint one row. `unsettled`: rows that may stand in a wrong place."""
        record = self._record_of(key)
        if record is None:
            return
        at = self._position(key)
        target = placing.place_for(
            self.kind, self._query, self._rows, record, self._record_of, unsettled
        )
        if at < 0:
            self.beginInsertRows(NOWHERE, target, target)
            self._rows.insert(target, key)
            self._highest = max(self._highest, key)
            self.endInsertRows()
        elif target not in (at, at + 1):
            self.beginMoveRows(NOWHERE, at, at, NOWHERE, target)
            del self._rows[at]
            self._rows.insert(target - (target > at), key)
            self.endMoveRows()
        else:
            self._repaint(at, at)

    def _take_out(self, at: int) -> None:
        self.beginRemoveRows(NOWHERE, at, at)
        del self._rows[at]
        self.endRemoveRows()

    def _position(self, key: int) -> int:
        # To search a million numbers takes 20 ms; what is newer than all of them is not there.
        return -1 if key > self._highest else placing.position(self._rows, key)

    def _record_of(self, key: int) -> Record | None:
        if key not in self._cache:
            self._cache[key] = self.session.rows(self.kind.name, [key])[0]
        return self._cache[key]

    def _repaint(self, first: int = 0, last: int = -1) -> None:
        """Say that the texts of these rows (all, unless told) may differ."""
        last = len(self._rows) - 1 if last < 0 else last
        if last >= first and self._names:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._names) - 1))

    def _replace(self, new: "array[int]") -> None:
        """Take `new` as the rows. Selected rows and the current one stay with their records."""
        old, common = self._rows, min(len(self._rows), len(new))
        if len(new) > len(old):
            self.beginInsertRows(NOWHERE, len(old), len(new) - 1)
            self._rows = old + new[common:]
            self.endInsertRows()
        if common and old[:common] != new[:common]:
            self.layoutAboutToBeChanged.emit()
            kept = self.persistentIndexList()
            moved = self._moved(kept, old, new)
            self._rows = new + old[len(new) :]
            self.changePersistentIndexList(kept, moved)
            self.layoutChanged.emit()
        if len(new) < len(old):
            self.beginRemoveRows(NOWHERE, len(new), len(old) - 1)
            self._rows = new
            self.endRemoveRows()
        self._rows = new
        self._repaint()

    def _moved(
        self, kept: Sequence[QModelIndex], old: "array[int]", new: "array[int]"
    ) -> list[QModelIndex]:
        places = placing.places(new, {old[i.row()] for i in kept if i.row() < len(old)})
        return [
            self.index(places[old[index.row()]], index.column())
            if index.row() < len(old) and old[index.row()] in places
            else QModelIndex()
            for index in kept
        ]

    # -- the table as Qt asks for it -------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = self._roles.get(role)
        if answer is None or not index.isValid():
            return None
        record = self.record(index.row())
        return None if record is None else answer(record, self._fields[index.column()])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._fields):
            return None
        item = self._fields[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _(item.label)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _(item.help) if item.help else _(item.label)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(item)
        return None

    def retranslate(self) -> None:
        """The language changed: labels, choices and headings say it in the new one."""
        if self._names:
            last = len(self._names) - 1
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self._repaint()

    def _text(self, record: Record, item: Field) -> str:
        text = cell_text(self.session, record, item.name)
        return " ".join(text.split()) if "\n" in text else text

    def _tip(self, record: Record, item: Field) -> str | None:
        """Plain text that is longer than the cell; Qt shows tooltips as markup unless hindered."""
        text = cell_text(self.session, record, item.name)
        if len(text) <= item.width // 2:
            return None
        return f"<p style='white-space:pre-wrap'>{html.escape(text[:TIP_LENGTH])}</p>"

    def _spoken(self, record: Record, item: Field) -> str:
        return _("{field}: {value}").format(field=_(item.label), value=self._text(record, item))

    def _side(self, item: Field) -> Qt.AlignmentFlag:
        right = isinstance(item, Integer) and item.name != self.at_left
        return _ALIGN_RIGHT if right else _ALIGN_LEFT


_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
