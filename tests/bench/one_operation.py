"""One acknowledged operation against one bare durable commit: same disk, library and pragmas."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from bankcc.database import Database
from bankcc.session import Session
from bankcc.vault.database_key import DatabaseKey
from tests.bench.calls import new_center, one_call
from tests.bench.measure import Result, interleaved, median, ms, share

ROUNDS = 1_500
BAR = 3.0
MEMORY = Path("/dev/shm")
_ROW = b"\x5a" * 200
_TABLE = "CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)"


def measure(session: Session, folder: Path, where: str) -> list[Result]:
    """`session` already holds records; the bare files are made in `folder`, beside it."""
    random = Random(2)
    verbs = [one_call(random, at) for at in range(ROUNDS)]
    with _bare(folder) as (encrypted, plain):
        ours, bare, unencrypted = interleaved(
            ROUNDS,
            lambda at: session.execute(verbs[at]),
            lambda _at: _commit(encrypted.writer),
            lambda _at: _commit(plain),
        )
    ratio = median(ours) / median(bare)
    return [
        Result(
            f"one acknowledged operation, {where}",
            f"{ms(median(ours))} = {ratio:.2f} x {ms(median(bare))} (p95 {ms(share(ours, 95))})",
            f"<= {BAR:.0f} x one bare durable commit",
            ratio <= BAR,
        ),
        Result(
            f"  the same commit without encryption, {where}",
            f"{ms(median(unencrypted))} ({median(ours) / median(unencrypted):.2f} x)",
        ),
    ]


def measure_in_memory(folder: Path) -> list[Result]:
    """What the processor alone does: on a memory disk, where making durable costs nothing."""
    session = new_center(folder / "center")
    try:
        first, second = measure(session, folder, "memory disk")
    finally:
        session.close()
    # A commit that waits for no disk is no durable commit, so the bar does not apply.
    return [Result(f"  {first.what}", first.measured), second]


def _commit(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO bare (body) VALUES (?)", (_ROW,))
    connection.execute("COMMIT")


@contextmanager
def _bare(folder: Path) -> Iterator[tuple[Database, sqlite3.Connection]]:
    encrypted = Database(folder / "bare.db", DatabaseKey(bytes(range(32))))
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    for connection in (encrypted.writer, plain):
        connection.execute(_TABLE)
    try:
        yield encrypted, plain
    finally:
        encrypted.close()
        plain.close()
