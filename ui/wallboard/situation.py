"""The situation on the wall: five cards, calls per quarter of an hour, what waits for a decision,
the latest of the timeline.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bankcc.clock import local
from bankcc.i18n import _
from bankcc.reports.current import Waiting
from bankcc.reports.wall import WallLine, WallPicture
from ui.situation.words import cards_of, waiting_words
from ui.theme import SHAPES, Level
from ui.wallboard.face import FEWEST_LINES, MOST_LINES, WallBars, WallCard, WallRow, WallRows

CARDS = ("late", "open", "staff", "urgent", "cards")


def waiting_row(item: Waiting) -> WallRow:
    """Something that waits for a decision."""
    reason, what = waiting_words(item)
    return WallRow(reason, what, f"{local(item.since):%H:%M}", Level(item.level))


def timeline_row(line: WallLine) -> WallRow:
    """An entry of the timeline."""
    words = " · ".join(filter(None, (line.category, line.words)))
    return WallRow(f"{local(line.at):%H:%M}", words, strong=line.is_decision)


class WallSituation(QWidget):
    """Shows what it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wallboard.situation")
        self.cards = [WallCard(f"wallboard.card.{name}", self) for name in CARDS]
        self.bars = WallBars("wallboard.calls", self)
        self.waiting = WallRows("wallboard.waiting", self)
        self.timeline = WallRows("wallboard.timeline", self)
        self.timeline.counts_rest = False
        self._lay_out()

    def show_picture(self, picture: WallPicture, now: int, *, stale: bool) -> None:
        """Put the figures into words as of `now` (UTC ms); `stale`: they are hatched."""
        figures = picture.figures
        for card, words in zip(self.cards, cards_of(figures, now), strict=True):
            card.show_words(words)
            card.set_stale(stale)
        self._level_cards()
        self.bars.show_buckets(figures.buckets)
        nothing = f"{SHAPES[Level.OK]} " + _("Nothing waits for a decision")
        rows = [waiting_row(item) for item in figures.waiting]
        self.waiting.show_rows(_("Waiting for a decision"), rows, nothing)
        entries = [timeline_row(line) for line in picture.lines]
        self.timeline.show_rows(_("Timeline"), entries, _("No entries yet"))

    def fit(self, unit: float) -> None:
        """Take the sizes of the screen."""
        gap = round(10 * unit)
        self._row.setSpacing(gap)
        self._body.setSpacing(gap)
        self._whole.setSpacing(gap)
        for part in (*self.cards, self.bars, self.waiting, self.timeline):
            part.fit(unit)

    def _level_cards(self) -> None:
        """All cards as high as the one with most words."""
        wanted = max(FEWEST_LINES, *(card.lines for card in self.cards))
        for card in self.cards:
            card.set_lines(min(wanted, MOST_LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._level_cards()

    def _lay_out(self) -> None:
        self._row, self._body = QHBoxLayout(), QGridLayout()
        for card in self.cards:
            self._row.addWidget(card, 1)
        self._body.addWidget(self.bars, 0, 0)
        self._body.addWidget(self.waiting, 1, 0)
        self._body.addWidget(self.timeline, 0, 1, 2, 1)
        for at, high in enumerate((9, 8)):
            self._body.setColumnStretch(at, 1)
            self._body.setRowStretch(at, high)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addLayout(self._row)
        self._whole.addLayout(self._body, 1)
