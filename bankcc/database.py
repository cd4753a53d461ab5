"""Opens the encrypted SQLite file of a center and owns every pragma. No other module connects.

sqlite-utils (`bankcc.log.migrations`) expects the standard library's module; the aliases below make
it use SQLCipher's, and must stand before its import.

A live file is never copied, moved or opened by another program.
"""

import logging
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias
from weakref import WeakSet

import sqlcipher3
from sqlcipher3 import dbapi2

from bankcc.errors import Damaged, StorageError, UserError
from bankcc.i18n import _
from bankcc.vault.database_key import DatabaseKey
from bankcc.wal_index import Index, commits_lost, first_bytes, read_index

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2

Connection: TypeAlias = Any
"""A SQLCipher connection in autocommit mode; transactions are explicit."""

_logger = logging.getLogger(__name__)
_open_here: Counter[Path] = Counter()
"""How many times this process has each database open: locks belong to the process."""
OLDEST_SQLITE = (3, 51, 3)
CACHE_KIB = 64_000
READER_CACHE_KIB = 16_000
"""Every thread that reads has a cache of its own."""
PAGE_CHECK = "HMAC_SHA256"
"""How SQLCipher authenticates a page. Processors hash SHA-256 in hardware, which its default
(SHA-512) is not; it is part of the file's format and never changes for a center."""
__all__ = ["Connection", "Database", "DatabaseError", "storage_error"]

DatabaseError = dbapi2.DatabaseError
_DAMAGE = ("not a database", "malformed", "hmac", "corrupt")
_REFUSAL = ("full", "readonly", "read-only", "unable to open", "locked", "busy", "disk i/o error")


def check_library() -> None:
    """Refuse a SQLite that can lose a commit when two connections checkpoint (fixed in 3.51.3)."""
    version = tuple(map(int, dbapi2.sqlite_version.split(".")))
    if version < OLDEST_SQLITE:
        raise StorageError(
            _("The SQLite library {version} is too old to be safe.").format(
                version=dbapi2.sqlite_version
            ),
            safe=_("Nothing was opened."),
            next_step=_("Install sqlcipher3 0.6.4 or newer."),
        )


class Database:
    """One writing connection and one reading connection per thread on the file of a center.

    `synchronous` exists for the tests that prove FULL is needed; the program never passes it.
    """

    def __init__(
        self, path: Path, key: DatabaseKey, *, write: bool = True, synchronous: str = "FULL"
    ) -> None:
        check_library()
        self._path = path
        self._key = key
        self._synchronous = synchronous
        self._readers = threading.local()
        # Weak: the connection of a thread that has ended is closed, and not kept to the end.
        self._open_readers: WeakSet[Connection] = WeakSet()
        self._guard = threading.RLock()
        self._writing = False
        self._listing = threading.Lock()  # not the guard: a first read must not wait for a write
        self.notices: tuple[str, ...] = ()
        # A process that closes a file loses its locks on it, those of SQLite too: so the index is
        # read only while nothing of this process has it open.
        before = read_index(path) if write and not _open_here[path] else None
        self.writer: Connection = self._connect(write=True) if write else None
        _open_here[path] += 1
        self._is_open = True
        if write and commits_lost(before, self._index_now()):
            self.notices = (_lost_notice(),)
        if not write:
            self.reader()

    def _connect(self, *, write: bool) -> Connection:
        connection: Connection = None
        try:
            connection = dbapi2.connect(
                self._address(),
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=5.0,
                factory=GuardedConnection,
            )
            # What the library finds is told by errors, not by lines on the standard error.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self._key.raw.hex()}'\"")
            connection.execute(f"PRAGMA cipher_hmac_algorithm = {PAGE_CHECK}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if write:
                connection.execute("PRAGMA journal_mode = WAL")
            for pragma in self._pragmas(write=write):
                connection.execute(f"PRAGMA {pragma}")
        except dbapi2.Error as error:
            if connection is not None:
                connection.close()
            raise storage_error(error) from error
        return connection

    def _pragmas(self, *, write: bool) -> list[str]:
        return [
            f"synchronous = {self._synchronous}",
            f"cache_size = -{CACHE_KIB if write else READER_CACHE_KIB}",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            # Without it REPLACE would delete rows of the log past the triggers that guard it.
            "recursive_triggers = ON",
            # What is erased, or leaves the waiting lines for the index, is zeroed in the file.
            "secure_delete = ON",
            "temp_store = MEMORY",
            "mmap_size = 0",
            "journal_size_limit = 67108864",
            *([] if write else ["query_only = ON"]),
        ]

    def _address(self) -> str:
        """Where no files can be made, SQLite reads a file in write-ahead mode only when told that
        nothing will change; that is true where nobody can write and nothing waits.
        """
        address = self._path.absolute().as_uri()
        log = self._path.with_name(self._path.name + "-wal")
        if os.access(self._path.parent, os.W_OK) or (log.exists() and log.stat().st_size):
            return address
        return address + "?immutable=1"

    def reader(self) -> Connection:
        """This thread's reading connection; it sees the last commit and never waits for a write."""
        connection = getattr(self._readers, "connection", None)
        if connection is None:
            connection = self._connect(write=False)
            self._readers.connection = connection
            with self._listing:
                self._open_readers.add(connection)
        return connection

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One durable write. Leaving normally commits, an exception rolls back; disk errors become
        `StorageError`. Only one thread writes at a time."""
        with self._guard:
            if self._writing:
                raise RuntimeError("a transaction inside another would roll back the outer one")
            self._writing = True
            try:
                self.writer.execute("BEGIN IMMEDIATE")
                yield self.writer
                self.writer.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                if isinstance(error, dbapi2.Error) and not isinstance(error, UserError):
                    raise storage_error(error) from error
                raise
            finally:
                self._writing = False

    def _roll_back(self) -> None:
        try:
            if self.writer.in_transaction:
                self.writer.execute("ROLLBACK")
        except dbapi2.Error:
            self.writer.close()
            self.writer = self._connect(write=True)

    def _index_now(self) -> "Index":
        """What the opening found. The write-ahead file bears no locks and may be read."""
        _busy, frames, moved = self.writer.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
        log = self._path.with_name(self._path.name + "-wal")
        head = first_bytes(log)[16:20]
        return Index(int.from_bytes(head), max(frames, 0), max(moved, 0))

    def page_check(self) -> list[str]:
        """Complaints of SQLite's check and SQLCipher's own; empty when all is well."""
        try:
            connection = self._connect(write=False)  # a fresh one: nothing comes from its cache
        except UserError as error:
            return [error.what]
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
            found += self._bad_pages(connection)
        except dbapi2.Error as error:
            return [str(error)]
        finally:
            connection.close()
        return [*self.notices, *(line for line in found if line != "ok")]

    def _bad_pages(self, connection: Connection) -> list[str]:
        """SQLCipher looks at the file alone. A checkpoint that was cut off leaves torn pages there
        which the write-ahead file holds whole; so complaints count once all was brought over.
        """
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if not found or self.writer is None:
            return []
        with self._guard:
            _busy, frames, moved = self.writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if frames != moved:
                return []
            return [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead file into the database."""
        with self._guard, self._listing:
            for connection in (*self._open_readers, self.writer):
                try:
                    if connection is not None:
                        connection.close()
                except dbapi2.Error:
                    # Nothing is lost: the write-ahead file stays and the next opening reads it.
                    _logger.warning("the write-ahead file could not be folded in", exc_info=True)
            self._open_readers.clear()
            if self._is_open:
                self._is_open = False
                _open_here[self._path] -= 1


class DamagedPage(Damaged, DatabaseError):  # type: ignore[misc, valid-type]
    """The database found a page that fails its check."""


class DiskRefused(StorageError, DatabaseError):  # type: ignore[misc, valid-type]
    """The database met an error of the disk."""


class GuardedCursor(dbapi2.Cursor):  # type: ignore[misc]
    """Says what a disk error means."""

    def execute(self, *given: Any) -> Any:
        try:
            return super().execute(*given)
        except dbapi2.Error as error:
            raise told(error) from error

    def executemany(self, *given: Any) -> Any:
        try:
            return super().executemany(*given)
        except dbapi2.Error as error:
            raise told(error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except dbapi2.Error as error:
            raise told(error) from error

    def fetchmany(self, *given: Any) -> Any:
        try:
            return super().fetchmany(*given)
        except dbapi2.Error as error:
            raise told(error) from error

    def fetchall(self) -> Any:
        try:
            return super().fetchall()
        except dbapi2.Error as error:
            raise told(error) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except dbapi2.Error as error:
            raise told(error) from error


class GuardedConnection(dbapi2.Connection):  # type: ignore[misc]
    """Makes guarded cursors, also for its own `execute`."""

    def cursor(self, factory: type[GuardedCursor] = GuardedCursor) -> Any:
        return super().cursor(factory)


def told(error: Exception) -> Exception:
    """A disk error as a UserError that is still a database error; any other error as it is."""
    text = str(error).lower()
    if isinstance(error, UserError) or not any(word in text for word in _DAMAGE + _REFUSAL):
        return error
    meaning = storage_error(error)
    kind = DamagedPage if isinstance(meaning, Damaged) else DiskRefused
    return kind(meaning.what, safe=meaning.safe, next_step=meaning.next_step)


def storage_error(error: Exception) -> UserError:
    """What a database error means to the person at the screen."""
    if isinstance(error, UserError):
        return error
    text = str(error).lower()
    nothing = _("This entry was not stored; everything stored before is safe.")
    if "full" in text:
        return StorageError(
            _("The disk is full."), safe=nothing, next_step=_("Free some space, then save again.")
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return StorageError(
            _("The center's folder cannot be written."),
            safe=nothing,
            next_step=_("Check that the folder is not read-only, then save again."),
        )
    if "locked" in text or "busy" in text:
        return StorageError(
            _("Another program holds the database."),
            safe=nothing,
            next_step=_("Try again in a moment."),
        )
    if any(word in text for word in _DAMAGE):
        return Damaged(
            _("The database file is damaged, or the key does not fit it."),
            safe=_("Nothing was changed or deleted."),
            next_step=_(
                "Keep the folder as it is; bring the data back from a backup or another laptop."
            ),
        )
    return StorageError(
        _("The disk refused: {reason}.").format(reason=error),
        safe=nothing,
        next_step=_("Check the disk, then save again."),
    )


def _lost_notice() -> str:
    return _(
        "The last entries before the program was stopped are missing: the file “center.db-wal” was"
        " removed or damaged. Compare the newest entries with the paper or another laptop."
    )
