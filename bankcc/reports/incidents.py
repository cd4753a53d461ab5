"""Which incident is meant where none is named: on the banner, on the situation, in the reports."""

from bankcc.features import incident
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session

_AT_HAND = (incident.LIVE, incident.BEFORE_ACTIVATION)
_PAST = (("reopened",), incident.OVER)


def current_incident(session: Session, *, past: bool = False) -> Record | None:
    """The newest incident whose plan is in force, else the newest that may come to that.

    `past`: else the newest that was, as for a report that is written afterwards; one that is
    reopened goes before one that is closed.
    """
    for states in _AT_HAND + _PAST if past else _AT_HAND:
        chosen = Condition("status", "in", states)
        found = session.find(Query(incident.NAME, where=(chosen,), order="-created", limit=1))
        if found:
            return found[0]
    return None
