"""What a list of people says about posts: who holds each and who stands in.

A backup is linked only when exactly one person answers to the name. Otherwise the name stays as
written in the post's note, and a finding says so: the program never chooses between two people.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bankcc.errors import FieldError
from bankcc.i18n import _
from bankcc.schema.fields import Value
from bankcc.schema.plain_text import clean
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.tabular.cells import Finding, origin_of
from bankcc.tabular.door import Reader

KIND = "post"
PERSON = "person"
BACKUPS = ("backup_a", "backup_b")
_BETWEEN = re.compile(r"[、,，;；/|\n]+")
_HAN_BLANKS = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")


class Gap(Enum):
    """Why a name was not linked."""

    UNKNOWN = "unknown"
    SEVERAL = "several"
    NOT_IMPORTED = "not imported"
    HOLDER = "holder"


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person, by record id, or by the identity of the row that will become one."""

    record: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """What one row of the file says. `usable` is false for a row that is not imported."""

    row_no: int
    name: str
    person: str = ""
    person_origin: str = ""
    row_origin: str = ""
    group: str = ""
    title: str = ""
    backups: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    usable: bool = True

    @property
    def ref(self) -> PersonRef:
        return PersonRef(self.person, "" if self.person else self.person_origin)


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post to be made (`record` empty) or changed. `people`: link fields to people of the roster
    or file."""

    row_no: int
    record: str
    values: Mapping[str, Value]
    people: Mapping[str, PersonRef]
    origin: str


def plan_posts(
    center: Reader, seats: Sequence[Seat]
) -> tuple[tuple[PlannedPost, ...], list[Finding]]:
    """The posts that the file fills, and what could not be linked."""
    work = _Posts(center, seats)
    planned = []
    for seat in seats:
        if seat.usable and seat.title and (post := work.plan(seat)):
            planned.append(post)
    return tuple(planned), work.findings


class _Posts:
    """One pass over the seats of a file."""

    def __init__(self, center: Reader, seats: Sequence[Seat]) -> None:
        self._center = center
        self._fields = center.kinds[KIND].by_name
        self._by_name: dict[str, dict[PersonRef, None]] = {}
        self._unusable = {seat.name for seat in seats if not seat.usable}
        self._roster: dict[str, list[PersonRef]] = {}
        self._taken: set[str] = set()
        self.findings: list[Finding] = []
        for seat in seats:
            if seat.usable:
                self._by_name.setdefault(seat.name, {})[seat.ref] = None

    def plan(self, seat: Seat) -> PlannedPost | None:
        """The post of one row; None when the center has it already, or it cannot be one."""
        origin = origin_of(KIND, {"row": seat.row_origin})
        people, unlinked = self._backups(seat)
        if known := self._center.known_origin(origin):
            self._taken.add(known)
            return None
        values: dict[str, Value] = {"title": seat.title}
        if seat.group:
            values["group"] = seat.group
        try:
            values = {name: self._fields[name].parse(value) for name, value in values.items()}
        except FieldError as error:
            self.findings.append(Finding(seat.row_no, "", error.what))
            return None
        if unlinked:
            values["note"] = _("Backup as written: {names}").format(names=_(", ").join(unlinked))
        existing = self._existing(seat, values)
        if existing is None:
            return PlannedPost(seat.row_no, "", values, {"holder": seat.ref, **people}, origin)
        self._taken.add(existing.id)
        return self._change(seat, existing, values, people, origin)

    def _change(
        self,
        seat: Seat,
        existing: Record,
        values: Mapping[str, Value],
        people: Mapping[str, PersonRef],
        origin: str,
    ) -> PlannedPost | None:
        wanted = people if existing["holder"] else {"holder": seat.ref, **people}
        links = {name: ref for name, ref in wanted.items() if ref != PersonRef(existing.text(name))}
        after = {
            name: links.get(name, PersonRef(existing.text(name))) for name in ("holder", *BACKUPS)
        }
        filled = [ref for ref in after.values() if ref != PersonRef("")]
        if len(set(filled)) < len(
            filled
        ):  # what the center has and the file says do not go together
            reason = _("the backups of {post} were left as they are").format(post=existing.number)
            self.findings.append(Finding(seat.row_no, "", reason))
            return None
        note = {"note": values["note"]} if values.get("note") and not existing["note"] else {}
        if not links and not note:
            return None
        return PlannedPost(seat.row_no, existing.id, note, links, origin)

    def _existing(self, seat: Seat, values: Mapping[str, Value]) -> Record | None:
        """The post of that name in that group which this person holds, or the one that is
        vacant."""
        query = Query(KIND, where=(Condition("title", "=", values["title"]),), limit=500)
        alike = [
            record
            for record in self._center.find(query)
            if record["group"] == values.get("group") and record.id not in self._taken
        ]
        held = [record for record in alike if seat.person and record["holder"] == seat.person]
        vacant = [record for record in alike if not record["holder"]]
        return next(iter(held or vacant), None)

    def _backups(self, seat: Seat) -> tuple[dict[str, PersonRef], list[str]]:
        """Links for the names that are certain, and the names that are not."""
        people: dict[str, PersonRef] = {}
        unlinked: list[str] = []
        for column in BACKUPS:
            for name in _names(seat.backups.get(column, "")):
                found = self._person(name, seat)
                free = next((slot for slot in BACKUPS if slot not in people), None)
                if isinstance(found, PersonRef) and free:
                    if found not in people.values():
                        people[free] = found
                    continue
                unlinked.append(name)
                if isinstance(found, Gap):
                    place = seat.places.get(column, "")
                    self.findings.append(Finding(seat.row_no, place, _reason(found, name)))
        return people, unlinked

    def _person(self, name: str, seat: Seat) -> PersonRef | Gap:
        known = dict.fromkeys([*self._by_name.get(name, ()), *self._in_roster(name)])
        if len(known) + (name in self._unusable) > 1:
            return Gap.SEVERAL
        if not known:
            return Gap.NOT_IMPORTED if name in self._unusable else Gap.UNKNOWN
        found = next(iter(known))
        return Gap.HOLDER if found == seat.ref else found

    def _in_roster(self, name: str) -> list[PersonRef]:
        if name not in self._roster:
            query = Query(PERSON, where=(Condition("name", "=", name),), limit=3)
            self._roster[name] = [PersonRef(record.id) for record in self._center.find(query)]
        return self._roster[name]


def _names(text: str) -> list[str]:
    """The names in one cell; blanks inside Chinese names are layout."""
    parts = (clean(part, one_line=True) for part in _BETWEEN.split(text))
    return [_HAN_BLANKS.sub("", part) for part in parts if part]


def _reason(gap: Gap, name: str) -> str:
    match gap:
        case Gap.UNKNOWN:
            text = _("“{name}” is not in the list; not entered as backup")
        case Gap.SEVERAL:
            text = _("several people are called “{name}”; not entered as backup")
        case Gap.NOT_IMPORTED:
            text = _("the row of “{name}” was not taken; not entered as backup")
        case Gap.HOLDER:
            text = _("“{name}” holds the post; not entered as backup")
    return text.format(name=name)
