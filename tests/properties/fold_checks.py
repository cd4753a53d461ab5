"""What must hold of the fold for any play, as functions that tests and planted bugs both call."""

from collections.abc import Iterable
from random import Random
from typing import Any

from bankcc.log import fold, heads
from bankcc.log.fold import RecordState
from bankcc.log.op import COVERED, DELETED, Op
from bankcc.schema.change import Action
from bankcc.schema.fields import Count
from bankcc.schema.record import RecordKind
from tests.properties import reference
from tests.properties.kinds import KINDS
from tests.properties.play import Play

Digest = tuple[Any, ...]


def digest(state: RecordState) -> Digest:
    """All that a state says, without the order in which it learned it."""
    return (
        state.number,
        state.hidden,
        state.deleted_by,
        state.created,
        state.latest,
        [(item.name, state.shown(item)) for item in state.kind.fields],
        sorted((name, head.ref, repr(head.value)) for name, head in state.alternatives()),
        {
            name: sorted(register.refs())
            for name, register in sorted(state.registers.items())
            if register.refs()
        },
        sorted(state.refs()),
    )


def in_some_order(ops: Iterable[Op], rng: Random) -> list[Op]:
    """Reversed, by log, or in no order at all."""
    ordered = list(ops)
    match rng.randrange(3):
        case 0:
            ordered.reverse()
        case 1:
            ordered.sort(key=lambda op: (op.header.log, op.header.seq))
        case 2:
            rng.shuffle(ordered)
    return ordered


def check_promise(play: Play, rng: Random) -> None:
    """The fold, in any order, says what the promise says."""
    for (kind_name, record), ops in play.records(play.ops()).items():
        kind = KINDS[kind_name]
        want = reference.expected(kind, ops, play.knew)
        state = fold.fold(kind, record, in_some_order(ops, rng))
        said: dict[str, set[bytes]] = {}
        for name, head in state.alternatives():
            if not isinstance(kind.by_name[name.partition("/")[0]], Count):
                said.setdefault(name, set()).add(head.ref)
        assert {i.name: state.shown(i) or None for i in kind.fields} == {
            name: value or None for name, value in want.shown.items()
        }
        assert {i.name for i in kind.fields if state.shown(i) is None} == {
            name for name, value in want.shown.items() if value is None
        }
        assert said == want.others
        assert state.hidden == want.hidden
        if want.marked:
            assert state.deleted_by in want.marked
        else:
            assert state.deleted_by == ""


def check_nothing_lost(play: Play, rng: Random) -> None:
    """Whatever the clocks say: a value nobody replaced knowingly is shown or an alternative."""
    for (kind_name, record), ops in play.records(play.ops()).items():
        kind = KINDS[kind_name]
        state = fold.fold(kind, record, in_some_order(ops, rng))
        reachable: dict[str, list[object]] = {}
        for name, head in state.alternatives():
            reachable.setdefault(name, []).append(head.value)
        for item in kind.fields:
            if item.keyed:
                for key, *value in state.shown(item) or []:
                    reachable.setdefault(f"{item.name}/{key}", []).append(value)
            elif not isinstance(item, Count):
                reachable.setdefault(item.name, []).append(state.shown(item))
        for op in (op for op in ops if op.header.action in reference.SETTING and op.body):
            for name, value in op.body.values.items():
                replaced = any(
                    op.ref in play.knew[other.ref] for other in reference.setters(ops, name)
                )
                counted = isinstance(kind.by_name[name.partition("/")[0]], Count)
                if not replaced and not counted and not (value is None and "/" in name):
                    assert value in reachable[name]


def check_same_in_any_order(play: Play, rng: Random) -> None:
    """Two orders of arrival, one state; also when some contents were erased."""
    erased = {ref for ref in sorted(play.by_ref) if rng.random() < 0.15}
    for (kind_name, record), ops in play.records(play.ops()).items():
        for gone in (set(), erased):
            arrived = [op._replace(body=None) if op.ref in gone else op for op in ops]
            one = fold.fold(KINDS[kind_name], record, in_some_order(arrived, rng))
            other = fold.fold(KINDS[kind_name], record, in_some_order(arrived, rng))
            assert digest(one) == digest(other)


def repacked(state: RecordState) -> RecordState:
    """`state` through its stored form, as a view row and a blob hold it."""
    values = {
        item.name: item.from_column(item.to_column(state.shown(item))) for item in state.kind.fields
    }
    return heads.unpack(state.kind, state.id, 7, state.number, values, heads.pack(state))


def check_packing(play: Play, rng: Random) -> None:
    """A state that went through its stored form at any moment behaves like one that did not."""
    for (kind_name, record), ops in play.records(play.ops()).items():
        kind = KINDS[kind_name]
        plain, stored = RecordState(kind, record), RecordState(kind, record)
        for op in in_some_order(ops, rng):
            plain.apply(op)
            stored.apply(op)
            if rng.random() < 0.7:
                stored = repacked(stored)
            if rng.random() < 0.3:  # rarely: looking at a state must not be what makes it right
                assert digest(stored) == digest(plain)
        assert digest(stored) == digest(plain)


def check_seen(play: Play, rng: Random) -> None:
    """What the writer says an edit has seen is what its author knew."""
    from bankcc.log.writer import Draft, seen_by

    for (kind_name, record), ops in play.records(play.ops()).items():
        kind = KINDS[kind_name]
        for op in rng.sample(ops, min(len(ops), 4)):
            if op.header.action == Action.CREATE or op.body is None:
                continue
            known = [other for other in ops if other.ref in play.knew[op.ref]]
            state = fold.fold(kind, record, in_some_order(known, rng))
            draft = Draft(kind, Action(op.header.action), record, dict(op.body.values))
            said = {name: sorted(refs) for name, refs in seen_by(draft, state).items()}
            want = dict(op.header.seen)
            # Deletions may name what was replaced too, but nothing their author did not know.
            for name in {COVERED, DELETED} & set(want):
                named = set(said.pop(name))
                assert set(want.pop(name)) <= named <= play.knew[op.ref]
            assert said == want


CHECKS = (check_promise, check_nothing_lost, check_same_in_any_order, check_packing, check_seen)


def kinds_of(play: Play) -> set[RecordKind]:
    return {KINDS[op.header.kind] for op in play.ops()}
