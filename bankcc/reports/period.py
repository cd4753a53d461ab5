"""Where the first situation report begins; every later one begins where the last one ended.

Rule: what came before anybody entered the incident belongs to it, what belongs to an incident that
was over before does not. Entries about calls are no news of their own: calls are counted.
"""

from bankcc.features import attendance, incident, inquiry, task, timeline
from bankcc.reports.incidents import current_incident
from bankcc.schema.query import Condition, Operator, Query
from bankcc.schema.record import Record
from bankcc.session import Session

_ENDED = ("reopened", *incident.OVER)
_PAUSE_MS = 24 * 60 * 60_000
"""An incident that was over for less is not taken up anew: it was ended too early."""

_DERIVED = (Condition("text", "empty"),)
WRITTEN = (Condition("text", "filled"),)
"""What people wrote."""
NEWS = (
    WRITTEN,
    (*_DERIVED, Condition("category", "=", "decision")),
    (
        *_DERIVED,
        Condition("category", "in", ("task", "people", "resource", "notice")),
        Condition("field", "in", ("status", "state", "blocked", "acting", "holder")),
        Condition("subject_kind", "!=", attendance.NAME),
    ),
)
"""The entries a report tells, in three parts that share none: what people wrote, decisions, changes
of state. Who is on duty is counted, and who was entered or got which task is no news."""
_NOT_OF_CALLS = (
    Condition("subject_kind", "empty"),
    Condition("subject_kind", "!=", inquiry.NAME),
)


def entries(which: tuple[Condition, ...], *within: Condition, order: str) -> Query:
    """The entries of one part of `NEWS`."""
    return Query(timeline.NAME, where=(*within, *which), either=_NOT_OF_CALLS, order=order)


def first_begin(session: Session) -> int | None:
    """When the first report begins (UTC ms): with the incident, or with the first call or entry
    that was made before it and after the incident before that; without one, with the first thing
    that is recorded. None: nothing is."""
    found = current_incident(session, past=True)
    if found is None:
        return _first(session, None, NEWS, Query(task.NAME, order="done_at"))
    floor = _over_before(session, found)
    first = _first(session, floor, (WRITTEN,))
    started = found["started"]
    if not isinstance(started, int) or (floor is not None and started < floor):
        return floor if first is None else first
    return started if first is None else min(started, first)


def _first(
    session: Session, floor: int | None, news: tuple[tuple[Condition, ...], ...], *more: Query
) -> int | None:
    """The first moment, from `floor` on, of a call, of an entry among `news` or of `more`."""
    asked = [Query(inquiry.NAME, order="at"), *(entries(part, order="at") for part in news), *more]
    moments = []
    for query in asked:
        name = query.order
        # The reason for an end is written at the very moment of the end, and is no beginning.
        sign: Operator = ">" if query.kind == timeline.NAME else ">="
        since = Condition(name, "filled") if floor is None else Condition(name, sign, floor)
        found = session.find(query.but(where=(*query.where, since), limit=1))
        moments += [record[name] for record in found]
    return min((at for at in moments if isinstance(at, int)), default=None)


def _over_before(session: Session, found: Record) -> int | None:
    """When the incident before `found` was over, or `found` itself before it was taken up anew."""
    started = found["started"]
    began = started if isinstance(started, int) else found.created
    ends: list[int] = []
    for other in session.find(Query(incident.NAME)):
        if other.id != found.id and other.text("status") in _ENDED:
            said = [at for at, status in _changes(session, other) if status in _ENDED]
            said += [other["ended"]] if isinstance(other["ended"], int) else []
            ends += [at for at in said or [other.created] if at <= began]
    over: int | None = None
    for at, status in _changes(session, found):
        if status in _ENDED:
            over = at
        elif over is not None:
            ends += [over] if at - over >= _PAUSE_MS else []
            over = None
    return max(ends, default=None)


def _changes(session: Session, found: Record) -> list[tuple[int, str]]:
    """When its status changed, and to what, in order."""
    where = (Condition("subject", "=", found.id), Condition("field", "=", "status"))
    changes = session.find(Query(timeline.NAME, where=where, order="at"))
    return [(at, entry.text("value")) for entry in changes if isinstance(at := entry["at"], int)]
