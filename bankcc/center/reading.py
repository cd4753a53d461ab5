"""The one read path: answers questions through reading connections, so that no read waits for a
write.
"""

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from bankcc.center.desk import Desk
from bankcc.clock import Clock
from bankcc.database import Connection, Database
from bankcc.i18n import _, language
from bankcc.ids import SystemChance
from bankcc.log import store
from bankcc.log.views import record_columns, record_of
from bankcc.schema import search
from bankcc.schema.change import Action
from bankcc.schema.fields import Link, Value
from bankcc.schema.query import Query, count_rows, select_rows, select_values
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind, title

_CACHED_TITLES = 50_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found, with the title people call it by."""

    kind: str
    record: Record
    title: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One operation on a record. `values`: what it set; `erased`: its content is gone."""

    at: int
    user: str
    verb: str
    action: str
    values: Mapping[str, Value]
    label: str
    erased: bool


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that was written without knowledge of the shown one."""

    kind: str
    record: str
    field: str
    value: Value
    critical: bool


class Reading:
    """Reads of one center. Safe from any thread; each has its own connection."""

    def __init__(self, database: Database, kinds: Mapping[str, RecordKind], clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.kinds = kinds
        self._titles: dict[tuple[str, str], str] = {}
        self._titles_age = 0
        self._titles_language = language()

    @property
    def connection(self) -> Connection:
        return self._database.reader()

    def desk(self, connection: Connection | None = None, user: str = "") -> Desk:
        """A verb's view of the center, read only unless `connection` is the writing one."""
        return Desk(connection or self.connection, self.kinds, self._clock, SystemChance(), user)

    def kind(self, name: str) -> RecordKind:
        """The declaration of a kind. Raises Refused with the known names."""
        return self.desk().kind(name)

    def find(self, query: Query) -> list[Record]:
        """The records that `query` finds, in its order."""
        kind = self.kind(query.kind)
        sql, parameters = select_rows(kind, query, record_columns(kind))
        return [record_of(kind, row) for row in self.connection.execute(sql, parameters)]

    def count(self, query: Query) -> int:
        """How many records `query` finds, its limit left out."""
        sql, parameters = count_rows(self.kind(query.kind), query)
        return int(self.connection.execute(sql, parameters).fetchone()[0])

    def values(self, query: Query, field: str) -> list[Value]:
        """Every different value that `field` has in what `query` finds, its limit left out."""
        sql, parameters = select_values(self.kind(query.kind), query, field)
        return [row[0] for row in self.connection.execute(sql, parameters)]

    def ids(self, query: Query) -> "array[int]":
        """Local row numbers of what `query` finds, in its order; eight bytes each."""
        sql, parameters = select_rows(self.kind(query.kind), query)
        found = array("q")
        cursor = self.connection.execute(sql, parameters)
        while chunk := cursor.fetchmany(20_000):
            found.extend(map(itemgetter(0), chunk))
        return found

    def rows(self, kind: str, rows: Sequence[int]) -> list[Record | None]:
        """The records at these local rows, in the order asked; None where one is gone."""
        declared = self.kind(kind)
        marks = ", ".join("?" * len(rows))
        found = {
            row[0]: record_of(declared, row)
            for row in self.connection.execute(
                f"SELECT {record_columns(declared)} FROM {declared.table} WHERE row IN ({marks})",
                list(rows),
            )
        }
        return [found.get(row) for row in rows]

    def get(self, kind: str, key: str) -> Record:
        """The record with that id, number or unique title. Raises NotFound."""
        return self.desk().get(kind, key)

    def linked(self, kind: str, field: str, record: str) -> Sequence[Record]:
        """The records whose link `field` names `record`."""
        return self.desk().linked(kind, field, record)

    def search(self, text: str, *, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """The newest records of any kind that contain every word of `text`, at most `limit` of
        each kind.
        """
        hits = []
        for name in kinds or self.kinds:
            kind = self.kinds[name]
            if kind.internal and not kinds:
                continue
            rows = self._newest_rows(kind, text, limit)
            hits += [
                Hit(name, record, title(kind, record)) for record in self.rows(name, rows) if record
            ]
        return hits

    def _newest_rows(self, kind: RecordKind, text: str, limit: int) -> list[int]:
        """Newest first straight from the indexes, so that a common word costs no more than a rare
        one.
        """
        wanted = search.asks(kind, text)
        if not wanted:
            return []
        condition, parameters = search.waiting(wanted)
        waiting = f"SELECT row FROM {kind.waiting_table} WHERE {condition}"
        indexed = (
            f"SELECT rowid FROM {kind.index_table} WHERE {kind.index_table} MATCH ?"
            " ORDER BY rowid DESC LIMIT ?"
        )
        visible = f"SELECT row FROM {kind.table} WHERE row IN (SELECT value FROM json_each(?))"
        rows = [row[0] for row in self.connection.execute(waiting, parameters)]
        look_at = limit * 2
        while True:
            matching = self.connection.execute(indexed, [search.indexed(wanted), look_at])
            met = [row[0] for row in matching]
            shown = self.connection.execute(f"{visible} AND +hidden = 0", [json.dumps(rows + met)])
            found = {row[0] for row in shown}
            if len(found) >= limit or len(met) < look_at:
                return sorted(found, reverse=True)[:limit]
            look_at *= 8  # so many of the newest are deleted that older ones have their turn

    def link_title(self, kind: str, record: str) -> str:
        """What people call the record with that id; empty if it is not here."""
        if self._titles_language != language():  # choices in a title are named in it
            self._titles.clear()
            self._titles_language = language()
        known = self._titles.get((kind, record))
        if known is not None:
            return known
        declared, age = self.kinds[kind], self._titles_age
        row = self.connection.execute(
            f"SELECT {record_columns(declared)} FROM {declared.table} WHERE id = ?", [record]
        ).fetchone()
        found = title(declared, record_of(declared, row)) if row else ""
        if len(self._titles) >= _CACHED_TITLES:
            self._titles.clear()
        if age == self._titles_age:  # else it may be the title from before a change
            self._titles[kind, record] = found
        return found

    def number_of(self, kind: str, record: str) -> str:
        """The number of the record with that id, deleted or not; empty if it is not here."""
        row = self.connection.execute(
            f"SELECT number FROM {self.kinds[kind].table} WHERE id = ?", [record]
        ).fetchone()
        return str(row[0]) if row else ""

    def forget_titles(self, records: frozenset[tuple[str, str]]) -> None:
        """After a change: ask again for the titles of these records."""
        self._titles_age += 1
        for key in records:
            self._titles.pop(key, None)

    def display(self, record: Record, field: str, *, reveal: bool = False) -> str:
        """A field as text for people: labels, times in the center's zone, link titles, masked
        phones.
        """
        if field == "id":
            return record.id
        item = SYSTEM_FIELDS.get(field) or self.kinds[record.kind].field(field)
        value = record[field]
        if isinstance(item, Link) and item.to and isinstance(value, str):
            return self.link_title(item.to, value) or value
        return item.format(value, reveal=reveal)

    def history(self, record: str) -> list[HistoryEntry]:
        """Every operation on a record, oldest first, values that were later replaced included."""
        labels = {row.id: row.label for row in store.logs(self.connection)}
        return [
            HistoryEntry(
                op.header.wall,
                op.body.user if op.body else "",
                op.header.verb,
                op.header.action,
                op.body.values if op.body else {},
                labels.get(op.header.log, ""),
                op.body is None,
            )
            for op in store.of_record(self.connection, record)
        ]

    def alternatives(self, *, critical_only: bool = False) -> list[Alternative]:
        """Values written concurrently with the shown ones; the review list when `critical_only`."""
        where = "WHERE critical = 1" if critical_only else ""
        rows = self.connection.execute(
            f"SELECT kind, record, field, value, critical FROM alternative {where} ORDER BY"
            " hlc DESC"
        )
        return [
            Alternative(kind, record, field, self._stored(kind, field, value), bool(critical))
            for kind, record, field, value, critical in rows
        ]

    def _stored(self, kind: str, field: str, column: Value) -> Value:
        """An alternative as its field stores it; a checklist item as its text and tick."""
        name, _slash, key = field.partition("/")
        item = self.kinds[kind].by_name[name]
        return column if key else item.from_column(column)

    def known_origin(self, hash_: str) -> str:
        """The record that was imported from a file row with this identity; empty for none."""
        row = self.connection.execute(
            "SELECT record FROM origin WHERE hash = ?", (hash_,)
        ).fetchone()
        return str(row[0]) if row else ""


def action_word(action: str) -> str:
    """What an operation did, for the history."""
    words = {
        Action.CREATE: _("entered"),
        Action.EDIT: _("changed"),
        Action.ADD: _("added"),
        Action.DELETE: _("deleted"),
        Action.RESTORE: _("brought back"),
        Action.ERASE: _("erased"),
    }
    return words.get(Action(action), action) if action in set(Action) else action


__all__ = ["Alternative", "HistoryEntry", "Hit", "Reading", "action_word"]
