"""Erasure: an operation that names others whose payloads must go, here and wherever the log
travels.

Headers stay, so the chain still verifies and what the erased operations superseded stays
superseded. What an erase operation itself says is never erased: laptops that have not seen what it
names still need it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from bankcc.database import Connection
from bankcc.log import store
from bankcc.log.op import Op, decode_header
from bankcc.log.views import Views
from bankcc.log.writer import Draft
from bankcc.schema.change import Action
from bankcc.schema.record import RecordKind

HASHES = "hashes"
_HASH = re.compile(r"[0-9a-f]{64}")
REASON = "reason"


def of_record(connection: Connection, kind: RecordKind, record: str, reason: str) -> Draft:
    """The draft that erases every payload of a record written so far."""
    rows = connection.execute("SELECT hash, header FROM op WHERE record = ?", (record,))
    hashes = sorted(
        hash_.hex() for hash_, header in rows if decode_header(header).action != Action.ERASE
    )
    return Draft(kind, Action.ERASE, record, {HASHES: hashes, REASON: reason})


def obey(connection: Connection, views: Views, ops: Sequence[Op]) -> set[tuple[str, str]]:
    """Carry out the erase operations among `ops`; the records that look different."""
    erasing = [op for op in ops if op.header.action == Action.ERASE and op.body is not None]
    if not erasing:
        return set()
    records: set[str] = set()
    for op in erasing:
        hashes = named(op.body.values if op.body else {})
        records |= store.erase(connection, op.header.record, hashes)
    return _refold(connection, views, records)


def named(values: Mapping[str, object]) -> list[bytes]:
    """The hashes that the content of an erase operation names; what is no hash names nothing."""
    listed = values.get(HASHES)
    texts = map(str, listed if isinstance(listed, list) else ())
    return [bytes.fromhex(text) for text in texts if _HASH.fullmatch(text)]


def _refold(connection: Connection, views: Views, records: Iterable[str]) -> set[tuple[str, str]]:
    """Fold these records again from what is left of them, drop what was derived from the rest and
    the words that their old lines left in the index.
    """
    touched: set[tuple[str, str]] = set()
    names: set[str] = set()
    for record in sorted(records):
        ops = store.of_record(connection, record)
        for name in {op.header.kind for op in ops} & views.kinds.keys():
            touched |= views.replace(connection, views.kinds[name], record, ops)
            names.add(name)
    views.index.tidy(connection, [views.kinds[name] for name in sorted(names)])
    return touched
