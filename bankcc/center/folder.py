"""A center on disk: making a new one, opening one that is there. Keys, device, lock and database
together.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bankcc.center.writer_lock import WriterLock
from bankcc.clock import Clock
from bankcc.database import Database
from bankcc.errors import Damaged, NotFound, Refused, StorageError, WrongPassphrase
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.paths import Paths
from bankcc.vault import identity, keyslots
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.identity import Device
from bankcc.whole_file import sync_folder

REPORTS = "reports"
"""The folder in a center's own that reports are written to."""


@dataclass(slots=True)
class OpenCenter:
    """The parts of an opened center. `lock` None: opened for reading."""

    paths: Paths
    database: Database
    device: Device
    lock: WriterLock | None
    is_demo: bool
    key: DatabaseKey
    notices: tuple[str, ...] = ()

    def close(self) -> None:
        """Close every connection, let others write."""
        try:
            self.database.close()
        finally:
            if self.lock:
                self.lock.release()


@contextmanager
def let_go_on_failure(opened: OpenCenter) -> Iterator[None]:
    """What was opened is closed again if the block fails, so that another attempt is possible."""
    try:
        yield
    except BaseException:
        opened.close()
        raise


def make(
    paths: Paths,
    *,
    label: str,
    passphrase: str | None,
    demo: bool,
    clock: Clock,
    chance: Chance,
    holder: str,
) -> tuple[OpenCenter, str | None]:
    """A new center in `paths.root` and its recovery key (None for a demo).

    A marker stands while it is made, so that an interrupted start can simply be made again.
    """
    _refuse_second(paths)
    try:
        paths.root.mkdir(parents=True, exist_ok=True)
        paths.root.chmod(0o700)
    except OSError as error:
        raise _folder_refused(paths.root, error) from error
    lock = WriterLock(paths.lock, holder=holder, clock=clock)
    try:
        _refuse_second(paths)  # another process may have made one while this one waited
        _lay_out(paths)
        key, recovery = keyslots.create(paths, passphrase=passphrase, chance=chance, demo=demo)
        device = identity.create_device(paths, key, label=label, chance=chance)
        database = Database(paths.database, key)
    except BaseException:
        lock.release()
        raise
    return OpenCenter(paths, database, device, lock, demo, key), recovery


def _refuse_second(paths: Paths) -> None:
    """One folder is one center."""
    if paths.exists() and not (paths.root / "creating").exists():
        raise Refused(
            _("There is a center in {folder} already.").format(folder=paths.root),
            safe=_("It was not changed."),
            next_step=_("Open it, or name another folder."),
        )


def _lay_out(paths: Paths) -> None:
    """Set the marker and make the folders. Only under the lock: what another process is making
    must not be cleared."""
    marker = paths.root / "creating"
    try:
        if marker.exists():
            _clear(paths)
        marker.write_text("", encoding="ascii")
        for folder in (paths.backups, paths.logs):
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _folder_refused(paths.root, error) from error


def finish_making(paths: Paths) -> None:
    """The new center is whole: take the marker away, so that it stays away when the power fails.
    A marker that came back would let the next `make` clear what was entered since.
    """
    try:
        (paths.root / "creating").unlink(missing_ok=True)
        for folder in (paths.root, paths.root.parent):
            sync_folder(folder)
    except OSError as error:
        raise _folder_refused(paths.root, error) from error


def remove_example(paths: Paths, *, clock: Clock, holder: str) -> None:
    """Delete the example center below `paths`; what is not the program's own stays. Raises Refused
    for a real center, Busy while somebody has it open, StorageError.

    The marker of an unfinished center stands meanwhile: what is cut short is cleared later.
    """
    if not keyslots.load(paths, repair=False).is_demo:
        raise Refused(
            _("This is a real center; only an example is removed."),
            safe=_("Nothing was changed."),
        )
    lock = WriterLock(paths.lock, holder=holder, clock=clock)
    try:
        marker = paths.root / "creating"
        marker.write_text("", encoding="ascii")
        for folder in (paths.backups, paths.logs, paths.spool, paths.root / REPORTS):
            if folder.exists():
                shutil.rmtree(folder)
        _clear(paths)
        lock.release()
        paths.lock.unlink(missing_ok=True)
        marker.unlink()
        if not any(paths.root.iterdir()):
            paths.root.rmdir()
    except OSError as error:
        raise _folder_refused(paths.root, error) from error
    finally:
        lock.release()


def unlock(
    paths: Paths, *, passphrase: str | None, recovery_key: str | None
) -> tuple[DatabaseKey, keyslots.Slots]:
    """The database key. Raises NotFound (no center), WrongPassphrase, Damaged, StorageError."""
    if not paths.exists() or (paths.root / "creating").exists():
        raise NotFound(
            _("There is no center in {folder}.").format(folder=paths.root),
            next_step=_(
                "Make one with “bankcc init --name NAME”, or look at the example with"
                " “bankcc demo”."
            ),
        )
    slots = keyslots.load(paths)
    if slots.is_demo:
        return slots.open_demo(), slots
    if recovery_key:
        return slots.open_with_recovery(recovery_key), slots
    if not passphrase:
        raise WrongPassphrase(
            _("A passphrase is needed."),
            next_step=_("Type it, or give --passphrase-file or BANKCC_PASSPHRASE."),
        )
    return slots.open_with_passphrase(passphrase), slots


def open_existing(
    paths: Paths, key: DatabaseKey, slots: keyslots.Slots, *, write: bool, clock: Clock, holder: str
) -> OpenCenter:
    """Open an unlocked center, for writing if no other process does. Raises Busy, Damaged,
    StorageError.
    """
    if not paths.database.exists() or not paths.database.stat().st_size:
        # Before it is opened: SQLite would begin an empty database and delete the write-ahead file.
        raise Damaged(
            _("The center's database file is missing from {folder}, or empty.").format(
                folder=paths.root
            ),
            safe=_("The keys are here and fit the center's backups and other laptops."),
            next_step=_("Put “center.db” back from a backup; do not make a new center here."),
        )
    lock = WriterLock(paths.lock, holder=holder, clock=clock) if write else None
    try:
        device = identity.load_device(paths, key)
        database = Database(paths.database, key, write=write)
    except BaseException:
        if lock:
            lock.release()
        raise
    notices = slots.notices + database.notices
    return OpenCenter(paths, database, device, lock, slots.is_demo, key, notices)


def _clear(paths: Paths) -> None:
    """Remove what an interrupted `make` left; no operation was ever acknowledged there."""
    for path in (*paths.keyslots, paths.device, paths.database):
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)


def _folder_refused(folder: Path, error: OSError) -> StorageError:
    return StorageError(
        _("The folder {folder} cannot be written: {reason}.").format(
            folder=folder, reason=error.strerror or error
        ),
        safe=_("Nothing was changed."),
        next_step=_("Choose another folder or mend its permissions."),
    )
