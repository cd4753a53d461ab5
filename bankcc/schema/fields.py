"""Field types. A field is declared once; column, parsing, checking, display, masking and print
follow from it.

`parse` takes what a person typed or a file holds and returns the stored value or raises
`FieldError`; `format` turns a stored value into text in the language in force, masked unless
`reveal`.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, TypeAlias

from bankcc import clock
from bankcc.errors import FieldError
from bankcc.i18n import N_, _, in_every_language
from bankcc.schema import dates, phones
from bankcc.schema.plain_text import clean, fold_width

Value: TypeAlias = str | int | list[Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What all fields share.

    `critical`: concurrent values go to the review list. `tracked`: a change is a timeline entry.
    `width`: preferred column width in characters. `default`: value of a new record (or a maker of
    it).
    """

    name: str
    label: str
    help: str = ""
    required: bool = False
    critical: bool = False
    tracked: bool = False
    personal: bool = False
    searchable: bool = False
    pinyin: bool = False
    width: int = 12
    default: Value = None
    column: ClassVar[str] = "TEXT"
    keyed: ClassVar[bool] = False

    def parse(self, raw: object) -> Value:
        """The stored value for `raw`; None for nothing."""
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        return self._parse(raw)

    def _parse(self, raw: object) -> Value:
        raise TypeError(f"{type(self).__name__} does not parse")

    def format(self, value: Value, *, reveal: bool = False) -> str:
        """`value` as text for people."""
        return "" if value is None else str(value)

    def to_column(self, value: Value) -> str | int | None:
        """`value` as it stands in the view table."""
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value

    def from_column(self, stored: Any) -> Value:
        """Inverse of `to_column`."""
        return stored  # type: ignore[no-any-return]

    def attention(self, value: Value) -> int:
        """Which of several concurrent values is shown: the highest; 0 leaves it to the clock."""
        return 0

    def fail(self, reason: str, next_step: str = "") -> FieldError:
        """The error of this field, with its label."""
        return FieldError(
            self.name,
            _("{field}: {reason}").format(field=_(self.label), reason=reason),
            next_step=next_step,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """One line or many."""

    multiline: bool = False
    max_length: int = 2_000

    def _parse(self, raw: object) -> Value:
        text = clean(number_text(raw), one_line=not self.multiline)
        if len(text) > self.max_length:
            raise self.fail(_("is longer than {limit} characters").format(limit=self.max_length))
        return text or None

    def format(self, value: Value, *, reveal: bool = False) -> str:
        text = "" if value is None else str(value)
        return text if reveal else phones.mask_in_text(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Text):
    """An address; checked only for its shape."""

    def _parse(self, raw: object) -> Value:
        text = fold_width(str(raw)).strip()
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
            raise self.fail(_("“{text}” is not an e-mail address").format(text=text[:40]))
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone(Field):
    """A telephone number, stored as digits. `lenient` keeps odd ones: a caller's number is never
    refused. A `personal` one is no service number.
    """

    lenient: bool = False

    def _parse(self, raw: object) -> Value:
        try:
            return phones.normalise(number_text(raw), lenient=self.lenient, personal=self.personal)
        except ValueError as error:
            raise self.fail(str(error)) from None

    def format(self, value: Value, *, reveal: bool = False) -> str:
        if not isinstance(value, str):
            return ""
        return phones.grouped(value) if reveal else phones.masked(value)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `code` is stored, `label` shown; `level` is the status level of its chip."""

    code: str
    label: str
    level: str = ""
    attention: int = 0
    also: tuple[str, ...] = ()


_TYPEABLE: dict[int, tuple[tuple[Option, ...], dict[str, str]]] = {}


def _codes(options: tuple[Option, ...]) -> dict[str, str]:
    """Everything that may be typed for these options, in plain width, lower case, with its code."""
    # By identity: hashing all the options would cost more than everything else in parsing one.
    found = _TYPEABLE.get(id(options))
    if found is None or found[0] is not options:
        found = _TYPEABLE[id(options)] = (options, _typeable(options))
    return found[1]


def _typeable(options: tuple[Option, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for option in options:
        for name in (option.code, *in_every_language(option.label), *option.also):
            known.setdefault(fold_width(name).lower(), option.code)
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a fixed list. Input may be the code, a label in either language, or a position digit.
    """

    options: tuple[Option, ...] = ()

    def _parse(self, raw: object) -> Value:
        text = fold_width(number_text(raw)).strip().lower()
        code = _codes(self.options).get(text)
        if code is not None:
            return code
        if text.isdecimal() and 1 <= int(text) <= len(self.options):
            return self.options[int(text) - 1].code
        known = _(", ").join(_(option.label) for option in self.options)
        raise self.fail(_("“{text}” is not one of: {known}").format(text=text[:40], known=known))

    def option(self, value: Value) -> Option | None:
        """The option of a stored code; None for an unknown one (from a newer version)."""
        return next((option for option in self.options if option.code == value), None)

    def format(self, value: Value, *, reveal: bool = False) -> str:
        option = self.option(value)
        return _(option.label) if option else "" if value is None else str(value)

    def attention(self, value: Value) -> int:
        option = self.option(value)
        return option.attention if option else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Field):
    """A whole number."""

    minimum: int | None = None
    maximum: int | None = None
    column: ClassVar[str] = "INTEGER"

    def _parse(self, raw: object) -> Value:
        text = fold_width(number_text(raw)).strip().replace(",", "")
        if not re.fullmatch(r"[+-]?\d{1,15}", text):
            raise self.fail(_("“{text}” is not a whole number").format(text=text[:40]))
        number = int(text)
        if self.minimum is not None and number < self.minimum:
            raise self.fail(
                _("{number} is below {limit}").format(number=number, limit=self.minimum)
            )
        if self.maximum is not None and number > self.maximum:
            raise self.fail(
                _("{number} is above {limit}").format(number=number, limit=self.maximum)
            )
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Integer):
    """A stock count: a stocktake sets it, what comes and goes is added, and laptops' additions add
    up.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Field):
    """Yes or no, stored as 1 or 0."""

    column: ClassVar[str] = "INTEGER"

    def _parse(self, raw: object) -> Value:
        text = fold_width(str(raw)).strip().lower()
        if text in {"1", "true", "yes", "y", "是", "√", "✓"}:
            return 1
        if text in {"0", "false", "no", "n", "否", "×"}:
            return 0
        raise self.fail(_("“{text}” is neither yes nor no").format(text=text[:40]))

    def format(self, value: Value, *, reveal: bool = False) -> str:
        return "" if value is None else _("Yes") if value else _("No")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment(Field):
    """A point in time, stored as UTC milliseconds, shown in the center's zone."""

    column: ClassVar[str] = "INTEGER"

    def _parse(self, raw: object) -> Value:
        if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) > 10_000_000:
            return raw
        try:
            return clock.to_ms(dates.parse_moment(raw))
        except ValueError:
            raise self.fail(
                _("“{text}” is not a time").format(text=str(raw)[:40]),
                _("Write it like 2026-11-23 14:52."),
            ) from None

    def format(self, value: Value, *, reveal: bool = False) -> str:
        return f"{clock.local(value):%Y-%m-%d %H:%M}" if isinstance(value, int) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Field):
    """A calendar day, stored as YYYY-MM-DD."""

    def _parse(self, raw: object) -> Value:
        try:
            return dates.parse_day(raw).isoformat()
        except ValueError:
            raise self.fail(
                _("“{text}” is not a date").format(text=str(raw)[:40]),
                _("Write it like 2026-11-23."),
            ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Field):
    """Another record, stored by id. People type its number, id or unique name; the session
    resolves it.
    """

    to: str = ""

    def _parse(self, raw: object) -> Value:
        return clean(number_text(raw), one_line=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextList(Field):
    """Several short texts, such as the outlets of an incident. `offers`: a kind whose titles are
    offered while typing; any text may be given.
    """

    offers: str = ""

    def _parse(self, raw: object) -> Value:
        parts: Sequence[object] = (
            raw if isinstance(raw, list) else re.split(r"[、,，;；\n]", str(raw))
        )
        return [text for part in parts if (text := clean(str(part), one_line=True))] or None

    def format(self, value: Value, *, reveal: bool = False) -> str:
        return _(", ").join(map(str, value)) if isinstance(value, list) else ""

    def from_column(self, stored: Any) -> Value:
        return json.loads(stored) if stored else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Field):
    """Items with a tick. Each item is a value of its own in the log, so two laptops can tick
    different ones.

    Stored value: `[[key, text, done], …]` sorted by key; as input also text, one item a line.
    """

    keyed: ClassVar[bool] = True

    def _parse(self, raw: object) -> Value:
        if isinstance(raw, list):
            return [[str(k), clean(str(t), one_line=True), int(bool(d))] for k, t, d in raw]
        lines = [clean(line, one_line=True) for line in re.split(r"[\n;；]", str(raw))]
        return [[f"{n:02d}", line, 0] for n, line in enumerate(filter(None, lines), 1)] or None

    def format(self, value: Value, *, reveal: bool = False) -> str:
        if not isinstance(value, list) or not value:
            return ""
        return f"{sum(bool(item[2]) for item in value)}/{len(value)}"

    def from_column(self, stored: Any) -> Value:
        return json.loads(stored) if stored else None


def number_text(raw: object) -> str:
    """`raw` as text, where spreadsheets hand over 13912345678.0 for a phone and 3.0 for a count."""
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, (datetime, date)):
        return raw.isoformat(sep=" ") if isinstance(raw, datetime) else raw.isoformat()
    text = str(raw)
    return text[:-2] if text.endswith(".0") and re.fullmatch(r"\d{5,15}\.0", text) else text


YES = N_("Yes")
NO = N_("No")
Rule: TypeAlias = Callable[[dict[str, Value], dict[str, Value] | None], None]
__all__ = [name for name in globals() if name[0].isupper()] + ["field"]
