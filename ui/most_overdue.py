"""What F8 opens: of all that is past its time and mine, the one that has waited longest.

Rule: a reader of the session and a moment in, a record out; nothing of the screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bankcc.features import inquiry, person, task
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session


@dataclass(frozen=True, slots=True)
class Overdue:
    """A record past its time. `due` in UTC milliseconds; `mine`: it was given to nobody else."""

    record: Record
    due: int
    mine: bool

    def minutes(self, now_ms: int) -> int:
        """Whole minutes since it was due."""
        return (now_ms - self.due) // 60_000


def most_overdue(session: Session, user: str, now_ms: int) -> Overdue | None:
    """The call back or task of `user` (“王敏 · 热线坐席”) that is longest overdue at `now_ms`;
    where nothing is theirs, the longest overdue one that belongs to nobody; else None.
    """
    name = inquiry.agent_of(user)
    for owned in (True, False):
        found = [*_calls(session, name, now_ms, owned), *_tasks(session, name, now_ms, owned)]
        if found:
            return min(found, key=lambda item: (item.due, item.record.number))
    return None


def _calls(session: Session, name: str, now_ms: int, owned: bool) -> Iterator[Overdue]:
    whose = Condition("agent", "=", name) if owned else Condition("agent", "empty")
    late = (Condition("status", "=", "callback"), Condition("callback_due", "<", now_ms), whose)
    yield from _first(session, Query(inquiry.NAME, where=late, order="callback_due"), owned)


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
    yield from _first(session, Query(task.NAME, where=late + whose, order="due"), owned)


def _first(session: Session, query: Query, owned: bool) -> Iterator[Overdue]:
    for record in session.find(query.but(limit=1)):
        due = record[query.order]
        if isinstance(due, int):
            yield Overdue(record, due, owned)
