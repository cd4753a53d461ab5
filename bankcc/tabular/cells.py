"""From the cells of one row to the stored values of a record, and what is wrong with them.

A wrong cell makes the whole row bad; nothing is guessed, dropped or half taken.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bankcc.errors import FieldError, NotFound
from bankcc.i18n import _
from bankcc.schema import phones
from bankcc.schema.fields import Count, Field, Link, Phone, Text, Value
from bankcc.schema.plain_text import clean, fold_width
from bankcc.schema.record import RecordKind
from bankcc.tabular.door import Reader
from bankcc.tabular.header import Mapping as Columns
from bankcc.tabular.rules import NUMBER, Rules, targets
from bankcc.tabular.table import MAX_CELL, Row

_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_PHONE_ORDER = ("phone", "phone2", "office_phone", "phone3")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about a place in the file. `place`: column letter and heading, "" for the
    row."""

    row: int
    place: str
    reason: str

    def __str__(self) -> str:
        if not self.row:
            return self.reason
        if not self.place:
            return _("Row {row}: {reason}").format(row=self.row, reason=self.reason)
        return _("Row {row}, {column}: {reason}").format(
            row=self.row, column=self.place, reason=self.reason
        )


@dataclass(slots=True)
class Cells:
    """A row as understood. `values`: stored values by field. `extra`: texts of columns that are no
    fields.

    `number`: the record number in files that the program exported. `origin`: the identity of the
    row.
    """

    row: int
    values: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    number: str = ""
    origin: str = ""
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)


class RowReader:
    """Understands the rows of one table under one mapping."""

    def __init__(self, kind: RecordKind, rules: Rules, columns: Columns, center: Reader) -> None:
        self._kind = kind
        self._rules = rules
        self._columns = columns
        self._center = center
        self._targets = {item.name: item for item in targets(kind)}

    def read(self, row: Row, below: Mapping[int, str]) -> Cells:
        """The values of `row`; `below`: texts that stand above for columns written once for many
        rows."""
        cells = Cells(row.number)
        identity: dict[str, object] = {}
        numbers: dict[str, list[str]] = {}
        for column, name in self._columns.columns.items():
            text = row.cell(column) or below.get(column, "")
            if not text or text.isspace():
                continue
            if name == NUMBER:
                cells.number = clean(text, one_line=True)
                continue
            try:
                self._check(text)
                identity[name] = self._take(cells, self._targets[name], text, numbers)
            except FieldError as error:
                cells.problems.append(self._problem(cells, column, self._targets[name], error))
        self._place_phones(cells, numbers)
        self._check_needed(cells)
        cells.origin = origin_of(self._kind.name, identity)
        return cells

    def _take(self, cells: Cells, item: Field, text: str, numbers: dict[str, list[str]]) -> object:
        """Put one cell where it belongs; returns what of it counts for the row's identity."""
        if isinstance(item, Phone):
            numbers[item.name] = _numbers(item, text)
            return numbers[item.name]
        if item.name not in self._kind.by_name:
            cells.extra[item.name] = clean(text, one_line=True)
            return fold_width(cells.extra[item.name])
        value = item.parse(text)
        if isinstance(item, Count) and isinstance(value, int) and value < 0:
            raise item.fail(_("{number} is below {limit}").format(number=value, limit=0))
        if isinstance(item, Link) and item.to and isinstance(value, str):
            value = self._linked(item, value)
        if value is not None:
            cells.values[item.name] = value
        return value

    def _linked(self, item: Link, text: str) -> str:
        """The record that a cell names: by title or number, or as the export writes it, number
        first."""
        try:
            return self._center.get(item.to, text).id
        except NotFound as error:
            try:
                return self._center.get(item.to, text.split()[0]).id
            except NotFound:
                raise FieldError(item.name, error.what) from error

    def _check(self, text: str) -> None:
        if text in _ERRORS:
            raise FieldError(
                "", _("the spreadsheet shows an error here ({text})").format(text=text)
            )
        if len(text) > MAX_CELL:
            reason = _("is longer than {limit} characters; perhaps a quotation mark is not closed")
            raise FieldError("", reason.format(limit=MAX_CELL))

    def _problem(self, cells: Cells, column: int, item: Field, error: FieldError) -> Finding:
        label = _("{field}: {reason}").format(field=_(item.label), reason="")
        return Finding(cells.row, self._columns.place(column), error.what.removeprefix(label))

    def _check_needed(self, cells: Cells) -> None:
        """Required fields, unless the cell was there and wrong: one reason for one cell."""
        wrong = {problem.place for problem in cells.problems}
        for name in dict.fromkeys(self._rules.needed):
            place = self._columns.place(self._columns.column_of(name))
            if cells.values.get(name) is None and place not in wrong:
                cells.problems.append(Finding(cells.row, place, _("is empty")))

    def _place_phones(self, cells: Cells, numbers: dict[str, list[str]]) -> None:
        """All numbers in the order one would call them: the mobile first, the office after it.

        A number of another column never becomes the first: people are recognised by it.
        """
        slots = [item.name for item in self._kind.fields if isinstance(item, Phone)]
        first, *others = numbers.get("phone", []) or [""]
        if first:
            cells.values["phone"] = first
        rest = others + [n for name in _PHONE_ORDER[1:] for n in numbers.get(name, [])]
        rest = [number for number in dict.fromkeys(rest) if number != first]
        free = [slot for slot in slots if slot != "phone"]
        cells.values |= dict(zip(free, rest, strict=False))
        if left := rest[len(free) :]:
            self._into_note(cells, _("Other phone: {numbers}").format(numbers=_(", ").join(left)))
        if first and "to_check" in self._kind.by_name and not phones.looks_complete(first):
            cells.values.setdefault("to_check", 1)

    def _into_note(self, cells: Cells, text: str) -> None:
        note = cells.values.get("note")
        if isinstance(self._kind.by_name.get("note"), Text):
            cells.values["note"] = f"{note}\n{text}" if note else text


def _numbers(item: Phone, text: str) -> list[str]:
    """The numbers of one cell. Raises FieldError."""
    if "*" in fold_width(text):
        reason = _("“{text}” is a masked number; import a file with full numbers")
        raise item.fail(reason.format(text=text[:40]))
    parsed = [item.parse(part) for part in phones.split(text)]
    return [number for number in parsed if isinstance(number, str)]


def origin_of(kind: str, identity: Mapping[str, object]) -> str:
    """The identity of a file's row: the same whatever the order of columns and the way numbers are
    written."""
    content = json.dumps(
        [kind, sorted(identity.items())], ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
