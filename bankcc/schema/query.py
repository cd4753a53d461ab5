"""Questions to one kind of record, turned into SQL and parameters. Names come only from the
declaration.

Lists are paged by key (order value, local row), never by offset, so a page costs the same
anywhere.
"""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from bankcc.errors import Refused
from bankcc.i18n import _
from bankcc.schema.fields import Phone, TextList, Value
from bankcc.schema.record import SYSTEM_FIELDS, RecordKind
from bankcc.schema.search import Sql, rows_with_phone, search_condition

Operator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">=", "in", "empty", "filled"]


@dataclass(frozen=True, slots=True)
class Condition:
    """`field operator value`; `in` takes a tuple, `empty` and `filled` take nothing."""

    field: str
    operator: Operator = "="
    value: Value | tuple[Value, ...] = None


@dataclass(frozen=True, slots=True)
class Query:
    """Records of one kind: all that meet every condition and contain `text`, in `order`.

    `either`: if given, one of these must be met too. `order`: a field name, - before it for
    descending; empty for the kind's own. `limit` None: all. `hidden`: also deleted ones.
    """

    kind: str
    where: tuple[Condition, ...] = ()
    text: str = ""
    order: str = ""
    limit: int | None = None
    hidden: bool = False
    either: tuple[Condition, ...] = ()

    def but(self, **changes: object) -> "Query":
        """A copy with other values."""
        return replace(self, **changes)  # type: ignore[arg-type]


def select_rows(
    kind: RecordKind, query: Query, columns: str = "row", after: tuple[Value, int] | None = None
) -> Sql:
    """SQL for `columns` of what `query` finds, in order. `after`: the (order value, row) of the
    last one seen.
    """
    where, parameters = conditions(kind, query)
    order, descending = order_column(kind, query)
    way, beyond = ("DESC", "<") if descending else ("ASC", ">")
    if after is not None:
        where += f" AND ({order}, row) {beyond} (?, ?)"
        parameters += [after[0], after[1]]
    sql = f"SELECT {columns} FROM {kind.table} WHERE {where} ORDER BY {order} {way}, row {way}"
    if query.limit is not None:
        sql += " LIMIT ?"
        parameters.append(query.limit)
    return sql, parameters


def select_values(kind: RecordKind, query: Query, field: str) -> Sql:
    """SQL for the different values of `field` in what `query` finds, in no order."""
    where, parameters = conditions(kind, query)
    name = kind.field(field).name
    return f'SELECT DISTINCT "{name}" FROM {kind.table} WHERE {where}', parameters


def count_rows(kind: RecordKind, query: Query) -> Sql:
    """SQL for how many `query` finds."""
    where, parameters = conditions(kind, query)
    return f"SELECT count(*) FROM {kind.table} WHERE {where}", parameters


def order_column(kind: RecordKind, query: Query) -> tuple[str, bool]:
    """The order column of `query` and whether it descends."""
    order = query.order or kind.order
    name = order.removeprefix("-")
    if name != "row" and name not in SYSTEM_FIELDS:
        kind.field(name)
    return f'"{name}"', order.startswith("-")


def conditions(kind: RecordKind, query: Query) -> Sql:
    """The WHERE part of `query`."""
    parts = [] if query.hidden else ["hidden = 0"]
    parameters: list[Value] = []
    for condition in query.where:
        sql, values = _condition(kind, condition)
        parts.append(sql)
        parameters += values
    if query.either:
        either = [_condition(kind, condition) for condition in query.either]
        parts.append(f"({' OR '.join(f'({sql})' for sql, _values in either)})")
        parameters += [value for _sql, values in either for value in values]
    if query.text.strip():
        sql, values = search_condition(kind, query.text)
        parts.append(sql)
        parameters += values
    return " AND ".join(parts) or "1", parameters


def _condition(kind: RecordKind, condition: Condition) -> Sql:
    name = condition.field
    if name not in SYSTEM_FIELDS and name != "id":
        item = kind.field(name)
        if isinstance(item, TextList) and condition.operator == "=":
            return f"\"{name}\" LIKE ? ESCAPE '\\'", [f'%"{_like(str(condition.value))}"%']
        if isinstance(item, Phone) and condition.operator == "=" and _digits(condition.value):
            # Phones have no index of their own: the full-text index narrows, the column decides.
            narrow, parameters = rows_with_phone(kind, str(condition.value))
            return f'row IN ({narrow}) AND "{name}" = ?', [*parameters, str(condition.value)]
    match condition.operator:
        case "empty":
            return f'"{name}" IS NULL', []
        case "filled":
            return f'"{name}" IS NOT NULL', []
        case "in":
            values = (
                list(condition.value) if isinstance(condition.value, tuple) else [condition.value]
            )
            return f'"{name}" IN ({", ".join("?" * len(values))})', values
        case "=" | "!=" if condition.value is None:
            return f'"{name}" IS {"NOT " if condition.operator == "!=" else ""}NULL', []
        case "=" | "!=" | "<" | "<=" | ">" | ">=":
            return f'"{name}" {condition.operator} ?', [condition.value]  # type: ignore[list-item]
    raise Refused(_("Unknown comparison “{operator}”.").format(operator=condition.operator))


def _digits(value: object) -> bool:
    return isinstance(value, str) and value.removeprefix("+").isdecimal()


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
