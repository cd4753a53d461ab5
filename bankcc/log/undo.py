"""Undo and redo, as operations like any other: the earlier value is set again, a creation is
deleted, a deletion is taken back, a difference is subtracted. Refused when someone has changed the
field since.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bankcc.database import Connection
from bankcc.errors import Refused
from bankcc.i18n import _
from bankcc.log import store
from bankcc.log.fold import RecordState, Register, fold
from bankcc.log.op import COVERED, Header, Op, decode, decode_header
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
    """The verbs among the last `back` operations of a log, oldest first; not those of which
    something was erased.
    """
    last, _hash = store.head(connection, log)
    found: dict[int, Step] = {}
    erased: set[int] = set()
    for stored in store.read(connection, log, max(1, last - back + 1)):
        header = decode_header(stored.header)
        if undoable(kinds, header):
            found.setdefault(header.first, Step(header.first, header.verb, header.undoes))
            if stored.body is None:
                erased.add(header.first)
    return [step for step in found.values() if step.first not in erased]


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
    """Both stacks after one more verb. A step keeps the name of what it takes back or repeats."""
    if step.verb not in (UNDO, REDO):
        del back[:-_DEPTH]
        back.append(step)
        return back, []
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
        allowed = None if action == Action.DELETE else meaning.untouched(op)
        for name in now.registers:
            if allowed is not None and not meaning.of(name, now.registers[name]) <= allowed(name):
                raise _changed_since(now)
        return Draft(kind, _OPPOSITE[action], record)
    if action == Action.ADD:
        if not all(meaning.holds(name, now.registers[name], op.ref) for name in op.body.values):
            raise _changed_since(now)
        return Draft(kind, action, record, {name: -value for name, value in op.body.values.items()})
    if action != Action.EDIT:
        raise Refused(_("This step cannot be undone."), safe=_("Nothing was changed."))
    earlier: dict[str, Value] = {}
    for name in op.body.values:
        register = now.registers.get(name)
        if register is None or meaning.of(name, register) != meaning.origins(name, [op.ref]):
            raise _changed_since(now)
        earlier[name] = meaning.seen_value(kind, name, op)
    return Draft(kind, Action.EDIT, record, earlier)


class _Meaning:
    """Looks through undo and redo: a value that an undo brought back means the one it came from,
    and a difference that was taken back means nothing.
    """

    def __init__(self, everything: Sequence[Op]) -> None:
        self._by_ref = {op.ref: op for op in everything}
        self._by_verb: dict[tuple[str, int], list[Op]] = {}
        for op in sorted(everything, key=lambda op: op.header.seq):
            self._by_verb.setdefault((op.header.log, op.header.first), []).append(op)

    def of(self, name: str, register: Register) -> set[bytes]:
        """Where the present value of a field comes from."""
        return self.origins(name, register.refs())

    def holds(self, name: str, register: Register, ref: bytes) -> bool:
        """Whether a difference is still part of the present count: no stocktake replaced it."""
        return any(ref in self._unfold(name, present) for present in register.refs())

    def untouched(self, op: Op) -> Callable[[str], set[bytes]]:
        """For each field: where its value came from when `op` made or brought back the record."""
        gone = self._reversed_by(op)
        if op.header.action == Action.CREATE or gone is None:
            return lambda _name: {op.ref}
        covered = gone.header.seen.get(COVERED, [])
        return lambda name: self.origins(name, [ref for ref in covered if self._sets(ref, name)])

    def origins(self, name: str, refs: Iterable[bytes]) -> set[bytes]:
        """The operations that what `refs` say of a field was first written by."""
        total: Counter[bytes] = Counter()
        for ref in refs:
            for part in self._unfold(name, ref):
                original, sign = self._original(part)
                total[original] += sign
        return {ref for ref, times in total.items() if times}

    def seen_value(self, kind: RecordKind, name: str, op: Op) -> Value:
        """What the author of `op` saw in field `name` before changing it."""
        past: dict[bytes, Op] = {}
        waiting = list(op.header.seen.get(name, ()))
        while waiting:
            ref = waiting.pop()
            if ref in self._by_ref and ref not in past:
                past[ref] = self._by_ref[ref]
                waiting += past[ref].header.seen.get(name, ())
        state = fold(kind, op.header.record, past.values())
        value: Value = state.value(name, kind.by_name[name.split("/", 1)[0]])
        return value

    def _unfold(self, name: str, ref: bytes) -> list[bytes]:
        """`ref`, or what an undo that wrote it brought back."""
        op = self._by_ref.get(ref)
        earlier = self._reversed_by(op) if op and op.header.action == Action.EDIT else None
        if earlier is None:
            return [ref]
        return [
            part for seen in earlier.header.seen.get(name, ()) for part in self._unfold(name, seen)
        ]

    def _original(self, ref: bytes) -> tuple[bytes, int]:
        """The difference that `ref` repeats (+1) or takes back (-1)."""
        op, sign = self._by_ref.get(ref), 1
        while op and op.header.action == Action.ADD and (earlier := self._reversed_by(op)):
            op, sign = earlier, -sign
        return (op.ref if op else ref), sign

    def _reversed_by(self, op: Op) -> Op | None:
        """The operation that `op` takes back: those of a verb are taken back last one first."""
        if not op.header.undoes:
            return None
        mine = self._by_verb.get((op.header.log, op.header.first), [])
        theirs = self._by_verb.get((op.header.log, op.header.undoes), [])
        place = next((at for at, other in enumerate(mine) if other.ref == op.ref), 0)
        return theirs[-1 - place] if place < len(theirs) else None

    def _sets(self, ref: bytes, name: str) -> bool:
        op = self._by_ref.get(ref)
        return op is not None and op.body is not None and name in op.body.values


def _changed_since(now: RecordState) -> Refused:
    who = now.latest.user if now.latest else ""
    return Refused(
        _("{number} has been changed since by {who}; undo would overwrite that.").format(
            number=now.number, who=who or _("someone")
        ),
        safe=_("Nothing was changed."),
        next_step=_("Change it by hand if it is still wrong."),
    )
