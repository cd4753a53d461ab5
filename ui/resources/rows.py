"""The inventory as the panel shows it: what is missing, when the next check is, how ready a class
is.

Rule: read once beside the screen; filters and sums work on what was read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bankcc.clock import local
from bankcc.features import resource
from bankcc.i18n import N_, _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui.theme import Level


class Only(StrEnum):
    """What the list is narrowed to."""

    ALL = "all"
    GAP = "gap"
    LATE = "late"


ONLY_LABELS = {Only.ALL: N_("All"), Only.GAP: N_("With a gap"), Only.LATE: N_("Check overdue")}


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource on the day it was read. `next_day` None: no cycle, or never checked. `late` counts
    the days since the check was owed."""

    record: Record
    gap: int
    next_day: date | None
    overdue: bool
    due: bool
    late: int
    today: date

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id

    @property
    def category(self) -> str:
        """The class, empty for none."""
        return self.record.text("category")

    def number(self, name: str) -> int:
        """A count, 0 for none."""
        value = self.record[name]
        return value if isinstance(value, int) else 0


def row_of(record: Record, today: date) -> ResourceRow:
    """What is shown of a record on a day."""
    next_day = resource.next_check(record)
    overdue = resource.overdue(record, today)
    late = (today - next_day).days if overdue and next_day else 0
    due = resource.due(record, today)
    return ResourceRow(record, resource.gap(record), next_day, overdue, due, late, today)


@dataclass(frozen=True, slots=True)
class Standing:
    """How ready a class is (`category` None: everything): required, of those there and working,
    items with a gap, items with an overdue check, items."""

    category: str | None
    need: int
    there: int
    gaps: int
    late: int
    items: int

    @property
    def percent(self) -> int:
        """Ready parts of a hundred, rounded down: 99 is not ready. Nothing required is ready."""
        return self.there * 100 // self.need if self.need else 100

    @property
    def missing(self) -> int:
        """How many parts are missing."""
        return self.need - self.there

    @property
    def level(self) -> Level:
        """Ready, short, or less than half there."""
        if not self.missing:
            return Level.OK
        return Level.CRITICAL if self.percent < 50 else Level.WARNING


def standing(category: str | None, rows: Iterable[ResourceRow]) -> Standing:
    """The sums of some rows."""
    found = list(rows)
    return Standing(
        category,
        sum(row.number("required") for row in found),
        sum(resource.there(row.record) for row in found),
        sum(row.gap > 0 for row in found),
        sum(row.overdue for row in found),
        len(found),
    )


@dataclass(frozen=True, slots=True)
class Inventory:
    """Everything there is, class by class in the order of entry; `matching` are the ids that the
    searched text finds (None: nothing is searched)."""

    rows: tuple[ResourceRow, ...]
    standings: tuple[Standing, ...]
    matching: frozenset[str] | None = None

    def shown(self, only: Only, category: str | None) -> list[ResourceRow]:
        """The rows that a filter lets through."""
        return [
            row
            for row in self.rows
            if (only is not Only.GAP or row.gap)
            and (only is not Only.LATE or row.overdue)
            and (category is None or row.category == category)
            and (self.matching is None or row.id in self.matching)
        ]


def read(session: Session, text: str = "") -> Inventory:
    """Read the inventory and what `text` finds in it. May take long."""
    today = local(session.clock.now_ms()).date()
    kind = resource.NAME
    rows = [row_of(record, today) for record in session.find(Query(kind))]
    classes = list(dict.fromkeys(row.category for row in rows))
    rows.sort(key=lambda row: classes.index(row.category))
    matching = None
    if text:
        matching = frozenset(record.id for record in session.find(Query(kind, text=text)))
    sums = [standing(None, rows)]
    sums += [standing(name, (row for row in rows if row.category == name)) for name in classes]
    return Inventory(tuple(rows), tuple(sums), matching)


def question(only: Only, category: str | None, words: str, shown: Sequence[str]) -> Query:
    """What a list is narrowed to, for files and printing. `shown`: the ids that are in sight, for
    what no column says."""
    where: list[Condition] = []
    if category is not None:
        test = Condition("category", "=", category) if category else Condition("category", "empty")
        where.append(test)
    if only is not Only.ALL:
        where.append(Condition("id", "in", tuple(shown)))
    return Query(resource.NAME, where=tuple(where), text=words)


def class_name(category: str | None) -> str:
    """What a class is called."""
    if category is None:
        return _("All")
    return category or _("Without a class")


def stock_words(row: ResourceRow) -> tuple[str, Level | None]:
    """Required / actual, and what is missing."""
    record = row.record
    actual = record["actual"]
    there = str(actual) if isinstance(actual, int) else "?"
    if record["required"] is None:
        return (there if actual is not None else ""), None
    text = f"{row.number('required')}/{there}"
    if not row.gap:
        return text, None
    level = Level.CRITICAL if row.gap == row.number("required") else Level.WARNING
    return _("{stock} short {gap}").format(stock=text, gap=row.gap), level


def next_words(row: ResourceRow) -> tuple[str, Level | None]:
    """The day of the next check, and how far it is overdue."""
    if row.next_day is None:
        return (_("never checked"), Level.CRITICAL) if row.overdue else ("", None)
    day = day_words(row.next_day, row.today)
    if row.overdue:
        return _("{day} overdue {days} d").format(day=day, days=row.late), Level.CRITICAL
    if row.next_day == row.today:
        return _("today"), Level.WARNING
    return day, None


def day_words(day: date, today: date) -> str:
    """Month and day; the year where it is another one."""
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"
