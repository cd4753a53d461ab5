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
    REF_LENGTH,
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

_BATCH = 5_000
"""Operations folded at once, so that memory does not grow with a bundle."""
_LARGEST = 1 << 63


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
    intake = _Intake(connection, views, report)
    stopped: set[str] = set()
    for stored in ops:
        try:
            header = decode_header(stored.header)
        except ValueError:
            report.broken.append(("", 0))
            continue
        if header.log not in stopped and not intake.take(stored, header):
            stopped.add(header.log)
    intake.fold()
    return report


class _Intake:
    """What one `receive` knows of the logs, so that the tables are asked once for each log and
    written in batches, not for each operation.
    """

    def __init__(self, connection: Connection, views: Views, report: ReceiveReport) -> None:
        self._connection = connection
        self._views = views
        self._report = report
        self._erased = store.erasures(connection)
        self._branches: dict[str, list[LogRow]] = {}
        self._last_number = 0
        for row in store.logs(connection):
            self._branches.setdefault(row.id, []).append(row)
            self._last_number = row.no
        self._heads: dict[int, tuple[int, bytes]] = {}
        self._unwritten: dict[int, list[tuple[int, str, StoredOp]]] = {}
        self._unfolded: list[Op] = []

    def take(self, stored: StoredOp, header: Header) -> bool:
        """Put one operation where it belongs. False: nothing after it can be taken either."""
        report = self._report
        branches = self._branches.get(header.log, [])
        straight = len(branches) == 1 and self._goes_on(branches[0], header)
        if not straight and self._knows(stored, header, branches):
            report.known += 1
            return True
        parent = branches[0] if straight else self._follows(branches, header)
        if parent is None and header.seq > 1:
            self._write()
            known = any(self._at(row, branches, header.seq - 1) for row in branches)
            (report.broken if known else report.missing).append((header.log, header.seq - 1))
            return False
        op = _checked(stored, header)
        row = self._place(op, header, branches, parent) if op else None
        if op is None or row is None:
            report.broken.append((header.log, header.seq))
            return False
        self._keep(row, stored, op)
        return True

    def fold(self) -> None:
        """Write what was taken and show it in the views."""
        self._write()
        known = [op for op in self._unfolded if op.header.kind in self._views.kinds]
        self._report.touched |= self._views.apply(self._connection, known)
        erased = erase.obey(self._connection, self._views, self._unfolded)
        if erased:
            self._report.touched |= erased
            self._erased = store.erasures(self._connection)
        self._unfolded = []

    def _write(self) -> None:
        for number, rows in self._unwritten.items():
            store.append(self._connection, number, rows)
        self._unwritten = {}

    def _keep(self, row: LogRow, stored: StoredOp, op: Op) -> None:
        header = op.header
        if stored.hash in self._erased:
            stored, op = stored._replace(salt=None, body=None), op._replace(body=None)
        self._unwritten.setdefault(row.no, []).append((header.seq, header.record, stored))
        self._heads[row.no] = header.seq, stored.hash
        self._report.added += 1
        if header.version > OP_VERSION:
            self._report.newer += 1
        elif header.kind != DEVICE_KIND:
            self._unfolded.append(upcast(op))
            if len(self._unfolded) >= _BATCH:
                self.fold()

    def _head(self, row: LogRow) -> tuple[int, bytes]:
        found = self._heads.get(row.no)
        if found is None:
            found = self._heads[row.no] = store.head(self._connection, row.no)
        return found

    def _goes_on(self, row: LogRow, header: Header) -> bool:
        """Whether the operation is the next one of a branch."""
        return self._head(row) == (header.seq - 1, header.previous)

    def _knows(self, stored: StoredOp, header: Header, branches: Sequence[LogRow]) -> bool:
        self._write()
        return any(self._at(row, branches, header.seq) == stored.hash for row in branches)

    def _follows(self, branches: Sequence[LogRow], header: Header) -> LogRow | None:
        """The branch whose operation before this one is the one it names; the one it can simply
        extend is preferred."""
        fitting = [
            row
            for row in branches
            if header.seq > 1 and self._at(row, branches, header.seq - 1) == header.previous
        ]
        fitting.sort(key=lambda row: not self._goes_on(row, header))
        return fitting[0] if fitting else None

    def _at(self, row: LogRow, branches: Sequence[LogRow], seq: int) -> bytes | None:
        """The hash at `seq` on a branch, looked up in its parents before its fork point."""
        while seq < row.from_seq:
            parent = next((other for other in branches if other.no == row.parent), None)
            if parent is None:
                return None
            row = parent
        found = self._connection.execute(
            "SELECT hash FROM op WHERE log = ? AND seq = ?", (row.no, seq)
        ).fetchone()
        return found[0] if found else None

    def _place(
        self, op: Op, header: Header, branches: Sequence[LogRow], parent: LogRow | None
    ) -> LogRow | None:
        """The branch that takes the operation, made if need be; None if it begins a log without
        saying properly whose.
        """
        if parent is not None and self._goes_on(parent, header):
            return parent
        number = self._last_number + 1
        if branches:
            self._report.forks.append((header.log, header.seq))
            row = branches[0]._replace(
                no=number, parent=parent.no if parent else None, from_seq=header.seq
            )
        else:
            try:
                row = _begun(number, op)
            except ValueError:
                return None
        store.add_log(self._connection, row)
        self._branches.setdefault(row.id, []).append(row)
        self._last_number = number
        return row


def _begun(number: int, op: Op) -> LogRow:
    """The log that its first operation introduces. Raises ValueError when it does not."""
    values = op.body.values if op.body else {}
    key = bytes.fromhex(str(values.get("public_key", "")))
    label, epoch = str(values.get("label", "?")), values.get("epoch", 1)
    if not isinstance(epoch, int):
        raise ValueError("epoch")
    return LogRow(number, op.header.log, key, label, epoch, None, 1)


def _checked(stored: StoredOp, header: Header) -> Op | None:
    """The decoded operation; None if its bytes do not fit together or hold what no table can. The
    content of a newer version is left alone.
    """
    if not fits(stored, header, header.previous):
        return None
    if header.seq < 1 or (header.seq == 1 and header.previous != START):
        return None
    if not all(0 <= number < _LARGEST for number in (header.seq, header.hlc, abs(header.wall))):
        return None
    if header.version > OP_VERSION:
        return Op(header, stored.hash[:REF_LENGTH], None)
    try:
        op = decode(stored)
    except ValueError:
        return None
    return op if op.body is None or all(map(_storable, op.body.values.values())) else None


def _storable(value: object) -> bool:
    """Whether a view column can hold it."""
    if isinstance(value, list):
        return all(map(_storable, value))
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return value is None or isinstance(value, str)
