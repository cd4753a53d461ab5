"""Defects as somebody might write them one day. Every one of them must be caught by the checks.

`PLANTED` names each, plants it by monkeypatching, and says which suite has to notice.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from bankcc.log import fold, heads, hlc, text_index, undo, verify, views, writer
from bankcc.log.fold import Head, RecordState, Register
from bankcc.log.hlc import HybridClock
from bankcc.log.op import Op
from bankcc.log.views import Views
from bankcc.schema.change import Action
from bankcc.schema.fields import Count, Field

Patch = pytest.MonkeyPatch


class Bug(NamedTuple):
    """`suite`: the checks that must fail: fold, views, undo, chain or clock."""

    name: str
    suite: str
    plant: Callable[[Patch], None]


def last_writer_wins(patch: Patch) -> None:
    original = Register.arrive

    def arrive(self: Register, head: Head, *, delta: bool = False) -> None:
        original(self, head, delta=delta)
        self.heads = sorted(self.heads)[-1:]

    patch.setattr(Register, "arrive", arrive)


def tombstone_by_clock(patch: Patch) -> None:
    def hidden(self: RecordState) -> bool:
        stones = [tomb.stamp[:2] for tomb in self.tombs]
        return self.created is None or bool(
            stones and self.latest and max(stones) >= self.latest[:2]
        )

    patch.setattr(RecordState, "hidden", property(hidden))


def deletion_hides_everything(patch: Patch) -> None:
    patch.setattr(
        RecordState, "hidden", property(lambda self: self.created is None or bool(self.tombs))
    )


def deletions_together(patch: Patch) -> None:
    def hidden(self: RecordState) -> bool:
        covered = frozenset().union(*(tomb.covered for tomb in self.tombs))
        return self.created is None or (bool(self.tombs) and self.refs() <= covered)

    patch.setattr(RecordState, "hidden", property(hidden))


def seen_forgotten(patch: Patch) -> None:
    patch.setattr(Register, "supersede", lambda self, seen: None)


def out_of_order_forgotten(patch: Patch) -> None:
    def arrive(self: Register, head: Head, *, delta: bool = False) -> None:
        (self.deltas if delta else self.heads).append(head)

    patch.setattr(Register, "arrive", arrive)


def difference_taken_as_count(patch: Patch) -> None:
    original = RecordState.value

    def value(self: RecordState, name: str, item: Field) -> Any:
        register = self.registers.get(name)
        if isinstance(item, Count) and register and register.deltas:
            return max(register.deltas).value
        return original(self, name, item)

    patch.setattr(RecordState, "value", value)


def differences_counted_twice(patch: Patch) -> None:
    patch.setattr(Register, "since", lambda self, stocktake: self.deltas + self.counted)


def concurrent_stocktake_forgets(patch: Patch) -> None:
    patch.setattr(Register, "since", lambda self, stocktake: list(self.deltas))


def attention_ignored(patch: Patch) -> None:
    patch.setattr(fold, "shown_head", lambda register, item: max(register.heads, default=None))


def last_arrival_shown(patch: Patch) -> None:
    patch.setattr(
        fold, "shown_head", lambda register, item: register.heads[-1] if register.heads else None
    )


def late_restoration_forgotten(patch: Patch) -> None:
    original = RecordState._dig_up

    def dig_up(self: RecordState, seen: Any) -> None:
        original(self, seen)
        self.tombs_gone.clear()

    patch.setattr(RecordState, "_dig_up", dig_up)


def clock_discards_edits(patch: Patch) -> None:
    original = RecordState.apply

    def apply(self: RecordState, op: Op) -> None:
        if self.latest is None or op.header.hlc > self.latest.hlc - (1 << 40):
            original(self, op)

    patch.setattr(RecordState, "apply", apply)


def _packing(patch: Patch, spoil: Callable[[RecordState], None]) -> None:
    original = heads.unpack

    def unpack(*arguments: Any) -> RecordState:
        state = original(*arguments)
        spoil(state)
        return state

    patch.setattr(heads, "unpack", unpack)


def packing_loses_heads(patch: Patch) -> None:
    def spoil(state: RecordState) -> None:
        for register in state.registers.values():
            register.heads = register.heads[:1]

    _packing(patch, spoil)


def packing_forgets_gone(patch: Patch) -> None:
    def spoil(state: RecordState) -> None:
        for register in state.registers.values():
            register.gone = set()

    _packing(patch, spoil)


def packing_forgets_tombs(patch: Patch) -> None:
    def spoil(state: RecordState) -> None:
        state.tombs = []

    _packing(patch, spoil)


def seen_names_one_head(patch: Patch) -> None:
    original = writer.seen_by

    def seen_by(draft: Any, state: Any) -> dict[str, list[bytes]]:
        return {name: refs[:1] for name, refs in original(draft, state).items()}

    patch.setattr(writer, "seen_by", seen_by)


def view_keeps_deleted(patch: Patch) -> None:
    original = views.cells_of
    patch.setattr(views, "cells_of", lambda state: original(state) | {"hidden": 0})


def alternatives_not_written(patch: Patch) -> None:
    patch.setattr(Views, "_write_alternatives", lambda self, connection, state, found: None)


def index_not_updated(patch: Patch) -> None:
    patch.setattr(text_index, "concerns", lambda kind, changed: False)


def first_origin_stays(patch: Patch) -> None:
    def note(self: Views, connection: Any, ops: Any) -> None:
        for op in ops:
            if op.body and op.body.origin:
                row = op.body.origin, op.header.kind, op.header.record
                known = connection.execute("SELECT 1 FROM origin WHERE hash = ?", row[:1])
                if not known.fetchone():
                    connection.execute("INSERT OR IGNORE INTO origin VALUES (?, ?, ?)", row)

    patch.setattr(Views, "_note_origins", note)


def changed_cells_only_when_newer(patch: Patch) -> None:
    original = Views._update

    def update(
        self: Views, connection: Any, kind: Any, state: Any, before: Any, cells: Any
    ) -> None:
        if cells["changed"] >= before["changed"]:
            original(self, connection, kind, state, before, cells)

    patch.setattr(Views, "_update", update)


def undo_ignores_later_change(patch: Patch) -> None:
    original = undo._reverse

    def reverse(kind: Any, op: Op, everything: list[Op]) -> Any:
        mine = [other for other in everything if other.header.log == op.header.log]
        return original(kind, op, mine)

    patch.setattr(undo, "_reverse", reverse)


def undo_clears_instead(patch: Patch) -> None:
    patch.setattr(undo._Meaning, "seen_value", lambda self, kind, name, op: None)


def undo_repeats_difference(patch: Patch) -> None:
    original = undo._reverse

    def reverse(kind: Any, op: Op, everything: list[Op]) -> Any:
        draft = original(kind, op, everything)
        if draft.action == Action.ADD and op.body:
            draft.values.update(op.body.values)
        return draft

    patch.setattr(undo, "_reverse", reverse)


def middle_link_not_checked(patch: Patch) -> None:
    original = verify._fault

    def fault(row: Any, op: Any, header: Any, expected: int, previous: bytes) -> str:
        return original(row, op, header, expected, header.previous)

    patch.setattr(verify, "_fault", fault)


def content_not_checked(patch: Patch) -> None:
    class Anything:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = object.__hash__

    patch.setattr(verify, "payload_hash", lambda salt, body: Anything())


def signature_not_checked(patch: Patch) -> None:
    patch.setattr(verify, "_signature_fault", lambda row, seq, hash_, signed: "")


def every_clock_believed(patch: Patch) -> None:
    def receive(self: HybridClock, value: int, now_ms: int) -> bool:
        self.last = max(self.last, value)
        return True

    patch.setattr(hlc.HybridClock, "receive", receive)


def clock_follows_wall(patch: Patch) -> None:
    patch.setattr(hlc.HybridClock, "tick", lambda self, now_ms: max(now_ms, 0) << 16)


def _suite(suite: str, *plants: Callable[[Patch], None]) -> tuple[Bug, ...]:
    return tuple(Bug(plant.__name__, suite, plant) for plant in plants)


PLANTED = (
    *_suite(
        "fold",
        *(last_writer_wins, tombstone_by_clock, deletion_hides_everything, deletions_together),
        *(seen_forgotten, out_of_order_forgotten, difference_taken_as_count),
        *(differences_counted_twice, concurrent_stocktake_forgets, attention_ignored),
        *(last_arrival_shown, late_restoration_forgotten, clock_discards_edits),
        *(packing_loses_heads, packing_forgets_gone, packing_forgets_tombs, seen_names_one_head),
    ),
    *_suite(
        "views",
        *(view_keeps_deleted, alternatives_not_written, index_not_updated, first_origin_stays),
        *(changed_cells_only_when_newer, packing_loses_heads, last_writer_wins),
    ),
    *_suite("undo", undo_ignores_later_change, undo_clears_instead, undo_repeats_difference),
    *_suite("chain", middle_link_not_checked, content_not_checked, signature_not_checked),
    *_suite("clock", every_clock_believed, clock_follows_wall),
)
