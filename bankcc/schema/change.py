"""What a verb asks for: a list of changes, each of which becomes one operation.

A verb is planned inside the write transaction, so what it reads is what it changes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from bankcc.schema.record import Record


class Action(StrEnum):
    """What an operation does to its record."""

    CREATE = "create"
    EDIT = "edit"
    ADD = "add"
    DELETE = "delete"
    RESTORE = "restore"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Change:
    """One intended operation. `values` may be raw (typed) or stored values; links may be
    numbers or names.

    `record` is empty for CREATE unless the verb took an id from `Desk.new_id`. For ADD the
    values are differences. `origin` identifies the row of a file that it came from. `trusted`
    values were parsed already (bulk import), so only the record's rule is checked again.
    `settles`: also a value that is shown already is written, which supersedes what others wrote
    at the same time.
    """

    kind: str
    action: Action
    record: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    origin: str = ""
    trusted: bool = False
    settles: bool = False


class Desk(Protocol):
    """What a verb sees while it is planned."""

    def get(self, kind: str, key: str) -> Record:
        """The record with that id, number or unique title. Raises NotFound."""
        ...

    def linked(self, kind: str, field: str, record: str) -> Sequence[Record]:
        """The records whose link `field` names `record`."""
        ...

    def new_id(self) -> str:
        """An id for a record that several changes of this verb mention."""
        ...

    def now_ms(self) -> int: ...

    @property
    def user(self) -> str:
        """Who acts: name and post as given at start."""
        ...


@dataclass(frozen=True, slots=True)
class Verb:
    """A named intention: `plan` says what to change; raises UserError when a rule forbids it."""

    name: str
    plan: Callable[[Desk], Sequence[Change]]


def create(kind: str, /, **values: object) -> Verb:
    """Enter a new record."""
    return Verb(f"{kind}.create", lambda desk: [Change(kind, Action.CREATE, values=values)])


def edit(kind: str, record: str, /, **values: object) -> Verb:
    """Change fields of a record."""
    return Verb(
        f"{kind}.edit",
        lambda desk: [Change(kind, Action.EDIT, desk.get(kind, record).id, values)],
    )


def settle(kind: str, record: str, /, **values: object) -> Verb:
    """Decide between concurrent values: these hold, the alternatives are superseded."""
    return Verb(
        f"{kind}.settle",
        lambda desk: [Change(kind, Action.EDIT, desk.get(kind, record).id, values, settles=True)],
    )


def adjust(kind: str, record: str, /, **differences: int) -> Verb:
    """Add to stock counts: what came (+) and went (-)."""
    return Verb(
        f"{kind}.adjust",
        lambda desk: [Change(kind, Action.ADD, desk.get(kind, record).id, differences)],
    )


def delete(kind: str, record: str, /) -> Verb:
    """Hide a record (an entry: retract it). Undo brings it back; the history keeps it."""
    return Verb(
        f"{kind}.delete", lambda desk: [Change(kind, Action.DELETE, desk.get(kind, record).id)]
    )
