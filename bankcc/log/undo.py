"""Undo and redo, as operations like any other: the earlier value is set again, a creation is
deleted, a deletion is taken back, a difference is subtracted. Refused when someone has changed the
field since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bankcc.database import Connection
from bankcc.errors import Refused
from bankcc.i18n import _
from bankcc.log import store
from bankcc.log.fold import Head, RecordState, Register, fold, shown_head
from bankcc.log.op import Header, Op, decode
from bankcc.log.writer import Draft
from bankcc.schema.change import Action
from bankcc.schema.fields import Value
from bankcc.schema.record import RecordKind

UNDO = "undo"
REDO = "redo"
_DEPTH = 500
_OPPOSITE = {
    Action.CREATE: Action.DELETE,
    Action.DELETE: Action.RESTORE,
    Action.RESTORE: Action.DELETE,
}


@dataclass(frozen=True, slots=True)
class Step:
    """One verb in this laptop's log: sequence of its first operation, its name."""

    first: int
    verb: str
    undoes: int


def steps(
    connection: Connection, kinds: Mapping[str, RecordKind], log: int, *, back: int = 2_000
) -> list[Step]:
    """The verbs among the last `back` operations of a log, oldest first."""
    last, _hash = store.head(connection, log)
    found: dict[int, Step] = {}
    for stored in store.read(connection, log, max(1, last - back + 1)):
        header = decode(stored).header
        if undoable(kinds, header):
            found.setdefault(header.first, Step(header.first, header.verb, header.undoes))
    return list(found.values())


def undoable(kinds: Mapping[str, RecordKind], header: Header) -> bool:
    """Whether an operation's verb counts as a step: not the center's own making, not an erasure."""
    kind = kinds.get(header.kind)
    return kind is not None and not kind.internal and header.action != Action.ERASE


def stacks(history: Sequence[Step]) -> tuple[list[Step], list[Step]]:
    """What can be undone and what can be redone, the next one last."""
    back: list[Step] = []
    forth: list[Step] = []
    for step in history:
        back, forth = follow(back, forth, step)
    return back, forth


def follow(back: list[Step], forth: list[Step], step: Step) -> tuple[list[Step], list[Step]]:
    """Both stacks after one more verb. A step keeps the name of the verb it takes back or does again."""
    if step.verb not in (UNDO, REDO):
        return [*back[-_DEPTH:], step], []
    here, there = (back, forth) if step.verb == UNDO else (forth, back)
    original = next((known for known in here if known.first == step.undoes), step)
    here = [known for known in here if known.first != step.undoes]
    there = [*there, Step(step.first, original.verb, step.undoes)]
    return (here, there) if step.verb == UNDO else (there, here)


def reversal(
    connection: Connection, kinds: Mapping[str, RecordKind], log: int, first: int
) -> list[Draft]:
    """The drafts that take back the verb whose first operation is `first`. Raises Refused."""
    drafts = []
    for stored in store.read(connection, log, first):
        op = decode(stored)
        if op.header.first != first:
            break
        kind = kinds.get(op.header.kind)
        if kind is None or op.body is None:
            raise Refused(_("This step cannot be undone."), safe=_("Nothing was changed."))
        everything = store.of_record(connection, op.header.record)
        drafts.append(_reverse(kind, op, everything))
    return drafts[::-1]


def _reverse(kind: RecordKind, op: Op, everything: list[Op]) -> Draft:
    record = op.header.record
    now = fold(kind, record, everything)
    action = Action(op.header.action)
    assert op.body is not None
    meaning = _Meaning(everything)
    if action in _OPPOSITE:
        untouched = all(
            meaning.of(name, register) <= {op.ref} for name, register in now.registers.items()
        )
        if action == Action.CREATE and not untouched:
            raise _changed_since(now)
        if action == Action.RESTORE and now.latest and now.latest.ref != op.ref:
            raise _changed_since(now)
        return Draft(kind, _OPPOSITE[action], record)
    if action == Action.ADD:
        return Draft(kind, action, record, {name: -value for name, value in op.body.values.items()})
    if action != Action.EDIT:
        raise Refused(_("This step cannot be undone."), safe=_("Nothing was changed."))
    earlier: dict[str, Value] = {}
    for name in op.body.values:
        register = now.registers.get(name)
        if register is None or meaning.of(name, register) != meaning.origins(name, op.ref):
            raise _changed_since(now)
        earlier[name] = _seen_value(kind, name, op, meaning.by_ref)
    return Draft(kind, Action.EDIT, record, earlier)


class _Meaning:
    """Looks through undo and redo: a value that an undo brought back means the one it came from."""

    def __init__(self, everything: Sequence[Op]) -> None:
        self.by_ref = {op.ref: op for op in everything}
        self._by_verb: dict[tuple[str, int], list[Op]] = {}
        for op in everything:
            self._by_verb.setdefault((op.header.log, op.header.first), []).append(op)

    def of(self, name: str, register: Register) -> set[bytes]:
        """Where the present heads of a field come from; differences that cancel out count as
        none.
        """
        refs = {head.ref for head in register.heads}
        if sum(delta.value for delta in register.deltas):
            refs |= {delta.ref for delta in register.deltas}
        return set().union(*(self.origins(name, ref) for ref in refs))

    def origins(self, name: str, ref: bytes) -> set[bytes]:
        """The operations that the value of `ref` was first written by."""
        op = self.by_ref.get(ref)
        if op is None or not op.header.undoes or op.header.action != Action.EDIT:
            return {ref}
        found: set[bytes] = set()
        for reversed_op in self._by_verb.get((op.header.log, op.header.undoes), ()):
            if name in reversed_op.header.seen:
                seen = reversed_op.header.seen[name]
                found |= set().union(*(self.origins(name, earlier) for earlier in seen))
        return found


def _seen_value(kind: RecordKind, name: str, op: Op, by_ref: Mapping[bytes, Op]) -> Value:
    """What the author of `op` saw in field `name` before changing it."""
    register = Register()
    total, deltas = 0, False
    for ref in op.header.seen.get(name, ()):
        other = by_ref.get(ref)
        if other is None or other.body is None:
            continue
        value = other.body.values.get(name)
        if other.header.action == Action.ADD:
            total, deltas = total + (value or 0), True
        else:
            register.arrive(Head(other.header.hlc, other.ref, value))
    head = shown_head(register, kind.by_name[name.split("/", 1)[0]])
    found: Value = head.value if head else None
    return (found if isinstance(found, int) else 0) + total if deltas else found


def _changed_since(now: RecordState) -> Refused:
    who = now.latest.user if now.latest else ""
    return Refused(
        _("{number} has been changed since by {who}; undo would overwrite that.").format(
            number=now.number, who=who or _("someone")
        ),
        safe=_("Nothing was changed."),
        next_step=_("Change it by hand if it is still wrong."),
    )
