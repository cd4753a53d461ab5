"""The task board as data: every card once, a list model for every cell, filters, counts and limits.

Rule: limits count a column over all lanes and all cards, whatever the filter shows; they warn and
never forbid.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt, Signal

from bankcc.schema.owner import is_mine
from ui.board.card_text import LOOSE, Card, columns, due_level, due_text, lanes, spoken
from ui.widgets.chip import Index

CARD_ROLE = Qt.ItemDataRole.UserRole + 1
DUE_ROLE = Qt.ItemDataRole.UserRole + 2
DUE_LEVEL_ROLE = Qt.ItemDataRole.UserRole + 3
MIME = "application/x-bankcc-task"
MINUTE = 60_000

CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What is shown. `mine`: name of the person, empty for everybody; `groups` empty: all lanes;
    `words`: in plain width and lower case."""

    mine: str = ""
    late: bool = False
    groups: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether cards are left out."""
        return bool(self.mine or self.late or self.groups or self.words)

    def shows(self, card: Card, now: int) -> bool:
        """Whether `card` is shown."""
        return (
            (not self.mine or is_mine(card.who, self.mine))
            and (not self.late or card.late(now))
            and (not self.groups or card.lane in self.groups)
            and card.meets(self.words)
        )


class CellModel(QAbstractListModel):
    """The cards of one lane in one column, in order of urgency."""

    def __init__(self, lane: str, column: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane, self.column = lane, column
        self.now = 0
        self.movable = True
        self._cards: list[Card] = []

    @property
    def cards(self) -> list[Card]:
        """What is shown, from the top."""
        return list(self._cards)

    def place(self, card_id: str) -> int:
        """The row of a card, -1 if it is not here."""
        return next((at for at, card in enumerate(self._cards) if card.id == card_id), -1)

    def set_cards(self, cards: list[Card]) -> None:
        """Show `cards`, in order. A single card that comes, goes or changes is told as such, so
        that the view keeps its place; anything larger is a new list."""
        old, new = self._cards, cards
        before, after = [card.id for card in old], [card.id for card in new]
        if before == after:
            self._replace(new)
        elif len(after) == len(before) + 1 and (at := _one_more(before, after)) >= 0:
            self.beginInsertRows(QModelIndex(), at, at)
            self._cards = [*old[:at], new[at], *old[at:]]
            self.endInsertRows()
            self._replace(new)
        elif len(before) == len(after) + 1 and (at := _one_more(after, before)) >= 0:
            self.beginRemoveRows(QModelIndex(), at, at)
            self._cards = old[:at] + old[at + 1 :]
            self.endRemoveRows()
            self._replace(new)
        else:
            self.beginResetModel()
            self._cards = list(new)
            self.endResetModel()

    def _replace(self, new: list[Card]) -> None:
        changed = [at for at, (a, b) in enumerate(zip(self._cards, new, strict=True)) if a != b]
        self._cards = list(new)
        for at in changed:
            self.dataChanged.emit(self.index(at), self.index(at))

    def tell_time(self, now: int) -> None:
        """The words of the times are others now."""
        self.now = now
        if self._cards:
            self.dataChanged.emit(
                self.index(0),
                self.index(len(self._cards) - 1),
                [DUE_ROLE, DUE_LEVEL_ROLE, Qt.ItemDataRole.AccessibleTextRole],
            )

    # -- what views ask ----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._cards):
            return None
        card = self._cards[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return card.title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return spoken(card, self.now)
            case _ if role == CARD_ROLE:
                return card
            case _ if role == DUE_ROLE:
                return due_text(card, self.now)
            case _ if role == DUE_LEVEL_ROLE:
                return due_level(card, self.now)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if not self.movable:
            return base
        drop = Qt.ItemFlag.ItemIsDropEnabled
        return base | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else base | drop

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        data = QMimeData()
        found = [self._cards[index.row()].id for index in indexes]
        data.setData(MIME, "".join(found[:1]).encode())
        return data


def _one_more(few: list[str], more: list[str]) -> int:
    """The place where `more` has one entry that `few` has not; -1 if they differ otherwise."""
    pairs = enumerate(zip(few, more, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), len(few))
    return at if few[at:] == more[at + 1 :] else -1


class Board(QObject):
    """All cards and their cells. `arranged` when what is shown has changed, `ticked` when only the
    time has."""

    arranged = Signal()
    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.filter = BoardFilter()
        self.limits: dict[str, int] = {}
        self.now = 0
        self._cards: dict[str, Card] = {}
        self.columns = tuple(option.code for option in columns())
        self.cells: dict[CellKey, CellModel] = {
            (lane, column): CellModel(lane, column, self)
            for lane in (*(option.code for option in lanes()), LOOSE)
            for column in self.columns
        }
        self._lanes = tuple(dict.fromkeys(lane for lane, _column in self.cells))
        self._totals = dict.fromkeys(self.cells, (0, 0))

    # -- cards -------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._cards)

    def card(self, card_id: str) -> Card | None:
        """The card of that id, shown or not."""
        return self._cards.get(card_id)

    @property
    def all_cards(self) -> list[Card]:
        """Every card, shown or not."""
        return list(self._cards.values())

    def load(self, cards: Iterable[Card]) -> None:
        """Replace all cards."""
        self._cards = {card.id: card for card in cards}
        self._arrange()

    def put(self, changed: Mapping[str, Card | None]) -> None:
        """Cards that are new or different; None for one that is gone."""
        touched: set[CellKey] = set()
        for card_id, card in changed.items():
            old = self._cards.get(card_id)
            if card is None:
                self._cards.pop(card_id, None)
            else:
                self._cards[card_id] = card
            touched |= {(c.lane, c.column) for c in (old, card) if c is not None}
        if touched:
            self._arrange(touched)

    def set_filter(self, wanted: BoardFilter) -> None:
        """Show other cards."""
        if wanted != self.filter:
            self.filter = wanted
            self._arrange()

    def set_limits(self, limits: Mapping[str, int]) -> None:
        """How many cards a column should hold; a column without an entry has no limit."""
        self.limits = {code: limit for code, limit in limits.items() if limit > 0}
        self.arranged.emit()

    def set_movable(self, movable: bool) -> None:
        """Whether cards may be dragged and dropped."""
        for cell in self.cells.values():
            cell.movable = movable

    def tell_time(self, now: int) -> None:
        """It is `now` (UTC ms): words of times change with the minute, and what is late may be
        others."""
        if now // MINUTE == self.now // MINUTE and self.now:
            return
        self.now = now
        for cell in self.cells.values():
            cell.tell_time(now)
        self._count()
        if self.filter.late:
            self._arrange()
        self.ticked.emit()

    def _count(self) -> None:
        totals = dict.fromkeys(self.cells, (0, 0))
        for card in self._cards.values():
            key = (card.lane, card.column)
            count, late = totals[key]
            totals[key] = (count + 1, late + card.late(self.now))
        self._totals = totals

    def _arrange(self, only: Iterable[CellKey] | None = None) -> None:
        wanted = set(self.cells if only is None else only)
        filled: dict[CellKey, list[Card]] = {key: [] for key in wanted}
        for card in self._cards.values():
            key = (card.lane, card.column)
            if key in filled and self.filter.shows(card, self.now):
                filled[key].append(card)
        for key, cards in filled.items():
            cell = self.cells[key]
            cell.now = self.now
            cell.set_cards(sorted(cards, key=lambda card: card.order))
        self._count()
        self.arranged.emit()

    # -- what is where -----------------------------------------------------------------------------

    def lanes_shown(self) -> list[str]:
        """The lanes to draw: those of the plan, without the empty ones while a filter narrows; the
        one of unknown groups only with cards in it."""
        found = []
        for lane in self._lanes:
            filled = any(self.cells[lane, column].rowCount() for column in self.columns)
            if filled or (lane != LOOSE and not self.filter.narrows):
                found.append(lane)
        return found

    def shown(self) -> int:
        """How many cards the filter lets through."""
        return sum(cell.rowCount() for cell in self.cells.values())

    def count(self, column: str) -> int:
        """Cards of a column over all lanes, whatever the filter shows."""
        return sum(self._totals[lane, column][0] for lane in self._lanes)

    def open_in(self, lane: str) -> tuple[int, int]:
        """How many cards of a lane are open, and how many of them are late."""
        found = [self._totals[lane, column] for column in self.columns[:-1]]
        return sum(count for count, _late in found), sum(late for _count, late in found)

    def shown_in(self, column: str) -> int:
        """Cards of a column that the filter lets through."""
        return sum(self.cells[key].rowCount() for key in self.cells if key[1] == column)

    def over_limit(self, column: str) -> bool:
        """Whether a column holds more cards than it should."""
        limit = self.limits.get(column)
        return limit is not None and self.count(column) > limit

    def late_count(self) -> int:
        """Open cards past their time."""
        return sum(late for _count, late in self._totals.values())

    def blocked_count(self) -> int:
        """Cards that cannot go on."""
        return sum(card.blocked for card in self._cards.values())

    def cell_of(self, card_id: str) -> CellModel | None:
        """The cell that shows a card; None if none does."""
        card = self._cards.get(card_id)
        cell = self.cells.get((card.lane, card.column)) if card else None
        return cell if cell is not None and cell.place(card_id) >= 0 else None

    def __iter__(self) -> Iterator[CellModel]:
        return iter(self.cells.values())
