"""The compact form of a record's heads beside its view row.

Most records have one operation or few, and then each field's single head carries the value the
view column shows already. So only what the columns cannot tell is stored: refs, clocks, and the
values of fields with several heads.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from bankcc.log.fold import Head, RecordState, Register, Stamp, Tombstone
from bankcc.schema.fields import Value
from bankcc.schema.record import RecordKind

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def pack(state: RecordState) -> bytes:
    """The heads of `state` as bytes."""
    if state.birth is not None:
        return _encode([state.created])
    creator = state.created.ref if state.created else b""
    fields: dict[str, Any] = {}
    for name, register in state.registers.items():
        if register.deltas or register.gone or register.takes or len(register.heads) != 1:
            fields[name] = [
                [list(head) for head in register.heads],
                [list(head) for head in register.deltas],
                sorted(register.gone),
                [list(head) for head in register.counted],
                [[ref, seen] for ref, seen in register.takes.items()],
            ]
        elif register.heads[0].ref != creator:
            fields[name] = [register.heads[0].hlc, register.heads[0].ref]
    rest: list[Any] = [list(state.created) if state.created else None]
    latest = state.latest
    if latest is not None and latest.ref != creator:
        rest.append(list(latest))
    elif fields or state.tombs or state.tombs_gone:
        rest.append(None)
    if fields or state.tombs or state.tombs_gone:
        rest.append(fields)
    if state.tombs or state.tombs_gone:
        rest.append([[list(tomb.stamp), sorted(tomb.covered)] for tomb in state.tombs])
        rest.append(sorted(state.tombs_gone))
    return _encode(rest)


def unpack(
    kind: RecordKind, record: str, row: int, number: str, values: Mapping[str, Value], data: bytes
) -> RecordState:
    """Inverse of `pack`, given the values of the view row."""
    rest = _decode(data)
    rest += [None] * (5 - len(rest))
    state = RecordState(kind, record)
    state.row, state.number = row, number
    state.created = Stamp(*rest[0]) if rest[0] else None
    state.latest = Stamp(*rest[1]) if rest[1] else state.created
    if state.created:
        for name, value in _columns(kind, values):
            register = state.registers.setdefault(name, Register())
            register.heads = [Head(state.created.hlc, state.created.ref, value)]
    for name, packed in (rest[2] or {}).items():
        register = state.registers.setdefault(name, Register())
        if len(packed) == 2:
            value = register.heads[0].value if register.heads else None
            if not state.created:
                value = dict(_columns(kind, values)).get(name)
            register.heads = [Head(packed[0], packed[1], value)]
        else:
            heads, deltas, gone, counted, takes = packed
            register.heads = [Head(*head) for head in heads]
            register.deltas = [Head(*head) for head in deltas]
            register.gone = set(gone)
            register.counted = [Head(*head) for head in counted]
            register.takes = dict(takes)
    state.tombs = [Tombstone(Stamp(*stamp), frozenset(refs)) for stamp, refs in rest[3] or ()]
    state.tombs_gone = set(rest[4] or ())
    return state


def _columns(kind: RecordKind, values: Mapping[str, Value]) -> list[tuple[str, Value]]:
    """Register names with the values the columns hold; checklist items one by one."""
    found: list[tuple[str, Value]] = []
    for item in kind.fields:
        value = values.get(item.name)
        if value is None:
            continue
        if item.keyed and isinstance(value, list):
            found += [(f"{item.name}/{key}", rest) for key, *rest in value]
        else:
            found.append((item.name, value))
    return found
