"""The filters of the call list as queries, and how many calls each of them finds.

Rule: counting a million calls takes longer than a frame, so it is done beside the screen.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from bankcc.clock import local, to_ms
from bankcc.features import inquiry
from bankcc.i18n import N_
from bankcc.schema.owner import mine
from bankcc.schema.query import Condition, Query
from bankcc.session import Session

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


class Counted(NamedTuple):
    """How many calls each filter finds, of today (`today`) and unfinished (`open`); and `mine`, the
    ways in which who is at work is written on calls."""

    found: Mapping[str, int]
    mine: tuple[str, ...]


def query_of(chosen: CallFilter, me: tuple[str, ...], now_ms: int, text: str = "") -> Query:
    """The calls a filter shows, narrowed further by `text`. `me`: as in `Counted.mine`."""
    waiting = Condition("status", "=", "callback")
    where: dict[CallFilter, tuple[Condition, ...]] = {
        CallFilter.ALL: (),
        CallFilter.MINE: (Condition("agent", "in", me),),
        CallFilter.CALLBACK: (waiting,),
        CallFilter.OVERDUE: (waiting, Condition("callback_due", "<", now_ms)),
        CallFilter.INCOMPLETE: (Condition("note", "empty"),),
    }
    return Query(inquiry.NAME, where=where[chosen], text=text)


def count_all(session: Session) -> Counted:
    """Count them all."""
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
    written = mine(session.values(Query(inquiry.NAME), "agent"), session.user)
    for chosen in CallFilter:
        if chosen is CallFilter.INCOMPLETE and found[CallFilter.ALL] > COUNT_TEXTS_UP_TO:
            continue
        found[chosen] = session.count(query_of(chosen, written, now))
    return Counted(found, written)
