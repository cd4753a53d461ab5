"""What stands after a command: kinds, `FIELD=VALUE`, conditions.

Anything that names nothing known is a usage error and ends with 2; a value that does not fit its
field is an error of the data and ends with 1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click

from bankcc.features import KIND, KINDS
from bankcc.i18n import _, in_every_language
from bankcc.schema.fields import Checklist, Field, Link, TextList, Value
from bankcc.schema.query import Condition, Operator
from bankcc.schema.record import SYSTEM_FIELDS, RecordKind
from bankcc.session import Session

_CONDITION = re.compile(r"([^!=<>]+?)\s*(!=|>=|<=|=|>|<)(.*)", re.DOTALL)
_ASSIGNMENT = re.compile(r"([^=]+)=(.*)", re.DOTALL)


def kind_names() -> list[str]:
    """The kinds that people work with, in the order of the navigation."""
    return [kind.name for kind in KINDS if not kind.internal]


class KindName(click.ParamType[str]):
    """A kind by its singular name, or by its label in either language."""

    name = "KIND"

    def __init__(self, extra: tuple[str, ...] = (), importable: bool = False) -> None:
        self._extra = extra
        self._importable = importable

    def names(self) -> list[str]:
        known = [name for name in kind_names() if not self._importable or KIND[name].importable]
        return [*self._extra, *known]

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = value.strip()
        for name in self.names():
            words = {name}
            if kind := KIND.get(name):
                words |= {*in_every_language(kind.label), *in_every_language(kind.plural)}
            if text.lower() in {word.lower() for word in words}:
                return name
        known = ", ".join(self.names())
        reason = _("There is no kind “{name}” here. Known: {known}.")
        raise click.BadParameter(reason.format(name=text[:40], known=known), ctx, param)


def kind_argument(extra: tuple[str, ...] = (), *, importable: bool = False) -> click.Argument:
    """The KIND of a command."""
    return click.Argument(["kind"], type=KindName(extra, importable), metavar="KIND")


def assignments(kind: RecordKind, texts: Iterable[str]) -> dict[str, object]:
    """`FIELD=VALUE` texts as values to be parsed by their fields; an empty VALUE is None."""
    found: dict[str, object] = {}
    for text in texts:
        match = _ASSIGNMENT.fullmatch(text)
        if match is None:
            raise click.UsageError(
                _("“{text}” is not of the form FIELD=VALUE.").format(text=text[:40])
            )
        written, value = match.groups()
        name = _named(kind.by_name, written)
        if name not in kind.by_name:
            raise unknown_field(kind, written)
        if name in found:
            raise click.UsageError(_("The field {name} is given twice.").format(name=name))
        found[name] = value if value.strip() else None
    return found


def _named(fields: Mapping[str, Field], written: str) -> str:
    """The name of the field that is `written` as its name or as its label in either language.

    What is neither stays as it is, and so does a label that several fields have.
    """
    text = written.strip()
    if text in fields:
        return text
    wanted = text.lower()
    found = [
        name
        for name, item in fields.items()
        if wanted in (label.lower() for label in in_every_language(item.label))
    ]
    return found[0] if len(found) == 1 else text


@dataclass(frozen=True, slots=True)
class Comparison:
    """A `--where` as it was written; its value is read when a center is open. `item` None: the
    id.
    """

    name: str
    item: Field | None
    operator: Operator
    raw: str

    def condition(self, session: Session) -> Condition:
        """What it asks of a center. Raises UserError for a value that its field does not know."""
        if not self.raw:
            return Condition(self.name, "empty" if self.operator == "=" else "filled")
        return Condition(self.name, self.operator, _value(session, self.item, self.raw))


def comparisons(kind: RecordKind, texts: Iterable[str]) -> list[Comparison]:
    """The `--where` texts of a command, names and signs checked."""
    return [_comparison(kind, text) for text in texts]


def conditions(session: Session, found: Iterable[Comparison]) -> tuple[Condition, ...]:
    """`found` as conditions that all have to be met. Raises UserError."""
    return tuple(item.condition(session) for item in found)


def _comparison(kind: RecordKind, text: str) -> Comparison:
    match = _CONDITION.fullmatch(text.strip())
    if match is None:
        raise click.UsageError(
            _("“{text}” is no condition; write FIELD=VALUE, FIELD!=VALUE or FIELD>=VALUE.").format(
                text=text[:40]
            )
        )
    written, operator, raw = match.groups()
    name = _named({**kind.by_name, **SYSTEM_FIELDS}, written)
    item = SYSTEM_FIELDS.get(name) or kind.by_name.get(name)
    if item is None and name != "id":
        raise unknown_field(kind, written)
    if isinstance(item, (Checklist, TextList)) and (operator != "=" or isinstance(item, Checklist)):
        raise click.UsageError(
            _("{name} cannot be compared with {operator}.").format(name=name, operator=operator)
        )
    if not raw.strip() and operator not in ("=", "!="):
        raise click.UsageError(
            _("{name}{operator} needs a value.").format(name=name, operator=operator)
        )
    return Comparison(name, item, _operator(operator), raw.strip())


def _operator(text: str) -> Operator:
    known: dict[str, Operator] = {"=": "=", "!=": "!=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}
    return known[text]


def _value(session: Session, item: Field | None, raw: str) -> Value:
    if item is None:
        return raw.upper()
    if isinstance(item, TextList):
        return raw
    if isinstance(item, Link) and item.to:
        return session.get(item.to, raw).id
    return item.parse(raw)


def unknown_field(kind: RecordKind, name: str) -> click.UsageError:
    """The usage error that lists the fields there are."""
    return click.UsageError(
        _("{kind} has no field “{name}”. Fields: {names}.").format(
            kind=kind.name, name=name[:40], names=", ".join(kind.by_name)
        )
    )
