"""How the roster puts things: the state of a person, the numbers of a group, a row in one sentence.

Rule: what presses is shape and word; times are seen from now.
"""

from bankcc.features import attendance
from bankcc.i18n import _
from bankcc.schema.fields import Choice
from ui.records.cell_text import clock_words
from ui.roster.posts import GroupCount, Place, Someone
from ui.theme import SHAPES, Level


def state_level(someone: Someone, now: int) -> Level:
    """How pressing the state of a person is."""
    turn = someone.turn
    if turn.status == "on_way" and 0 < turn.eta < now:
        return Level.WARNING
    option = _status().option(turn.status) if turn.status else None
    return Level(option.level) if option and option.level else Level.NEUTRAL


def state_words(someone: Someone, now: int) -> str:
    """`On duty 11:14`, `On the way, due 14:15`, `Not called`."""
    turn = someone.turn
    if not turn.status:
        return _("Not called")
    word = _status().format(turn.status)
    if turn.status in ("on_way", "notified") and turn.eta:
        due = _("{state} late since {time}") if turn.eta < now else _("{state} till {time}")
        return due.format(state=word, time=clock_words(turn.eta, now))
    at = turn.left_at if turn.status == "left" else turn.at
    return f"{word} {clock_words(at, now)}" if at else word


def shift_words(someone: Someone | None) -> str:
    """The shift of a person, empty for none."""
    item = attendance.KIND.field("shift")
    return item.format(someone.turn.shift) if someone and someone.turn.shift else ""


def who_words(place: Place) -> str:
    """The name of who serves; for whom, if in somebody's place; or that nobody does."""
    if place.who is None:
        return marked(Level.CRITICAL, _("vacant"))
    if place.relieves:
        return _("{name} for {holder}").format(name=place.who.name, holder=place.relieves)
    return place.who.name


def marked(level: Level, words: str) -> str:
    """Words with the shape of a level."""
    return f"{SHAPES[level]} {words}"


def group_level(count: GroupCount) -> Level:
    """How pressing the numbers of a group are."""
    if not count.needed:
        return Level.NEUTRAL
    if count.gaps:
        return Level.CRITICAL
    return Level.OK if count.here == count.needed else Level.WARNING


def group_words(count: GroupCount) -> str:
    """`▲ 7/8`: shape, filled and needed; people on duty where there are no posts."""
    if not count.needed:
        return f"{count.here}/{count.people}"
    return f"{SHAPES[group_level(count)]} {count.here}/{count.needed}"


def group_spoken(count: GroupCount) -> str:
    """The numbers of a group in a sentence."""
    if not count.needed:
        words = _("{here} of {all} people on duty")
        return words.format(here=count.here, all=count.people)
    words = _("{here} of {needed} posts filled").format(here=count.here, needed=count.needed)
    if count.gaps:
        words += _(", ") + _("{count} without anybody coming").format(count=count.gaps)
    return words


def spoken(place: Place, now: int) -> str:
    """A row in one sentence, for screen readers and tooltips."""
    parts = [place.number, place.title or _("no post"), place.group, who_words(place)]
    if place.who is not None:
        parts += [place.who.phone or _("no phone number"), state_words(place.who, now)]
        if place.who.turn.note:
            parts.append(place.who.turn.note)
    if place.post:
        names = [name for name in place.backups if name]
        parts.append(_("backups {names}").format(names=_(", ").join(names)) if names else "")
    parts += [lack for lack in place.lacks if place.who is not None]
    if place.twice:
        parts.append(_("serves on two posts"))
    if place.disputed:
        parts.append(_("laptops disagree"))
    return _(", ").join(filter(None, parts))


def _status() -> Choice:
    found = attendance.KIND.field("status")
    assert isinstance(found, Choice)
    return found
