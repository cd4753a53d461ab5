"""Looking after a center: preparing its tables, rebuilding views from the log, verifying,
counting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bankcc.center.folder import OpenCenter
from bankcc.clock import Clock
from bankcc.database import Connection, DatabaseError, storage_error
from bankcc.errors import Outdated, TooNew
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.log import store
from bankcc.log.op import DEVICE_KIND, OP_VERSION, Op, decode, decode_header
from bankcc.log.store import LogRow
from bankcc.log.upcast import upcast
from bankcc.log.verify import VerifyReport, verify_log
from bankcc.log.views import Views
from bankcc.log.writer import LogWriter
from bankcc.schema.record import RecordKind

FORMAT = 1
"""Of the file as a whole; a program refuses to write a higher one."""
_REBUILD_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Status:
    """Counts and sizes of a center."""

    folder: str
    label: str
    counts: Mapping[str, int]
    operations: int
    logs: int
    conflicts: int
    unsigned: int
    size: int


def prepare(opened: OpenCenter, views: Views, clock: Clock, chance: Chance) -> LogWriter | None:
    """Make or upgrade the tables and find this laptop's log. None: the center was opened for
    reading.
    """
    database = opened.database
    if opened.lock is None:
        _check_format(database.reader())
        if not (store.is_current(database.reader()) and _fits(database.reader(), views)):
            # A column that is missing would be read as its own name: SQLite takes it for a text.
            raise _outdated()
        return None
    connection = database.writer
    _check_format(connection)
    try:
        if not store.is_current(connection):
            from bankcc.log import migrations

            migrations.apply(connection)
        with database.transaction():
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            _renew_views(connection, views)
            no = _own_log(connection, opened)
        writer = LogWriter(no, opened.device, views, clock, chance)
        writer.reload(connection)
        if writer.seq == 0:
            with database.transaction():
                writer.introduce(connection)
    except DatabaseError as error:
        raise storage_error(error) from error
    return writer


def _check_format(connection: Connection) -> None:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > FORMAT:
        raise TooNew(
            _("This center was written by a newer version of the program."),
            safe=_("Nothing was changed."),
            next_step=_("Install the newer version on this laptop."),
        )


def _outdated() -> Outdated:
    return Outdated(
        _("The lists of this center were made by another version of the program."),
        safe=_("Nothing entered is lost."),
        next_step=_("Close the other programs that have it open, then open it again."),
    )


def _renew_views(connection: Connection, views: Views) -> None:
    if not _fits(connection, views):
        rebuild(connection, views)


def _fits(connection: Connection, views: Views) -> bool:
    """Whether the views are as this program makes them."""
    row = connection.execute("SELECT value FROM local_value WHERE name = 'views'").fetchone()
    return row is not None and row[0] == views.fingerprint()


def _own_log(connection: Connection, opened: OpenCenter) -> int:
    device = opened.device
    for row in store.logs(connection):
        if row.id == device.log_id and row.parent is None:
            return row.no
    no = max((row.no for row in store.logs(connection)), default=0) + 1
    store.add_log(
        connection,
        LogRow(no, device.log_id, device.public_key, device.label, device.epoch, None, 1),
    )
    return no


def rebuild(
    connection: Connection, views: Views, progress: Callable[[int], object] | None = None
) -> None:
    """Throw the views away and fold the log again, inside the caller's transaction. Local tables
    stay.
    """
    views.drop_tables(connection)
    views.create_tables(connection)
    done = 0
    batch: list[Op] = []
    for row in store.logs(connection):
        for stored in store.read(connection, row.no):
            header = decode_header(stored.header)
            if header.kind != DEVICE_KIND and header.version <= OP_VERSION:
                batch.append(upcast(decode(stored)))
            if len(batch) >= _REBUILD_BATCH:
                views.apply(connection, batch)
                done += len(batch)
                batch = []
                if progress:
                    progress(done)
    views.apply(connection, batch)
    connection.execute(
        "INSERT INTO local_value VALUES ('views', ?) ON CONFLICT(name) DO UPDATE SET value ="
        " excluded.value",
        (views.fingerprint(),),
    )


def verify(opened: OpenCenter, progress: Callable[[int], bool] | None = None) -> VerifyReport:
    """Pages first, then the log; this laptop's own signatures against its own key, not the one the
    database names."""
    database, device = opened.database, opened.device
    pages = database.page_check()
    try:
        report = verify_log(database.reader(), progress, keys={device.log_id: device.public_key})
    except DatabaseError as error:
        report = VerifyReport()
        pages.append(str(error))
    report.problems[:0] = [_("Page check: {line}").format(line=line) for line in pages]
    return report


def status(connection: Connection, kinds: Mapping[str, RecordKind], opened: OpenCenter) -> Status:
    """Counts and sizes."""
    counts = {
        name: connection.execute(f"SELECT count(*) FROM {kind.table} WHERE hidden = 0").fetchone()[
            0
        ]
        for name, kind in kinds.items()
        if not kind.internal
    }
    rows = store.logs(connection)
    unsigned = sum(
        store.head(connection, row.no)[0] - store.last_signed(connection, row.no) for row in rows
    )
    files = (opened.paths.database, opened.paths.database.with_name("center.db-wal"))
    return Status(
        str(opened.paths.root),
        opened.device.label,
        counts,
        store.count(connection),
        len(rows),
        connection.execute("SELECT count(*) FROM alternative").fetchone()[0],
        unsigned,
        sum(file.stat().st_size for file in files if file.exists()),
    )
