"""Writing a small file so that a crash, a power cut or a full disk leaves the old one or the new
one, complete, and never a torn or empty one. Temp file in the same folder, fsync, rename, fsync the
folder.
"""

import errno
import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path

from bankcc.clock import Clock, SystemClock
from bankcc.errors import Damaged, StorageError
from bankcc.i18n import _
from bankcc.whole_file import sync_folder

_TEMP_MARK = ".new-"
_numbers = count(1)
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
# Virus scanners hold fresh files for a moment: access denied, sharing violation, lock violation.
_HELD_BY_SCANNER = {5, 32, 33}
_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)


def write_bytes(
    path: Path, data: bytes, *, private: bool = True, clock: Clock | None = None
) -> None:
    """Replace `path` by `data`, durably. `private` makes it readable by its owner only.

    Raises StorageError; then `path` holds its old or its new content, complete.
    """
    temp = path.with_name(f".{path.name}{_TEMP_MARK}{os.getpid()}-{next(_numbers)}")
    try:
        try:
            _write_new(temp, data, 0o600 if private else 0o666)
            _rename(temp, path, clock or SystemClock())
        except BaseException:
            with suppress(OSError):
                os.unlink(temp)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise write_refused(error, path) from error


def _write_new(temp: Path, data: bytes, mode: int) -> None:
    with suppress(FileNotFoundError):
        os.unlink(temp)  # left by a crashed process that had our number
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    file = os.open(temp, flags, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def _rename(temp: Path, path: Path, clock: Clock) -> None:
    for seconds in _RETRY_SECONDS:
        try:
            os.replace(temp, path)
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_SCANNER:
                raise
            clock.sleep(seconds)
        else:
            return
    os.replace(temp, path)


def read_bytes(path: Path, *, limit: int) -> bytes | None:
    """The content of `path`; None if there is no such file.

    Raises Damaged if it is no ordinary file or larger than `limit` bytes, StorageError if it cannot
    be read.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > limit:
            raise Damaged(
                _("{path} is not a file of this program.").format(path=path),
                safe=_("It was not changed."),
                next_step=_("Put the right file back from a backup or the second medium."),
            )
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(
            _("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror),
            safe=_("It was not changed."),
            next_step=_("Check the disk and the permissions of the folder, then try again."),
        ) from error


def make_private_folder(folder: Path) -> None:
    """Make `folder` (with parents), open to its owner only. A folder that already holds something
    is left as it is: it may be shared on purpose. Raises StorageError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)  # mkdir is subject to the umask, and the folder may have been there
    except OSError as error:
        raise write_refused(error, folder) from error


def remove_leftovers(folder: Path) -> None:
    """Delete temp files of crashed processes. Only for the one process that holds the center's
    lock.

    Raises StorageError.
    """
    try:
        for path in folder.glob(f".*{_TEMP_MARK}*"):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise write_refused(error, folder) from error


def write_refused(error: OSError, path: Path) -> StorageError:
    """`error` in words for the person: full, forbidden, or refused with the system's reason."""
    safe = _("No file was left half-written.")
    if error.errno in _FULL:
        return StorageError(
            _("The disk is full: {path}").format(path=path),
            safe=safe,
            next_step=_("Free some space and try again."),
        )
    if error.errno in _FORBIDDEN:
        return StorageError(
            _("Not allowed to write here: {path}").format(path=path),
            safe=safe,
            next_step=_("Choose a folder you may write to, or ask for permission."),
        )
    return StorageError(
        _("The disk refused to write {path} ({reason}).").format(path=path, reason=error.strerror),
        safe=safe,
        next_step=_("Check the disk, then try again."),
    )
