"""Many operations through the session against bare SQLite inserting the very same rows, in turns.

The bare side: the same tables, triggers, indexes and full-text index, the same key and pragmas, the
same rows per commit. Its rows are read out of the center after each commit, outside its clock.
"""

import time
from pathlib import Path
from typing import Any

from bankcc.database import Database
from bankcc.log import store
from bankcc.log.text_index import index_text
from bankcc.log.views import Views
from bankcc.session import Session
from bankcc.vault.database_key import DatabaseKey
from tests.bench.calls import many_calls
from tests.bench.measure import Result

BAR = 2.0
PER_COMMIT = 5_000


def fill(session: Session, count: int) -> None:
    """Load `count` calls."""
    assert session.load(many_calls(count), per_commit=PER_COMMIT) == count


def measure(session: Session, count: int, folder: Path) -> list[Result]:
    """Load `count` calls into an empty center, every commit followed by the bare one."""
    bare = _Bare(session, folder / "bare_load.db")
    try:
        began = time.perf_counter()
        session.load(many_calls(count), per_commit=PER_COMMIT, progress=bare.follow)
        ours = time.perf_counter() - began - bare.beside
        bare.tidy()
    finally:
        bare.close()
    return [
        Result(
            f"{count:,} operations in bulk (checked, logged, folded, indexed)",
            f"{ours:.1f} s = {ours / bare.taken:.2f} x {bare.taken:.1f} s"
            f" ({ours / count * 1e6:.0f} us against {bare.taken / count * 1e6:.0f} us each)",
            "<= 2 x bare SQLite inserting the same rows",
            ours <= BAR * bare.taken,
        )
    ]


class _Bare:
    """The bare side. `taken`: its own seconds; `beside`: what is not the session's."""

    def __init__(self, session: Session, path: Path) -> None:
        self.taken = self.beside = 0.0
        self._source = session.connection
        self._kind = session.kinds["inquiry"]
        self._path = path
        self._database = Database(path, DatabaseKey(bytes(range(32))))
        store.create_log(self._database.writer)
        Views({"inquiry": self._kind}).create_tables(self._database.writer)
        self._database.writer.execute("PRAGMA foreign_keys = OFF")
        self._seq = store.head(self._source, 1)[0]

    def follow(self, _done: int) -> bool:
        """Insert what the session has just committed."""
        began = time.perf_counter()
        rows = self._fresh()
        cursor = self._source.execute("SELECT * FROM v_inquiry LIMIT 0")
        names = [column[0] for column in cursor.description]
        lines = [
            (row[0], index_text(self._kind, dict(zip(names, row, strict=True))))
            for row in rows["v_inquiry"]
        ]
        started = time.perf_counter()
        with self._database.transaction() as connection:
            for table, values in rows.items():
                marks = ", ".join("?" * len(values[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
            sql = f"INSERT INTO {self._kind.index_table}(rowid, t) VALUES (?, ?)"
            connection.executemany(sql, lines)
        self.taken += time.perf_counter() - started
        self.beside += time.perf_counter() - began
        return True

    def _fresh(self) -> dict[str, list[Any]]:
        ask, last = self._source.execute, self._seq
        rows = {
            table: ask(f"SELECT * FROM {table} WHERE log = 1 AND seq > ?", (last,)).fetchall()
            for table in ("op", "op_payload")
        }
        count = len(rows["op"])
        self._seq += count
        newest = "SELECT * FROM v_inquiry ORDER BY row DESC LIMIT ?"
        return {**rows, "v_inquiry": ask(newest, (count,)).fetchall()[::-1]}

    def tidy(self) -> None:
        """Merge the full-text index, as the session does at the end."""
        table = self._kind.index_table
        started = time.perf_counter()
        with self._database.transaction() as connection:
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        self.taken += time.perf_counter() - started

    def close(self) -> None:
        self._database.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
