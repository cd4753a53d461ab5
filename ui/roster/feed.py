"""Keeps the roster in step with the center: reads it off the screen's thread, again after every
change that touches people, posts or attendance.

Rule: an answer that may not have seen a later change is followed by another read.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from bankcc.errors import UserError
from bankcc.features import attendance, person, post
from bankcc.i18n import _
from bankcc.session import ChangeSet
from ui.context import UiContext
from ui.roster.posts import Roster, read_roster

KINDS = frozenset({attendance.NAME, person.NAME, post.NAME})
LOADING_AFTER_MS = 300


class RosterFeed(QObject):
    """`arrived(Roster)`: read anew; `looked`: another reason to show or not to show it (`loaded`,
    `error`)."""

    arrived = Signal(object)
    looked = Signal()
    error: UserError | None

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.roster = Roster()
        self.error, self.loaded = None, False
        self._reading = self._again = False
        self._patience = QTimer(self, singleShot=True, interval=LOADING_AFTER_MS)
        self._patience.timeout.connect(self.looked)
        context.bridge.changed.connect(self.follow)

    def follow(self, changes: ChangeSet) -> None:
        """Read again if the change touches the roster."""
        if changes.kinds & KINDS:
            self.reload()

    def reload(self) -> None:
        """Read everything again; several wishes during one read are one more read."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        if not self.loaded:
            self._patience.start()
        session = self._context.session
        self._context.jobs.start(
            _("Reading the roster"),
            lambda _progress: read_roster(session),
            done=self._arrive,
            failed=self._fail,
            cancellable=False,
            owner=self,
        )

    def _arrive(self, roster: Roster) -> None:
        self._settle()
        self.error, self.loaded, self.roster = None, True, roster
        self.arrived.emit(roster)
        self.looked.emit()

    def _fail(self, error: Exception) -> None:
        self._settle()
        if not isinstance(error, UserError):
            self._context.jobs.unhandled.emit(error)
            return
        self.error = error
        self.looked.emit()

    def _settle(self) -> None:
        self._patience.stop()
        self._reading = False
        if self._again:
            self.reload()
