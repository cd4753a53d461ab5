"""The one public door to a center: open, unlock, execute verbs, ask, undo, close.

A key press becomes a verb; `execute` validates it, appends its operations, folds them into the
views and commits durably before it returns, then tells the listeners what changed. There are no
setters.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from bankcc import bulk, center, features, maintenance
from bankcc.center import OpenCenter
from bankcc.clock import Clock, SystemClock
from bankcc.database import Connection, DatabaseError
from bankcc.desk import Desk
from bankcc.errors import Refused
from bankcc.i18n import _
from bankcc.ids import Chance, SystemChance
from bankcc.local_state import LocalState
from bankcc.log import store, undo
from bankcc.log.op import START
from bankcc.log.undo import Step
from bankcc.log.verify import VerifyReport
from bankcc.log.views import Views
from bankcc.log.writer import Draft, LogWriter, Written
from bankcc.paths import Paths
from bankcc.reading import Reading
from bankcc.schema.change import Action, Verb, create
from bankcc.schema.query import Query
from bankcc.schema.record import Record, RecordKind

_TIDY_AFTER = 2_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What looks different now: views refresh only if it touches them. `source`: who asked for it.
    """

    kinds: frozenset[str]
    records: frozenset[tuple[str, str]]
    source: object = None


@dataclass(frozen=True, slots=True)
class Made:
    """A record that a verb created."""

    kind: str
    id: str
    number: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a verb is stored durably. `action`: its first sequence in this laptop's log, 0 if
    nothing needed changing.
    """

    verb: str
    action: int
    made: tuple[Made, ...]
    changes: ChangeSet


Listener = Callable[[ChangeSet], None]


class Session(Reading):
    """An open center. Reads may come from any thread; writes are done one after another."""

    def __init__(
        self, opened: OpenCenter, kinds: Mapping[str, RecordKind], clock: Clock, chance: Chance
    ) -> None:
        super().__init__(opened.database, kinds, clock)
        self.paths = opened.paths
        self.is_demo = opened.is_demo
        self.notices = opened.notices
        self.clock = clock
        self.user = ""
        self.local = LocalState(opened.database, clock)
        self._opened = opened
        self._chance = chance
        self._listeners: list[Listener] = []
        self._writing = threading.RLock()
        self._undoable: list[Step] = []
        self._redoable: list[Step] = []
        self._views = Views(kinds)
        self._writer = maintenance.prepare(opened, self._views, clock, chance)
        if self._writer:
            steps = undo.steps(opened.database.writer, self._writer.log)
            self._undoable, self._redoable = undo.stacks(steps)

    # -- opening and closing
    # ---------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        paths: Paths,
        *,
        name: str,
        label: str = "甲",
        passphrase: str | None,
        demo: bool = False,
        clock: Clock | None = None,
        chance: Chance | None = None,
        kinds: Mapping[str, RecordKind] = features.KIND,
        holder: str = "command",
    ) -> tuple[Self, str | None]:
        """Make a center called `name`; the session and its recovery key, which is shown this once.
        """
        clock, chance = clock or SystemClock(), chance or SystemChance()
        opened, recovery = center.make(
            paths,
            label=label,
            passphrase=passphrase,
            demo=demo,
            clock=clock,
            chance=chance,
            holder=holder,
        )
        session = cls(opened, kinds, clock, chance)
        if "center" in kinds:
            session.execute(create("center", name=name))
        center.finish_making(paths)
        return session, recovery

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        passphrase: str | None = None,
        recovery_key: str | None = None,
        write: bool = True,
        clock: Clock | None = None,
        chance: Chance | None = None,
        kinds: Mapping[str, RecordKind] = features.KIND,
        holder: str = "command",
    ) -> Self:
        """Open a center. Raises NotFound, WrongPassphrase, Busy, StorageError, Damaged, TooNew."""
        clock = clock or SystemClock()
        key, slots = center.unlock(paths, passphrase=passphrase, recovery_key=recovery_key)
        opened = center.open_existing(paths, key, slots, write=write, clock=clock, holder=holder)
        try:
            return cls(opened, kinds, clock, chance or SystemChance())
        except BaseException:
            opened.database.close()
            if opened.lock:
                opened.lock.release()
            raise

    @property
    def can_write(self) -> bool:
        """Whether this session may execute verbs."""
        return self._writer is not None

    def close(self) -> None:
        """Sign the head, close every connection, let others write."""
        with self._writing:
            if self._writer:
                with self._opened.database.transaction() as connection:
                    self._writer.sign(connection)
            self._writer = None
            self._opened.database.close()
            if self._opened.lock:
                self._opened.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # -- writing
    # ---------------------------------------------------------------------------------------

    def execute(self, verb: Verb, *, source: object = None) -> Receipt:
        """Do what `verb` says, durably. Raises UserError; then nothing was written."""
        return self._commit(verb.name, lambda desk_drafts: desk_drafts(verb), source=source)

    def undo(self, *, source: object = None) -> Receipt:
        """Take back this laptop's last verb. Raises Refused when it was changed since or nothing
        is left.
        """
        return self._step_back(self._undoable, undo.UNDO, _("There is nothing to undo."), source)

    def redo(self, *, source: object = None) -> Receipt:
        """Do again what the last undo took back."""
        return self._step_back(self._redoable, undo.REDO, _("There is nothing to redo."), source)

    def can_undo(self) -> str:
        """The verb that `undo` would take back, empty for none."""
        return self._undoable[-1].verb if self._undoable else ""

    def can_redo(self) -> str:
        """The verb that `redo` would do again, empty for none."""
        return self._redoable[-1].verb if self._redoable else ""

    def load(
        self,
        verbs: Iterable[Verb],
        *,
        per_commit: int = 5_000,
        progress: Callable[[int], bool] | None = None,
    ) -> int:
        """Execute many verbs, thousands of operations per commit; how many operations were
        written.

        Each commit is all or nothing. `progress(done)` follows each one; returning False stops
        there. Raises UserError from the first verb that is refused; earlier commits stay.
        """
        done = 0
        for batch in bulk.batches(verbs, per_commit):
            done += self._load_batch(batch)
            if progress and not progress(done):
                break
        if done > _TIDY_AFTER:
            with self._writing, self._opened.database.transaction() as connection:
                self._views.tidy_index(connection, self.kinds)
        return done

    def _load_batch(self, batch: Sequence[Verb]) -> int:
        with self._writing:
            writer = self._require_writer()
            before, touched = writer.seq, set()
            try:
                with self._opened.database.transaction() as connection:
                    desk = self._desk(connection)
                    for group in bulk.groups(desk, batch, writer, connection, self.user):
                        touched |= group.touched
                    self._finish(writer, connection, before)
            except BaseException:
                self._recover(writer)
                raise
            steps = undo.steps(self._opened.database.writer, writer.log)
            self._undoable, self._redoable = undo.stacks(steps)
            count = writer.seq - before
        self._publish(touched, None)
        return count

    def _commit(
        self,
        name: str,
        plan: Callable[[Callable[[Verb], list[Draft]]], list[Draft]],
        *,
        source: object,
        undoes: int = 0,
    ) -> Receipt:
        with self._writing:
            writer = self._require_writer()
            before = writer.seq
            try:
                with self._opened.database.transaction() as connection:
                    desk = self._desk(connection)
                    drafts = plan(lambda verb: desk.drafts(verb.plan(desk)))
                    written = writer.write(connection, name, self.user, drafts, undoes=undoes)
                    self._finish(writer, connection, before)
            except BaseException:
                self._recover(writer)
                raise
            if written.ops:
                self._note_step(Step(written.first, name, undoes))
        changes = self._publish(written.touched, source)
        return Receipt(name, written.first if written.ops else 0, made(written), changes)

    def _finish(self, writer: LogWriter, connection: Connection, before: int) -> None:
        if writer.seq // store.SIGN_EVERY > before // store.SIGN_EVERY:
            writer.sign(connection)

    def _recover(self, writer: LogWriter) -> None:
        """After a rollback: what was held in memory is read again from what is stored."""
        try:
            writer.reload(self._opened.database.writer)
        except DatabaseError:
            _logger.exception("the end of the log could not be read again")

    def _step_back(self, stack: list[Step], name: str, empty: str, source: object) -> Receipt:
        with self._writing:
            writer = self._require_writer()
            if not stack:
                raise Refused(empty)
            step = stack[-1]
            connection = self._opened.database.writer
            drafts = undo.reversal(connection, self.kinds, writer.log, step.first)
            return self._commit(name, lambda _plan: drafts, source=source, undoes=step.first)

    def _note_step(self, step: Step) -> None:
        self._undoable, self._redoable = undo.follow(self._undoable, self._redoable, step)

    def _desk(self, connection: Connection) -> Desk:
        return self.desk(connection, self.user)

    def _require_writer(self) -> LogWriter:
        if self._writer is None:
            raise Refused(
                _("This center was opened for reading only."),
                safe=_("Nothing was written."),
                next_step=_("Close the other program that writes, then open it again."),
            )
        return self._writer

    # -- telling
    # ---------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change after it is durable, on the writing thread; returns the way to
        stop.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _publish(self, touched: set[tuple[str, str]], source: object) -> ChangeSet:
        changes = ChangeSet(frozenset(kind for kind, _ in touched), frozenset(touched), source)
        self.forget_titles(changes.records)
        for listener in list(self._listeners):
            try:
                listener(changes)
            except Exception:
                # The operation is stored; a view that cannot refresh must not make it look lost.
                _logger.exception("a listener failed")
        return changes

    # -- the center as a whole
    # -------------------------------------------------------------------------

    @property
    def center(self) -> Record | None:
        """The record of the center itself: its name, bank, zone."""
        if "center" not in self.kinds:
            return None
        found = self.find(Query("center", order="row", limit=1))
        return found[0] if found else None

    def head_code(self) -> str:
        """Eight characters that name the present state of this laptop's log, for the foot of a
        report.
        """
        row = next(
            (row for row in store.logs(self.connection) if row.id == self._opened.device.log_id),
            None,
        )
        seq, hash_ = store.head(self.connection, row.no) if row else (0, START)
        return f"{self._opened.device.label}-{seq}-{hash_.hex()[:8].upper()}"

    def status(self) -> maintenance.Status:
        """Counts and sizes of the center."""
        return maintenance.status(self.connection, self.kinds, self._opened)

    def verify(self, progress: Callable[[int], bool] | None = None) -> VerifyReport:
        """Check every page, hash, link and signature."""
        return maintenance.verify(self._opened.database, progress)

    def rebuild(self, progress: Callable[[int], bool] | None = None) -> None:
        """Fold the whole log again into fresh views, in one transaction."""
        with self._writing:
            writer = self._require_writer()
            try:
                with self._opened.database.transaction() as connection:
                    maintenance.rebuild(connection, self._views, progress)
            finally:
                self._recover(writer)
        self._titles.clear()
        self._publish({(name, "") for name in self.kinds}, None)


def made(written: Written) -> tuple[Made, ...]:
    """The records that operations created."""
    return tuple(
        Made(op.header.kind, op.header.record, op.header.number)
        for op in written.ops
        if op.header.action == Action.CREATE
    )
