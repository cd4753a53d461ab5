"""What F8 opens: the call back that rings; else, of all that is past its time and mine, the one
that has waited longest.

Rule: a reader of the session and a moment in, a record out; nothing of the screen.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bankcc.errors import NotFound
from bankcc.features import inquiry, person, task
from bankcc.schema.owner import is_anybodys, mine
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui.alarm.ringing import Promise


@dataclass(frozen=True, slots=True)
class Overdue:
    """A record past its time. `due` in UTC milliseconds; `mine`: it was given to nobody else."""

    record: Record
    due: int
    mine: bool

    def minutes(self, now_ms: int) -> int:
        """Whole minutes since it was due."""
        return (now_ms - self.due) // 60_000


def of_alarm(session: Session, ringing: Sequence[Promise]) -> Overdue | None:
    """The first of the calls that ring; None where none does. One that was gone, called back or
    put off to another time a moment ago may still ring: it is not meant."""
    for promise in ringing:
        try:
            record = session.get(inquiry.NAME, promise.record)
        except NotFound:
            continue
        if record.text("status") == "callback" and record["callback_due"] == promise.due:
            return Overdue(record, promise.due, not is_anybodys(promise.agent))
    return None


def most_overdue(
    session: Session, user: str, now_ms: int, put_off: Collection[str] = ()
) -> Overdue | None:
    """The call back or task of `user` (“王敏 · 热线坐席”) that is longest overdue at `now_ms`;
    where nothing is theirs, the longest overdue one that belongs to nobody or to a group; else
    None. Calls that were put off come last.
    """
    resting: list[Overdue] = []
    late = (Condition("status", "=", "callback"), Condition("callback_due", "<", now_ms))
    for owned, agents in zip((True, False), _agents(session, late, user), strict=True):
        found = list(_tasks(session, user, now_ms, owned))
        for agent in agents:
            # More than one where the first may be put off.
            query = Query(inquiry.NAME, (*late, agent), limit=1 + len(put_off))
            found += _found(session, query.but(order="callback_due"), owned)
        now = [each for each in found if each.record.id not in put_off]
        if now:
            return min(now, key=_longest)
        resting += found
    return min(resting, key=_longest, default=None)


def _longest(item: Overdue) -> tuple[int, str]:
    return item.due, item.record.number


def _agents(
    session: Session, late: tuple[Condition, ...], user: str
) -> tuple[list[Condition], list[Condition]]:
    """Which of the calls that are `late` belong to `user`, and which to nobody or a group."""
    named = session.values(Query(inquiry.NAME, where=late), "agent")
    agents = [name for name in named if isinstance(name, str)]
    groups = tuple(filter(is_anybodys, agents))
    nobodys = [Condition("agent", "empty")] * (None in named)
    nobodys += [Condition("agent", "in", groups)] * bool(groups)
    return [Condition("agent", "in", mine(agents, user))], nobodys


def _tasks(session: Session, user: str, now_ms: int, owned: bool) -> Iterator[Overdue]:
    late = (Condition("status", "!=", "done"), Condition("due", "<", now_ms))
    if not owned:
        whose: tuple[Condition, ...] = (Condition("assignee", "empty"),)
    else:
        people = tuple(record.id for record in person.named(session, user))
        if not people:
            return
        whose = (Condition("assignee", "in", people),)
    yield from _found(session, Query(task.NAME, where=late + whose, order="due", limit=1), owned)


def _found(session: Session, query: Query, owned: bool) -> Iterator[Overdue]:
    for record in session.find(query):
        due = record[query.order]
        if isinstance(due, int):
            yield Overdue(record, due, owned)
