"""What F8 opens: the call back that rings; else, of all that is past its time and mine, the one
that has waited longest.

Rule: a reader of the session and a moment in, a record out; nothing of the screen.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bankcc.errors import NotFound
from bankcc.features import inquiry, person, task
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui.alarm.ringing import Promise, groups


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
    """The first of the calls that ring; None where none does or it is gone meanwhile."""
    for promise in ringing[:1]:
        try:
            record = session.get(inquiry.NAME, promise.record)
        except NotFound:
            return None
        return Overdue(record, promise.due, bool(promise.agent))
    return None


def most_overdue(
    session: Session, user: str, now_ms: int, put_off: Collection[str] = ()
) -> Overdue | None:
    """The call back or task of `user` (“王敏 · 热线坐席”) that is longest overdue at `now_ms`;
    where nothing is theirs, the longest overdue one that belongs to nobody or to a group; else
    None. Calls that were put off come last.
    """
    name = inquiry.agent_of(user)
    resting: list[Overdue] = []
    for owned in (True, False):
        found = [
            *_calls(session, name, now_ms, owned, len(put_off)),
            *_tasks(session, name, now_ms, owned),
        ]
        now = [each for each in found if each.record.id not in put_off]
        if now:
            return min(now, key=_longest)
        resting += found
    return min(resting, key=_longest, default=None)


def _longest(item: Overdue) -> tuple[int, str]:
    return item.due, item.record.number


def _calls(session: Session, name: str, now_ms: int, owned: bool, more: int) -> Iterator[Overdue]:
    """The first ones by their time, `more` than one where the first may be put off."""
    mine = (Condition("agent", "=", name),)
    nobodys = (Condition("agent", "empty"), Condition("agent", "in", tuple(sorted(groups()))))
    for whose in mine if owned else nobodys:
        late = (Condition("status", "=", "callback"), Condition("callback_due", "<", now_ms), whose)
        query = Query(inquiry.NAME, where=late, order="callback_due", limit=1 + more)
        yield from _found(session, query, owned)


def _tasks(session: Session, name: str, now_ms: int, owned: bool) -> Iterator[Overdue]:
    late = (Condition("status", "!=", "done"), Condition("due", "<", now_ms))
    if not owned:
        whose: tuple[Condition, ...] = (Condition("assignee", "empty"),)
    else:
        same_name = Query(person.NAME, where=(Condition("name", "=", name),))
        people = tuple(record.id for record in session.find(same_name))
        if not people:
            return
        whose = (Condition("assignee", "in", people),)
    yield from _found(session, Query(task.NAME, where=late + whose, order="due", limit=1), owned)


def _found(session: Session, query: Query, owned: bool) -> Iterator[Overdue]:
    for record in session.find(query):
        due = record[query.order]
        if isinstance(due, int):
            yield Overdue(record, due, owned)
