"""A play of several laptops, each with its own log, its own wrong clock, its own partial knowledge.

A step is five small numbers; whatever they are, they mean something: a failing play shrinks.
`seen` of every operation is made from what its author knew, by the reference and not by the fold.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance, new_record_id
from bankcc.log.hlc import HybridClock
from bankcc.log.op import (
    COVERED,
    DELETED,
    OP_VERSION,
    START,
    Body,
    Header,
    Op,
    StoredOp,
    decode,
    encode_body,
    encode_header,
    header_hash,
    payload_hash,
)
from bankcc.schema.change import Action
from bankcc.schema.fields import Checklist, Count
from bankcc.schema.record import RecordKind
from tests.properties import reference
from tests.properties.kinds import ITEMS, KINDS, WORDS, value_for

Step = tuple[int, int, int, int, int]
YEAR_MS = 365 * 86_400_000
NOW_MS = 1_795_400_000_000
JUMPS = (-30 * YEAR_MS, -3_600_000, -1, 0, 1, 90_000, 11 * 60_000, 30 * YEAR_MS)


class Entry(NamedTuple):
    """One operation of the play."""

    op: Op
    stored: StoredOp


@dataclass
class Laptop:
    """One author. `reach`: how far it has read each log, its own included."""

    name: str
    clock: ManualClock
    hybrid: HybridClock = field(default_factory=HybridClock)
    reach: dict[str, int] = field(default_factory=dict)
    numbers: int = 0

    @property
    def log(self) -> str:
        return f"{self.name}.1"


class Play:
    """Laptops and everything they have written; `knew` tells what each author knew."""

    def __init__(self, names: str = "乙丙丁", *, seed: int = 0, skew: bool = True) -> None:
        self.chance = SeededChance(seed)
        offsets = (0, 30 * YEAR_MS, -30 * YEAR_MS) if skew else (0, 0, 0)
        self.laptops = [
            Laptop(name, ManualClock(NOW_MS + offset))
            for name, offset in zip(names, offsets, strict=False)
        ]
        self.logs: dict[str, list[Entry]] = {}
        self.by_ref: dict[bytes, Entry] = {}
        self.knew: dict[bytes, frozenset[bytes]] = {}

    # -- what is known ---------------------------------------------------------------------------

    def known(self, laptop: Laptop) -> list[Op]:
        return [e.op for log, to in laptop.reach.items() for e in self.logs.get(log, ())[:to]]

    def entries(self) -> list[Entry]:
        return [entry for log in self.logs.values() for entry in log]

    def ops(self) -> list[Op]:
        return [entry.op for entry in self.entries()]

    def records(self, ops: list[Op]) -> dict[tuple[str, str], list[Op]]:
        found: dict[tuple[str, str], list[Op]] = {}
        for op in ops:
            found.setdefault((op.header.kind, op.header.record), []).append(op)
        return found

    # -- writing ---------------------------------------------------------------------------------

    def adopt(self, stored: StoredOp, knew: frozenset[bytes] = frozenset()) -> None:
        """Take in an operation that a real session wrote."""
        op = decode(stored)
        self.logs.setdefault(op.header.log, []).append(Entry(op, stored))
        self.by_ref[op.ref] = self.logs[op.header.log][-1]
        self.knew[op.ref] = knew

    def write(
        self,
        laptop: Laptop,
        kind: RecordKind,
        action: Action,
        record: str,
        values: dict[str, Any],
        origin: str = "",
    ) -> Op:
        """Append an operation of `laptop` with honest `seen`."""
        known = self.known(laptop)
        own = self.logs.setdefault(laptop.log, [])
        salt = self.chance.random_bytes(16)
        body = encode_body(Body(f"{laptop.name}·员工", values, origin))
        number = ""
        if action == Action.CREATE:
            laptop.numbers += 1
            number = f"{laptop.name}-{kind.letter}-{laptop.numbers:04d}"
        header = encode_header(
            Header(
                OP_VERSION,
                laptop.log,
                len(own) + 1,
                own[-1].stored.hash if own else START,
                payload_hash(salt, body),
                laptop.hybrid.tick(laptop.clock.now_ms()),
                laptop.clock.now_ms(),
                480,
                f"{kind.name}.{action}",
                str(action),
                kind.name,
                record,
                number,
                len(own) + 1,
                0,
                self._seen([op for op in known if op.header.record == record], action, values),
            )
        )
        stored = StoredOp(header, header_hash(header), salt, body)
        self.adopt(stored, frozenset(op.ref for op in known))
        laptop.reach[laptop.log] = len(own)
        return own[-1].op

    def _seen(
        self, ops: list[Op], action: Action, values: dict[str, Any]
    ) -> dict[str, list[bytes]]:
        knew = self.knew
        if action in (Action.CREATE, Action.ADD):
            return {}
        if action == Action.EDIT:
            return {name: self._field_refs(ops, name) for name in values}
        seen = {DELETED: sorted(op.ref for op in reference.tombs(ops, knew))}
        if action == Action.DELETE:
            names = reference.register_names(ops)
            refs = {ref for name in names for ref in self._field_refs(ops, name)}
            refs |= {op.ref for op in ops if op.header.action == Action.CREATE}
            seen[COVERED] = sorted(refs)
        return seen

    def _field_refs(self, ops: list[Op], name: str) -> list[bytes]:
        taken = {ref for op in reference.setters(ops, name) for ref in self.knew[op.ref]}
        refs = [op.ref for op in reference.heads(ops, name, self.knew)]
        return sorted(refs + [op.ref for op in reference.deltas(ops, name) if op.ref not in taken])

    # -- steps -----------------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        """Do what five numbers say."""
        who, what, target, which, choice = step
        laptop = self.laptops[who % len(self.laptops)]
        laptop.clock.advance(seconds=1)
        match what % 12:
            case 0 | 1:
                self._create(laptop, which, choice)
            case 2 | 3 | 4 | 5:
                self._edit(laptop, target, which, choice)
            case 6:
                self._change_one(laptop, target, Action.ADD, {"stock": choice - 4 or 1})
            case 7:
                self._change_one(laptop, target, Action.DELETE, {})
            case 8:
                self._change_one(laptop, target, Action.RESTORE, {})
            case 9 | 10:
                sender = self.laptops[(who + 1 + target) % len(self.laptops)]
                self.exchange(sender, laptop, which, choice)
            case 11:
                laptop.clock.ms = max(laptop.clock.ms + JUMPS[choice % len(JUMPS)], 0)

    def _create(self, laptop: Laptop, which: int, choice: int) -> None:
        record = new_record_id(laptop.clock.now_ms(), self.chance)
        origin = f"row{choice}" if which == 3 else ""
        if which == 5:
            self.write(
                laptop, KINDS["mate"], Action.CREATE, record, {"name": WORDS[choice % 8]}, origin
            )
            return
        kind = KINDS["thing"]
        values: dict[str, Any] = {"title": WORDS[choice % len(WORDS)], "status": "todo"}
        if which % 2:
            values |= {f"list/{key}": [f"项{key}", 0] for key in ITEMS[: choice % 3 + 1]}
        if which % 3 == 0:
            values["stock"] = choice
        self.write(laptop, kind, Action.CREATE, record, values, origin)

    def _pick(self, laptop: Laptop, target: int) -> tuple[RecordKind, str] | None:
        created = [op for op in self.known(laptop) if op.header.action == Action.CREATE]
        created = [op for op in created if op.header.kind in ("thing", "mate")]
        if not created:
            return None
        # Counted from the end: plays then dwell on few records, where things get entangled.
        op = created[-1 - target % min(len(created), 4)]
        return KINDS[op.header.kind], op.header.record

    def _edit(self, laptop: Laptop, target: int, which: int, choice: int) -> None:
        picked = self._pick(laptop, target)
        if picked is None:
            return
        kind, record = picked
        item = kind.fields[which % len(kind.fields)]
        values: dict[str, Any] = {}
        if isinstance(item, Checklist):
            key = ITEMS[choice % len(ITEMS)]
            values[f"{item.name}/{key}"] = [f"项{key}", choice % 2] if choice < 8 else None
        else:
            values[item.name] = value_for(item, choice)
            if choice == 7 and kind.name == "thing":
                values |= {"note": WORDS[which % len(WORDS)], "status": "done"}
        self.write(laptop, kind, Action.EDIT, record, values, f"row{which}" if choice == 5 else "")

    def _change_one(
        self, laptop: Laptop, target: int, action: Action, values: dict[str, Any]
    ) -> None:
        picked = self._pick(laptop, target)
        if picked is None:
            return
        kind, record = picked
        if action == Action.ADD and not any(isinstance(item, Count) for item in kind.fields):
            return
        ops = [op for op in self.known(laptop) if op.header.record == record]
        if action == Action.RESTORE and not reference.tombs(ops, self.knew):
            return
        self.write(laptop, kind, action, record, values)

    def exchange(self, sender: Laptop, receiver: Laptop, which: int = 0, choice: int = 9) -> None:
        """Hand over logs: all that the sender has, or only a beginning of one log of it."""
        for place, (log, reach) in enumerate(sorted(sender.reach.items())):
            have = receiver.reach.get(log, 0)
            if which % 4 == 3 and place != choice % len(sender.reach):
                continue
            take = reach if choice >= 3 else min(have + choice + 1, reach)
            for entry in self.logs.get(log, [])[have:take]:
                receiver.hybrid.receive(entry.op.header.hlc, receiver.clock.now_ms())
            receiver.reach[log] = max(have, take)

    def run(self, steps: list[Step]) -> "Play":
        for step in steps:
            self.step(step)
        return self
