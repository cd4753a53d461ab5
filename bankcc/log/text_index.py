"""The full-text index of each kind and the lines that wait to get into it.

A line costs four pages of every commit in the index and one in the waiting table, so the newest
lines wait until there are many. Searches look at both (`bankcc.schema.search`).
"""

from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bankcc.database import Connection
from bankcc.schema.fields import Phone
from bankcc.schema.plain_text import BREAK, beginnings, pinyin_tokens, search_tokens
from bankcc.schema.record import RecordKind
from bankcc.schema.search import phone_tokens

LINE_VERSION = 3
"""Of what `index_text` makes of a record; raised when that changes, so that views are rebuilt."""
MERGED_PAGES = 100
WAIT_AT_MOST = 200
"""Lines beside an index: every search looks through them one by one, about 0.2 ms for all."""


def tables(kind: RecordKind) -> list[str]:
    """The statements that make the index of a kind."""
    return [
        f"CREATE TABLE {kind.waiting_table} (row INTEGER PRIMARY KEY, t TEXT NOT NULL)",
        f"CREATE VIRTUAL TABLE {kind.index_table} USING fts5(t, tokenize = 'unicode61"
        " remove_diacritics 2',"
        " content = '', contentless_delete = 1, detail = full)",
        # Merging by itself would make every few commits slow; `tidy` merges when nobody waits.
        f"INSERT INTO {kind.index_table}({kind.index_table}, rank) VALUES ('automerge', 0)",
    ]


def concerns(kind: RecordKind, changed: Container[str]) -> bool:
    """Whether a change of these columns changes the line of a record."""
    return "number" in changed or any(item.name in changed for item in kind.indexed)


def index_text(kind: RecordKind, cells: Mapping[str, Any]) -> str:
    """The line of a record: its columns as tokens."""
    parts, phones = [search_tokens(cells["number"])], []
    for item in kind.indexed:
        value = item.from_column(cells[item.name])
        if value is None:
            continue
        if item.pinyin and isinstance(value, str):
            parts.append(_name_tokens(value))
        elif item.searchable:
            text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
            parts.append(search_tokens(text))
        if isinstance(item, Phone) and isinstance(value, str):
            phones.append(phone_tokens(value))
    line = f" {BREAK} ".join(filter(None, parts))
    return " ".join(filter(None, (line, BREAK, beginnings(line), *phones)))


@lru_cache(maxsize=20_000)
def _name_tokens(name: str) -> str:
    """A name as it is written and as it may be typed; agents and callers come again."""
    return f" {BREAK} ".join(filter(None, (search_tokens(name), pinyin_tokens(name))))


class TextIndex:
    """Writes lines on one connection. Holds how many wait; `forget` after a rollback."""

    def __init__(self) -> None:
        self._waiting: dict[str, int] = {}

    def forget(self) -> None:
        """Count again before the next line."""
        self._waiting.clear()

    def add(
        self, connection: Connection, kind: RecordKind, lines: Sequence[tuple[int, str]]
    ) -> None:
        """Add lines of rows that have none. Few of them wait, many go straight into the index."""
        if len(lines) >= WAIT_AT_MOST:
            connection.executemany(f"INSERT INTO {kind.index_table}(rowid, t) VALUES (?, ?)", lines)
            return
        count = self._waiting.get(kind.name)
        if count is None:
            sql = f"SELECT count(*) FROM {kind.waiting_table}"
            count = int(connection.execute(sql).fetchone()[0])
        connection.executemany(
            f"INSERT INTO {kind.waiting_table} VALUES (?, ?)",
            [(row, f" {text} ") for row, text in lines],
        )
        self._waiting[kind.name] = count + len(lines)
        if count + len(lines) >= WAIT_AT_MOST:
            self._take_in(connection, kind)

    def replace(self, connection: Connection, kind: RecordKind, row: int, text: str) -> None:
        """Give a row another line."""
        connection.execute(f"DELETE FROM {kind.index_table} WHERE rowid = ?", (row,))
        connection.execute(f"DELETE FROM {kind.waiting_table} WHERE row = ?", (row,))
        self._waiting.pop(kind.name, None)
        self.add(connection, kind, [(row, text)])

    def take_in(self, connection: Connection, kind: RecordKind) -> None:
        """Lines that wait go into the index."""
        self._take_in(connection, kind)

    def merge(self, connection: Connection, kind: RecordKind, *, first: bool) -> bool:
        """A part of what `tidy` does, in a hundredth of a second; whether there is more to do.
        `first`: a new round begins."""
        table, before = kind.index_table, connection.total_changes
        pages = -MERGED_PAGES if first else MERGED_PAGES
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES ('merge', ?)", (pages,))
        # As SQLite documents it: fewer than two changed rows mean that nothing was left.
        return bool(connection.total_changes - before >= 2)

    def tidy(self, connection: Connection, kinds: Sequence[RecordKind]) -> None:
        """Take in what waits and merge the segments: after many operations, when nobody waits."""
        for kind in kinds:
            self._take_in(connection, kind)
            table = kind.index_table
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")

    def _take_in(self, connection: Connection, kind: RecordKind) -> None:
        connection.execute(
            f"INSERT INTO {kind.index_table}(rowid, t) SELECT row, t FROM {kind.waiting_table}"
            " ORDER BY row"
        )
        connection.execute(f"DELETE FROM {kind.waiting_table}")
        self._waiting[kind.name] = 0
