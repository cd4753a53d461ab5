"""What is done for a caller besides writing the call down: answered from a card, promised a call
back, passed on, made a task, given to somebody, joined to an earlier call.

Rule: while the call is being entered such a step is only staged, visible, and stored together with
the call in one action; for a call that is stored already the same step is a verb.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from enum import StrEnum
from typing import Any

from bankcc.clock import local, to_ms
from bankcc.errors import FieldError
from bankcc.features import inquiry, task
from bankcc.i18n import _
from bankcc.schema.change import Verb, edit
from bankcc.schema.plain_text import fold_width
from bankcc.session import Session
from ui.theme import Level

MINUTES = (15, 30, 60)
"""What the digits 1, 2, 3 promise."""
_HOUR, _MINUTE = 23, 59


class StageKind(StrEnum):
    """The steps. A call has at most one of each."""

    CARD = "card"
    CALLBACK = "callback"
    URGENT = "urgent"
    TASK = "task"
    AGENT = "agent"
    EARLIER = "earlier"


EXCLUDES: Mapping[StageKind, StageKind] = {
    StageKind.URGENT: StageKind.CALLBACK,
    StageKind.CALLBACK: StageKind.URGENT,
}
"""A call is in one state: what is promised and what is passed on do not go together."""


@dataclass(frozen=True, slots=True)
class Stage:
    """`record`: id of the card, the earlier call, or the task's assignee. `text`: the task's title,
    the agent's name. `due`: of the call back, UTC ms. `version`: of the card as it was read."""

    kind: StageKind
    record: str = ""
    text: str = ""
    group: str = ""
    due: int = 0
    version: int = 0

    def body(self) -> dict[str, Any]:
        """What is kept on disk."""
        return asdict(self) | {"kind": str(self.kind)}

    def verb(self, call: str) -> Verb:
        """Do it to a call that is stored."""
        return _VERBS[self.kind](call, self)


_VERBS: Mapping[StageKind, Callable[[str, Stage], Verb]] = {
    StageKind.CARD: lambda call, stage: inquiry.answer(call, card=stage.record),
    StageKind.CALLBACK: lambda call, stage: inquiry.arrange_callback(call, due=stage.due),
    StageKind.URGENT: lambda call, _stage: inquiry.escalate(call),
    StageKind.TASK: lambda call, stage: inquiry.to_task(call, **_task_values(stage)),
    StageKind.AGENT: lambda call, stage: inquiry.assign(call, agent=stage.text),
    StageKind.EARLIER: lambda call, stage: edit(inquiry.NAME, call, earlier=stage.record),
}


def read(kept: object) -> tuple[Stage, ...]:
    """The stages of a draft on disk; what another version wrote there is left out."""
    found = []
    for body in kept if isinstance(kept, list | tuple) else ():
        if isinstance(body, Mapping) and body.get("kind") in list(StageKind):
            known = {item.name: item.type for item in fields(Stage) if item.name != "kind"}
            taken = {name: body[name] for name in known if isinstance(body.get(name), known[name])}
            found.append(Stage(StageKind(body["kind"]), **taken))
    return tuple(found)


def with_stage(stages: Iterable[Stage], added: Stage) -> tuple[Stage, ...]:
    """`added` last, in place of one of its kind and of what it excludes."""
    gone = (added.kind, EXCLUDES.get(added.kind))
    return (*(stage for stage in stages if stage.kind not in gone), added)


def without(stages: Iterable[Stage], kind: StageKind) -> tuple[Stage, ...]:
    """All but the one of that kind."""
    return tuple(stage for stage in stages if stage.kind != kind)


def find(stages: Iterable[Stage], kind: StageKind) -> Stage | None:
    """The stage of that kind, if there is one."""
    return next((stage for stage in stages if stage.kind == kind), None)


def entry_values(stages: Iterable[Stage]) -> dict[str, Any]:
    """The stages as arguments of `inquiry.log_call`."""
    values: dict[str, Any] = {}
    for stage in stages:
        values |= _ENTRIES[stage.kind](stage)
    return values


_ENTRIES: Mapping[StageKind, Callable[[Stage], dict[str, Any]]] = {
    StageKind.CARD: lambda stage: {"answer_card": stage.record, "answer_version": stage.version},
    StageKind.CALLBACK: lambda stage: {"callback": stage.due},
    StageKind.URGENT: lambda _stage: {"urgent": True},
    StageKind.TASK: lambda stage: {"make_task": _task_values(stage)},
    StageKind.AGENT: lambda stage: {"agent": stage.text},
    StageKind.EARLIER: lambda stage: {"earlier": stage.record},
}


def _task_values(stage: Stage) -> dict[str, Any]:
    return {"title": stage.text, "group": stage.group, "assignee": stage.record}


def level(stage: Stage) -> Level:
    """Shape and colour of its chip."""
    levels = {StageKind.CALLBACK: Level.WARNING, StageKind.URGENT: Level.CRITICAL}
    return levels.get(stage.kind, Level.INFO)


def words(session: Session, stage: Stage) -> str:
    """What its chip says, in the language in force."""
    return _WORDS[stage.kind](session, stage)


def _card_words(session: Session, stage: Stage) -> str:
    title = session.link_title("answer-card", stage.record)
    return _("Card {topic} v{version}").format(topic=title, version=stage.version)


def _callback_words(session: Session, stage: Stage) -> str:
    return _("Call back {time}").format(time=when(stage.due, session.clock.now_ms()))


def _task_words(session: Session, stage: Stage) -> str:
    group = task.KIND.field("group").format(stage.group or None)
    who = session.link_title("person", stage.record) if stage.record else ""
    parts = [_("Task: {title}").format(title=stage.text), group, who]
    return " · ".join(filter(None, parts))


_WORDS: Mapping[StageKind, Callable[[Session, Stage], str]] = {
    StageKind.CARD: _card_words,
    StageKind.CALLBACK: _callback_words,
    StageKind.URGENT: lambda _session, _stage: _("Make urgent"),
    StageKind.TASK: _task_words,
    StageKind.AGENT: lambda _session, stage: _("Agent: {name}").format(name=stage.text),
    StageKind.EARLIER: lambda session, stage: _("Goes on from {number}").format(
        number=session.number_of(inquiry.NAME, stage.record)
    ),
}


def when(moment: int, now_ms: int) -> str:
    """`15:30`, with the date if it is not today."""
    at = local(moment)
    return f"{at:%H:%M}" if at.date() == local(now_ms).date() else f"{at:%m-%d %H:%M}"


def promised(text: str, now_ms: int) -> int:
    """`1`, `2`, `3` as 15, 30, 60 minutes from now, `1530` as the next such time; UTC ms. Raises
    FieldError."""
    plain = "".join(fold_width(text).replace(":", "").split())
    if plain in ("1", "2", "3"):
        return now_ms + MINUTES[int(plain) - 1] * 60_000
    clock = plain.rjust(4, "0") if plain.isdecimal() and len(plain) in (3, 4) else ""
    hour, minute = (int(clock[:2]), int(clock[2:])) if clock else (99, 99)
    if hour > _HOUR or minute > _MINUTE:
        raise FieldError(
            "callback_due",
            _("“{text}” is not a time to call back.").format(text=plain[:20]),
            next_step=_("1, 2, 3 for 15, 30, 60 minutes, or four digits such as 1530."),
        )
    now = local(now_ms)
    moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return to_ms(moment if moment > now else moment + timedelta(days=1))
