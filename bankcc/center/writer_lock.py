"""One writing process per center: an operating-system lock on a file, gone with the process that
held it.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from bankcc.clock import Clock
from bankcc.errors import Busy, StorageError
from bankcc.i18n import _

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class WriterLock:
    """Held while a process may write. `holder` says what it is, for the one who is told to wait."""

    def __init__(self, path: Path, *, holder: str, clock: Clock, patience: float = 5.0) -> None:
        try:
            self._file: IO[bytes] = path.open("a+b", buffering=0)
        except OSError as error:
            raise StorageError(
                _("The center's folder cannot be written: {reason}.").format(
                    reason=error.strerror or error
                ),
                safe=_("Nothing was changed."),
                next_step=_("Check the folder's permissions and the disk."),
            ) from error
        deadline = clock.monotonic() + patience
        while not self._try():
            other = self._read_holder()
            if other.get("holder") == "window" or clock.monotonic() >= deadline:
                self._file.close()
                raise _busy(other)
            clock.sleep(0.05)
        self._write_holder(holder)

    def _try(self) -> bool:
        try:
            _take(self._file)
        except OSError:
            return False
        return True

    def _read_holder(self) -> dict[str, object]:
        try:
            self._file.seek(0)
            found = json.loads(self._file.read(4_096))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write_holder(self, holder: str) -> None:
        with suppress(OSError):  # a courtesy; the lock holds on a full disk too
            self._file.truncate(0)
            self._file.write(json.dumps({"holder": holder, "pid": os.getpid()}).encode())

    def release(self) -> None:
        """Let others write; closing the file drops the lock. Releasing again changes nothing."""
        if self._file.closed:
            return
        with suppress(OSError):
            self._file.truncate(0)
        self._file.close()


def _busy(other: dict[str, object]) -> Busy:
    where = (
        _("the window of this center") if other.get("holder") == "window" else _("another command")
    )
    return Busy(
        _("The center is being written by {where} (process {pid}).").format(
            where=where, pid=other.get("pid", "?")
        ),
        safe=_("Nothing was written."),
        next_step=_("Do it there, or close it and try again. Reading works meanwhile."),
    )
