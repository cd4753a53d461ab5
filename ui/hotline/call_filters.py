"""The filters of the call list as queries, and how many calls each of them finds.

Rule: counting a million calls takes longer than a frame, so it is done beside the screen.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from bankcc.clock import local, to_ms
from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.i18n import N_
from bankcc.schema.query import Condition, Query
from bankcc.session import Session

PAUSE_MS = 150
COUNT_TEXTS_UP_TO = 100_000
"""Beyond so many calls, what has no request is counted only when it is looked at."""


class CallFilter(StrEnum):
    """What the list is narrowed to."""

    ALL = "all"
    MINE = "mine"
    CALLBACK = "callback"
    OVERDUE = "overdue"
    INCOMPLETE = "incomplete"


LABELS: Mapping[CallFilter, str] = {
    CallFilter.ALL: N_("All"),
    CallFilter.MINE: N_("Mine"),
    CallFilter.CALLBACK: N_("To call back"),
    CallFilter.OVERDUE: N_("Overdue"),
    CallFilter.INCOMPLETE: N_("To complete"),
}


def query_of(chosen: CallFilter, user: str, now_ms: int, text: str = "") -> Query:
    """The calls a filter shows, narrowed further by `text`."""
    waiting = Condition("status", "=", "callback")
    where: dict[CallFilter, tuple[Condition, ...]] = {
        CallFilter.ALL: (),
        CallFilter.MINE: (Condition("agent", "=", inquiry.agent_of(user)),),
        CallFilter.CALLBACK: (waiting,),
        CallFilter.OVERDUE: (waiting, Condition("callback_due", "<", now_ms)),
        CallFilter.INCOMPLETE: (Condition("note", "empty"),),
    }
    return Query(inquiry.NAME, where=where[chosen], text=text)


def count_all(session: Session) -> dict[str, int]:
    """How many calls each filter finds, and of today (`today`) and unfinished (`open`)."""
    now = session.clock.now_ms()
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = (
        Condition("at", ">=", to_ms(midnight)),
        Condition("at", "<", to_ms(midnight + timedelta(days=1))),
    )
    unfinished = (Condition("status", "in", inquiry.OPEN),)
    found = {
        "today": session.count(Query(inquiry.NAME, where=today)),
        "open": session.count(Query(inquiry.NAME, where=unfinished)),
    }
    for chosen in CallFilter:
        if chosen is CallFilter.INCOMPLETE and found[CallFilter.ALL] > COUNT_TEXTS_UP_TO:
            continue
        found[chosen] = session.count(query_of(chosen, session.user, now))
    return found


class CallCounts(QObject):
    """`changed(dict)` some time after `ask()`; many asks in a row are answered once."""

    changed = Signal(object)
    _counted = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="counts")
        self._busy = self._again = False
        self._open = True
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._start)
        self._counted.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        """Something changed."""
        if self._open and not self._timer.isActive():
            self._timer.start()

    def close(self) -> None:
        """Before the session is closed: let the count under way end."""
        self._open = False
        self._timer.stop()
        self._worker.shutdown()

    def _start(self) -> None:
        if self._busy:
            self._again = True
        elif self._open:
            self._busy = True
            self._worker.submit(self._count)

    def _count(self) -> None:
        try:
            self._counted.emit(count_all(self._session))
        except UserError:
            self._counted.emit({})  # the list itself says what is wrong

    def _arrive(self, found: dict[str, int]) -> None:
        self._busy = False
        if self._open:
            self.changed.emit(found)
        if self._again:
            self._again = False
            self.ask()
