"""A disk under the test's control: the program's own code runs on a second SQLite (apsw with
SQLite3 Multiple Ciphers, which reads and writes SQLCipher's format) above a VFS that records every
write and sync of the database files, and refuses them when told to.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import pytest
from sqlcipher3 import dbapi2

from bankcc import database

FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
HMAC_NUMBERS = {"HMAC_SHA1": 0, "HMAC_SHA256": 1, "HMAC_SHA512": 2}


class Event(NamedTuple):
    """What reached the disk. `kind`: create, write, truncate, sync, delete, index or ack."""

    kind: str
    file: str
    offset: int = 0
    data: Any = b""


class Refusal(NamedTuple):
    """An error of the disk: text and extended code as the operating system's error would give."""

    error: type[apsw.Error]
    text: str
    code: int


FULL = Refusal(apsw.FullError, "database or disk is full", apsw.SQLITE_FULL)
BAD_SYNC = Refusal(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_FSYNC)
BAD_WRITE = Refusal(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_WRITE)
BAD_READ = Refusal(apsw.IOError, "disk I/O error", apsw.SQLITE_IOERR_READ)
READ_ONLY = Refusal(
    apsw.ReadOnlyError, "attempt to write a readonly database", apsw.SQLITE_READONLY
)


class Disk:
    """Recorder and gate. `gate(event)` may return a `Refusal`; then the event does not happen."""

    _made = 0

    def __init__(self) -> None:
        Disk._made += 1
        self.events: list[Event] = []
        self.recording = True
        self.gate: Callable[[Event], Refusal | None] = lambda _event: None
        self.name = f"recorder-{Disk._made}"
        self._vfs = _Folder(self)

    def note(self, event: Event) -> None:
        """Let an event through the gate and keep it."""
        refusal = self.gate(event)
        if refusal:
            error = refusal.error(refusal.text)
            error.extendedresult = refusal.code
            raise error
        if self.recording and event.kind != "read":
            self.events.append(event)

    @contextmanager
    def attached(self) -> Iterator[None]:
        """The program connects through this disk."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(database.dbapi2, "connect", self.connect)
            yield

    def connect(self, address: str, *, timeout: float, **_same: object) -> "Connection":
        """Stands in for `sqlcipher3.dbapi2.connect`."""
        try:
            name = f"multipleciphers-{self.name}"
            return Connection(apsw.Connection(address, FLAGS, name), timeout)
        except apsw.Error as error:
            raise dbapi2.OperationalError(str(error)) from error

    def refuse(self, refusal: Refusal, *kinds: str, after: int = 0, times: int = 1 << 30) -> None:
        """Refuse these kinds of events, once `after` of them went through, for `times` of them."""
        seen = 0

        def gate(event: Event) -> Refusal | None:
            nonlocal seen
            if event.kind not in kinds:
                return None
            seen += 1
            return refusal if after < seen <= after + times else None

        self.gate = gate

    def mend(self) -> None:
        """The disk works again."""
        self.gate = lambda _event: None


class _Folder(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(disk.name, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - SQLite's name
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        file = Path(path).name if path else ""
        if path and flags[0] & apsw.SQLITE_OPEN_CREATE and not Path(path).exists():
            self.disk.note(Event("create", file))
        return _File(self.disk, file, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self.disk.note(Event("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, file: str, name: Any, flags: list[int]) -> None:
        self.disk, self.file = disk, file
        super().__init__("unix", name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self.disk.note(Event("read", self.file, offset))
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.note(Event("write", self.file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self.disk.note(Event("truncate", self.file, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.note(Event("sync", self.file))
        super().xSync(flags)


class Connection:
    """The part of a DB-API connection that the program and sqlite-utils use, on top of apsw."""

    isolation_level = None

    def __init__(self, connection: apsw.Connection, timeout: float) -> None:
        self._connection = connection
        connection.set_busy_timeout(int(timeout * 1000))
        self._hmac = HMAC_NUMBERS["HMAC_SHA512"]
        self._key = ""

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "Cursor":
        if found := re.fullmatch(r"PRAGMA key = (.*)", sql):
            self._key = found.group(1)
            return Cursor(self._connection.cursor())
        if found := re.fullmatch(r"PRAGMA cipher_hmac_algorithm = (\w+)", sql):
            self._hmac = HMAC_NUMBERS[found.group(1)]
            return Cursor(self._connection.cursor())
        self._unlock()
        return Cursor(self._connection.cursor()).execute(sql, parameters)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> "Cursor":
        return Cursor(self._connection.cursor()).executemany(sql, rows)

    def _unlock(self) -> None:
        if self._key:
            key, self._key = self._key, ""
            settings = ("cipher = 'sqlcipher'", "legacy = 4", f"hmac_algorithm = {self._hmac}")
            for setting in (*settings, f"key = {key}"):
                self._connection.execute(f"PRAGMA {setting}").fetchall()

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def close(self) -> None:
        with translated():
            self._connection.close()


class Cursor:
    """Rows as the DB-API gives them."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor

    def __del__(self) -> None:
        # A half-read statement would stay busy otherwise; the program's own library resets it.
        self._cursor.close(True)

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "Cursor":
        with translated():
            self._cursor.execute(sql, tuple(parameters))
        return self

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]]) -> "Cursor":
        with translated():
            self._cursor.executemany(sql, rows)
        return self

    @property
    def description(self) -> Any:
        try:
            return self._cursor.get_description()
        except apsw.ExecutionCompleteError:  # no rows: nobody needs their names
            return ()

    @property
    def lastrowid(self) -> int:
        return self._cursor.connection.last_insert_rowid()

    @property
    def rowcount(self) -> int:
        return self._cursor.connection.changes()

    def fetchone(self) -> Any:
        with translated():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with translated():
            return list(self._cursor.fetchall())

    def fetchmany(self, count: int) -> list[Any]:
        return [row for _turn, row in zip(range(count), self, strict=False)]

    def __iter__(self) -> "Cursor":
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row


@contextmanager
def translated() -> Iterator[None]:
    """Errors as the program's own library raises them."""
    try:
        yield
    except (apsw.ConstraintError, apsw.CorruptError, apsw.NotADBError) as error:
        raise dbapi2.DatabaseError(str(error)) from error
    except apsw.ConnectionClosedError as error:
        raise dbapi2.ProgrammingError(str(error)) from error
    except apsw.Error as error:
        raise dbapi2.OperationalError(str(error)) from error
