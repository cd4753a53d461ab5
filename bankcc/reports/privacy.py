"""The last look before paper: no full phone number leaves unless someone asked for it by name."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from bankcc.errors import Refused
from bankcc.i18n import _
from bankcc.reports.text import has_full_mobile


def texts_in(value: object) -> Iterator[str]:
    """Every text in a tree of dataclasses, tuples, lists and strings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "head_code":  # a hash: its digits are nobody's phone
                yield from texts_in(getattr(value, field.name))


def refuse_full_phones(value: object, *, reveal: bool) -> None:
    """Raise Refused if a full mobile number is in any text of `value`; `reveal` lets it pass."""
    if not reveal and any(map(has_full_mobile, texts_in(value))):
        raise Refused(
            _("A full phone number would be printed, but phone numbers are to be masked."),
            safe=_("No file was written; your data is not affected."),
            next_step=_("Shorten the number in the text, or print with full numbers."),
        )
