"""Who is meant by a few typed letters, and which rows a filter shows.

Rule: whoever fits exactly wins over whoever only begins so; between equals the program never
guesses, because a wrong name would be checked in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bankcc.schema.plain_text import fold_width
from ui.roster.posts import Place, Roster, Someone

MOST = 9
"""Candidates that are shown; each has a digit."""
_TAIL = 4


class Show(StrEnum):
    """The quick filters."""

    ALL = ""
    HERE = "here"
    MISSING = "missing"
    BACKUPS = "backups"
    SHIFT = "shift"
    NO_BACKUP = "no_backup"


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What is shown. `group` empty: all; `words`: in plain width and lower case."""

    show: Show = Show.ALL
    group: str = ""
    words: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether rows are left out, the choice of a group aside."""
        return bool(self.show or self.words)

    def passes(self, place: Place) -> bool:
        """Whether `place` is shown."""
        return (
            (not self.group or place.group == self.group)
            and _passes(self.show, place)
            and place.meets(self.words)
        )


def _passes(show: Show, place: Place) -> bool:
    match show:
        case Show.HERE:
            return place.here
        case Show.MISSING:
            return place.missing
        case Show.BACKUPS:
            return not place.post or bool(place.relieves)
        case Show.SHIFT:
            return place.who is not None and bool(place.who.turn.shift)
        case Show.NO_BACKUP:
            return bool(place.post) and not any(place.backups)
    return True


@dataclass(frozen=True, slots=True)
class Found:
    """People who fit what was typed, the best first, at most `MOST`. `certain`: the one that is
    meant beyond doubt, None if there are several or none."""

    people: tuple[Someone, ...] = ()
    certain: Someone | None = None


def seek(roster: Roster, text: str, *, staff_numbers_only: bool = False) -> Found:
    """Who is meant by `text`: initials, pinyin, name, staff number, the end of a phone number."""
    wanted = fold_width(text).strip().lower()
    if not wanted:
        return Found()
    fits = [(fit(someone, wanted), someone) for someone in roster.people]
    ranked = sorted(
        (pair for pair in fits if pair[0] < NO_FIT and (not staff_numbers_only or pair[0] == 0)),
        # Who is called so by a rare reading of the name stands below who is always called so.
        key=lambda pair: (pair[0], not pair[1].initials.lower().startswith(wanted)),
    )
    if not ranked:
        return Found()
    best = [someone for rank, someone in ranked if rank == ranked[0][0]]
    people = tuple(someone for _rank, someone in ranked[:MOST])
    return Found(people, best[0] if len(best) == 1 else None)


NO_FIT = 4


def fit(someone: Someone, wanted: str) -> int:
    """How well a person fits lower-case letters or digits: 0 the staff number, 1 the whole of the
    initials, the pinyin or the name, 2 the beginning of one, 3 a part of the name or the end of a
    number; `NO_FIT` not at all."""
    staff_no = someone.staff_no.lower()
    if wanted == staff_no:
        return 0
    if wanted in someone.readings:
        return 1
    if any(reading.startswith(wanted) for reading in someone.readings):
        return 2
    in_name = wanted in someone.name.lower()
    in_number = wanted.isdigit() and len(wanted) >= _TAIL
    if in_name or (in_number and any(n.endswith(wanted) for n in someone.numbers)):
        return 3
    return NO_FIT


def picks(roster: Roster, found: Found, text: str, digit: str) -> Someone | None:
    """Who is chosen by `digit` typed after `text`; None if it goes on with a staff number or a
    phone."""
    typed = fold_width(text).strip().lower()
    if not typed or any(char.isdigit() for char in typed) or not digit.isdecimal():
        return None
    if _begins_staff_number(roster.people, typed + digit):
        return None
    at = int(digit) - 1
    return found.people[at] if 0 <= at < len(found.people) else None


def _begins_staff_number(people: Sequence[Someone], typed: str) -> bool:
    return any(someone.staff_no.lower().startswith(typed) for someone in people)
