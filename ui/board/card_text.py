"""A task as the board shows it: its own values, the names it points at, and its time in words.

Rule: everything a card shows is read once, off the screen's thread; painting asks nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.fields import Choice, Option
from bankcc.schema.plain_text import fold_width, pinyin_tokens
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui.records.cell_text import clock_words, initials_of
from ui.theme import SHAPES, Level

MINUTE = 60_000
SOON = 30 * MINUTE
LOOSE = "-"
"""The lane of tasks whose group this version does not know."""


@dataclass(frozen=True, slots=True)
class Card:
    """One task. `lane` and `column` are codes; `who` and `initials` name its person,
    `readings` are all ways to type that name; `due` and
    `done_at` in UTC ms, 0 for none; `ticked` of `items` of its checklist are done."""

    id: str
    number: str
    title: str
    lane: str
    column: str
    priority: str
    assignee: str = ""
    who: str = ""
    initials: str = ""
    readings: tuple[str, ...] = ()
    due: int = 0
    done_at: int = 0
    ticked: int = 0
    items: int = 0
    blocked: bool = False
    obstacle: str = ""
    source: str = ""
    source_number: str = ""
    disputed: bool = False

    @property
    def order(self) -> tuple[int, int, int]:
        """Within a cell: what presses most first, then what is due first, then what came first;
        finished tasks by when they were finished, latest first."""
        if self.column == "done":
            return (0, -self.done_at, 0)
        rank = next((o.attention for o in task.PRIORITIES if o.code == self.priority), 0)
        return (-rank, self.due or 1 << 62, _serial(self.number))

    def late(self, now: int) -> bool:
        """Whether it is open and past its time."""
        return 0 < self.due < now and self.column != "done"

    def meets(self, words: Iterable[str]) -> bool:
        """Whether every word (plain width, lower case) occurs in what can be read on the card, or
        begins the pinyin or the initials of its person."""
        shown = (self.number, self.title, self.who, self.obstacle, self.source_number)
        text = fold_width("\n".join(shown)).lower()
        return all(
            word in text or any(reading.startswith(word) for reading in self.readings)
            for word in words
        )


def _serial(number: str) -> int:
    tail = number.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def lanes() -> tuple[Option, ...]:
    """The groups of the plan in their order."""
    return _choice("group").options


def columns() -> tuple[Option, ...]:
    """The columns of the board in their order."""
    return _choice("status").options


def _choice(name: str) -> Choice:
    found = task.KIND.field(name)
    assert isinstance(found, Choice)
    return found


def card_of(session: Session, record: Record) -> Card:
    """The card of a task."""
    person, call = record.text("assignee"), record.text("source")
    who = session.link_title("person", person) if person else ""
    items = record["checklist"]
    ticks = [bool(item[2]) for item in items] if isinstance(items, list) else []
    known = {option.code for option in lanes()}
    group, status = record.text("group"), record.text("status")
    return Card(
        id=record.id,
        number=record.number,
        title=record.text("title"),
        lane=group if group in known else LOOSE,
        # A column of a later version is shown where nothing is lost: among what is to be done.
        column=status if status in {option.code for option in columns()} else "todo",
        priority=record.text("priority"),
        assignee=person,
        who=who,
        initials=initials_of(who),
        readings=(*pinyin_tokens(who).split(), initials_of(who).lower()) if who else (),
        due=_moment(record, "due"),
        done_at=_moment(record, "done_at"),
        ticked=sum(ticks),
        items=len(ticks),
        blocked=bool(record["blocked"]),
        obstacle=record.text("blocked_reason"),
        source=call,
        source_number=session.number_of("inquiry", call) if call else "",
        disputed=bool(record.conflicts or record.deleted_by),
    )


def read_cards(session: Session) -> list[Card]:
    """Every task of the center."""
    return [card_of(session, record) for record in session.find(Query(task.NAME, order="created"))]


def _moment(record: Record, name: str) -> int:
    value = record[name]
    return value if isinstance(value, int) else 0


def due_level(card: Card, now: int) -> Level | None:
    """How pressing the time of a card is; None where it has none."""
    if card.column == "done":
        return Level.OK if card.done_at else None
    if not card.due:
        return None
    if card.due < now:
        return Level.CRITICAL
    return Level.WARNING if card.due - now <= SOON else Level.NEUTRAL


def due_words(card: Card, now: int) -> str:
    """When it is due as seen from now: `in 12 min`, `late 2 h`, `11-24 09:00`; or when it was
    done."""
    if card.column == "done":
        return clock_words(card.done_at, now) if card.done_at else ""
    if not card.due:
        return ""
    minutes = abs(card.due - now) // MINUTE
    if card.due < now:
        return _late_words(int(minutes))
    if minutes < 1:
        return _("due now")
    if minutes < 60:
        return _("in {count} min").format(count=minutes)
    if minutes < 6 * 60:
        return _("in {count} h").format(count=_hours(int(minutes)))
    return clock_words(card.due, now)


def _late_words(minutes: int) -> str:
    if minutes < 60:
        return _("late {count} min").format(count=minutes)
    if minutes < 48 * 60:
        return _("late {count} h").format(count=_hours(minutes))
    return _("late {count} d").format(count=minutes // (24 * 60))


def _hours(minutes: int) -> str:
    """Halves are enough: `1.5`."""
    halves = minutes // 30
    return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def due_text(card: Card, now: int) -> str:
    """Shape and words of the time; plain words while nothing presses."""
    level, words = due_level(card, now), due_words(card, now)
    return words if level in (None, Level.NEUTRAL) else f"{SHAPES[level]}{words}"


def spoken(card: Card, now: int) -> str:
    """The whole card in one sentence, for screen readers and tooltips."""
    parts = [card.number, card.title]
    if card.priority not in ("", "normal"):
        parts.append(_choice("priority").format(card.priority))
    if card.blocked:
        parts.append(_("blocked: {reason}").format(reason=card.obstacle))
    parts.append(card.who or _("nobody assigned"))
    if words := due_words(card, now):
        when = _("done {time}") if card.column == "done" else _("due {time}")
        parts.append(when.format(time=words))
    if card.items:
        parts.append(_("checklist {done} of {all}").format(done=card.ticked, all=card.items))
    if card.source_number:
        parts.append(_("from call {number}").format(number=card.source_number))
    if card.disputed:
        parts.append(_("laptops disagree"))
    return _(", ").join(parts)
