"""Keeps what is being typed, in the background: durable half a second after the last key.

Rule: written by one thread in the order asked, so that a draft that was dropped does not come back.
"""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bankcc.errors import UserError
from bankcc.session import Session

DEBOUNCE_MS = 200
_log = logging.getLogger(__name__)


class DraftKeeper(QObject):
    """Drafts whose names begin with `prefix`. `kept(name)` and `failed(error)`, which follows
    `lost(name)`, arrive in the GUI thread."""

    kept = Signal(str)
    lost = Signal(str)
    failed = Signal(object)
    _done = Signal(str, object)

    def __init__(self, session: Session, prefix: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._prefix = session, prefix
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="drafts")
        self._waiting: dict[str, Mapping[str, Any]] = {}
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._write)
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._open = True

    def found(self) -> list[tuple[str, dict[str, Any]]]:
        """Name and body of the drafts that lie on disk, oldest first."""
        drafts = self._session.local.drafts(self._prefix)
        return [(draft.name.removeprefix(self._prefix), draft.body) for draft in drafts]

    def changed(self) -> dict[str, int]:
        """When each draft on disk was written, UTC ms."""
        drafts = self._session.local.drafts(self._prefix)
        return {draft.name.removeprefix(self._prefix): draft.changed for draft in drafts}

    def note(self, name: str, body: Mapping[str, Any]) -> None:
        """`body` is what stands in the form now; written when the typing pauses, at the latest
        after the pause since the first key that is not on disk."""
        self._waiting[name] = body
        if not self._timer.isActive():
            self._timer.start()

    def drop(self, name: str) -> None:
        """The form was saved as a record, or emptied on purpose."""
        self._waiting.pop(name, None)
        self._submit(name, lambda: self._session.local.drop_draft(self._prefix + name))

    def flush(self) -> None:
        """Write what is waiting now, and wait until it is on disk."""
        self._timer.stop()
        self._write()
        if self._open:
            self._writer.submit(lambda: None).result()

    def close(self) -> None:
        """Flush and end the thread."""
        self.flush()
        self._open = False
        self._writer.shutdown()

    def _write(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for name, body in waiting.items():
            kept = dict(body)
            self._submit(
                name, lambda name=name, kept=kept: self._session.local.save_draft(
                    self._prefix + name, kept
                )
            )  # fmt: skip

    def _submit(self, name: str, act: Callable[[], None]) -> None:
        if self._open and self._session.can_write:
            self._writer.submit(self._run, name, act)

    def _run(self, name: str, act: Callable[[], None]) -> None:
        try:
            act()
        except UserError as error:
            self._done.emit(name, error)
        except Exception as error:  # noqa: BLE001  a thread has no other place to say it
            _log.exception("a draft could not be kept")
            self._done.emit(name, error)
        else:
            self._done.emit(name, None)

    def _tell(self, name: str, error: object) -> None:
        if error is None:
            self.kept.emit(name)
        else:
            self.lost.emit(name)
            self.failed.emit(error)
