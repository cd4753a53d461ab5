"""The declaration of a record type, and a record as it is read.

Everything generic (log, storage, query, table, form, import, export, report) reads the
declaration; a declaration holds no behaviour beyond its rule.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bankcc.errors import Refused
from bankcc.i18n import N_, _
from bankcc.schema import phones
from bankcc.schema.fields import Choice, Field, Moment, Phone, Text, Value

Rule: TypeAlias = Callable[[Mapping[str, Value], Mapping[str, Value] | None], None]
"""Checks a record's values after a change against those before (None: new); raises UserError."""


def no_rule(after: Mapping[str, Value], before: Mapping[str, Value] | None) -> None:
    """Nothing beyond the fields' own checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKind:
    """One record type.

    `name` is singular and stable (it stands in the log); `letter` is the letter of its numbers.
    `titles`: fields that name a record to people. `columns`: fields of its list and list PDF.
    `order`: default order, a field name with - for descending. `unique`: fields that identify a
    record on import. `entries`: category of the timeline entries that follow from it.
    `append_only`: entries are added and retracted, never edited. `announced`: creation is a
    timeline entry. `indexes`: field tuples that lists filter by.
    """

    name: str
    letter: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    titles: tuple[str, ...]
    columns: tuple[str, ...]
    order: str = "-created"
    unique: tuple[str, ...] = ()
    append_only: bool = False
    announced: bool = False
    entries: str = "other"
    importable: bool = False
    internal: bool = False
    indexes: tuple[tuple[str, ...], ...] = ()
    rule: Rule = no_rule
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False)
    required: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    defaults: dict[str, Value] = field(init=False, repr=False, compare=False)
    indexed: tuple[Field, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {item.name: item for item in self.fields})
        required = tuple(item for item in self.fields if item.required)
        object.__setattr__(self, "required", required)
        defaults = {item.name: item.default for item in self.fields if item.default is not None}
        object.__setattr__(self, "defaults", defaults)
        indexed = tuple(
            item
            for item in self.fields
            if item.searchable or item.pinyin or isinstance(item, Phone)
        )
        object.__setattr__(self, "indexed", indexed)

    @property
    def table(self) -> str:
        """The view table."""
        return "v_" + self.name.replace("-", "_")

    @property
    def index_table(self) -> str:
        """The full-text index beside the view table."""
        return "s_" + self.name.replace("-", "_")

    @property
    def waiting_table(self) -> str:
        """Lines of the newest records that are not in the full-text index yet."""
        return "w_" + self.name.replace("-", "_")

    def field(self, name: str) -> Field:
        """The field of that name. Raises Refused with the known names."""
        found = self.by_name.get(name)
        if found is None:
            raise Refused(
                _("{kind} has no field “{name}”.").format(kind=_(self.label), name=name),
                next_step=_("Fields: {names}.").format(names=", ".join(self.by_name)),
            )
        return found

    def phone_fields(self) -> tuple[Phone, ...]:
        return tuple(item for item in self.fields if isinstance(item, Phone))

    def list_fields(self) -> Iterator[Field]:
        """The declared fields of its list, in order; system columns are added by the reader."""
        return (self.by_name[name] for name in self.columns if name in self.by_name)


SYSTEM_FIELDS: dict[str, Field] = {
    item.name: item
    for item in (
        Text(name="number", label=N_("No."), width=10),
        Moment(name="created", label=N_("Entered"), width=16),
        Text(name="created_by", label=N_("Entered by"), width=10),
        Moment(name="changed", label=N_("Changed"), width=16),
        Text(name="changed_by", label=N_("Changed by"), width=10),
    )
}
"""What every record has besides its declared fields; derived from its operations."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as the views show it. `row` is local to this laptop; `conflicts` counts fields with
    alternatives.

    `deleted_by`: set when the record was deleted elsewhere but a concurrent edit keeps it visible.
    """

    kind: str
    row: int
    id: str
    number: str
    values: Mapping[str, Value]
    created: int
    created_by: str
    changed: int
    changed_by: str
    conflicts: int = 0
    deleted_by: str = ""

    def __getitem__(self, name: str) -> Value:
        return getattr(self, name) if name in SYSTEM_FIELDS else self.values.get(name)

    def text(self, name: str) -> str:
        """The stored text of a field, empty for none."""
        value = self[name]
        return "" if value is None else str(value)


def title(kind: RecordKind, record: Record) -> str:
    """What people call the record: its title fields, else its number. Never a telephone number."""
    parts = [
        kind.by_name[name].format(record.values.get(name))
        for name in kind.titles
        if record.values.get(name) is not None
    ]
    return phones.mask_in_text(" ".join(parts)) or record.number


def status_level(kind: RecordKind, record: Record, name: str = "status") -> str:
    """The chip level (critical, warning, info, ok, neutral) of a choice field, empty for none."""
    item = kind.by_name.get(name)
    if isinstance(item, Choice) and (option := item.option(record.values.get(name))):
        return option.level
    return ""
