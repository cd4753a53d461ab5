"""The view tables: one typed row per record, its heads, its alternatives, its line in the index.

Everything here can be thrown away and built again from the log. Incremental application and a
rebuild go through the same two functions, `apply` and `_write`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from bankcc.database import Connection
from bankcc.log import heads, text_index, timeline
from bankcc.log.fold import FOLD_VERSION, RecordState
from bankcc.log.op import OP_VERSION, Op
from bankcc.log.text_index import TextIndex, index_text
from bankcc.schema.fields import Choice
from bankcc.schema.record import Record, RecordKind
from bankcc.vault.crypto import sha256

_SYSTEM = (
    "id",
    "number",
    "created",
    "created_by",
    "changed",
    "changed_by",
    "hidden",
    "conflicts",
    "deleted_by",
)
_CHUNK = 500
_FEWEST_DIGITS, _MOST_DIGITS = 4, 9

Cells: TypeAlias = dict[str, Any]
Loaded: TypeAlias = dict[tuple[str, str], tuple[RecordState, Cells | None]]
"""States by kind and record, each with the columns it had before (None: no row yet)."""


class Views:
    """The view tables of all kinds on one writing connection."""

    def __init__(self, kinds: Mapping[str, RecordKind]) -> None:
        self.kinds = kinds
        self._next_row: dict[str, int] = {}
        self.index = TextIndex()

    def fingerprint(self) -> str:
        """Changes whenever the tables or their filling would; then they are rebuilt."""
        # An operation of a newer version waits, unapplied, for the program that understands it.
        parts = [str(OP_VERSION), str(FOLD_VERSION), str(text_index.LINE_VERSION)]
        for kind in self.kinds.values():
            parts += [kind.name, kind.entries, str(kind.announced), *table_sql(kind)]
            for item in kind.fields:
                parts.append(
                    f"{type(item).__name__} {item.name} {item.searchable} {item.pinyin}"
                    f" {item.tracked} {item.critical}"
                )
                if isinstance(item, Choice):
                    parts += [f"{option.code} {option.attention}" for option in item.options]
        return sha256("\n".join(parts).encode()).hex()[:32]

    def create_tables(self, connection: Connection) -> None:
        """Make the tables; they must not exist."""
        for kind in self.kinds.values():
            for statement in table_sql(kind):
                connection.execute(statement)
        connection.execute(
            "CREATE TABLE alternative (kind TEXT, record TEXT, field TEXT, ref BLOB, hlc INTEGER,"
            " value, critical INTEGER, PRIMARY KEY (kind, record, field, ref)) WITHOUT ROWID"
        )
        connection.execute(
            "CREATE TABLE origin (hash TEXT, kind TEXT, record TEXT,"
            " PRIMARY KEY (hash, kind, record)) WITHOUT ROWID"
        )

    def drop_tables(self, connection: Connection) -> None:
        """Remove every view table, also those of kinds that no longer exist."""
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN"
                " ('alternative', 'origin')"
                " OR type = 'table' AND (name GLOB 'v_*' OR name GLOB 'w_*')"
                " OR type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE %' AND name GLOB 's_*'"
            )
        ]
        for name in names:
            connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        self.forget_rows()

    def forget_rows(self) -> None:
        """After a rollback: ask the tables again for the next free row numbers."""
        self._next_row.clear()
        self.index.forget()

    def apply(self, connection: Connection, ops: Sequence[Op]) -> set[tuple[str, str]]:
        """Fold operations that came from elsewhere, or from a rebuild; the records touched."""
        loaded: Loaded = {}
        by_kind: dict[str, dict[str, None]] = {}
        known = [op for op in ops if op.header.kind in self.kinds]
        for op in known:
            by_kind.setdefault(op.header.kind, {})[op.header.record] = None
        for name, records in by_kind.items():
            for record, pair in self.states(connection, self.kinds[name], list(records)).items():
                loaded[name, record] = pair
        for op in known:
            key = op.header.kind, op.header.record
            if key not in loaded:
                loaded[key] = RecordState(self.kinds[key[0]], key[1]), None
            loaded[key][0].apply(op)
        return self.write_loaded(connection, loaded, known)

    def write_loaded(
        self, connection: Connection, loaded: Loaded, ops: Sequence[Op]
    ) -> set[tuple[str, str]]:
        """Write states to which `ops` were applied already; the records touched."""
        by_kind: dict[str, list[tuple[RecordState, Cells | None]]] = {}
        for (name, _record), pair in loaded.items():
            by_kind.setdefault(name, []).append(pair)
        for name, states in by_kind.items():
            self._write(connection, self.kinds[name], states)
        self._note_origins(connection, ops)
        return set(loaded) | self._write_timeline(connection, ops)

    def replace(
        self, connection: Connection, kind: RecordKind, record: str, ops: Sequence[Op]
    ) -> set[tuple[str, str]]:
        """Fold one record again from what an erasure left of its operations; the records touched,
        entries that followed from it included.
        """
        touched = {(kind.name, record)}
        connection.execute("DELETE FROM origin WHERE record = ?", (record,))
        if timeline.KIND in self.kinds:
            table = self.kinds[timeline.KIND].table
            gone = connection.execute(
                f"DELETE FROM {table} WHERE subject = ? AND number = '' RETURNING id", (record,)
            ).fetchall()
            touched |= {(timeline.KIND, row[0]) for row in gone}
        old = self.states(connection, kind, [record]).get(record)
        state = RecordState(kind, record)
        for op in ops:
            state.apply(op)
        if old:
            state.row = old[0].row
        self._write(connection, kind, [(state, old[1] if old else None)])
        self._note_origins(connection, ops)
        return touched | self._write_timeline(connection, ops)

    def states(
        self, connection: Connection, kind: RecordKind, records: Sequence[str]
    ) -> dict[str, tuple[RecordState, Cells]]:
        """State and present columns of those `records` that exist."""
        found = {}
        names = ["row", *_SYSTEM, *(item.name for item in kind.fields)]
        columns = ", ".join(f'"{name}"' for name in names)
        for start in range(0, len(records), _CHUNK):
            chunk = records[start : start + _CHUNK]
            marks = ", ".join("?" * len(chunk))
            for row in connection.execute(
                f"SELECT {columns}, heads FROM {kind.table} WHERE id IN ({marks})", chunk
            ):
                cells = dict(zip(names, row, strict=False))
                values = {item.name: item.from_column(cells[item.name]) for item in kind.fields}
                state = heads.unpack(
                    kind, cells["id"], cells["row"], cells["number"], values, row[-1]
                )
                found[cells["id"]] = state, cells
        return found

    def next_row(self, connection: Connection, kind: RecordKind) -> int:
        """A free local row number."""
        row = self._next_row.get(kind.name)
        if row is None:
            row = (connection.execute(f"SELECT max(row) FROM {kind.table}").fetchone()[0] or 0) + 1
        self._next_row[kind.name] = row + 1
        return row

    def highest_number(self, connection: Connection, kind: RecordKind, prefix: str) -> int:
        """The highest number given out under `prefix`, hidden records included; 0 for none.

        Read from the numbers themselves, so that it cannot disagree with them. Numbers of one
        length sort as text, hence one look-up per length.
        """
        for digits in range(_MOST_DIGITS, _FEWEST_DIGITS - 1, -1):
            low, high = prefix + "0" * digits, prefix + "9" * digits
            found = connection.execute(
                f"SELECT max(number) FROM {kind.table} WHERE number BETWEEN ? AND ? AND"
                " length(number) = ? AND substr(number, ?) NOT GLOB '*[^0-9]*'",
                (low, high, len(low), len(prefix) + 1),
            ).fetchone()[0]
            if found:
                return int(found.removeprefix(prefix))
        return 0

    def _write(
        self,
        connection: Connection,
        kind: RecordKind,
        states: Sequence[tuple[RecordState, Cells | None]],
    ) -> None:
        inserts, texts = [], []
        for state, before in states:
            cells = cells_of(state)
            alternatives = list(state.alternatives())
            cells["conflicts"] = len({name for name, _ in alternatives})
            if before is None:
                state.row = self.next_row(connection, kind)
                inserts.append((state.row, *cells.values(), heads.pack(state)))
                texts.append((state.row, index_text(kind, cells)))
            else:
                self._update(connection, kind, state, before, cells)
            if alternatives or (before and before["conflicts"]):
                self._write_alternatives(connection, state, alternatives)
        if inserts:
            names = ["row", *cells, "heads"]
            connection.executemany(_insert_sql(kind.table, names), inserts)
            self.index.add(connection, kind, texts)

    def _update(
        self,
        connection: Connection,
        kind: RecordKind,
        state: RecordState,
        before: Cells,
        cells: Cells,
    ) -> None:
        changed = {name: value for name, value in cells.items() if before.get(name, value) != value}
        changed["heads"] = heads.pack(state)
        assignments = ", ".join(f'"{name}" = ?' for name in changed)
        connection.execute(
            f"UPDATE {kind.table} SET {assignments} WHERE row = ?", (*changed.values(), state.row)
        )
        if text_index.concerns(kind, changed):
            self.index.replace(connection, kind, state.row, index_text(kind, cells))

    def _write_alternatives(
        self, connection: Connection, state: RecordState, found: list[Any]
    ) -> None:
        key = (state.kind.name, state.id)
        connection.execute("DELETE FROM alternative WHERE kind = ? AND record = ?", key)
        for name, head in found:
            item = state.kind.by_name[name.split("/", 1)[0]]
            value = item.to_column(head.value)
            connection.execute(
                "INSERT INTO alternative VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*key, name, head.ref, head.hlc, value, int(item.critical)),
            )

    def _write_timeline(self, connection: Connection, ops: Sequence[Op]) -> set[tuple[str, str]]:
        kind = self.kinds.get(timeline.KIND)
        entries = timeline.rows(self.kinds, ops) if kind else []
        if kind is None or not entries:
            return set()
        numbered = [(self.next_row(connection, kind), *entry) for entry in entries]
        connection.executemany(
            _insert_sql(kind.table, ["row", *timeline.COLUMNS], "OR IGNORE"), numbered
        )
        return {(kind.name, entry[0]) for entry in entries}

    def _note_origins(self, connection: Connection, ops: Sequence[Op]) -> None:
        rows = [
            (op.body.origin, op.header.kind, op.header.record)
            for op in ops
            if op.body and op.body.origin
        ]
        if rows:
            connection.executemany(
                # Two laptops may have read the same row: each record keeps its own claim.
                "INSERT OR IGNORE INTO origin VALUES (?, ?, ?)",
                rows,
            )


def cells_of(state: RecordState) -> dict[str, Any]:
    """The columns of a view row but `row` and `heads`, `conflicts` still to be counted."""
    created, latest = state.created, state.latest
    born = state.birth.body.values if state.birth and state.birth.body else None
    cells: dict[str, Any] = {
        "id": state.id,
        "number": state.number,
        "created": created.wall if created else 0,
        "created_by": created.user if created else "",
        "changed": latest.wall if latest else 0,
        "changed_by": latest.user if latest else "",
        "hidden": int(state.hidden),
        "conflicts": 0,
        "deleted_by": state.deleted_by,
    }
    for item in state.kind.fields:
        value = state.shown(item) if born is None or item.keyed else born.get(item.name)
        cells[item.name] = value if value is None else item.to_column(value)
    return cells


def table_sql(kind: RecordKind) -> list[str]:
    """The statements that make the tables of a kind."""
    columns = [
        "row INTEGER PRIMARY KEY",
        "id TEXT NOT NULL UNIQUE",
        "number TEXT NOT NULL",
        "created INTEGER NOT NULL",
        "created_by TEXT NOT NULL",
        "changed INTEGER NOT NULL",
        "changed_by TEXT NOT NULL",
        "hidden INTEGER NOT NULL",
        "conflicts INTEGER NOT NULL",
        "deleted_by TEXT NOT NULL",
        *(f'"{item.name}" {item.column}' for item in kind.fields),
        "heads BLOB NOT NULL",
    ]
    indexes: list[tuple[str, ...]] = [("number",), *kind.indexes]
    statements = [f"CREATE TABLE {kind.table} ({', '.join(columns)})"]
    for names in dict.fromkeys(indexes):
        quoted = ", ".join(f'"{name}"' for name in names)
        statements.append(
            f'CREATE INDEX "{kind.table}_{"_".join(names)}" ON {kind.table} ({quoted})'
        )
    return [*statements, *text_index.tables(kind)]


def _insert_sql(table: str, names: Sequence[str], otherwise: str = "") -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT {otherwise} INTO {table} ({quoted}) VALUES ({', '.join('?' * len(names))})"


def record_columns(kind: RecordKind) -> str:
    """The columns that `record_of` expects."""
    names = ("row", *_SYSTEM, *(item.name for item in kind.fields))
    return ", ".join(f'"{name}"' for name in names)


def record_of(kind: RecordKind, row: Sequence[Any]) -> Record:
    """A view row as a record."""
    first = 1 + len(_SYSTEM)
    values = {
        item.name: item.from_column(cell)
        for item, cell in zip(kind.fields, row[first:], strict=True)
    }
    return Record(
        kind.name, row[0], row[1], row[2], values, row[3], row[4], row[5], row[6], row[8], row[9]
    )
