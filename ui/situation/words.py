"""The figures of the situation in words: what each card says, what waits for a decision, what a
chart says to somebody who cannot see it.

Rule: shape and word carry the level; at most the first card is critical, so that one thing stands
out.
"""

from dataclasses import dataclass

from bankcc.clock import local
from bankcc.i18n import N_, _, ngettext
from bankcc.reports.current import SituationFigures, Waiting
from bankcc.reports.figures import CallBuckets, CallFlow, top_categories
from ui.theme import Level

_MINUTE = 60_000
_JOIN = "\u2060"
"""Keeps a line from being broken after the character before it."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """What a card shows; `number` is read from across the room, `line` explains it."""

    level: Level
    word: str
    number: str
    line: str

    @property
    def spoken(self) -> str:
        """The card for a screen reader."""
        line = self.line.replace(_JOIN, "")
        return f"{self.word}{_(': ')}{self.number}{_('; ')}{line}"


REASONS = {
    "activation": N_("Activate?"),
    "approval": N_("Approve?"),
    "blocked": N_("Blocked"),
    "confirm": N_("To confirm"),
}


def span(ms: int) -> str:
    """How long, roughly: `42 min`, `2 h 5 min`, `3 d 4 h`. A negative span counts as none."""
    minutes = max(0, ms) // _MINUTE
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        return _("{days} d {hours} h").format(days=days, hours=hours % 24)
    if hours:
        return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes % 60)
    return _("{minutes} min").format(minutes=minutes)


def cards_of(figures: SituationFigures, now_ms: int) -> tuple[CardWords, ...]:
    """The five cards, always in the same order: late, open calls, staff, urgent calls, words."""
    return (
        _late(figures, now_ms),
        _load(figures),
        _staff(figures),
        _pressing(figures, now_ms),
        _answers(figures, now_ms),
    )


def _late(figures: SituationFigures, now_ms: int) -> CardWords:
    late, word = figures.late, _("Overdue")
    if late.since is None:
        return CardWords(Level.OK, word, "0", _("Nothing is past its time"))
    line = _("oldest {span} · {what}").format(
        span=span(now_ms - late.since), what=f"{_whole(late.number)} {late.title}"
    )
    return CardWords(Level.CRITICAL, word, f"{late.count:,}", line)


def _load(figures: SituationFigures) -> CardWords:
    load = figures.load
    arrow = "↑" if load.trend > 0 else "↓" if load.trend < 0 else "→"
    change = f"{arrow}{abs(load.trend)}" if load.trend else arrow
    words = ngettext(
        "{count} call in 15 min ({change})", "{count} calls in 15 min ({change})", load.latest
    )
    line = words.format(count=load.latest, change=change)
    level = Level.WARNING if load.open and load.trend > 0 else Level.INFO
    return CardWords(level if load.open else Level.OK, _("Open calls"), f"{load.open:,}", line)


def _staff(figures: SituationFigures) -> CardWords:
    staff, word = figures.staff, _("On duty")
    if not staff.posts:
        return CardWords(Level.NEUTRAL, word, "–", _("No posts entered yet"))
    number = f"{staff.filled}/{staff.posts}"
    if not staff.shortage:
        return CardWords(Level.OK, word, number, _("Every post is filled"))
    line = _("{group} short of {count}").format(group=staff.shortest, count=staff.shortage)
    return CardWords(Level.WARNING, word, number, line)


def _pressing(figures: SituationFigures, now_ms: int) -> CardWords:
    urgent, word = figures.pressing, _("Urgent done")
    if not urgent.total:
        return CardWords(Level.NEUTRAL, word, "0", _("No urgent calls since the start"))
    number = f"{urgent.done}/{urgent.total}"
    if urgent.since is None:
        return CardWords(Level.OK, word, number, _("All of them are settled"))
    line = _("{count} open, oldest {span} · {number}").format(
        count=urgent.total - urgent.done,
        span=span(now_ms - urgent.since),
        number=_whole(urgent.number),
    )
    return CardWords(Level.WARNING, word, number, line)


def _whole(number: str) -> str:
    """A number that stays on one line."""
    return number.replace("-", f"-{_JOIN}")


def _answers(figures: SituationFigures, now_ms: int) -> CardWords:
    cards, word = figures.cards, _("To approve")
    if cards.expired:
        words = ngettext("{count} card has run out", "{count} cards have run out", cards.expired)
        line = words.format(count=cards.expired)
    elif cards.next_until is not None:
        line = _("{time} runs out: {topic}").format(
            time=_moment(cards.next_until, now_ms), topic=cards.next_topic
        )
    else:
        words = ngettext("{count} card in force", "{count} cards in force", cards.in_force)
        line = words.format(count=cards.in_force)
    level = Level.WARNING if cards.drafts or cards.expired else Level.OK
    return CardWords(level, word, str(cards.drafts), line)


def _moment(ms: int, now_ms: int) -> str:
    """A time of day, with its date when that is another day."""
    when, now = local(ms), local(now_ms)
    return f"{when:%H:%M}" if when.date() == now.date() else f"{when:%m-%d %H:%M}"


def incident_line(figures: SituationFigures, now_ms: int) -> tuple[Level, str, str]:
    """Level, its word, and since when and until when; what a leader asks first."""
    found = figures.incident
    if found is None:
        return Level.NEUTRAL, _("No incident is open"), ""
    parts = [found.name]
    if found.since is not None:
        words = _("in force for {span}") if found.live else _("began {span} ago")
        parts.append(words.format(span=span(now_ms - found.since)))
    if found.expected_end is not None:
        ahead = found.expected_end - now_ms
        when = _moment(found.expected_end, now_ms)
        words = _("reopens about {time}") if ahead > 0 else _("was to reopen at {time}")
        parts.append(words.format(time=when))
    word = " · ".join(filter(None, (found.level, found.status)))
    return Level(found.level_rank if found.level else found.status_rank), word, " · ".join(parts)


def waiting_words(item: Waiting) -> tuple[str, str]:
    """The reason and what it is about, of something that waits for a decision."""
    return _(REASONS[item.reason]), " ".join(filter(None, (item.number, item.title)))


def calls_sentence(buckets: CallBuckets) -> str:
    """The chart of calls in a sentence."""
    sums = [sum(counts) for counts in zip(*(c for _n, c in buckets.categories), strict=True)]
    if not sums:
        return _("No calls in the last three hours.")
    before = sums[-2] if len(sums) > 1 else 0
    words = (
        ngettext(
            "{time}: {count} call so far, {before} in the quarter of an hour before.",
            "{time}: {count} calls so far, {before} in the quarter of an hour before.",
            sums[-1],
        )
        if buckets.last_incomplete
        else ngettext(
            "{time}: {count} call, {before} in the quarter of an hour before.",
            "{time}: {count} calls, {before} in the quarter of an hour before.",
            sums[-1],
        )
    )
    most, counts = top_categories(buckets)[0]
    return " ".join(
        (
            words.format(time=buckets.labels[-1], count=sums[-1], before=before),
            _("Most are about: {category} ({count}).").format(category=most, count=sum(counts)),
        )
    )


def flow_sentence(flow: CallFlow) -> str:
    """The chart of calls and closures in a sentence."""
    if not flow.calls or not flow.calls[-1]:
        return _("No calls yet.")
    gap, first = flow.calls[-1] - flow.closed[-1], flow.calls[0] - flow.closed[0]
    return _(
        "{time}: {calls} calls taken, {closed} closed, {open} open; {before} were open at {start}."
    ).format(
        time=flow.labels[-1],
        calls=flow.calls[-1],
        closed=flow.closed[-1],
        open=gap,
        before=first,
        start=flow.labels[0],
    )
