"""The one way in: plan a verb, append its operations, fold them, commit durably. One writer at a
time.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from bankcc.center import bulk
from bankcc.center.desk import Desk
from bankcc.center.folder import OpenCenter
from bankcc.center.turn_lock import TurnLock
from bankcc.database import Connection, DatabaseError
from bankcc.errors import Refused, StorageError
from bankcc.i18n import _
from bankcc.log import erase, store, undo
from bankcc.log.undo import Step
from bankcc.log.views import Views
from bankcc.log.writer import Draft, LogWriter, Written
from bankcc.schema.change import Action, Verb

_logger = logging.getLogger(__name__)
Plan = Callable[[Connection], list[Draft]]
T = TypeVar("T")


class WritePath:
    """Writes to one open center. Without a writer (opened for reading) every attempt is refused."""

    def __init__(
        self,
        opened: OpenCenter,
        views: Views,
        writer: LogWriter | None,
        desk: Callable[[Connection], Desk],
    ) -> None:
        self._database = opened.database
        self._views = views
        self._writer = writer
        self._desk = desk
        self._one_at_a_time = TurnLock()
        self.undoable: list[Step] = []
        self.redoable: list[Step] = []
        if writer:
            self._find_steps(writer)

    @property
    def is_open(self) -> bool:
        """Whether verbs may be written."""
        return self._writer is not None

    def execute(self, verb: Verb, user: str) -> Written:
        """Write what `verb` asks for."""
        return self.commit(verb.name, user, lambda connection: self._plan(connection, verb))

    def commit(self, name: str, user: str, plan: Plan, *, undoes: int = 0) -> Written:
        """Write what `plan` makes inside the transaction; durable when this returns."""
        with self._one_at_a_time:
            writer = self._require_writer()
            before = writer.seq
            try:
                with self._database.transaction() as connection:
                    drafts = plan(connection)
                    written = writer.write(connection, name, user, drafts, undoes=undoes)
                    written.touched.update(erase.obey(connection, self._views, written.ops))
                    self._sign_now_and_then(writer, connection, before)
            except BaseException:
                self._recover(writer)
                raise
            if written.ops and undo.undoable(self._views.kinds, written.ops[0].header):
                step = Step(written.first, name, undoes)
                self.undoable, self.redoable = undo.follow(self.undoable, self.redoable, step)
            elif any(op.header.action == Action.ERASE for op in written.ops):
                self._find_steps(writer)  # what was erased stands in the way of no earlier step
        return written

    def load(self, verbs: Sequence[Verb], user: str) -> tuple[int, set[tuple[str, str]]]:
        """Write many verbs in one commit: how many operations, which records they touched."""
        with self._one_at_a_time:
            writer = self._require_writer()
            before, touched = writer.seq, set()
            try:
                with bulk.without_cycle_search(), self._database.transaction() as connection:
                    desk = self._desk(connection)
                    for written in bulk.groups(desk, verbs, writer, connection, user):
                        touched |= written.touched
                    self._sign_now_and_then(writer, connection, before)
            except BaseException:
                self._recover(writer)
                raise
            self._find_steps(writer)
            return writer.seq - before, touched

    def step_back(self, name: str, user: str) -> Written:
        """Undo or redo the next step. Raises Refused when there is none or it was changed since."""
        with self._one_at_a_time:
            writer = self._require_writer()
            stack = self.undoable if name == undo.UNDO else self.redoable
            if not stack:
                nothing = _("There is nothing to undo."), _("There is nothing to redo.")
                raise Refused(nothing[name == undo.REDO])
            first = stack[-1].first
            return self.commit(
                name,
                user,
                lambda connection: undo.reversal(connection, self._views.kinds, writer.log, first),
                undoes=first,
            )

    def maintain(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the views in one transaction; what was held in memory is read again after
        it. What it gives is given back.
        """
        with self._one_at_a_time:
            writer = self._require_writer()
            try:
                with self._database.transaction() as connection:
                    return work(connection)
            finally:
                self._recover(writer)

    def close(self) -> None:
        """Sign the head; nothing can be written afterwards, also when that fails. Raises
        StorageError; what was acknowledged is stored nevertheless.
        """
        with self._one_at_a_time:
            writer, self._writer = self._writer, None
            if writer is None:
                return
            try:
                with self._database.transaction() as connection:
                    writer.sign(connection)
            except StorageError as error:
                raise type(error)(
                    error.what,
                    safe=_("Everything entered is stored; only the end of the log is not signed."),
                    next_step=_("Check the disk, then open the center once more."),
                ) from error

    def _plan(self, connection: Connection, verb: Verb) -> list[Draft]:
        desk = self._desk(connection)
        return desk.drafts(verb.plan(desk))

    def _sign_now_and_then(self, writer: LogWriter, connection: Connection, before: int) -> None:
        if writer.seq // store.SIGN_EVERY > before // store.SIGN_EVERY:
            writer.sign(connection)

    def _find_steps(self, writer: LogWriter) -> None:
        self.undoable, self.redoable = undo.stacks(
            undo.steps(self._database.writer, self._views.kinds, writer.log)
        )

    def _recover(self, writer: LogWriter) -> None:
        """After a rollback: what was held in memory is read again from what is stored."""
        try:
            writer.reload(self._database.writer)
        except DatabaseError:
            # The disk is still refusing; the next attempt reads again before it writes.
            _logger.warning("the end of the log could not be read again", exc_info=True)
            writer.forget()

    def _require_writer(self) -> LogWriter:
        if self._writer is None:
            raise Refused(
                _("This center was opened for reading only."),
                safe=_("Nothing was written."),
                next_step=_("Close the other program that writes, then open it again."),
            )
        self._writer.remember(self._database.writer)
        return self._writer
