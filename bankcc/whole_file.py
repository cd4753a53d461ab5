"""Putting a file on disk whole or not at all, durably, and never over one that is open elsewhere.

Rule: low level; knows files and folders and nothing of a center.
"""

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bankcc.errors import StorageError
from bankcc.i18n import _

# Network and FUSE file systems that cannot sync a folder say so with one of these; the rename is
# then as durable as that file system makes it.
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}


class Unconfirmed(StorageError):
    """The file is there, whole; the disk did not confirm that its name outlives a power cut."""


def unused_name(path: Path) -> Path:
    """`path`, or the first of `name (2).pdf`, `name (3).pdf` … that does not exist yet."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """A file beside `target`, open for writing and reading, that is made durable and takes its
    place when all went well. On any failure the old file is untouched and the new one is gone,
    but for `Unconfirmed`; what the disk refuses becomes a `StorageError` that says what to do.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".new-", suffix=".part", dir=target.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as reason:
        raise refused(target, reason) from reason
    try:
        sync_folder(target.parent)
    except OSError as reason:
        raise _unconfirmed(target, reason) from reason


def write_whole(target: Path, produce: Callable[[BinaryIO], None]) -> Path:
    """Let `produce` fill the file; returns `target`. Raises as `whole` does."""
    with whole(target) as file:
        produce(file)
    return target


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable. Raises OSError."""
    if sys.platform == "win32":  # folders cannot be opened there; NTFS journals their names
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(handle)


def is_in_use(error: StorageError, target: Path) -> bool:
    """Whether `error` says that `target`, which is there, is held open by another program."""
    forbidden = isinstance(error.__cause__, PermissionError)
    return forbidden and not isinstance(error, Unconfirmed) and target.is_file()


def _unconfirmed(target: Path, reason: OSError) -> Unconfirmed:
    return Unconfirmed(
        _("{name} was written, but the disk did not confirm it: {reason}.").format(
            name=target.name, reason=reason.strerror or str(reason)
        ),
        safe=_("The file is there, whole; after a power cut the earlier one or none may be there."),
        next_step=_("Open it to make sure, and write it once more on another disk."),
    )


def refused(target: Path, reason: OSError) -> StorageError:
    """What the person reads when the disk says no to `target`."""
    safe = _("The center's data is not touched, and a file already there stays as it was.")
    folder = str(target.parent)
    if isinstance(reason, FileNotFoundError | NotADirectoryError):
        return StorageError(
            _("The folder {folder} does not exist.").format(folder=folder),
            safe=safe,
            next_step=_("Choose another folder, or create this one first."),
        )
    if isinstance(reason, IsADirectoryError):
        return StorageError(
            _("{name} is a folder, not a file.").format(name=target.name),
            safe=safe,
            next_step=_("Choose another file name."),
        )
    if isinstance(reason, PermissionError):
        return StorageError(
            _("{name} is open in another program, or its folder is read-only.").format(
                name=target.name
            ),
            safe=safe,
            next_step=_("Close the file there, or save as “{other}” or in another folder.").format(
                other=unused_name(target).name
            ),
        )
    return StorageError(
        _("{name} could not be written: {reason}.").format(
            name=target.name, reason=reason.strerror or str(reason)
        ),
        safe=safe,
        next_step=_("Free some space or choose another disk, then try again."),
    )
