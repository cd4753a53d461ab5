"""Timeline entries that follow from operations: every change of a tracked field is one.

They depend on their operation alone, so they need no fold and come out the same in any order.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bankcc.log.op import Op
from bankcc.schema.change import Action
from bankcc.schema.record import RecordKind

KIND = "timeline"
CREATED = "_created"
"""Stands for the field in the entry of a record's creation; its value is the number."""
COLUMNS = (
    *("id", "number", "created", "created_by", "changed", "changed_by", "hidden", "conflicts"),
    *(
        "deleted_by",
        "at",
        "category",
        "subject_kind",
        "subject",
        "field",
        "value",
        "author",
        "heads",
    ),
)
NO_HEADS = b"\x91\xc0"
"""`[None]`: a derived entry has no operation of its own that could be edited."""


def rows(kinds: Mapping[str, RecordKind], ops: Sequence[Op]) -> list[tuple[Any, ...]]:
    """The view rows of the entries that `ops` give rise to, in the order of `COLUMNS`."""
    found: list[tuple[Any, ...]] = []
    for op in ops:
        header = op.header
        for field, value in derived(kinds, op):
            user = op.body.user if op.body else ""
            entered = (header.wall, user, header.wall, user, 0, 0, "")
            category = kinds[header.kind].entries
            subject = (header.wall, category, header.kind, header.record, field, value, user)
            found.append((f"{op.ref.hex()}-{field}", "", *entered, *subject, NO_HEADS))
    return found


def derived(kinds: Mapping[str, RecordKind], op: Op) -> list[tuple[str, str]]:
    """(field, value) of the entries of one operation."""
    kind = kinds.get(op.header.kind)
    if kind is None or op.body is None:
        return []
    if op.header.action == Action.CREATE:
        return [(CREATED, op.header.number)] if kind.announced else []
    if op.header.action != Action.EDIT:
        return []
    return [
        (name, "" if value is None else str(value))
        for name, value in sorted(op.body.values.items())
        if name in kind.by_name and kind.by_name[name].tracked
    ]
