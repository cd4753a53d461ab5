"""What is typed into a form and not saved yet: on disk within half a second, offered for the same
record only.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from bankcc.errors import UserError
from bankcc.session import Session

WAIT_MS = 300


class FormDraft(QObject):
    """Keeps one draft, `form/<kind>/<record id or new>`. `typed()` gives what is to be kept;
    `failed` hears when the disk refuses."""

    def __init__(
        self,
        session: Session,
        typed: Callable[[], dict[str, Any]],
        failed: Callable[[UserError], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._typed, self._failed = session, typed, failed
        self.name = ""
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self._save)

    def belongs_to(self, kind: str, record: str) -> dict[str, Any] | None:
        """From now on drafts are of this record (empty: of a new one); the one there is, if any."""
        self.flush()
        self.name = f"form/{kind}/{record or 'new'}"
        found = self._session.local.drafts(self.name)
        return next((dict(draft.body) for draft in found if draft.name == self.name), None)

    def touch(self) -> None:
        """Something was typed."""
        self._timer.start()

    def flush(self) -> None:
        """Write it down now, if anything was typed since."""
        if self._timer.isActive():
            self._timer.stop()
            self._save()

    def _save(self) -> None:
        try:
            self._session.local.save_draft(self.name, self._typed())
        except UserError as error:
            self._failed(error)

    def drop(self) -> None:
        """It was saved as a record, or thrown away on purpose."""
        self._timer.stop()
        if self.name and self._session.can_write:
            self._session.local.drop_draft(self.name)
