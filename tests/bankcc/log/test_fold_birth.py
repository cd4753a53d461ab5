"""A record that was only created is read from its one operation, as if it had registers."""

import pytest

from bankcc import features
from bankcc.log import heads
from bankcc.log.fold import RecordState
from bankcc.log.op import Body, Header, Op
from bankcc.log.views import cells_of
from bankcc.schema.change import Action
from bankcc.schema.fields import Checklist, Value
from bankcc.schema.record import RecordKind


def created(kind: RecordKind, values: dict[str, Value]) -> Op:
    header = Header(
        *(1, "LOG", 7, bytes(32), bytes(32), 99, 1_795_400_000_000, 480, f"{kind.name}.create"),
        *("create", kind.name, "RECORD", "甲-X-0001", 7, 0, {}),
    )
    return Op(header, b"r" * 16, Body("王敏", values))


def everything(kind: RecordKind) -> dict[str, Value]:
    """A value for every field; checklist items one by one; one field that was left empty."""
    values: dict[str, Value] = {}
    for at, item in enumerate(kind.fields):
        if isinstance(item, Checklist):
            values |= {f"{item.name}/02": ["乙", 1], f"{item.name}/01": ["甲", 0]}
        else:
            values[item.name] = at if item.column == "INTEGER" else f"值{at}"
    return values | {kind.fields[-1].name: None}


@pytest.mark.parametrize("kind", features.KINDS, ids=lambda kind: kind.name)
def test_it_looks_the_same_either_way(kind: RecordKind) -> None:
    short, long = RecordState(kind, "RECORD"), RecordState(kind, "RECORD")
    for state in (short, long):
        state.apply(created(kind, everything(kind)))
    assert long.registers
    assert short.birth is not None
    assert cells_of(short) == cells_of(long)
    assert heads.pack(short) == heads.pack(long)
    assert list(short.alternatives()) == list(long.alternatives()) == []
    assert short.refs() == long.refs()


def test_a_later_operation_meets_the_values_of_the_birth() -> None:
    kind = features.KIND["inquiry"]
    state = RecordState(kind, "RECORD")
    state.apply(created(kind, {"note": "转账", "caller": "赵女士"}))
    edit = created(kind, {"note": "挂失"})
    header = edit.header
    seen = {"note": [b"r" * 16]}
    fields = {name: getattr(header, name) for name in header.__struct_fields__}
    later = Header(**fields | {"action": str(Action.EDIT), "hlc": 100, "seen": seen})
    state.apply(Op(later, b"s" * 16, edit.body))
    cells = cells_of(state)
    assert (cells["note"], cells["caller"]) == ("挂失", "赵女士")
    assert list(state.alternatives()) == []
