"""Checks the whole log: every hash, every link, every payload, every signed head, erasures, fork
points.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bankcc.database import Connection
from bankcc.i18n import _
from bankcc.log import erase, store
from bankcc.log.op import (
    DEVICE_KIND,
    OP_VERSION,
    START,
    Header,
    StoredOp,
    decode,
    decode_header,
    header_hash,
    payload_hash,
)
from bankcc.schema.change import Action
from bankcc.vault.identity import verify_head


@dataclass(slots=True)
class VerifyReport:
    """What a check found. `problems` are translated lines; empty means the log is whole."""

    operations: int = 0
    logs: int = 0
    signed: int = 0
    erased: int = 0
    newer: int = 0
    unsigned_tail: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(slots=True)
class _Erasures:
    """What erase operations name, and which operations have no content: the second needs the first,
    wherever in any log it stands.
    """

    named: set[bytes] = field(default_factory=set)
    empty: list[tuple[str, int, bytes]] = field(default_factory=list)

    def note(self, label: str, op: StoredOp, header: Header) -> None:
        if op.body is None:
            self.empty.append((label, header.seq, op.hash))
        elif header.action == Action.ERASE:
            self.named.update(erase.named(_said(op)))


def verify_log(
    connection: Connection,
    progress: Callable[[int], bool] | None = None,
    *,
    keys: Mapping[str, bytes] | None = None,
) -> VerifyReport:
    """Read and check everything. `progress(done)` is called now and then; it returns False to
    stop. `keys`: public keys known from outside the file, by log id.
    """
    report = VerifyReport()
    erasures = _Erasures()
    for row in store.logs(connection):
        report.logs += 1
        if keys and keys.get(row.id, row.public_key) != row.public_key:
            report.problems.append(_problem(row.label, row.from_seq, _("its log has another key")))
        if not _verify_one(connection, row, report, erasures, progress):
            report.problems.append(_("The check was stopped before its end."))
            return report
    report.problems += [
        _problem(label, seq, _("its content is missing"))
        for label, seq, hash_ in erasures.empty
        if hash_ not in erasures.named
    ]
    return report


def _problem(label: str, seq: int, reason: str) -> str:
    return _("Log {label}, operation {seq}: {reason}.").format(label=label, seq=seq, reason=reason)


def _verify_one(
    connection: Connection,
    row: store.LogRow,
    report: VerifyReport,
    erasures: _Erasures,
    progress: Callable[[int], bool] | None,
) -> bool:
    previous = _fork_point(connection, row)
    signed = store.signatures(connection, row.no)
    expected = row.from_seq
    places = connection.execute("SELECT seq, record FROM op WHERE log = ? ORDER BY seq", (row.no,))
    for op, place in zip(store.read(connection, row.no), places, strict=True):
        reason = ""
        try:
            header = decode_header(op.header)
        except ValueError:
            header, reason = None, _("its header cannot be read")
        if header is not None:
            reason = _fault(row, op, header, expected, previous)
            if not reason and place != (header.seq, header.record):
                reason = _("it is out of place")
            erasures.note(row.label, op, header)
            if expected in signed:
                reason = reason or _signature_fault(row, expected, op.hash, signed[expected])
            report.newer += header.version > OP_VERSION
        if reason:
            report.problems.append(_problem(row.label, expected, reason))
        if not reason and expected in signed:
            report.signed += 1
        report.operations += 1
        report.erased += op.body is None
        previous, expected = op.hash, (header.seq if header else expected) + 1
        if progress and report.operations % 2_000 == 0 and not progress(report.operations):
            return False
    for seq in sorted(set(signed) - set(range(row.from_seq, expected))):
        report.problems.append(
            _("Log {label}: operation {seq} was signed, but is missing or different.").format(
                label=row.label, seq=seq
            )
        )
    report.unsigned_tail += max(expected - 1 - store.last_signed(connection, row.no), 0)
    return True


def _fork_point(connection: Connection, row: store.LogRow) -> bytes:
    """The hash that a log's first operation must follow."""
    if row.parent is None:
        return START
    for op in store.read(connection, row.parent, row.from_seq - 1, row.from_seq - 1):
        return op.hash
    return START


def _fault(row: store.LogRow, op: StoredOp, header: Header, expected: int, previous: bytes) -> str:
    if header.seq != expected or header.log != row.id:
        return _("it is out of place")
    if header_hash(op.header) != op.hash:
        return _("its header was changed")
    if header.previous != previous:
        return _("it does not follow the one before it")
    if op.body is None or op.salt is None:
        return ""  # looked at in the end: the erase operation may stand in another log
    if payload_hash(op.salt, op.body) != header.payload_hash:
        return _("its content was changed")
    if header.kind == DEVICE_KIND and _said(op).get("public_key") != row.public_key.hex():
        return _("its log has another key")
    return ""


def _said(op: StoredOp) -> dict[str, object]:
    """The values of an operation's content; nothing if it cannot be read."""
    try:
        body = decode(op).body
    except ValueError:
        return {}
    return dict(body.values) if body else {}


def _signature_fault(row: store.LogRow, seq: int, hash_: bytes, signed: tuple[bytes, bytes]) -> str:
    if signed[0] != hash_:
        return _("it is not the operation that was signed")
    if not verify_head(row.public_key, row.id, seq, hash_, signed[1]):
        return _("its signature is wrong")
    return ""
