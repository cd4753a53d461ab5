"""Where a record stands in an ordered list of row numbers, without reading the list again.

Rule: the order here is the order of `bankcc.schema.query`: nothing first, then numbers, then text
by code point; ties by row number; both turned round for descending.
"""

from array import array
from collections.abc import Callable, Collection, MutableSequence
from typing import Any, TypeAlias

from bankcc.schema.query import Query
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind
from bankcc.session import Session

Key: TypeAlias = tuple[int, Any, int]
FEW = 20


def position(rows: MutableSequence[int], row: int) -> int:
    """Where `row` stands, -1 if it does not."""
    try:
        return rows.index(row)
    except ValueError:
        return -1


def places(rows: MutableSequence[int], wanted: Collection[int]) -> dict[int, int]:
    """Where each of the `wanted` stands; those that do not are left out."""
    if len(wanted) <= FEW:  # searched one by one without making a million objects
        return {row: at for row in wanted if (at := position(rows, row)) >= 0}
    return {row: at for at, row in enumerate(rows) if row in wanted}


def read_rows(session: Session, query: Query) -> tuple[array, int]:
    """What `query` finds and the highest of these numbers; may run in a worker."""
    rows = session.ids(query)
    return rows, max(rows, default=0)


def order_key(kind: RecordKind, query: Query, record: Record) -> Key:
    """What the list is ordered by, comparable among records of one kind."""
    name = (query.order or kind.order).removeprefix("-")
    if name == "row":
        return 1, record.row, record.row
    item = SYSTEM_FIELDS.get(name) or kind.field(name)
    value = item.to_column(record[name])
    if value is None:
        return 0, 0, record.row
    return (2 if isinstance(value, str) else 1), value, record.row


def place_for(
    kind: RecordKind,
    query: Query,
    rows: MutableSequence[int],
    record: Record,
    read: Callable[[int], Record | None],
    unsettled: Collection[int],
) -> int:
    """The place in `rows` before which `record` belongs.

    `read(row)` gives the record of a row number; `unsettled` ones (and `record` itself) may stand
    where they do not belong and are not compared with.
    """
    descending = (query.order or kind.order).startswith("-")
    wanted = order_key(kind, query, record)
    low, high = 0, len(rows)
    while low < high:
        middle = probe = (low + high) // 2
        other = None
        while probe < high:
            if rows[probe] not in unsettled and rows[probe] != record.row:
                other = read(rows[probe])
                if other is not None:
                    break
            probe += 1
        if other is None:
            high = middle
            continue
        found = order_key(kind, query, other)
        if (wanted > found) if descending else (wanted < found):
            high = middle
        else:
            low = probe + 1
    return low
