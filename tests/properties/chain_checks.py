"""Ways to tamper with the log of a real center; the check of the log must report each of them.

The guards of the file are dropped first: whoever tampers has the database key and his own tools.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from bankcc.clock import ManualClock
from bankcc.database import Connection
from bankcc.ids import SeededChance
from bankcc.log import verify
from bankcc.log.op import (
    Body,
    StoredOp,
    decode,
    decode_header,
    encode_body,
    encode_header,
    header_hash,
    payload_hash,
)
from bankcc.paths import Paths
from bankcc.schema.change import adjust, create, edit
from bankcc.schema.query import Query
from bankcc.session import Session
from bankcc.vault import crypto
from bankcc.vault.crypto import Purpose
from tests.properties.centers import open_center
from tests.properties.kinds import KINDS, WORDS
from tests.properties.play import NOW_MS

Row = list[Any]
TABLES = ("op", "op_payload", "head_signature", "erasure")


def signed_center(folder: Path) -> Session:
    """A center with a signed head and some operations after it."""
    session = open_center(folder)
    _write(session, 8)
    session.close()
    session = Session.open(
        Paths(folder), clock=ManualClock(NOW_MS), chance=SeededChance(5), kinds=KINDS
    )
    _write(session, 2)
    return session


def _write(session: Session, count: int) -> None:
    for n in range(count):
        session.execute(create("thing", title=WORDS[n % len(WORDS)], stock=n))
        record = session.find(Query("thing", order="-row", limit=1))[0]
        session.execute(edit("thing", record.id, phone="13912345678"))
        session.execute(adjust("thing", record.id, stock=2))


@contextmanager
def laid_open(session: Session) -> Iterator[Connection]:
    """The tables without their guards; everything is put back afterwards."""
    connection = session._opened.database.writer
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
    finally:
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def signed_head(connection: Connection) -> int:
    return int(connection.execute("SELECT max(seq) FROM head_signature").fetchone()[0])


def _flip(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]


def _seq(connection: Connection, rng: Random) -> int:
    return rng.randint(1, signed_head(connection))


def flip_byte(connection: Connection, rng: Random) -> None:
    table, column = rng.choice(
        [("op", "header"), ("op", "hash"), ("op_payload", "body"), ("op_payload", "salt")]
    )
    seq = _seq(connection, rng)
    old = connection.execute(f"SELECT {column} FROM {table} WHERE seq = ?", (seq,)).fetchone()[0]
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (_flip(old, rng), seq))


def other_record(connection: Connection, rng: Random) -> None:
    connection.execute(
        "UPDATE op SET record = 'nobody' WHERE seq = ?", (rng.randint(2, signed_head(connection)),)
    )


def delete_operation(connection: Connection, rng: Random) -> None:
    seq = _seq(connection, rng)
    connection.execute("DELETE FROM op WHERE seq = ?", (seq,))
    if rng.random() < 0.5:
        connection.execute("DELETE FROM op_payload WHERE seq = ?", (seq,))


def delete_payload(connection: Connection, rng: Random) -> None:
    seq = _seq(connection, rng)
    connection.execute("DELETE FROM op_payload WHERE seq = ?", (seq,))
    if rng.random() < 0.5:  # ... and claim that it was erased
        connection.execute("INSERT INTO erasure SELECT hash FROM op WHERE seq = ?", (seq,))


def delete_end(connection: Connection, rng: Random) -> None:
    seq = _seq(connection, rng)
    connection.execute("DELETE FROM op WHERE seq >= ?", (seq,))


def move_end(connection: Connection, rng: Random) -> None:
    last = connection.execute("SELECT max(seq) FROM op").fetchone()[0]
    for table in ("op", "op_payload"):
        connection.execute(f"UPDATE {table} SET seq = seq + 3 WHERE seq = ?", (last,))


def swap(connection: Connection, rng: Random) -> None:
    seq = rng.randint(1, signed_head(connection) - 1)
    tables = rng.choice([("op",), ("op", "op_payload"), ("op_payload",)])
    for table in tables:
        for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
            connection.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))


def insert_copy(connection: Connection, rng: Random) -> None:
    """A true operation a second time, the later ones moved up to make room."""
    seq = _seq(connection, rng)
    for table in ("op", "op_payload"):
        connection.execute(f"UPDATE {table} SET seq = -seq - 1 WHERE seq > ?", (seq,))
        connection.execute(f"UPDATE {table} SET seq = -seq WHERE seq < 0")
    connection.execute(
        "INSERT INTO op SELECT log, seq + 1, record, hash, header FROM op WHERE seq = ?", (seq,)
    )
    connection.execute(
        "INSERT INTO op_payload SELECT log, seq + 1, salt, body FROM op_payload WHERE seq = ?",
        (seq,),
    )


def _read(connection: Connection) -> list[tuple[str, StoredOp]]:
    rows = connection.execute(
        "SELECT op.record, op.header, op.hash, salt, body FROM op JOIN op_payload USING (log, seq)"
        " ORDER BY seq"
    )
    return [(row[0], StoredOp(*row[1:])) for row in rows]


def _write_back(connection: Connection, ops: list[tuple[str, StoredOp]]) -> None:
    """Replace the whole log with a chain that is right in itself."""
    connection.execute("DELETE FROM op")
    connection.execute("DELETE FROM op_payload")
    previous = bytes(32)
    for seq, (record, stored) in enumerate(ops, 1):
        assert stored.body is not None
        assert stored.salt is not None
        header = msgspec.structs.replace(
            decode_header(stored.header),
            seq=seq,
            previous=previous,
            payload_hash=payload_hash(stored.salt, stored.body),
        )
        data = encode_header(header)
        previous = header_hash(data)
        connection.execute("INSERT INTO op VALUES (1, ?, ?, ?, ?)", (seq, record, previous, data))
        connection.execute(
            "INSERT INTO op_payload VALUES (1, ?, ?, ?)", (seq, stored.salt, stored.body)
        )


def rewrite(connection: Connection, rng: Random) -> None:
    """Change, drop, double or reorder operations and compute the chain again, without the key."""
    ops = _read(connection)
    at = rng.randrange(1, signed_head(connection) - 1)  # what is doubled lies before the head too
    record, stored = ops[at]
    match rng.randrange(4):
        case 0:
            forged = encode_body(Body("别人", {"title": "从未发生"}))
            ops[at] = record, stored._replace(body=forged)
        case 1:
            del ops[at]
        case 2:
            ops.insert(at, ops[at])
        case 3:
            ops[at - 1], ops[at] = ops[at], ops[at - 1]
            if ops[at] == ops[at - 1]:
                del ops[at]
    _write_back(connection, ops)


def break_link(connection: Connection, rng: Random) -> None:
    """An operation replaced by one that is right in itself; the next one still names the old."""
    seq = rng.randint(2, signed_head(connection) - 1)
    record, stored = _read(connection)[seq - 1]
    body = encode_body(Body("别人", {"title": "从未发生"}))
    assert stored.salt is not None
    header = msgspec.structs.replace(
        decode_header(stored.header), payload_hash=payload_hash(stored.salt, body)
    )
    data = encode_header(header)
    connection.execute("DELETE FROM op WHERE seq = ?", (seq,))
    connection.execute("DELETE FROM op_payload WHERE seq = ?", (seq,))
    connection.execute(
        "INSERT INTO op VALUES (1, ?, ?, ?, ?)", (seq, record, header_hash(data), data)
    )
    connection.execute("INSERT INTO op_payload VALUES (1, ?, ?, ?)", (seq, stored.salt, body))


def forge_signature(connection: Connection, rng: Random) -> None:
    """Rewrite the log and sign its head with a key of one's own."""
    rewrite(connection, rng)
    seed = rng.randbytes(32)
    head = signed_head(connection)
    row = connection.execute("SELECT header, hash FROM op WHERE seq = ?", (head,)).fetchone()
    if row is None:
        return
    message = decode_header(row[0]).log.encode() + head.to_bytes(8) + row[1]
    signature = crypto.sign(seed, message, purpose=Purpose.HEAD)
    connection.execute("UPDATE head_signature SET hash = ?, signature = ?", (row[1], signature))
    if rng.random() < 0.5:  # ... and say that this key is the laptop's
        connection.execute("UPDATE log SET public_key = ?", (crypto.public_key(seed),))


TAMPERINGS: tuple[Callable[[Connection, Random], None], ...] = (
    *(flip_byte, other_record, delete_operation, delete_payload, delete_end, move_end),
    *(swap, insert_copy, break_link, rewrite, forge_signature),
)


def check_reported(
    session: Session, tampering: Callable[[Connection, Random], None], seed: int
) -> None:
    """The check of the log names a problem."""
    with laid_open(session) as connection:
        assert verify.verify_log(connection).ok
        tampering(connection, Random(seed))
        assert verify.verify_log(connection).problems


def bodies(connection: Connection) -> list[Body | None]:
    return [decode(stored).body for _record, stored in _read(connection)]
