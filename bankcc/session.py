"""The one public door to a center: open, unlock, execute verbs, ask, undo, close.

A key press becomes a verb; `execute` validates it, appends its operations, folds them into the
views and commits durably before it returns, then tells the listeners what changed. There are no
setters.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

from bankcc import features
from bankcc.center import bulk, maintenance
from bankcc.center import folder as center
from bankcc.center.folder import OpenCenter
from bankcc.center.local_state import LocalState
from bankcc.center.reading import Alternative, HistoryEntry, Hit, Reading, action_word
from bankcc.center.write_path import WritePath
from bankcc.clock import Clock, SystemClock
from bankcc.errors import Refused, StorageError
from bankcc.features import timeline
from bankcc.i18n import _
from bankcc.ids import Chance, SystemChance
from bankcc.log import erase, store, undo
from bankcc.log.op import START
from bankcc.log.verify import VerifyReport
from bankcc.log.views import Views
from bankcc.log.writer import Written
from bankcc.paths import Paths, user_folder
from bankcc.schema.change import Action, Verb, create
from bankcc.schema.query import Query
from bankcc.schema.record import Record, RecordKind
from bankcc.vault import keyslots
from bankcc.vault.spool import Spool

__all__ = [
    "Alternative",
    "ChangeSet",
    "HistoryEntry",
    "Hit",
    "Made",
    "Receipt",
    "Session",
    "action_word",
]
_TIDY_AFTER = 2_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What looks different now: views refresh only if it touches them. `source`: who asked for
    it.
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
        places = (opened.paths.spool, user_folder() / opened.paths.spool.name)
        self.spool = Spool(opened.key, places, chance, clock)
        self._opened = opened
        self._chance = chance
        self._listeners: list[Listener] = []
        self._views = Views(kinds)
        writer = maintenance.prepare(opened, self._views, clock, chance)
        self._path = WritePath(
            opened, self._views, writer, lambda connection: self.desk(connection, self.user)
        )

    # -- opening and closing --

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
        """Make a center called `name`; the session and its recovery key, which is shown this
        once.
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
        with center.let_go_on_failure(opened):
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
        """Open a center. Raises NotFound, WrongPassphrase, Busy, StorageError, Damaged, TooNew;
        Outdated when not to `write`.
        """
        clock = clock or SystemClock()
        key, slots = center.unlock(paths, passphrase=passphrase, recovery_key=recovery_key)
        opened = center.open_existing(paths, key, slots, write=write, clock=clock, holder=holder)
        with center.let_go_on_failure(opened):
            return cls(opened, kinds, clock, chance or SystemChance())

    @staticmethod
    def remove_example(
        paths: Paths, *, clock: Clock | None = None, holder: str = "command"
    ) -> None:
        """Delete an example center that is closed. Raises Refused for a real one, Busy,
        StorageError.
        """
        center.remove_example(paths, clock=clock or SystemClock(), holder=holder)

    @staticmethod
    def renew_recovery_key(paths: Paths, *, passphrase: str, chance: Chance | None = None) -> str:
        """A new recovery key for the center, to show once and print; the earlier one opens nothing
        any more. Raises WrongPassphrase, Refused for a demo, StorageError.
        """
        key, _slots = center.unlock(paths, passphrase=passphrase, recovery_key=None)
        return keyslots.renew_recovery(paths, key, chance=chance or SystemChance())

    @property
    def can_write(self) -> bool:
        """Whether this session may execute verbs."""
        return self._path.is_open

    def close(self) -> None:
        """Sign the head, close every connection, let others write."""
        try:
            self._path.close()
        finally:
            self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    # -- writing --

    def execute(self, verb: Verb, *, source: object = None) -> Receipt:
        """Do what `verb` says, durably. Raises UserError; then nothing was written."""
        return self._receipt(verb.name, self._path.execute(verb, self.user), source)

    def erase(self, kind: str, key: str, *, reason: str) -> Receipt:
        """Remove everything a record says from the log, here and wherever the log travels. That
        there was something, when and in which order stays, and the chain still verifies. There is
        no undo.
        """
        if not reason.strip():
            raise Refused(_("This step needs a reason."), next_step=_("Enter the reason."))
        declared, record = self.kind(kind), self.get(kind, key)
        written = self._path.commit(
            f"{kind}.erase",
            self.user,
            lambda connection: [erase.of_record(connection, declared, record.id, reason.strip())],
        )
        return self._receipt(f"{kind}.erase", written, None)

    def undo(self, *, source: object = None) -> Receipt:
        """Take back this laptop's last verb. Raises Refused if it was changed since or none is
        left.
        """
        return self._receipt(undo.UNDO, self._path.step_back(undo.UNDO, self.user), source)

    def redo(self, *, source: object = None) -> Receipt:
        """Do again what the last undo took back."""
        return self._receipt(undo.REDO, self._path.step_back(undo.REDO, self.user), source)

    def can_undo(self) -> str:
        """The verb that `undo` would take back, empty for none."""
        return self._path.undoable[-1].verb if self._path.undoable else ""

    def can_redo(self) -> str:
        """The verb that `redo` would do again, empty for none."""
        return self._path.redoable[-1].verb if self._path.redoable else ""

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
            count, touched = self._path.load(batch, self.user)
            done += count
            self._publish(touched, None)
            if progress and not progress(done):
                break
        if done > _TIDY_AFTER:
            self._tidy()
        return done

    def _tidy(self) -> None:
        """In small steps: a person's entry is written between them."""
        index = self._views.index
        try:
            for kind in self.kinds.values():
                self._path.maintain(partial(index.take_in, kind=kind))
                first = more = True
                while more:
                    more = self._path.maintain(partial(index.merge, kind=kind, first=first))
                    first = False
        except StorageError:
            # Everything is stored and found; only the index stays larger than it need be.
            _logger.warning("the index could not be tidied", exc_info=True)

    def _receipt(self, verb: str, written: Written, source: object) -> Receipt:
        changes = self._publish(written.touched, source)
        return Receipt(verb, written.first if written.ops else 0, made(written), changes)

    # -- telling --

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

    def display(self, record: Record, field: str, *, reveal: bool = False) -> str:
        """As `Reading.display`; an entry that follows from an operation is put into words."""
        if (record.kind, field) == (timeline.NAME, "text") and record["text"] is None:
            return timeline.sentence(self, record)
        return super().display(record, field, reveal=reveal)

    # -- the center as a whole --

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

    @property
    def label(self) -> str:
        """The short name of this laptop, which its numbers begin with."""
        return self._opened.device.label

    def status(self) -> maintenance.Status:
        """Counts and sizes of the center."""
        return maintenance.status(self.connection, self.kinds, self._opened)

    def verify(self, progress: Callable[[int], bool] | None = None) -> VerifyReport:
        """Check every page, hash, link and signature."""
        return maintenance.verify(self._opened, progress)

    def rebuild(self, progress: Callable[[int], object] | None = None) -> None:
        """Fold the whole log again into fresh views, in one transaction. `progress(done)` is told
        of it now and then; it cannot stop it."""
        self._path.maintain(
            lambda connection: maintenance.rebuild(connection, self._views, progress)
        )
        self._titles.clear()
        self._publish({(name, "") for name in self.kinds}, None)


def made(written: Written) -> tuple[Made, ...]:
    """The records that operations created."""
    return tuple(
        Made(op.header.kind, op.header.record, op.header.number)
        for op in written.ops
        if op.header.action == Action.CREATE
    )
