"""Reduction of operations to the state of one record. Pure: no SQL, no clock, no order of arrival.

A field keeps every *head*: a value that no other operation has seen. One is shown (highest clock,
then id), the others are alternatives. A deletion hides only what it has seen. Counts add up
differences that the shown stocktake has not seen. Checklist items are fields of their own, named
`field/key`.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from bankcc.log.op import COVERED, DELETED, Op
from bankcc.schema.change import Action
from bankcc.schema.fields import Count, Field, Value
from bankcc.schema.record import RecordKind

FOLD_VERSION = 3


class Head(NamedTuple):
    """A value nobody has superseded. Ordered by `hlc`, then `ref`."""

    hlc: int
    ref: bytes
    value: Any


class Stamp(NamedTuple):
    """Who wrote an operation and when. Ordered by `hlc`, then `ref`."""

    hlc: int
    ref: bytes
    wall: int
    user: str


class Tombstone(NamedTuple):
    """A deletion and the heads it has seen."""

    stamp: Stamp
    covered: frozenset[bytes]


class Register:
    """The heads of one field. `gone`: refs seen by others that have not arrived here yet.

    For a count: `deltas` are differences that no stocktake has seen; `counted` those that some has
    seen, kept because a concurrent one may not have; `takes`: what each stocktake saw.
    """

    __slots__ = ("counted", "deltas", "gone", "heads", "takes")

    def __init__(self) -> None:
        self.heads: list[Head] = []
        self.deltas: list[Head] = []
        self.gone: set[bytes] = set()
        self.counted: list[Head] = []
        self.takes: dict[bytes, list[bytes]] = {}

    def supersede(self, seen: Iterable[bytes]) -> None:
        for ref in seen:
            before = len(self.heads) + len(self.deltas)
            self.counted += [delta for delta in self.deltas if delta.ref == ref]
            self.heads = [head for head in self.heads if head.ref != ref]
            self.deltas = [head for head in self.deltas if head.ref != ref]
            known = len(self.heads) + len(self.deltas) < before
            if not known and all(delta.ref != ref for delta in self.counted):
                self.gone.add(ref)

    def arrive(self, head: Head, *, delta: bool = False) -> None:
        if head.ref in self.gone:
            self.gone.discard(head.ref)
            if delta:
                self.counted.append(head)
        elif delta:
            self.deltas.append(head)
        else:
            self.heads.append(head)

    def since(self, stocktake: bytes) -> list[Head]:
        """The differences that a stocktake and those it follows have not seen."""
        seen: set[bytes] = set()
        waiting = [stocktake]
        while waiting:
            for ref in self.takes.get(waiting.pop(), ()):
                if ref not in seen:
                    seen.add(ref)
                    waiting.append(ref)
        return self.deltas + [delta for delta in self.counted if delta.ref not in seen]

    def refs(self) -> list[bytes]:
        """What an operation that sets this field now has seen."""
        return sorted(head.ref for head in (*self.heads, *self.deltas))


class RecordState:
    """Everything the operations on one record say together."""

    __slots__ = (
        "_registers",
        "birth",
        "created",
        "id",
        "kind",
        "latest",
        "number",
        "row",
        "tombs",
        "tombs_gone",
    )

    def __init__(self, kind: RecordKind, record: str) -> None:
        self.kind = kind
        self.id = record
        self.row = 0
        self.number = ""
        self.created: Stamp | None = None
        self.latest: Stamp | None = None
        self.birth: Op | None = None
        self._registers: dict[str, Register] = {}
        self.tombs: list[Tombstone] = []
        self.tombs_gone: set[bytes] = set()

    @property
    def registers(self) -> dict[str, Register]:
        """The heads by field."""
        self._be_born()
        return self._registers

    def _be_born(self) -> None:
        """From here on the record is more than its creation."""
        if self.birth is not None:
            born, self.birth = self.birth, None
            self._create(born)

    def _create(self, op: Op) -> None:
        given = op.body.values if op.body else {}
        self._set(op, {name: value for name, value in given.items() if value is not None})

    def apply(self, op: Op) -> None:
        """Add one operation. Each operation must be applied once; in any order."""
        header, body = op.header, op.body
        stamp = Stamp(header.hlc, op.ref, header.wall, body.user if body else "")
        if self.latest is None and header.action == Action.CREATE and not header.seen:
            # Most records are never more than this, and then its values say everything.
            self.created = self.latest = stamp
            self.number, self.birth = header.number, op
            return
        self._be_born()
        if self.latest is None or stamp[:2] > self.latest[:2]:
            self.latest = stamp
        match header.action:
            case Action.CREATE:
                if self.created is None or stamp[:2] < self.created[:2]:
                    self.created, self.number = stamp, header.number
                self._create(op)
            case Action.EDIT:
                self._set(op, body.values if body else dict.fromkeys(header.seen))
            case Action.ADD:
                self._add(op, body.values if body else {})
            case Action.DELETE:
                self._bury(op, stamp)
            case Action.RESTORE:
                self._dig_up(header.seen.get(DELETED, ()))

    def _set(self, op: Op, values: dict[str, Any]) -> None:
        for name, value in values.items():
            register = self.registers.setdefault(name, Register())
            seen = op.header.seen.get(name, ())
            if seen and isinstance(self.kind.by_name.get(name), Count):
                register.takes[op.ref] = list(seen)
            register.supersede(seen)
            register.arrive(Head(op.header.hlc, op.ref, value))

    def _add(self, op: Op, values: dict[str, Any]) -> None:
        for name, value in values.items():
            register = self.registers.setdefault(name, Register())
            register.arrive(Head(op.header.hlc, op.ref, value), delta=True)

    def _bury(self, op: Op, stamp: Stamp) -> None:
        self._dig_up(op.header.seen.get(DELETED, ()))
        if op.ref in self.tombs_gone:
            self.tombs_gone.discard(op.ref)
        else:
            self.tombs.append(Tombstone(stamp, frozenset(op.header.seen.get(COVERED, ()))))

    def _dig_up(self, seen: Iterable[bytes]) -> None:
        for ref in seen:
            kept = [tomb for tomb in self.tombs if tomb.stamp.ref != ref]
            if len(kept) == len(self.tombs):
                self.tombs_gone.add(ref)
            self.tombs = kept

    def refs(self) -> set[bytes]:
        """Every head of the record: what a deletion has seen."""
        found = {ref for register in self.registers.values() for ref in register.refs()}
        if self.created:
            found.add(self.created.ref)
        return found

    @property
    def hidden(self) -> bool:
        """Deleted by someone who saw everything; or its creation has not arrived yet."""
        if self.created is None:
            return True
        if not self.tombs:
            return False
        refs = self.refs()
        return any(refs <= tomb.covered for tomb in self.tombs)

    @property
    def deleted_by(self) -> str:
        """Who deleted it, although a concurrent edit keeps it visible; empty when not so."""
        if not self.tombs or self.hidden:
            return ""
        return max(tomb.stamp for tomb in self.tombs).user

    def shown(self, item: Field) -> Value:
        """The value the view shows for a declared field."""
        if self.birth is not None and not item.keyed:
            given: Value = self.birth.body.values.get(item.name) if self.birth.body else None
            return given
        if item.keyed:
            prefix = item.name + "/"
            items: list[list[Any]] = [
                [name.removeprefix(prefix), *value]
                for name in sorted(self.registers)
                # What no checklist of ours writes is kept in the log, but cannot be shown.
                if name.startswith(prefix) and isinstance(value := self.value(name, item), list)
            ]
            return items or None
        single: Value = self.value(item.name, item)
        return single

    def value(self, name: str, item: Field) -> Any:
        """The shown value of a field, or of one item of a checklist, as its author wrote it."""
        register = self.registers.get(name)
        if register is None:
            return None
        head = shown_head(register, item)
        value = head.value if head else None
        if isinstance(item, Count):
            moved = register.since(head.ref) if head else register.deltas + register.counted
            if moved:
                numbers = [value, *(delta.value for delta in moved)]
                return sum(number for number in numbers if isinstance(number, int))
        return value

    def alternatives(self) -> Iterator[tuple[str, Head]]:
        """Heads whose value differs from the shown one: what concurrent authors wrote."""
        if self.birth is not None:
            return
        for name in sorted(self.registers):
            register = self.registers[name]
            item = self.kind.by_name.get(name.split("/", 1)[0])
            if len(register.heads) > 1 and item is not None:
                shown = shown_head(register, item)
                for head in sorted(register.heads, key=lambda head: head[:2]):
                    if shown is not None and head.value != shown.value:
                        yield name, head


def shown_head(register: Register, item: Field) -> Head | None:
    """The head that is shown: the one needing most attention, then the latest, then the highest
    id.
    """
    if len(register.heads) < 2:
        return register.heads[0] if register.heads else None
    return max(register.heads, key=lambda head: (item.attention(head.value), head.hlc, head.ref))


def fold(kind: RecordKind, record: str, ops: Iterable[Op]) -> RecordState:
    """The state of one record from all its operations, in any order."""
    state = RecordState(kind, record)
    for op in ops:
        state.apply(op)
    return state
