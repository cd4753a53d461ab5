"""The task board on the wall: the same lanes and columns, to be looked at only.

Rule: a card that came from a call shows the call's number and category; no customer is named.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from bankcc.reports.wall import Discretion
from bankcc.session import Session
from ui import dress as sheets
from ui import theme
from ui.background_read import BackgroundRead
from ui.board.card_text import Card, read_cards
from ui.board.grid import BoardGrid
from ui.board.model import Board
from ui.context import UiContext
from ui.theme import Level
from ui.wallboard.face import BODY, SMALL, dress, dress_chip
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

TOUCHING = frozenset({"task", "person", "inquiry"})


def discreet_cards(session: Session) -> list[Card]:
    """All cards without customers. May take long: ask beside the screen."""
    discretion = Discretion.of(session)
    return [
        replace(
            card,
            title=discretion.title(card.title, card.source, session),
            obstacle=discretion.text(card.obstacle),
        )
        for card in read_cards(session)
    ]


class WallTasks(QWidget):
    """`arrived`: the board is as it stands now; `failed(UserError)`: it could not be read."""

    arrived = Signal()
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wallboard.tasks")
        self.context = context
        self.board = Board(self)
        self.title = PlainLabel("", self)
        self.counts = PlainLabel("", self)
        self.late = Chip(Level.CRITICAL, "", self)
        self.blocked = Chip(Level.WARNING, "", self)
        self.grid = BoardGrid(self.board)
        self.grid.set_movable(False)
        sheets.dress(self.grid)  # seen through the glass it stands in no window
        self._unit = 1.0
        self.read = BackgroundRead(
            context.jobs, _("Reading the board"), self._question, self, quiet=True
        )
        self._make_glass()
        self._lay_out()
        self._look_only()
        self.read.answered.connect(self._arrive)
        self.read.failed.connect(self.failed)
        self.board.arranged.connect(self._count)
        self.board.ticked.connect(self._count)
        self.retranslate()

    def _question(self) -> object:
        session = self.context.session
        return lambda: discreet_cards(session)

    def _arrive(self, cards: list[Card]) -> None:
        self.board.tell_time(self.context.session.clock.now_ms())
        self.board.load(cards)
        self._place()
        self.arrived.emit()

    def follow(self, kinds: frozenset[str]) -> None:
        """Records of these kinds changed: read again if they may stand on a card."""
        if kinds & TOUCHING:
            self.read.read()

    def tell_time(self, now: int) -> None:
        """It is `now` (UTC ms)."""
        self.board.tell_time(now)

    def watched(self) -> list[QObject]:
        """What may have the keys: the arrows go from card to card."""
        return list(self.grid.cells.values())

    def take_keys(self) -> None:
        """The arrows go over the board."""
        self.glass.setFocus()
        self.grid.take_keys()

    def fit(self, unit: float) -> None:
        """Take the sizes of the screen: the board is seen through a glass that makes it larger."""
        look = theme.tokens()
        self._unit = unit
        self.scene.setBackgroundBrush(QColor(look.bg))
        self._place()
        dress(self.title, BODY * unit, bold=True, colour=look.text)
        dress(self.counts, SMALL * unit, colour=look.text2)
        for chip in (self.late, self.blocked):
            dress_chip(chip, SMALL * unit)

    def close_reads(self) -> None:
        """Before the session is closed."""
        self.read.close()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Task board"))
        self.title.setText(_("Tasks"))
        self._count()

    def _count(self) -> None:
        board = self.board
        count = sum(board.count(column) for column in board.columns[:-1])
        done = board.count(board.columns[-1])
        self.counts.setText(_("{count} open · {done} done").format(count=count, done=done))
        late, blocked = board.late_count(), board.blocked_count()
        words = _("{count} late").format(count=late) if late else ""
        self.late.set_status(Level.CRITICAL, words)
        words = _("{count} blocked").format(count=blocked) if blocked else ""
        self.blocked.set_status(Level.WARNING, words)

    def _look_only(self) -> None:
        """Heads say what they say and cannot be pressed."""
        for head in self.grid.heads.values():
            head.button.setEnabled(False)
            head.button.setIconSize(QSize(0, 0))
        for fold in self.grid.folds.values():
            fold.setEnabled(False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(16))
        for widget in (self.title, self.counts, self.late, self.blocked):
            head.addWidget(widget)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.glass, 1)

    def _make_glass(self) -> None:
        self.scene = QGraphicsScene(self)
        self.scene.addWidget(self.grid)
        self.glass = QGraphicsView(self.scene, self)
        self.glass.setFrameShape(QFrame.Shape.NoFrame)
        self.glass.setAccessibleName(_("Task board"))
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.glass.setHorizontalScrollBarPolicy(off)
        self.glass.setVerticalScrollBarPolicy(off)

    def _place(self) -> None:
        """The board fills the glass; its cards shrink to a line where they do not fit."""
        size = self.glass.viewport().size() / self._unit
        self.glass.resetTransform()
        self.glass.scale(self._unit, self._unit)
        self.grid.resize(size)
        self.scene.setSceneRect(0, 0, size.width(), size.height())
        self.grid.set_compact(False)
        if self.grid.sheet.height() > self.grid.scroll.height():
            self.grid.set_compact(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
