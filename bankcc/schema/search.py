"""What a typed text asks of a kind's index, as SQL: words, pinyin, numbers, phones whole, by
beginning or by their last four digits.

The newest records wait in a small table beside the full-text index, because an index row costs four
pages in every commit and a waiting row one; every question is put to both.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from bankcc.schema import phones
from bankcc.schema.fields import Value
from bankcc.schema.plain_text import BEGINNING, SHORT, fold_width, search_words
from bankcc.schema.record import RecordKind

Sql: TypeAlias = tuple[str, list[Value]]
PHONE = "\ue001"
TAIL = "\ue002"
"""Stand before a phone and its last four digits in the index, so that short digits in a number or
a text do not meet them."""
_FEWEST_DIGITS = 4


class Ask(NamedTuple):
    """Tokens that follow each other; `beginning`: the last one may go on."""

    tokens: str
    beginning: bool


def phone_tokens(phone: str) -> str:
    """A stored phone as it goes into the index."""
    digits = phone.removeprefix("+")
    return f"{PHONE}{digits} {TAIL}{digits[-4:]}"


def phone_digits(text: str) -> str:
    """The digits when `text` is a number as people type it, else nothing."""
    try:
        return (phones.normalise(fold_width(text), lenient=True) or "").removeprefix("+")
    except ValueError:
        return ""


def asks(kind: RecordKind, text: str) -> list[list[Ask]]:
    """Alternatives; within one, everything must be met."""
    found = []
    words = [_short(Ask(*word)) for word in search_words(text)]
    if words:
        found.append(words)
    digits = phone_digits(text) if kind.phone_fields() else ""
    if len(digits) == _FEWEST_DIGITS:
        found.append([Ask(TAIL + digits, False)])
    elif len(digits) > _FEWEST_DIGITS:
        found.append([Ask(PHONE + digits, True)])
    return found


def _short(ask: Ask) -> Ask:
    short = ask.beginning and len(ask.tokens) <= SHORT
    return Ask(BEGINNING + ask.tokens, False) if short else ask


def indexed(wanted: Sequence[Sequence[Ask]]) -> str:
    """The MATCH expression of alternatives."""
    return " OR ".join(
        "(" + " AND ".join(f'"{ask.tokens}"' + "*" * ask.beginning for ask in each) + ")"
        for each in wanted
    )


def waiting(wanted: Sequence[Sequence[Ask]]) -> Sql:
    """The same as a condition on `t` of the waiting table, which has a blank at both ends."""
    sql = " OR ".join(" AND ".join("instr(t, ?)" for _ask in each) for each in wanted)
    parameters: list[Value] = [
        f" {ask.tokens}" + " " * (not ask.beginning) for each in wanted for ask in each
    ]
    return sql, parameters


def rows_with(kind: RecordKind, wanted: Sequence[Sequence[Ask]]) -> Sql:
    """A SELECT of the local rows that meet one of `wanted`, deleted records included."""
    condition, parameters = waiting(wanted)
    sql = (
        f"SELECT rowid FROM {kind.index_table} WHERE {kind.index_table} MATCH ?"
        f" UNION ALL SELECT row FROM {kind.waiting_table} WHERE {condition}"
    )
    return sql, [indexed(wanted), *parameters]


def rows_with_phone(kind: RecordKind, phone: str) -> Sql:
    """A SELECT that narrows to the records with this phone."""
    return rows_with(kind, [[Ask(PHONE + phone.removeprefix("+"), False)]])


def search_condition(kind: RecordKind, text: str) -> Sql:
    """Rows that contain every word of `text`."""
    wanted = asks(kind, text)
    if not wanted:
        return "0", []
    sql, parameters = rows_with(kind, wanted)
    return f"row IN ({sql})", parameters
