"""Takes in operations that another laptop wrote. Merging is set union; nothing is refused for its
time.

Every link is checked from a known operation to the new one. Two different operations at one place
of a log are a fork: both branches are kept under separate internal numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bankcc.database import Connection
from bankcc.log import erase, store
from bankcc.log.op import (
    DEVICE_KIND,
    OP_VERSION,
    START,
    Header,
    Op,
    StoredOp,
    decode,
    decode_header,
    fits,
)
from bankcc.log.store import LogRow
from bankcc.log.upcast import upcast
from bankcc.log.views import Views


@dataclass(slots=True)
class ReceiveReport:
    """What came of a segment. `missing`: (log id, sequence) that must come first; nothing after it
    was taken. `broken`: (log id, sequence) whose bytes do not fit; nothing after it was taken."""

    added: int = 0
    known: int = 0
    newer: int = 0
    forks: list[tuple[str, int]] = field(default_factory=list)
    missing: list[tuple[str, int]] = field(default_factory=list)
    broken: list[tuple[str, int]] = field(default_factory=list)
    touched: set[tuple[str, str]] = field(default_factory=set)


def receive(connection: Connection, views: Views, ops: Iterable[StoredOp]) -> ReceiveReport:
    """Store and fold operations; those of one log in sequence. In the caller's transaction."""
    report = ReceiveReport()
    stopped: set[str] = set()
    fresh: list[Op] = []
    for stored in ops:
        try:
            header = decode_header(stored.header)
        except ValueError:
            report.broken.append(("", 0))
            continue
        if header.log in stopped:
            continue
        op = _take(connection, stored, header, report)
        if op is None and (report.missing or report.broken):
            stopped = {log for log, _seq in (*report.missing, *report.broken)}
        elif op is not None:
            fresh.append(op)
    report.touched |= views.apply(connection, [op for op in fresh if op.header.kind in views.kinds])
    for op in fresh:
        report.touched |= erase.obey(connection, views, op)
    return report


def _take(
    connection: Connection, stored: StoredOp, header: Header, report: ReceiveReport
) -> Op | None:
    """Put one operation where it belongs; the operation to fold, or None."""
    branches = [row for row in store.logs(connection) if row.id == header.log]
    at = [_at(connection, row, branches, header.seq) for row in branches]
    if stored.hash in at:
        report.known += 1
        return None
    parent = _follows(connection, branches, header)
    if parent is None and header.seq > 1:
        known = any(_at(connection, row, branches, header.seq - 1) for row in branches)
        (report.broken if known else report.missing).append((header.log, header.seq - 1))
        return None
    if not fits(stored, header, header.previous) or (header.seq == 1 and header.previous != START):
        report.broken.append((header.log, header.seq))
        return None
    number = _place(connection, stored, header, branches, parent, report)
    erased = store.is_erased(connection, stored.hash)
    kept = stored._replace(salt=None, body=None) if erased else stored
    store.append(connection, number, [(header.seq, header.record, kept)])
    report.added += 1
    if header.version > OP_VERSION:
        report.newer += 1
        return None
    return None if header.kind == DEVICE_KIND else upcast(decode(kept))


def _place(
    connection: Connection,
    stored: StoredOp,
    header: Header,
    branches: Sequence[LogRow],
    parent: LogRow | None,
    report: ReceiveReport,
) -> int:
    """The internal number of the branch that takes the operation, made if need be."""
    if parent is not None and store.head(connection, parent.no)[0] == header.seq - 1:
        return parent.no
    number = max((row.no for row in store.logs(connection)), default=0) + 1
    if branches:
        report.forks.append((header.log, header.seq))
        first = branches[0]
        row = LogRow(
            number,
            header.log,
            first.public_key,
            first.label,
            first.epoch,
            parent.no if parent else None,
            header.seq,
        )
    else:
        body = decode(stored).body
        values = body.values if body else {}
        row = LogRow(
            number,
            header.log,
            bytes.fromhex(str(values.get("public_key", ""))),
            str(values.get("label", "?")),
            int(values.get("epoch", 1)),
            None,
            1,
        )
    store.add_log(connection, row)
    return number


def _follows(connection: Connection, branches: Sequence[LogRow], header: Header) -> LogRow | None:
    """The branch whose operation before this one is the one it names; the one it can simply extend
    is preferred."""
    fitting = [
        row
        for row in branches
        if header.seq > 1 and _at(connection, row, branches, header.seq - 1) == header.previous
    ]
    fitting.sort(key=lambda row: store.head(connection, row.no)[0] != header.seq - 1)
    return fitting[0] if fitting else None


def _at(connection: Connection, row: LogRow, branches: Sequence[LogRow], seq: int) -> bytes | None:
    """The hash at `seq` on a branch, looked up in its parents before its fork point."""
    while seq < row.from_seq:
        parent = next((other for other in branches if other.no == row.parent), None)
        if parent is None:
            return None
        row = parent
    found = connection.execute(
        "SELECT hash FROM op WHERE log = ? AND seq = ?", (row.no, seq)
    ).fetchone()
    return found[0] if found else None
