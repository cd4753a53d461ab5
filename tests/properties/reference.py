"""What the promise says the state of a record is, written from the promise and from nothing else.

It works on what each author *knew* when writing (which the play records), not on what an operation
claims to have seen. Slow and plain on purpose.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from bankcc.log.op import Op
from bankcc.schema.change import Action
from bankcc.schema.fields import Checklist, Count, Field
from bankcc.schema.record import RecordKind

Knowledge = Mapping[bytes, frozenset[bytes]]
"""Operation to the operations its author knew."""
SETTING = (Action.CREATE, Action.EDIT)
BURYING = (Action.DELETE, Action.RESTORE)


class Expected(NamedTuple):
    """What the fold must say about one record."""

    shown: dict[str, Any]
    others: dict[str, set[bytes]]
    hidden: bool
    marked: set[str]


def by_clock(op: Op) -> tuple[int, bytes]:
    return op.header.hlc, op.ref


def values_of(op: Op) -> dict[str, Any]:
    return op.body.values if op.body else {}


def register_names(ops: Iterable[Op]) -> list[str]:
    return sorted({name for op in ops for name in values_of(op)})


def setters(ops: Iterable[Op], name: str) -> list[Op]:
    return [op for op in ops if op.header.action in SETTING and name in values_of(op)]


def heads(ops: Iterable[Op], name: str, knew: Knowledge) -> list[Op]:
    """The operations on a field whose value nobody has replaced knowingly."""
    writing = setters(ops, name)
    return [op for op in writing if not any(op.ref in knew[other.ref] for other in writing)]


def deltas(ops: Iterable[Op], name: str) -> list[Op]:
    return [op for op in ops if op.header.action == Action.ADD and name in values_of(op)]


def tombs(ops: Iterable[Op], knew: Knowledge) -> list[Op]:
    """Deletions that no later deletion or restoration knew of."""
    burying = [op for op in ops if op.header.action in BURYING]
    return [
        op
        for op in burying
        if op.header.action == Action.DELETE
        and not any(op.ref in knew[other.ref] for other in burying)
    ]


def count_of(op: Op | None, ops: list[Op], name: str, knew: Knowledge) -> int | None:
    """A stocktake and what came and went since, as far as the stocktake had not seen it."""
    counted: set[bytes] = set()
    if op is not None:
        counted |= knew[op.ref]
        for other in setters(ops, name):
            if other.ref in counted:
                counted |= knew[other.ref]
    later = [values_of(delta)[name] for delta in deltas(ops, name) if delta.ref not in counted]
    base = values_of(op)[name] if op is not None else None
    return base if base is None and not later else (base or 0) + sum(later)


def expected(kind: RecordKind, ops: Iterable[Op], knew: Knowledge) -> Expected:
    """The state of one record from all its operations."""
    ops = list(ops)
    shown: dict[str, Any] = {}
    others: dict[str, set[bytes]] = {}
    for name in register_names(ops):
        item = kind.by_name[name.partition("/")[0]]
        present = heads(ops, name, knew)
        best = max(
            present, key=lambda op: (_attention(item, op, name), *by_clock(op)), default=None
        )
        shown[name] = values_of(best)[name] if best else None
        if isinstance(item, Count):
            shown[name] = count_of(best, ops, name, knew)
            continue
        differing = {op.ref for op in present if best and values_of(op)[name] != shown[name]}
        if differing:
            others[name] = differing
    stones = tombs(ops, knew)
    created = any(op.header.action == Action.CREATE for op in ops)
    living = {op.ref for name in register_names(ops) for op in heads(ops, name, knew)}
    living |= _uncounted(kind, ops, knew)
    buried = any(living <= knew[stone.ref] for stone in stones)
    hidden = not created or buried
    marked = set() if hidden else {stone.body.user for stone in stones if stone.body}
    return Expected(_declared(kind, shown), others, hidden, marked)


def _uncounted(kind: RecordKind, ops: list[Op], knew: Knowledge) -> set[bytes]:
    """Differences that no stocktake has taken in."""
    found = set()
    for item in kind.fields:
        if isinstance(item, Count):
            taken = {ref for op in setters(ops, item.name) for ref in knew[op.ref]}
            found |= {op.ref for op in deltas(ops, item.name) if op.ref not in taken}
    return found


def _attention(item: Field, op: Op, name: str) -> int:
    return 0 if isinstance(item, Checklist) else item.attention(values_of(op)[name])


def _declared(kind: RecordKind, shown: dict[str, Any]) -> dict[str, Any]:
    """Registers as declared fields: the items of a checklist together."""
    result: dict[str, Any] = {}
    for item in kind.fields:
        if isinstance(item, Checklist):
            parts = sorted(
                (name.partition("/")[2], value)
                for name, value in shown.items()
                if name.startswith(item.name + "/") and value is not None
            )
            result[item.name] = [[key, *value] for key, value in parts] or None
        else:
            result[item.name] = shown.get(item.name)
    return result
