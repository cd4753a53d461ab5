"""A deadline as people type it: `1530`, `15:30`, `+45`, a full date; empty takes it away."""

import re
from datetime import timedelta

from bankcc.clock import local, to_ms
from bankcc.errors import FieldError
from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.plain_text import fold_width

_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")
_MINUTES = re.compile(r"\+(\d{1,4})")


def due_from(text: str, now: int) -> int | None:
    """The moment meant by `text`, in UTC ms. A time of day is the next one: today's if it is still
    to come, else tomorrow's. Raises FieldError for what is no time."""
    plain = fold_width(text).strip().replace("。", ".")
    if not plain:
        return None
    if found := _MINUTES.fullmatch(plain):
        return now + int(found[1]) * 60_000
    if found := _CLOCK.fullmatch(plain):
        hour, minute = int(found[1]), int(found[2])
        if hour > 23 or minute > 59:
            raise FieldError(
                "due",
                _("“{text}” is not a time of day.").format(text=plain[:20]),
                next_step=_("Type 1530 for half past three, or +45 for in 45 minutes."),
            )
        moment = local(now).replace(hour=hour, minute=minute, second=0, microsecond=0)
        return to_ms(moment if to_ms(moment) > now else moment + timedelta(days=1))
    value = task.KIND.field("due").parse(plain)
    return value if isinstance(value, int) else None


def due_entry(ms: int) -> str:
    """A deadline as it stands in the field."""
    return f"{local(ms):%Y-%m-%d %H:%M}" if ms else ""
