"""Erasure: an operation that names others whose payloads must go, here and wherever the log
travels.

Headers stay, so the chain still verifies and what the erased operations superseded stays
superseded.
"""

from collections.abc import Iterable

from bankcc.database import Connection
from bankcc.log import store
from bankcc.log.op import Op
from bankcc.log.views import Views
from bankcc.log.writer import Draft
from bankcc.schema.change import Action
from bankcc.schema.record import RecordKind

HASHES = "hashes"
REASON = "reason"


def of_record(connection: Connection, kind: RecordKind, record: str, reason: str) -> Draft:
    """The draft that erases every payload of a record written so far."""
    rows = connection.execute("SELECT hash FROM op WHERE record = ?", (record,)).fetchall()
    hashes = sorted(row[0].hex() for row in rows)
    return Draft(kind, Action.ERASE, record, {HASHES: hashes, REASON: reason})


def obey(connection: Connection, views: Views, op: Op) -> set[tuple[str, str]]:
    """Carry out an erase operation; the records that look different. Others are left alone."""
    if op.header.action != Action.ERASE or op.body is None:
        return set()
    hashes = [bytes.fromhex(text) for text in op.body.values.get(HASHES, ())]
    return refold(connection, views, store.erase(connection, hashes))


def refold(connection: Connection, views: Views, records: Iterable[str]) -> set[tuple[str, str]]:
    """Fold these records again from what is left of them, and drop what was derived from the
    rest.
    """
    touched = set()
    for record in set(records):
        ops = store.of_record(connection, record)
        for name in {op.header.kind for op in ops} & views.kinds.keys():
            views.replace(connection, views.kinds[name], record, ops)
            touched.add((name, record))
    return touched
