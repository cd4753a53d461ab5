"""Makes operations and puts them into the log and the views, inside a transaction that the caller
owns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bankcc.clock import Clock
from bankcc.database import Connection
from bankcc.ids import Chance
from bankcc.log import store
from bankcc.log.fold import RecordState
from bankcc.log.hlc import HybridClock
from bankcc.log.op import (
    COVERED,
    DELETED,
    DEVICE_KIND,
    OP_VERSION,
    SALT_LENGTH,
    Body,
    Header,
    Op,
    StoredOp,
    encode_body,
    encode_header,
    header_hash,
    payload_hash,
)
from bankcc.log.views import Loaded, Views
from bankcc.schema.change import Action
from bankcc.schema.fields import Value
from bankcc.schema.record import RecordKind
from bankcc.vault.identity import Device

DEVICE = RecordKind(
    name=DEVICE_KIND,
    letter="",
    label="",
    plural="",
    fields=(),
    titles=(),
    columns=(),
    internal=True,
)
"""Stands in for a declaration in the first operation of a log; it has no view."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A checked change: stored values only, checklist items as `field/key`. For ADD,
    differences.
    """

    kind: RecordKind
    action: Action
    record: str
    values: dict[str, Value] = field(default_factory=dict)
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What one verb became: its operations and the records that look different now."""

    first: int
    ops: list[Op]
    touched: set[tuple[str, str]]


_NOTHING: dict[str, list[bytes]] = {}


class LogWriter:
    """Appends to this laptop's own log. Holds the chain's end in memory; `reload` after a
    rollback.
    """

    def __init__(
        self, log: int, device: Device, views: Views, clock: Clock, chance: Chance
    ) -> None:
        self.log = log
        self.device = device
        self.views = views
        self._clock = clock
        self._chance = chance
        self._log_id = device.log_id
        self.seq = 0
        self._hash = b""
        self._hybrid = HybridClock()
        self._numbers: dict[str, int] = {}
        self._offset = clock.offset_minutes()
        self._known = False

    def reload(self, connection: Connection) -> None:
        """Read the chain's end from the tables: at start, and after every rollback."""
        self.seq, self._hash = store.head(connection, self.log)
        clocks = store.last_clocks(connection)
        self._hybrid = HybridClock(max(self._hybrid.last, clocks.pop(self.log, 0)))
        for value in clocks.values():
            self._hybrid.receive(value, self._clock.now_ms())
        self._numbers.clear()
        self.views.forget_rows()
        self._known = True

    def forget(self) -> None:
        """The tables cannot be read now: read them before the next operation is made."""
        self._known = False

    def remember(self, connection: Connection) -> None:
        """`reload` if the chain's end is not known."""
        if not self._known:
            self.reload(connection)

    @property
    def head(self) -> tuple[int, bytes]:
        """Sequence and hash of the last operation."""
        return self.seq, self._hash

    def write(
        self,
        connection: Connection,
        verb: str,
        user: str,
        drafts: Sequence[Draft],
        *,
        undoes: int = 0,
    ) -> Written:
        """Append one operation per draft and fold it. Raises database errors; then the caller
        rolls back.
        """
        return self.write_many(connection, user, [(verb, drafts)], undoes=undoes)

    def write_many(
        self,
        connection: Connection,
        user: str,
        verbs: Sequence[tuple[str, Sequence[Draft]]],
        *,
        undoes: int = 0,
    ) -> Written:
        """`write` for several verbs at once; each keeps its own first sequence, so each can be
        undone.
        """
        start = self.seq + 1
        self._offset = self._clock.offset_minutes()
        loaded = self._load(connection, [draft for _verb, drafts in verbs for draft in drafts])
        ops: list[Op] = []
        rows: list[tuple[int, str, StoredOp]] = []
        for verb, drafts in verbs:
            first = self.seq + 1
            for draft in drafts:
                op, stored = self._make(connection, verb, user, draft, loaded, first, undoes)
                state = loaded.setdefault(
                    (draft.kind.name, draft.record), (RecordState(draft.kind, draft.record), None)
                )[0]
                state.apply(op)
                ops.append(op)
                rows.append((op.header.seq, draft.record, stored))
        store.append(connection, self.log, rows)
        touched = self.views.write_loaded(connection, loaded, ops)
        return Written(start, ops, touched)

    def introduce(self, connection: Connection) -> None:
        """Write the first operation of a log: whose it is. It makes the log readable wherever it
        goes.
        """
        device = self.device
        values: dict[str, Value] = {
            "label": device.label,
            "epoch": device.epoch,
            "public_key": device.public_key.hex(),
        }
        draft = Draft(DEVICE, Action.CREATE, device.log_id, values)
        op, stored = self._make(connection, "device.begin", "", draft, {}, self.seq + 1, 0)
        store.append(connection, self.log, [(op.header.seq, draft.record, stored)])

    def _load(self, connection: Connection, drafts: Sequence[Draft]) -> Loaded:
        loaded: Loaded = {}
        by_kind: dict[str, list[str]] = {}
        for draft in drafts:
            if draft.action != Action.CREATE:
                by_kind.setdefault(draft.kind.name, []).append(draft.record)
        for name, records in by_kind.items():
            kind = self.views.kinds[name]
            for record, pair in self.views.states(
                connection, kind, list(dict.fromkeys(records))
            ).items():
                loaded[name, record] = pair
        return loaded

    def _make(
        self,
        connection: Connection,
        verb: str,
        user: str,
        draft: Draft,
        loaded: Loaded,
        first: int,
        undoes: int,
    ) -> tuple[Op, StoredOp]:
        salt = self._chance.random_bytes(SALT_LENGTH)
        body = Body(user, draft.values, draft.origin)
        body_bytes = encode_body(body)
        pair = loaded.get((draft.kind.name, draft.record))
        now = self._clock.now_ms()
        header = Header(
            OP_VERSION,
            self._log_id,
            self.seq + 1,
            self._hash,
            payload_hash(salt, body_bytes),
            self._hybrid.tick(now),
            now,
            self._offset,
            verb,
            str(draft.action),
            draft.kind.name,
            draft.record,
            self._number(connection, draft.kind)
            if draft.action == Action.CREATE and draft.kind.letter
            else "",
            first,
            undoes,
            seen_by(draft, pair[0] if pair else None),
        )
        header_bytes = encode_header(header)
        stored = StoredOp(header_bytes, header_hash(header_bytes), salt, body_bytes)
        self.seq, self._hash = header.seq, stored.hash
        return Op(header, stored.hash[:16], body), stored

    def _number(self, connection: Connection, kind: RecordKind) -> str:
        """The next number of this laptop; gaps stay, nothing is reused."""
        prefix = f"{self.device.label}-{kind.letter}-"
        last = self._numbers.get(kind.name)
        if last is None:
            last = self.views.highest_number(connection, kind, prefix)
        self._numbers[kind.name] = last + 1
        return f"{prefix}{last + 1:04d}"

    def sign(self, connection: Connection) -> None:
        """Sign the present head, unless it is signed."""
        if self.seq > store.last_signed(connection, self.log):
            signature = self.device.sign_head(self._log_id, self.seq, self._hash)
            store.sign(connection, self.log, self.seq, self._hash, signature)


def seen_by(draft: Draft, state: RecordState | None) -> dict[str, list[bytes]]:
    """What the author of `draft` has seen of each field it sets."""
    if state is None or draft.action in (Action.CREATE, Action.ADD, Action.ERASE):
        return _NOTHING
    if draft.action == Action.EDIT:
        empty: list[bytes] = []
        return {
            name: register.refs() if (register := state.registers.get(name)) else empty
            for name in draft.values
        }
    seen = {DELETED: sorted(tomb.stamp.ref for tomb in state.tombs)}
    if draft.action == Action.DELETE:
        seen[COVERED] = sorted(state.refs())
    return seen
