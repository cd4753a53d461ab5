"""Putting a finished document on disk: whole or not at all, and never over a file that is open
elsewhere.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from bankcc.errors import StorageError
from bankcc.i18n import _


def unused_name(path: Path) -> Path:
    """`path`, or the first of `name (2).pdf`, `name (3).pdf` … that does not exist yet."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate


def write_whole(target: Path, produce: Callable[[BinaryIO], None]) -> Path:
    """Let `produce` write a temporary file beside `target`, make it durable, rename it over
    `target`.

    Returns `target`. On any failure the old file is untouched and the temporary one is gone; what
    the disk refuses becomes a `StorageError` that says what to do.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".report-", suffix=".part", dir=target.parent)
    except OSError as reason:
        raise refused(target, reason) from reason
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            produce(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    except OSError as reason:
        raise refused(target, reason) from reason
    finally:
        part.unlink(missing_ok=True)
    return target


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable. Windows has no handle for a folder and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
