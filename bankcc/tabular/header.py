"""Where a table's header row is, and which column is which field. The import dialog shows the
mapping and may change it; nothing is guessed that it does not show.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace

from bankcc.i18n import _
from bankcc.schema.record import RecordKind
from bankcc.tabular.rules import NUMBER, Rules, heading, rules_for
from bankcc.tabular.table import Row, Table, letter, unreadable

_LOOK_AT = 60
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Mapping:
    """Columns of a table (from 0) and the fields they fill.

    `header`: index of the header row in the table's rows, -1 for none. `headings`: what the header
    says. `repeated`: columns that would fill a field which another column fills already; they are
    not read.
    """

    header: int
    columns: MappingType[int, str]
    headings: MappingType[int, str]
    repeated: MappingType[int, str]

    @property
    def unknown(self) -> tuple[int, ...]:
        """Columns with a heading that fill nothing."""
        return tuple(column for column in self.headings if column not in self.columns)

    def column_of(self, field: str) -> int | None:
        """The column that fills `field`."""
        return next((column for column, name in self.columns.items() if name == field), None)

    def but(self, column: int, field: str) -> "Mapping":
        """A copy in which `column` fills `field` ("" for nothing) and no other column does."""
        columns = {at: name for at, name in self.columns.items() if at != column and name != field}
        if field:
            columns[column] = field
        repeated = {at: name for at, name in self.repeated.items() if at != column}
        return replace(self, columns=dict(sorted(columns.items())), repeated=repeated)

    def place(self, column: int | None) -> str:
        """A column as people find it: letter and heading."""
        if column is None:
            return ""
        return f"{letter(column)} {self.headings.get(column, '')}".strip()


@dataclass(frozen=True, slots=True)
class Found:
    """The table of a file that fits a kind best. `others`: sheets that fit too and are not read."""

    table: Table
    mapping: Mapping
    others: tuple[str, ...] = ()


def find(tables: Sequence[Table], kind: RecordKind) -> Found:
    """The table and header row that name most fields of `kind`. Raises UserError when none does."""
    rules = rules_for(kind)
    found: list[tuple[int, Table, int]] = []
    for table in tables:
        scores = [_score(row, rules) for row in table.rows[:_LOOK_AT]]
        best = max(scores, default=0)
        if best >= _LEAST:
            found.append((best, table, scores.index(best)))
    if not found:
        if not any(table.rows for table in tables):
            raise unreadable(_("The file holds no rows."))
        needed = [_(item.label) for item in kind.fields if item.required] or [_(kind.label)]
        names = dict.fromkeys([*needed, *(_(item.label) for item in kind.fields[:4])])
        raise unreadable(
            _("No header row for {kind} was found.").format(kind=_(kind.plural)),
            _("Name the columns in one row, among them: {names}.").format(
                names=_(", ").join([*names][: max(4, len(needed))])
            ),
        )
    _best, chosen, header = max(found, key=lambda item: item[0])
    others = tuple(table.sheet for _score, table, _at in found if table is not chosen)
    return Found(chosen, mapping_at(chosen, header, kind), others)


def likelier(
    tables: Sequence[Table], kind: RecordKind, others: Iterable[RecordKind]
) -> RecordKind | None:
    """The one of `others` of which a row names more fields than of `kind`; None if there is none:
    a list of supplies has names too, and is still no list of people."""
    best, chosen = max(_LEAST, _named(tables, kind)), None
    for other in others:
        if other.name != kind.name and (named := _named(tables, other)) > best:
            best, chosen = named, other
    return chosen


def _named(tables: Sequence[Table], kind: RecordKind) -> int:
    rules = rules_for(kind)
    return max((_score(row, rules) for table in tables for row in table.rows[:_LOOK_AT]), default=0)


def mapping_at(table: Table, header: int, kind: RecordKind) -> Mapping:
    """The columns of `table` when its row `header` (an index) names them."""
    rules = rules_for(kind)
    row = table.rows[header]
    headings = {column: text for column, text in enumerate(row.cells) if text}
    pairs = sorted(
        (rank, column, field)
        for column, text in headings.items()
        for rank, field in _matches(text, rules)
    )
    columns: dict[int, str] = {}
    for _rank, column, field in pairs:  # the strongest first; a column may have a second meaning
        if column not in columns and field not in columns.values():
            columns[column] = field
    repeated: dict[int, str] = {}
    for _rank, column, field in pairs:
        if column in columns or column in repeated:
            continue
        free = (
            name for name in (field, *rules.overflow.get(field, ())) if name not in columns.values()
        )
        if name := next(free, ""):
            columns[column] = name
        else:
            repeated[column] = field
    return Mapping(header, dict(sorted(columns.items())), headings, dict(sorted(repeated.items())))


def is_header(row: Row, mapping: Mapping) -> bool:
    """Whether `row` is the header again, as at the top of each printed page."""
    texts = {column: heading(text) for column, text in enumerate(row.cells) if text}
    same = [column for column in mapping.columns if texts.get(column) == _of(mapping, column)]
    return len(same) >= max(_LEAST, len(mapping.columns) - 1)


def _of(mapping: Mapping, column: int) -> str:
    return heading(mapping.headings.get(column, ""))


def _score(row: Row, rules: Rules) -> int:
    fields = {match[1] for text in row.cells if text for match in _matches(text, rules)[:1]}
    return len(fields - {NUMBER})


def _matches(text: str, rules: Rules) -> list[tuple[int, str]]:
    """The fields that a heading may name, and how strongly (0 strongest), best first."""
    if len(text) > 40:
        return []
    bare = heading(text)
    return sorted((names[bare], field) for field, names in rules.headers.items() if bare in names)
