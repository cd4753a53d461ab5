"""A call that is being typed: its fields as typed, and the verb that enters it.

Rule: nothing is lost by being odd. What a field cannot mean is said as a hint; only a missing
category and a time that is none hold the saving back.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, Self

from bankcc.clock import local, to_ms
from bankcc.errors import FieldError
from bankcc.features import inquiry
from bankcc.i18n import _, ngettext
from bankcc.schema import phones
from bankcc.schema.change import Verb
from bankcc.schema.fields import Choice
from bankcc.schema.record import Record
from ui.hotline import staged_call
from ui.hotline.staged_call import Stage

NO_NUMBER = "0"
TYPED_WITHIN_MS = 12 * 3_600_000
"""A time is typed at most this long after the first key of its call."""


@dataclass(frozen=True, slots=True)
class CallDraft:
    """`name`: of the draft on disk; `started`: when the call came, UTC ms; `time`: an earlier time
    as typed; `phone`: digits; `stages`: what was done for the caller, the last one last."""

    name: str
    started: int
    phone: str = ""
    extension: str = ""
    category: str = ""
    caller: str = ""
    urgency: str = "normal"
    note: str = ""
    time: str = ""
    stages: tuple[Stage, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        typed = (self.phone, self.category, self.caller, self.note, self.time)
        untouched = self.urgency == "normal" and not self.stages
        return untouched and not any(part.strip() for part in typed)

    @property
    def resolved(self) -> "CallDraft":
        """`0` and one digit is no number and a category; anything longer is a land line."""
        digit = re.fullmatch(r"0([1-9])", self.phone)
        if digit and not self.category:
            return replace(self, phone=NO_NUMBER, category=category_code(int(digit[1])))
        return self

    @property
    def title(self) -> str:
        """A few words that tell this draft from others."""
        number = f"…{self.phone[-4:]}" if len(self.phone) > 1 else ""
        label = category_field().format(self.category or None)
        came = f"{local(self.started):%H:%M}"
        return " ".join(filter(None, [came, number or self.caller, label]))

    def body(self) -> dict[str, Any]:
        """What is kept on disk."""
        typed = {item.name: getattr(self, item.name) for item in fields(self)}
        del typed["name"]
        return typed | {"stages": [stage.body() for stage in self.stages]}

    @classmethod
    def of(cls, name: str, body: Mapping[str, Any]) -> Self:
        """The draft kept as `body`; values of an unknown kind are left out."""
        other = ("name", "stages")
        known = {item.name: item.type for item in fields(cls) if item.name not in other}
        taken = {key: body[key] for key in known if isinstance(body.get(key), known[key])}
        stages = staged_call.read(body.get("stages"))
        return cls(name=name, stages=stages, **({"started": 0} | taken))

    def came(self, now_ms: int) -> int:
        """The moment that the time as typed means, UTC ms; the same if it is saved the next day.
        Raises FieldError."""
        typed = min(now_ms, self.started + TYPED_WITHIN_MS) if self.started else now_ms
        return earlier_time(self.time, typed)

    def day(self, now_ms: int) -> str:
        """The day that a time typed without one means, if that is not today: `11-22`."""
        try:
            came = local(self.came(now_ms))
        except FieldError:
            return ""
        return "" if came.date() == local(now_ms).date() else f"{came:%m-%d}"

    def moments(self, now_ms: int) -> tuple[int, ...]:
        """When the call may stand in the log, if it was stored by now."""
        if not self.time.strip():
            return (self.started,)
        try:
            return tuple({earlier_time(self.time, self.started), self.came(now_ms)})
        except FieldError:
            return ()

    def is_stored_as(self, call: Record) -> bool:
        """Whether `call`, which came at one of its moments, is this one."""
        typed = self.resolved
        if (call.text("phone") or NO_NUMBER) != (typed.phone or NO_NUMBER):
            return False
        if not self.time.strip():
            return True
        # A minute from paper may hold several calls, most of them without a number.
        same = (call.text("category"), call.text("caller"), call.text("note")) == (
            typed.category,
            typed.caller.strip(),
            typed._request.strip(),
        )
        return same and call.created >= self.started

    @property
    def _request(self) -> str:
        """The request, with the extension where there is one."""
        extension = _("ext. {digits}").format(digits=self.extension) if self.extension else ""
        return " ".join(filter(None, [self.note, extension]))

    def verb(self, now_ms: int) -> Verb:
        """Enter the call. Raises FieldError for a missing category or an impossible time."""
        if not self.category:
            raise FieldError("category", _("The category is missing: press a digit from 1 to 9."))
        values: dict[str, object] = {"at": self.started, "back_entry": 0}
        if self.time.strip():
            values = {"at": self.came(now_ms), "back_entry": 1}
        return inquiry.log_call(
            **values,
            phone=self.phone or None,
            category=self.category,
            caller=self.caller,
            urgency=self.urgency,
            note=self._request,
            **staged_call.entry_values(self.stages),
        )


def category_field() -> Choice:
    """The declared choices of a call's category."""
    found = inquiry.KIND.field("category")
    assert isinstance(found, Choice)
    return found


def urgency_field() -> Choice:
    """The declared choices of a call's urgency."""
    found = inquiry.KIND.field("urgency")
    assert isinstance(found, Choice)
    return found


def labels(choice: Choice) -> list[tuple[str, str]]:
    """Code and translated label of each option."""
    return [(option.code, _(option.label)) for option in choice.options]


def category_code(number: int) -> str:
    """The category with this digit."""
    return category_field().options[number - 1].code


def earlier_time(text: str, now_ms: int) -> int:
    """`1412`, `912`, `14:12` as the last such time before now, UTC ms. Raises FieldError."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{1,2})[:.\s]?(\d{2})", plain)
    hour, minute = (int(found[1]), int(found[2])) if found else (99, 99)
    if hour > 23 or minute > 59:
        raise FieldError(
            "time",
            _("“{text}” is not a time of day.").format(text=plain[:20]),
            next_step=_("Type four digits, such as 1412, or leave it empty for now."),
        )
    now = local(now_ms)
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return to_ms(moment if moment <= now else moment - timedelta(days=1))


def number_hint(digits: str) -> str:
    """What is odd about a caller's number once it is left; empty for nothing."""
    if digits in ("", NO_NUMBER) or phones.looks_complete(digits):
        return ""
    words = ngettext(
        "{count} digit: it will be saved and marked to be checked.",
        "{count} digits: it will be saved and marked to be checked.",
        len(digits),
    )
    return words.format(count=len(digits))
