"""Asks each second which call backs ring, and has the sound played. The screen is told by signals.

Rule: a look reads the clock only. The database is read beside the screen, whole at the start and
then for what changes touched; what a person put off stays on this laptop, beside the log.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import TypeAlias

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet, Session
from ui.alarm.ringing import OPENED_MIN, POSTPONE_MIN, Alarm, Promise, Ring
from ui.alarm.sounds import Sounds
from ui.background_read import BackgroundRead
from ui.bridge import Bridge
from ui.jobs import Jobs

TICK_MS = 1_000
SOUND, RESTS = "alarm.sound", "alarm.rests"
MOST = 2_000
"""After a change of more calls than this, all of them are read again."""
TELL_MINUTES = 2
AGAIN_S = 15.0
"""So long after the call backs could not be read they are read again."""
OWED = Query(
    inquiry.NAME,
    where=(Condition("status", "=", "callback"), Condition("callback_due", "filled")),
    order="callback_due",
)
_Read: TypeAlias = tuple[set[str] | None, list[Promise]]
"""The calls that were asked for, None for all, and what is owed to them."""
_log = logging.getLogger(__name__)


class AlarmWatch(QObject):
    """`ring` is what the last look found. `changed` follows each look that found something else, or
    anything at all that rings: minutes grow. `put_off` fires when a rest was given."""

    changed = Signal(object)
    put_off = Signal()
    sounded = Signal()
    clock_set = Signal(int)
    """The clock of the laptop was set by so many minutes, and nothing rings because of it."""

    def __init__(
        self,
        session: Session,
        bridge: Bridge,
        jobs: Jobs,
        sounds: Sounds,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self.sounds = session, sounds
        self._touched: set[str] | None = None
        """Calls that changed since they were read; None: all are to be read."""
        words = _("Reading the call backs…")
        self._read = BackgroundRead(jobs, words, self._question, self, quiet=True)
        self._failed_at: float | None = None
        self.alarm, self.ring = Alarm(), Ring()
        self.example = session.is_demo
        self.sound_on = bool(session.local.value(SOUND, True))
        self.alarm.restore_rests(session.local.value(RESTS, {}))
        bridge.changed.connect(self._changed)
        self._read.answered.connect(self._arrived)
        self._read.failed.connect(self._failed)
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.refresh()

    def look(self) -> Ring:
        """What rings now. The timer asks each second; asking more often does no harm."""
        clock = self._session.clock
        self.alarm.sign_in(self._session.user)
        ring = self.alarm.look(clock.now_ms(), clock.monotonic())
        if self._failed_at is not None and clock.monotonic() - self._failed_at >= AGAIN_S:
            self._failed_at = None
            self.refresh()
        jump = ring.jump
        if jump and not (jump.asleep or jump.due) and abs(jump.minutes) >= TELL_MINUTES:
            self.clock_set.emit(jump.minutes)
        if ring.calls or ring != self.ring:
            self.ring = ring
            self.changed.emit(ring)
        if ring.sound:
            self.sound()
            self.sounded.emit()
        return ring

    def sound(self, *, always: bool = False) -> None:
        """The sound, unless it is switched off; `always`: to try it."""
        if self.sound_on or always:
            self.sounds.play()

    def refresh(self) -> None:
        """Read all that is owed again, beside the screen."""
        self._touched = None
        self._read.read()

    @property
    def known(self) -> bool:
        """Whether all that is owed was read, and nothing changed since."""
        return self._touched == set() and not self._read.busy

    def catch_up(self) -> None:
        """Before the center is locked: what was not read yet is read now, while somebody waits.
        What cannot be read is said to nobody; what is known goes on ringing."""
        if not self.known:
            try:
                self.alarm.replace(_owed(self._session, None))
            except UserError as error:
                _log.info("the call backs could not be read: %s", error)

    def touch(self, record: str) -> None:
        """Somebody opened that call: it is silent for a while."""
        if any(call.record == record for call in self.ring.calls):
            self._rest(record, OPENED_MIN, opened=True)

    def postpone(self, record: str, minutes: int = POSTPONE_MIN) -> int:
        """Remind of that call in so many minutes; when, in UTC ms (0: nothing is owed to it)."""
        return self._rest(record, minutes)

    def next_reminder(self, record: str) -> int:
        """When a call that was put off rings again, UTC ms; 0 if it was not."""
        return self.alarm.rests_until(record, self._session.clock.now_ms())

    def resting(self) -> frozenset[str]:
        """The calls that were put off."""
        return self.alarm.put_off(self._session.clock.now_ms())

    def times(self) -> list[int]:
        """When the calls of who is at work ring, UTC ms; not before the end of a mute."""
        now = self._session.clock.now_ms()
        self.alarm.sign_in(self._session.user)
        muted = self.alarm.muted_until(now)
        return [max(time, muted) for time in self.alarm.times(now)]

    def toggle_mute(self) -> bool:
        """No sound for ten minutes, or sound again; whether it is muted now."""
        now = self._session.clock.now_ms()
        if muted := self.alarm.muted_until(now):
            self.alarm.unmute()
        else:
            self.alarm.mute(now)
        self.look()
        return not muted

    def set_sound(self, on: bool) -> None:
        """Whether there is a sound at all. Raises UserError if that could not be kept; it is in
        force all the same."""
        self.sound_on = on
        if self._session.can_write:
            self._session.local.set_value(SOUND, on)

    def stop(self) -> None:
        """Before the session is closed."""
        self._timer.stop()
        self._read.close()
        self.sounds.stop()

    def _rest(self, record: str, minutes: int, *, opened: bool = False) -> int:
        now = self._session.clock.now_ms()
        until = self.alarm.rest(record, now, minutes, opened=opened)
        if until and self._session.can_write:
            try:
                self._session.local.set_value(RESTS, self.alarm.kept_rests(now))
            except UserError as error:  # it holds for this run; another start rings sooner
                _log.info("a reminder that was put off could not be kept: %s", error)
        self.look()
        self.put_off.emit()
        return until

    def _changed(self, changes: ChangeSet) -> None:
        if inquiry.NAME not in changes.kinds:
            return
        touched = {record for kind, record in changes.records if kind == inquiry.NAME}
        if "" in touched or not touched:
            self._touched = None
        elif self._touched is not None:
            self._touched |= touched
            if len(self._touched) > MOST:
                self._touched = None
        self._read.ask()

    def _question(self) -> Callable[[], _Read]:
        session, touched, self._touched = self._session, self._touched, set()
        return lambda: (touched, _owed(session, touched))

    def _arrived(self, read: _Read) -> None:
        touched, promises = read
        if touched is None:
            self.alarm.replace(promises)
        else:
            owed = {promise.record: promise for promise in promises}
            for record in touched:
                self.alarm.put(record, owed.get(record))
        self.look()

    def _failed(self, error: UserError) -> None:
        """The lists say what is wrong with the database; what is known goes on ringing, and the
        next change, or a little time, reads all again."""
        self._touched = None
        self._failed_at = self._session.clock.monotonic()
        _log.info("the call backs could not be read: %s", error)


def _owed(session: Session, touched: Collection[str] | None) -> list[Promise]:
    """What is owed to the calls `touched`; None for all."""
    if touched is None:
        return _promises(session, session.find(OWED))
    # By the key of each record; in row order, for the list's own order would be scanned.
    chosen = (Condition("id", "in", tuple(touched)), *OWED.where)
    return _promises(session, session.find(Query(inquiry.NAME, where=chosen, order="row")))


def _promises(session: Session, records: Iterable[Record]) -> list[Promise]:
    return [
        Promise(
            call.id,
            call.number,
            due,
            call.text("agent"),
            call.text("caller"),
            session.display(call, "phone"),
        )
        for call in records
        if isinstance(due := call["callback_due"], int)
    ]
