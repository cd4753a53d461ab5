"""What a verb sees while it is planned, and the check of what it asks for: parse, resolve links,
apply rules.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bankcc.clock import Clock
from bankcc.database import Connection
from bankcc.errors import NotFound, Refused
from bankcc.i18n import _
from bankcc.ids import Chance, is_record_id, new_record_id
from bankcc.log.views import record_columns, record_of
from bankcc.log.writer import Draft
from bankcc.schema.change import Action, Change
from bankcc.schema.fields import Checklist, Link, Value
from bankcc.schema.record import Record, RecordKind, title
from bankcc.schema.search import search_condition

_CANDIDATES = 6
_ALL = -1


class Desk:
    """Reads through one connection; inside `execute` that is the writing one, so reads see the
    change.

    `looks` counts reads that records still waiting to be written could have answered
    differently.
    """

    def __init__(
        self,
        connection: Connection,
        kinds: Mapping[str, RecordKind],
        clock: Clock,
        chance: Chance,
        user: str,
    ) -> None:
        self._connection = connection
        self._kinds = kinds
        self._clock = clock
        self._chance = chance
        self.user = user
        self.looks = 0

    def now_ms(self) -> int:
        return self._clock.now_ms()

    def new_id(self) -> str:
        return new_record_id(self._clock.now_ms(), self._chance)

    def kind(self, name: str) -> RecordKind:
        """The kind of that name. Raises Refused with the known ones."""
        found = self._kinds.get(name)
        if found is None:
            known = ", ".join(name for name, kind in self._kinds.items() if not kind.internal)
            raise Refused(
                _("There is no kind of record “{name}”.").format(name=name), next_step=known
            )
        return found

    def get(self, kind: str, key: str) -> Record:
        """The record with that id, number or unique title. Raises NotFound."""
        declared = self.kind(kind)
        if not is_record_id(key):
            self.looks += 1
        found = self._matching(declared, key.strip())
        if len(found) == 1:
            return found[0]
        label = _(declared.label)
        if not found:
            raise NotFound(_("No {kind} answers to “{key}”.").format(kind=label, key=key))
        names = "; ".join(
            f"{record.number} {title(declared, record)}" for record in found[:_CANDIDATES]
        )
        raise NotFound(
            _("“{key}” fits more than one {kind}: {names}.").format(
                key=key, kind=label, names=names
            ),
            next_step=_("Give the number."),
        )

    def _matching(self, kind: RecordKind, key: str) -> list[Record]:
        if is_record_id(key.upper()):
            found = self._select(kind, "id = ?", [key.upper()])
            if found:
                return found
        found = self._select(kind, "number = ? AND hidden = 0", [key])
        if found or not key:
            return found
        named = [name for name in kind.titles if kind.by_name[name].column == "TEXT"]
        if not named:
            return []
        exact = " OR ".join(f'"{name}" = ?' for name in named)
        searchable = any(kind.by_name[name].searchable for name in named)
        narrow, parameters = search_condition(kind, key) if searchable else ("0", [])
        if parameters:
            # The index narrows a scan of a large table to the rows that contain the words.
            return self._select(
                kind, f"{narrow} AND ({exact}) AND hidden = 0", [*parameters, *[key] * len(named)]
            )
        return self._select(kind, f"({exact}) AND hidden = 0", [key] * len(named))

    def linked(self, kind: str, field: str, record: str) -> Sequence[Record]:
        """The records whose link `field` names `record`."""
        declared = self.kind(kind)
        declared.field(field)
        self.looks += 1
        return self._select(declared, f'"{field}" = ? AND hidden = 0', [record], limit=_ALL)

    def _select(
        self, kind: RecordKind, where: str, parameters: Sequence[Any], limit: int = _CANDIDATES + 1
    ) -> list[Record]:
        rows = self._connection.execute(
            f"SELECT {record_columns(kind)} FROM {kind.table} WHERE {where} LIMIT {limit}",
            parameters,
        )
        return [record_of(kind, row) for row in rows]

    # -- from intended changes to checked drafts --

    def drafts(self, changes: Sequence[Change]) -> list[Draft]:
        """Check `changes` and turn them into drafts. Links may name records that the same verb
        creates.
        """
        new = {
            change.record for change in changes if change.action == Action.CREATE and change.record
        }
        return [draft for change in changes if (draft := self._draft(change, new)) is not None]

    def _draft(self, change: Change, new: set[str]) -> Draft | None:
        kind = self.kind(change.kind)
        if change.action in (Action.DELETE, Action.RESTORE):
            return Draft(kind, change.action, change.record)
        before = None if change.action == Action.CREATE else self.get(kind.name, change.record)
        if change.action == Action.EDIT and kind.append_only:
            raise Refused(
                _("A {kind} entry is never rewritten.").format(kind=_(kind.label)),
                next_step=_("Add a correcting entry."),
            )
        values = {
            name: self._value(kind, name, raw, new, trusted=change.trusted)
            for name, raw in change.values.items()
        }
        if change.action == Action.ADD:
            values = {name: value for name, value in values.items() if value}
            return (
                Draft(kind, change.action, change.record, values, change.origin) if values else None
            )
        return self._setting(kind, change, values, before)

    def _setting(
        self, kind: RecordKind, change: Change, values: dict[str, Value], before: Record | None
    ) -> Draft | None:
        if before is None:
            values = kind.defaults | {n: v for n, v in values.items() if v is not None}
        else:
            values = {
                name: value
                for name, value in values.items()
                if change.settles or before.values.get(name) != value
            }
            if not values and not change.origin:
                return None
        after = dict(before.values if before else {}) | values
        for item in kind.required:
            if after.get(item.name) is None and (before is None or item.name in values):
                raise item.fail(_("is needed"))
        kind.rule(after, before.values if before else None)
        record = change.record or self.new_id()
        return Draft(kind, change.action, record, flatten(kind, values, before), change.origin)

    def _value(
        self, kind: RecordKind, name: str, raw: object, new: set[str], *, trusted: bool
    ) -> Value:
        item = kind.field(name)
        if trusted:
            return raw  # type: ignore[return-value]
        value = item.parse(raw)
        if isinstance(item, Link) and isinstance(value, str) and value not in new:
            return self.get(item.to, value).id if item.to else value
        return value


def flatten(
    kind: RecordKind, values: Mapping[str, Value], before: Record | None
) -> dict[str, Value]:
    """Checklists as one value per item that differs; everything else as it is."""
    flat: dict[str, Value] = {}
    for name, value in values.items():
        if not isinstance(kind.by_name[name], Checklist):
            flat[name] = value
            continue
        old = _items(before.values.get(name) if before else None)
        wanted = _items(value)
        flat |= {f"{name}/{key}": rest for key, rest in wanted.items() if old.get(key) != rest}
        flat |= {f"{name}/{key}": None for key in old if key not in wanted}
    return flat


def _items(value: Value) -> dict[str, list[Any]]:
    return {str(key): list(rest) for key, *rest in value} if isinstance(value, list) else {}
