"""A desk over dictionaries: verbs of the features are planned and applied without a session."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bankcc.clock import ManualClock
from bankcc.errors import NotFound
from bankcc.features import KIND
from bankcc.schema.change import Action, Change, Verb
from bankcc.schema.fields import Link, Value
from bankcc.schema.record import Record, title


@dataclass
class FakeDesk:
    """Records in memory; `do` applies a verb as the session would: parse, resolve links, rule."""

    clock: ManualClock = field(default_factory=ManualClock)
    user: str = "王敏 · 热线坐席"
    records: dict[str, Record] = field(default_factory=dict)
    made: int = 0

    def now_ms(self) -> int:
        return self.clock.ms

    def new_id(self) -> str:
        self.made += 1
        return f"ID{self.made:024d}"

    def all(self, kind: str) -> list[Record]:
        return [record for record in self.records.values() if record.kind == kind]

    def only(self, kind: str) -> Record:
        """The one record of a kind."""
        (record,) = self.all(kind)
        return record

    def get(self, kind: str, key: str) -> Record:
        named = [
            record
            for record in self.all(kind)
            if key in (record.id, record.number, title(KIND[kind], record))
        ]
        if len(named) != 1:
            raise NotFound(f"{kind} {key}: {len(named)}")
        return named[0]

    def link_title(self, kind: str, record: str) -> str:
        return title(KIND[kind], self.get(kind, record))

    @property
    def kinds(self) -> dict[str, object]:
        return dict(KIND)

    def linked(self, kind: str, field: str, record: str) -> Sequence[Record]:
        return [found for found in self.all(kind) if found[field] == record]

    def do(self, verb: Verb) -> list[Record]:
        """Apply a verb; the records it touched, as they are then."""
        changes = verb.plan(self)
        new = {change.record for change in changes if change.action is Action.CREATE}
        return [self._apply(change, new) for change in changes]

    def _apply(self, change: Change, new: set[str]) -> Record:
        kind = KIND[change.kind]
        values: dict[str, Value] = {}
        for name, raw in change.values.items():
            item = kind.field(name)
            value = item.parse(raw)
            if isinstance(item, Link) and isinstance(value, str) and value not in new:
                value = self.get(item.to, value).id
            values[name] = value
        if change.action is Action.CREATE:
            record = self._create(change, values)
        else:
            old = self.get(kind.name, change.record)
            if change.action is Action.ADD:
                values = {name: (old[name] or 0) + value for name, value in values.items()}
            record = replace(old, values={**old.values, **values})
            kind.rule(record.values, old.values)
        self.records[record.id] = record
        return record

    def _create(self, change: Change, values: dict[str, Value]) -> Record:
        kind = KIND[change.kind]
        defaults = {item.name: item.default for item in kind.fields if item.default is not None}
        full = defaults | {name: value for name, value in values.items() if value is not None}
        for item in kind.fields:
            if item.required and full.get(item.name) is None:
                raise item.fail("is needed")
        kind.rule(full, None)
        number = f"甲-{kind.letter}-{len(self.all(kind.name)) + 1:04d}"
        now = self.now_ms()
        return Record(
            kind=kind.name,
            row=len(self.records) + 1,
            id=change.record or self.new_id(),
            number=number,
            values=full,
            created=now,
            created_by=self.user,
            changed=now,
            changed_by=self.user,
        )
