"""The tables of the log: operations, payloads, signed heads. Nothing here can be changed or
deleted but the payload that an `erase` operation names; triggers in the file see to it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from bankcc.database import Connection
from bankcc.log.op import OP_VERSION, START, Op, StoredOp, decode, decode_header
from bankcc.log.upcast import upcast

SIGN_EVERY = 1_000
STEP_SET = "bankcc"
Step: TypeAlias = Callable[[Connection], None]


def create_log(connection: Connection) -> None:
    """The log, its guards, and what is local to this laptop beside it."""
    for statement in _TABLES:
        connection.execute(statement)


STEPS: Mapping[str, Step] = {"create_log": create_log}
"""What made the tables beside the views, oldest first. A step never changes once it is released."""


def is_current(connection: Connection) -> bool:
    """Whether every step was taken."""
    recorded = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if connection.execute(recorded).fetchone() is None:
        return False
    taken = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (STEP_SET,)
    )
    return STEPS.keys() <= {row[0] for row in taken}


_TABLES = (
    # One row per writer and branch. `parent`: the log this one forked from, at `from_seq`.
    "CREATE TABLE log (no INTEGER PRIMARY KEY, id TEXT NOT NULL, public_key BLOB NOT NULL,"
    " label TEXT NOT NULL,"
    " epoch INTEGER NOT NULL, parent INTEGER REFERENCES log(no), from_seq INTEGER NOT NULL)",
    "CREATE INDEX log_id ON log (id)",
    "CREATE TABLE op (log INTEGER NOT NULL REFERENCES log(no), seq INTEGER NOT NULL, record"
    " TEXT NOT NULL,"
    " hash BLOB NOT NULL, header BLOB NOT NULL, PRIMARY KEY (log, seq)) WITHOUT ROWID",
    "CREATE INDEX op_record ON op (record)",
    "CREATE TABLE op_payload (log INTEGER NOT NULL, seq INTEGER NOT NULL, salt BLOB NOT"
    " NULL, body BLOB NOT NULL,"
    " PRIMARY KEY (log, seq)) WITHOUT ROWID",
    "CREATE TABLE head_signature (log INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,"
    " signature BLOB NOT NULL, PRIMARY KEY (log, seq)) WITHOUT ROWID",
    # Which payloads an erase operation has named, by the hash of their operation.
    "CREATE TABLE erasure (hash BLOB PRIMARY KEY) WITHOUT ROWID",
    "CREATE TRIGGER op_never_changes BEFORE UPDATE ON op BEGIN SELECT raise(ABORT, 'the log"
    " is append-only'); END",
    "CREATE TRIGGER op_never_goes BEFORE DELETE ON op BEGIN SELECT raise(ABORT, 'the log is"
    " append-only'); END",
    "CREATE TRIGGER payload_never_changes BEFORE UPDATE ON op_payload"
    " BEGIN SELECT raise(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER payload_goes_only_when_erased BEFORE DELETE ON op_payload WHEN NOT EXISTS"
    " (SELECT 1 FROM op JOIN erasure ON erasure.hash = op.hash WHERE op.log = OLD.log AND"
    " op.seq = OLD.seq)"
    " BEGIN SELECT raise(ABORT, 'only an erase operation removes a payload'); END",
    "CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure BEGIN SELECT raise(ABORT,"
    " 'erasures stay'); END",
    "CREATE TRIGGER signature_stays BEFORE DELETE ON head_signature"
    " BEGIN SELECT raise(ABORT, 'signatures stay'); END",
    "CREATE TRIGGER signature_never_changes BEFORE UPDATE ON head_signature"
    " BEGIN SELECT raise(ABORT, 'signatures stay'); END",
    # What belongs to this laptop alone; never exchanged, kept by a rebuild.
    "CREATE TABLE local_value (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE draft (name TEXT PRIMARY KEY, changed INTEGER NOT NULL, body BLOB NOT"
    " NULL) WITHOUT ROWID",
    "CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL,"
    " what TEXT NOT NULL,"
    " detail TEXT NOT NULL)",
)


class LogRow(NamedTuple):
    """One log, or one branch of a forked log."""

    no: int
    id: str
    public_key: bytes
    label: str
    epoch: int
    parent: int | None
    from_seq: int


def logs(connection: Connection) -> list[LogRow]:
    """Every log known here."""
    rows = connection.execute(
        "SELECT no, id, public_key, label, epoch, parent, from_seq FROM log ORDER BY no"
    )
    return [LogRow(*row) for row in rows]


def add_log(connection: Connection, row: LogRow) -> None:
    """Make a log known; `no` must be free."""
    connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def head(connection: Connection, log: int) -> tuple[int, bytes]:
    """Sequence and hash of the last operation; (0, START) for none."""
    row = connection.execute(
        "SELECT seq, hash FROM op WHERE log = ? ORDER BY seq DESC LIMIT 1", (log,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, START)


def append(connection: Connection, log: int, ops: Sequence[tuple[int, str, StoredOp]]) -> None:
    """Write (sequence, record, operation) rows. Raises on a sequence that is taken."""
    connection.executemany(
        "INSERT INTO op VALUES (?, ?, ?, ?, ?)",
        [(log, seq, record, op.hash, op.header) for seq, record, op in ops],
    )
    connection.executemany(
        "INSERT INTO op_payload VALUES (?, ?, ?, ?)",
        [(log, seq, op.salt, op.body) for seq, _, op in ops if op.body is not None],
    )


_SELECT = (
    "SELECT op.header, op.hash, op_payload.salt, op_payload.body, op.log, op.seq FROM op"
    " LEFT JOIN op_payload ON op_payload.log = op.log AND op_payload.seq = op.seq"
)


def read(
    connection: Connection, log: int, start: int = 1, end: int | None = None
) -> Iterator[StoredOp]:
    """Operations of one log from `start` to `end` inclusive, in order."""
    sql = f"{_SELECT} WHERE op.log = ? AND op.seq BETWEEN ? AND ? ORDER BY op.seq"
    for row in connection.execute(sql, (log, start, end if end is not None else 1 << 62)):
        yield StoredOp(*row[:4])


def of_record(connection: Connection, record: str) -> list[Op]:
    """The operations on a record in today's form, by clock; not those of a newer version."""
    rows = connection.execute(f"{_SELECT} WHERE op.record = ?", (record,)).fetchall()
    found = [StoredOp(*row[:4]) for row in rows]
    ops = [
        upcast(decode(stored))
        for stored in found
        if decode_header(stored.header).version <= OP_VERSION
    ]
    return sorted(ops, key=lambda op: (op.header.hlc, op.ref))


def count(connection: Connection) -> int:
    """How many operations there are."""
    return sum(
        connection.execute("SELECT count(*) FROM op WHERE log = ?", (row.no,)).fetchone()[0]
        for row in logs(connection)
    )


def last_clocks(connection: Connection) -> dict[int, int]:
    """The clock value of the last operation of every log."""
    found = {}
    for row in logs(connection):
        last = connection.execute(
            "SELECT header FROM op WHERE log = ? ORDER BY seq DESC LIMIT 1", (row.no,)
        ).fetchone()
        if last:
            found[row.no] = decode_header(last[0]).hlc
    return found


def sign(connection: Connection, log: int, seq: int, hash_: bytes, signature: bytes) -> None:
    """Keep a signature of a head; a second one of the same head changes nothing."""
    connection.execute(
        "INSERT OR IGNORE INTO head_signature VALUES (?, ?, ?, ?)", (log, seq, hash_, signature)
    )


def last_signed(connection: Connection, log: int) -> int:
    """Sequence of the last signed head, 0 for none."""
    row = connection.execute("SELECT max(seq) FROM head_signature WHERE log = ?", (log,)).fetchone()
    return row[0] or 0


def signatures(connection: Connection, log: int) -> dict[int, tuple[bytes, bytes]]:
    """Sequence to (hash, signature)."""
    rows = connection.execute(
        "SELECT seq, hash, signature FROM head_signature WHERE log = ?", (log,)
    )
    return {seq: (hash_, signature) for seq, hash_, signature in rows}


def erase(connection: Connection, record: str, hashes: Iterable[bytes]) -> set[str]:
    """Remove the payloads of these operations, now and whenever they arrive; the records
    concerned, as a rule `record` alone.
    """
    wanted = set(hashes)
    connection.executemany(
        "INSERT OR IGNORE INTO erasure VALUES (?)", [(hash_,) for hash_ in sorted(wanted)]
    )
    here = connection.execute("SELECT hash, log, seq, record FROM op WHERE record = ?", (record,))
    found = [row[1:] for row in here if row[0] in wanted]
    if len(found) < len(wanted):
        # Some have not arrived or are of another record: no index knows them by hash.
        everywhere = connection.execute(
            "SELECT hash, log, seq, record FROM op WHERE hash IN (SELECT hash FROM erasure)"
        )
        found = [row[1:] for row in everywhere if row[0] in wanted]
    connection.executemany(
        "DELETE FROM op_payload WHERE log = ? AND seq = ?", [place[:2] for place in found]
    )
    return {place[2] for place in found}


def erasures(connection: Connection) -> set[bytes]:
    """The hashes of every operation that an erase operation has named."""
    return {row[0] for row in connection.execute("SELECT hash FROM erasure")}
