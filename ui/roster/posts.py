"""The roster as data: every post with who serves on it, everybody without one, where each is now.

Rule: everything that is shown is read once, off the screen's thread; painting and filtering ask
nothing. Numbers are counted as in the situation report: a post is filled if who serves is on duty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bankcc.features import attendance, person, post
from bankcc.i18n import _
from bankcc.schema import phones
from bankcc.schema.plain_text import pinyin_tokens
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui.records.cell_text import initials_of

HERE = "on_duty"
COMING = ("notified", "on_way", "resting")
"""States of somebody who is not on duty, but is accounted for."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of duty. Times in UTC ms, 0 for none; `status` empty: nobody has called."""

    status: str = ""
    at: int = 0
    eta: int = 0
    left_at: int = 0
    shift: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person. `phone` is masked; `readings` are all ways to type the name; `numbers` the full
    numbers, for the search only."""

    id: str
    name: str
    initials: str
    readings: tuple[str, ...]
    staff_no: str
    group: str
    duty: str
    phone: str
    numbers: tuple[str, ...]
    turn: Turn = field(default_factory=Turn)

    @property
    def here(self) -> bool:
        """Whether the person is on duty."""
        return self.turn.status == HERE


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the roster: a post, or (`post` empty) somebody without one. `who` serves there,
    None for a vacancy; `relieves` names the holder somebody stands in for; `backups` are names;
    `twice`: `who` serves on another post too."""

    group: str
    title: str
    who: Someone | None
    post: str = ""
    number: str = ""
    holder: str = ""
    relieves: str = ""
    backups: tuple[str, str] = ("", "")
    backup_ids: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    twice: bool = False
    disputed: bool = False

    @property
    def key(self) -> str:
        """What names the row."""
        return self.post or (self.who.id if self.who else "")

    @property
    def here(self) -> bool:
        """Whether somebody is on duty here."""
        return self.who is not None and self.who.here

    @property
    def missing(self) -> bool:
        """Whether somebody ought to be here and is not: a post that is not filled, or a person who
        was called and has not come."""
        if self.post:
            return not self.here
        return self.who is not None and self.who.turn.status in ("notified", "on_way", "absent")

    @property
    def gap(self) -> bool:
        """Whether the post is empty and nobody is known to be coming."""
        status = self.who.turn.status if self.who else ""
        return bool(self.post) and not self.here and status not in COMING

    def meets(self, words: Iterable[str]) -> bool:
        """Whether every word (plain width, lower case) occurs in what stands here, begins a reading
        of the name, or ends a telephone number."""
        parts = [self.title, self.group, self.number, self.relieves, *self.backups]
        readings: tuple[str, ...] = ()
        numbers: tuple[str, ...] = ()
        if self.who is not None:
            parts += [self.who.name, self.who.staff_no, self.who.duty]
            readings, numbers = self.who.readings, self.who.numbers
        text = "\n".join(parts).lower()
        return all(
            word in text
            or any(reading.startswith(word) for reading in readings)
            or (word.isdigit() and len(word) >= 3 and any(word in number for number in numbers))
            for word in words
        )


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A group with how many of its posts are filled. `gaps`: those nobody is coming to. A group
    without posts (`needed` 0) counts its people instead."""

    name: str
    here: int
    needed: int
    gaps: int
    people: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the roster lacks, in words. `key` is the row; `grave`: a post cannot be manned or
    a person cannot be reached."""

    key: str
    text: str
    grave: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows in the order of the plan, and everybody."""

    places: tuple[Place, ...] = ()
    people: tuple[Someone, ...] = ()

    @property
    def has_shifts(self) -> bool:
        """Whether anybody was given a shift."""
        return any(someone.turn.shift for someone in self.people)

    def groups(self) -> list[GroupCount]:
        """The groups in the order of the plan."""
        by_group: dict[str, list[Place]] = {}
        for place in self.places:
            by_group.setdefault(place.group, []).append(place)
        return [count_group(name, places) for name, places in by_group.items()]

    def total(self) -> GroupCount:
        """The whole center as one group."""
        return count_group("", self.places)

    def place(self, key: str) -> Place | None:
        """The row of that key, also by a person's id."""
        for found in self.places:
            if found.key == key:
                return found
        return next((p for p in self.places if p.who is not None and p.who.id == key), None)

    def faults(self) -> list[Fault]:
        """What is lacking, the grave first."""
        found = [fault for place in self.places for fault in _faults_of(place)]
        seen: set[str] = set()
        for place in self.places:
            if place.who is None or place.who.id in seen:
                continue
            seen.add(place.who.id)
            if place.twice:
                words = _("{person}: on two posts").format(person=place.who.name)
                found.append(Fault(place.key, words, grave=True))
            if not place.who.numbers:
                words = _("{person}: no phone number").format(person=place.who.name)
                found.append(Fault(place.key, words, grave=True))
        return sorted(found, key=lambda fault: not fault.grave)


def count_group(name: str, places: Iterable[Place]) -> GroupCount:
    """The numbers of a group. A group without posts counts its people."""
    rows = list(places)
    posts = [place for place in rows if place.post]
    people = {place.who.id: place.who for place in rows if place.who is not None}
    here = sum(p.here for p in posts) if posts else sum(p.here for p in people.values())
    return GroupCount(name, here, len(posts), sum(p.gap for p in posts), len(people))


def _faults_of(place: Place) -> list[Fault]:
    if not place.lacks:
        return []
    words = _("{post}: {what}").format(post=place.title, what=_(", ").join(place.lacks))
    return [Fault(place.key, words, grave=place.who is None)]


# -- reading -------------------------------------------------------------------------------------


def read_roster(session: Session) -> Roster:
    """The roster of the center as it stands."""
    turns = _turns(session)
    everybody = {
        record.id: _someone(record, turns.get(record.id, Turn()))
        for record in session.find(Query(person.NAME, order="created"))
    }
    posts = session.find(Query(post.NAME, order="created"))
    twice = post.held_twice(posts)
    places = [_post_row(record, everybody, twice) for record in posts]
    serving = {place.who.id for place in places if place.who is not None}
    order = {name: at for at, name in enumerate(dict.fromkeys(place.group for place in places))}
    places += [
        Place(someone.group or _("Without a group"), someone.duty, someone)
        for someone in everybody.values()
        if someone.id not in serving  # a holder who is relieved stays on the roster
    ]
    for place in places:
        order.setdefault(place.group, len(order))
    places.sort(key=lambda place: order[place.group])
    return Roster(tuple(places), tuple(everybody.values()))


def _turns(session: Session) -> dict[str, Turn]:
    """The turn each person is in, else the last one that ended."""
    found: dict[str, tuple[tuple[bool, int, str], Turn]] = {}
    for record in session.find(Query(attendance.NAME, order="created")):
        status = record.text("status")
        rank = (status not in attendance.ENDED, record.created, record.id)
        someone = record.text("person")
        if someone not in found or found[someone][0] < rank:
            turn = Turn(
                status,
                _moment(record, "at"),
                _moment(record, "eta"),
                _moment(record, "left_at"),
                record.text("shift"),
                record.text("note"),
            )
            found[someone] = (rank, turn)
    return {someone: turn for someone, (_rank, turn) in found.items()}


def _someone(record: Record, turn: Turn) -> Someone:
    name = record.text("name")
    numbers = person.numbers(record)
    initials, readings = names_of(name)
    return Someone(
        id=record.id,
        name=name,
        initials=initials,
        readings=readings,
        staff_no=record.text("staff_no"),
        group=record.text("group"),
        duty=record.text("post"),
        phone=phones.masked(numbers[0]) if numbers else "",
        numbers=numbers,
        turn=turn,
    )


@lru_cache(maxsize=20_000)
def names_of(name: str) -> tuple[str, tuple[str, ...]]:
    """The initials of a name as shown, and all ways to type it in lower case."""
    initials = initials_of(name)
    typed = (*pinyin_tokens(name).split(), initials.lower(), name.lower())
    return initials, tuple(dict.fromkeys(filter(None, typed)))


def _post_row(record: Record, everybody: Mapping[str, Someone], twice: frozenset[str]) -> Place:
    serving = post.serving(record)
    who, holder = everybody.get(serving), everybody.get(record.text("holder"))
    backups = [everybody.get(record.text(name)) for name in post.BACKUPS]
    names = [someone.name if someone else "" for someone in backups]
    relieved = bool(record["acting"]) and holder is not None
    return Place(
        group=record.text("group") or _("Without a group"),
        title=record.text("title"),
        who=who,
        post=record.id,
        number=record.number,
        holder=holder.id if holder else "",
        relieves=holder.name if relieved and holder else "",
        backups=(names[0], names[1]),
        backup_ids=tuple(someone.id for someone in backups if someone),
        lacks=post.shortcomings(record),
        twice=serving in twice,
        disputed=bool(record.conflicts or record.deleted_by),
    )


def _moment(record: Record, name: str) -> int:
    value = record[name]
    return value if isinstance(value, int) else 0
