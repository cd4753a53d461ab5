"""The example center: an invented bank closed by a power failure, played from data/demo by verbs.

Scenario times are minutes of its day; they are moved as a whole, so that its “now” is the moment of
making and the last event lies a minute back. A real center is never played into.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bankcc import paths as places
from bankcc.clock import Clock, ManualClock, local
from bankcc.errors import Refused
from bankcc.features import (
    answer_card,
    attendance,
    incident,
    inquiry,
    outlet,
    person,
    post,
    resource,
    task,
    timeline,
)
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.paths import Paths
from bankcc.schema import change
from bankcc.schema.change import Verb
from bankcc.schema.query import Query
from bankcc.session import Session

FILES = ("scenario", "people", "cards", "resources", "tasks", "calls")
DUTY = "郭海峰 · 值班长"
CALLER_OF_STAFF = "曹宇航 · 通信员"
_MINUTE = 60_000
_DAY = 24 * 60 * _MINUTE
_TIME_IN_TEXT = re.compile(r"\{(~?)(\d\d:\d\d)\}")
_ROUND = 5 * _MINUTE

Scene = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at a minute of the scenario; `verb` is made when its time comes."""

    minute: int
    user: str
    verb: Callable[[], Verb]
    name: str = ""


def create(paths: Paths, *, clock: Clock, chance: Chance | None = None) -> None:
    """Make the example center below `paths` and leave it closed; it opens without a passphrase."""
    now = clock.now_ms()
    past = ManualClock(ms=now - length_ms(), offset=clock.offset_minutes())
    session, _recovery = Session.create(
        paths, name=_read()["center"]["name"], passphrase=None, demo=True, clock=past, chance=chance
    )
    with session:
        play(session, past)


def length_ms() -> int:
    """From the beginning of the scenario to its “now”."""
    scene = _read("scenario")
    return (_minute(scene["now"]) - _minute(scene["start"])) * _MINUTE


def play(session: Session, clock: ManualClock) -> int:
    """Play the scenario into an empty example center; how many verbs were executed.

    `clock` is the session's own; it stands at the scenario's beginning and is left at its “now”.
    Raises Refused for a real center and for one that holds an incident.
    """
    if not session.is_demo:
        raise Refused(
            _("This is a real center; the example is not played into it."),
            safe=_("Nothing was written."),
            next_step=_("Name another folder for the example."),
        )
    if session.count(Query("incident")):
        raise Refused(
            _("The example is here already."), next_step=_("Open it, or name another folder.")
        )
    user = session.user
    try:
        return _Play(session, clock).run()
    finally:
        session.user = user


def _read(*names: str) -> Scene:
    """The files of the scenario as one tree."""
    folder = places.shipped_data() / "demo"
    tree: Scene = {}
    for name in names or FILES:
        tree |= tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return tree


def _minute(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _rows(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of a table with named columns; empty cells left out."""
    for row in table["rows"]:
        pairs = zip(table["columns"], row, strict=True)
        yield {name: value for name, value in pairs if value != ""}


class _Play:
    """One playing: the moved times, and the numbers that records were given."""

    def __init__(self, session: Session, clock: ManualClock) -> None:
        self._session = session
        self._clock = clock
        plain = _read("scenario")
        self._zero = clock.ms - _minute(plain["start"]) * _MINUTE
        self._end = _minute(plain["now"])
        self._scene: Scene = self._moved(_read())
        self._numbers: dict[str, str] = {}
        self._posts = {row["name"]: row["post"] for row in _rows(self._scene["people"])}

    def run(self) -> int:
        """Play everything in the order of its time, spread over each minute."""
        count = self._set_up()
        events = sorted(self._events(), key=lambda event: event.minute)
        for minute, group in groupby(events, key=lambda event: event.minute):
            together = list(group)
            for place, event in enumerate(together):
                self._clock.ms = self._at(minute) + place * _MINUTE // len(together)
                self._session.user = event.user
                receipt = self._session.execute(event.verb())
                if event.name:
                    self._numbers[event.name] = receipt.made[0].number
                count += 1
        self._clock.ms = self._at(self._end)
        return count

    def _at(self, minute: int) -> int:
        return self._zero + minute * _MINUTE

    def _ms(self, text: str) -> int:
        return self._at(_minute(text))

    def _promise(self, text: str) -> int:
        """A time that somebody set: people do not say 17:43."""
        return round(self._ms(text) / _ROUND) * _ROUND

    def _moved(self, value: Any) -> Any:
        """`value` with {14:31} and {~14:30} in its texts replaced by the moved time of day."""
        if isinstance(value, str):
            return _TIME_IN_TEXT.sub(
                lambda m: f"{local((self._promise if m[1] else self._ms)(m[2])):%H:%M}", value
            )
        if isinstance(value, list):
            return [self._moved(item) for item in value]
        if isinstance(value, dict):
            return {name: self._moved(item) for name, item in value.items()}
        return value

    def _user(self, name: str) -> str:
        return f"{name} · {self._posts[name]}" if name in self._posts else DUTY

    # -- what stands in the books before anything happens ------------------------------------------

    def _set_up(self) -> int:
        self._session.user = DUTY
        center = self._session.center
        if center is not None:
            self._session.execute(change.edit("center", center.id, **self._scene["center"]))
        verbs = [
            [outlet.add(**row) for row in self._scene["outlets"]],
            [self._person(row) for row in _rows(self._scene["people"])],
            [post.add(**row) for row in _rows(self._scene["posts"])],
            [self._resource(row) for row in _rows(self._scene["resources"])],
        ]
        for batch in verbs:
            self._session.load(batch)
        return sum(map(len, verbs))

    def _person(self, row: dict[str, Any]) -> Verb:
        return person.add(
            **{name: row[name] for name in row if name not in ("notified", "arrived")}
        )

    def _resource(self, row: dict[str, Any]) -> Verb:
        checked = local(self._clock.ms - row.pop("checked") * _DAY).date()
        return resource.add(**row, checked_on=checked)

    # -- what happens ------------------------------------------------------------------------------

    def _events(self) -> Iterator[Event]:
        yield from self._incident()
        yield from self._entries()
        yield from self._arrivals()
        yield from self._cards()
        yield from self._checks()
        for row in self._scene["tasks"]:
            yield from self._task(row)
        for place, row in enumerate(self._scene["calls"]):
            yield from self._call(f"call {place}", row)

    def _incident(self) -> Iterator[Event]:
        row = dict(self._scene["incident"])
        at, by, steps = row.pop("at"), row.pop("by"), row.pop("steps")
        row["started"] = self._ms(row["started"])
        row["expected_end"] = self._promise(row["expected_end"])
        yield Event(_minute(at), by, lambda: incident.open_incident(**row), "incident")
        makers = {
            "status": incident.set_status,
            "activate": incident.activate,
            "level": incident.set_level,
        }
        for step in steps:
            values = {n: v for n, v in step.items() if n not in ("at", "by", "do")}
            maker = makers[step["do"]]
            yield Event(
                _minute(step["at"]),
                step["by"],
                lambda maker=maker, values=values: maker(self._numbers["incident"], **values),  # type: ignore[misc]
            )

    def _entries(self) -> Iterator[Event]:
        for row in self._scene["timeline"]:
            verb = timeline.note(text=row["text"], category=row["category"])
            yield Event(_minute(row["at"]), row["by"], lambda verb=verb: verb)  # type: ignore[misc]

    def _arrivals(self) -> Iterator[Event]:
        for row in _rows(self._scene["people"]):
            name = row["name"]
            for column, verb in (("notified", attendance.notify), ("arrived", attendance.check_in)):
                if column in row:
                    by = CALLER_OF_STAFF if column == "notified" else self._user(name)
                    yield _event(row[column], by, verb(name))
        for step in self._scene["steps"]:
            yield _event(step["at"], CALLER_OF_STAFF, self._turn(step))

    def _turn(self, step: Mapping[str, str]) -> Verb:
        name, note = step.get("person", ""), step.get("note", "")
        match step["do"]:
            case "on_way":
                return attendance.on_way(name, eta=self._promise(step["eta"]))
            case "in":
                return attendance.check_in(name, post=step.get("post", ""))
            case "absent":
                return attendance.mark_absent(name, note=note)
            case "rest":
                return attendance.rest(name, note=note)
            case "out":
                return attendance.check_out(name, note=note)
            case "call_up":
                return post.call_up_backup(step["post"])
        raise ValueError(step["do"])

    def _cards(self) -> Iterator[Event]:
        for row in self._scene["cards"]:
            words = {n: v for n, v in row.items() if n not in _CARD_STEPS}
            yield _event(row["at"], self._user("吴佳慧"), answer_card.add(**words))
            yield self._approval(row["topic"], row)
            if revised := row.get("revised"):
                words = {n: v for n, v in revised.items() if n not in _CARD_STEPS}
                verb = answer_card.revise(row["topic"], **words)
                yield _event(revised["at"], self._user("吴佳慧"), verb)
                yield self._approval(row["topic"], revised)

    def _approval(self, topic: str, row: Mapping[str, str]) -> Event:
        until = self._promise(row["valid_until"])
        verb = answer_card.approve(topic, approver=row["approver"], valid_until=until)
        return _event(row["at"], self._user(row["approver"]), verb)

    def _checks(self) -> Iterator[Event]:
        for row in self._scene["checks"]:
            verb = resource.check(
                row["resource"], result=row["result"], actual=row["actual"], note=row["note"]
            )
            yield _event(row["at"], row["by"], verb)
        for row in self._scene["moves"]:
            count = row["count"]
            move = resource.take if count < 0 else resource.put_back
            yield _event(
                row["at"], row["by"], move(row["resource"], count=abs(count), note=row["note"])
            )

    def _task(self, row: Mapping[str, Any]) -> Iterator[Event]:
        title = row["title"]
        verb = task.add(
            title=title,
            group=row["group"],
            priority=row["priority"],
            due=self._promise(row["due"]),
            assignee=row["to"] or None,
            checklist=row.get("list"),
        )
        yield Event(_minute(row["at"]), DUTY, lambda: verb, f"task {title}")
        for line in row["steps"]:
            at, word, text = (*line.split(" ", 2), "")[:3]
            yield Event(
                _minute(at),
                self._user(row["to"]),
                lambda word=word, text=text: _task_step(  # type: ignore[misc]
                    self._numbers[f"task {title}"], word, text
                ),
            )

    def _call(self, name: str, row: Mapping[str, Any]) -> Iterator[Event]:
        user = f"{row['agent']} · {self._posts[row['agent']]}"
        names = ("phone", "caller", "category", "note", "urgency", "card")
        values: dict[str, Any] = {n: row[n] for n in names if n in row}
        if "card" in values:
            values["answer_card"] = values.pop("card")
        if "paper" in row:
            values["at"] = self._ms(row["at"])
        verb = inquiry.log_call(**values)
        yield Event(_minute(row.get("paper", row["at"])), user, lambda: verb, name)
        for line in row.get("steps", ()):
            at, word, text = (*line.split(" ", 2), "")[:3]
            minute = max(_minute(at), _minute(row.get("paper", at)))
            yield Event(
                minute,
                user,
                lambda word=word, text=text, minute=minute: self._call_step(  # type: ignore[misc]
                    self._numbers[name], word, text, minute
                ),
            )

    def _call_step(self, number: str, word: str, text: str, minute: int) -> Verb:
        match word:
            case "answer":
                return inquiry.answer(number, card=text)
            case "callback":
                return inquiry.arrange_callback(number, due=self._promise(text))
            case "reached" | "no_answer":
                return inquiry.record_callback(number, result=word, note=text)
            case "escalate":
                return inquiry.escalate(number, note=text)
            case "close":
                return inquiry.close(number, note=text)
            case "task":
                return inquiry.to_task(
                    number, group=text, priority="urgent", due=self._at(minute + 60)
                )
        raise ValueError(word)


_CARD_STEPS = ("at", "approver", "valid_until", "revised")


def _event(at: str, user: str, verb: Verb) -> Event:
    return Event(_minute(at), user, lambda: verb)


def _task_step(number: str, word: str, text: str) -> Verb:
    match word:
        case "doing" | "confirming":
            return task.move(number, status=word)
        case "done":
            return task.complete(number, note=text)
        case "block":
            return task.block(number, reason=text)
        case "unblock":
            return task.unblock(number)
        case "tick":
            return task.tick(number, item=f"{int(text):02d}")
    raise ValueError(word)
