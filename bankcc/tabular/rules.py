"""How files name their columns, per kind: read from `data/import/synonyms.toml`, which is data, not
code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bankcc.errors import Refused
from bankcc.i18n import N_, _, in_every_language
from bankcc.paths import shipped_data
from bankcc.schema.fields import Field, Phone, Text, Value
from bankcc.schema.plain_text import fold_width
from bankcc.schema.record import SYSTEM_FIELDS, RecordKind

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_MARKS = re.compile(r"[\s:*#·_\-/、,.。]+")

NUMBER = "number"
_WEAK = 100
EXTRA: dict[str, tuple[Field, ...]] = {
    "person": (
        # Extensions and internal numbers are short; better kept as they are than the person
        # refused.
        Phone(name="office_phone", label=N_("Office phone"), lenient=True),
        Text(name="backup_a", label=N_("Backup A")),
        Text(name="backup_b", label=N_("Backup B")),
    )
}
"""Columns that an import understands though they are no fields of the record itself."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known about files of one kind. `headers`: field to normalised names, strongest
    first."""

    headers: Mapping[str, Mapping[str, int]]
    overflow: Mapping[str, tuple[str, ...]]
    identity: tuple[tuple[str, ...], ...]
    fill_down: tuple[str, ...]
    needed: tuple[str, ...]
    new: Mapping[str, Value]
    remark_begins: tuple[str, ...]
    remark_equals: frozenset[str]

    def is_remark(self, text: str) -> bool:
        """Whether a row that begins with `text` is a remark or a total."""
        bare = fold_width(text).strip().lower()
        return bare in self.remark_equals or bare.startswith(self.remark_begins)


def heading(text: str) -> str:
    """A header cell as it is compared: no width, case, blanks, marks, nor what stands in
    brackets."""
    folded = fold_width(text).lower()
    bare = _MARKS.sub("", _BRACKETS.sub("", folded))
    return bare or _MARKS.sub("", folded)


def targets(kind: RecordKind) -> tuple[Field, ...]:
    """What a column of a file may be: the kind's fields and what its import understands besides."""
    return (*kind.fields, *EXTRA.get(kind.name, ()))


def declared(kind: RecordKind) -> tuple[str, ...]:
    """The columns that the data file names for `kind`, in its order, without the number."""
    headers = _file().get(kind.name, {}).get("headers", {})
    return tuple(name for name in headers if name != NUMBER)


def rules_for(kind: RecordKind) -> Rules:
    """The rules of `kind`, its own labels among the names. Raises Refused for a kind that is not
    imported."""
    table = _file().get(kind.name)
    if table is None or not kind.importable:
        raise Refused(_("{kind} cannot be imported from a table.").format(kind=_(kind.plural)))
    headers = {
        field: {name: rank for rank, name in reversed(list(enumerate(map(heading, known))))}
        for field, known in table["headers"].items()
    }
    for item in (*targets(kind), SYSTEM_FIELDS[NUMBER]):
        # Behind the declared names: a label may be the everyday word for another field.
        known = headers.setdefault(item.name, {})
        for label in (*in_every_language(item.label), item.name):
            known.setdefault(heading(label), _WEAK)
    headers[NUMBER].pop(NUMBER)  # people write “number” for a telephone number
    remarks = _file()["remarks"]
    return Rules(
        headers=headers,
        overflow={key: tuple(value) for key, value in table.get("overflow", {}).items()},
        identity=tuple(map(tuple, table["identity"])),
        fill_down=tuple(table["fill_down"]),
        needed=(
            *(item.name for item in kind.fields if item.required),
            *table.get("needed", ()),
        ),
        new=table.get("new", {}),
        remark_begins=tuple(fold_width(text).lower() for text in remarks["begins"]),
        remark_equals=frozenset(fold_width(text).lower() for text in remarks["equals"]),
    )


@cache
def _file() -> dict[str, dict]:  # type: ignore[type-arg]
    with (shipped_data() / "import" / "synonyms.toml").open("rb") as file:
        return tomllib.load(file)
