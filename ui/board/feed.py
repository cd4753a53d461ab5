"""Keeps the board in step with the center: reads all of it off the screen's thread, and follows
each change with a read of what it touched.

Rule: an answer that may not have seen a later change is thrown away and asked for again.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from bankcc.errors import UserError
from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from bankcc.session import ChangeSet
from ui.board.card_text import Card, card_of, read_cards
from ui.board.model import Board
from ui.context import UiContext

MANY = 40
"""From so many changed records on, everything is read again."""
LOADING_AFTER_MS = 300


class BoardFeed(QObject):
    """`arrived`: everything was read; `touched(ids)`: these tasks are different; `looked`: there is
    another reason to show or not to show the board (`loaded`, `error`)."""

    arrived = Signal()
    touched = Signal(object)
    looked = Signal()
    error: UserError | None

    def __init__(self, context: UiContext, board: Board, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._board = context, board
        self.error, self.loaded = None, False
        self._asked = self._answered = 0
        self._patience = QTimer(self, singleShot=True, interval=LOADING_AFTER_MS)
        self._patience.timeout.connect(self.looked)
        context.bridge.changed.connect(self.follow)

    def reload(self) -> None:
        """Read all tasks again."""
        self._asked += 1
        asked, session = self._asked, self._context.session
        if not self.loaded:
            self._patience.start()
        self._context.jobs.start(
            _("Reading the board"),
            lambda _progress: read_cards(session),
            done=lambda cards: self._arrive(asked, cards),
            failed=lambda error: self._fail(asked, error),
            cancellable=False,
            owner=self,
        )

    def follow(self, changes: ChangeSet) -> None:
        """Show what has changed, if it touches the board."""
        tasks = {record for kind, record in changes.records if kind == task.NAME}
        people = {record for kind, record in changes.records if kind == "person"}
        if people:
            tasks |= {card.id for card in self._board.all_cards if card.assignee in people}
        everything = "" in tasks | people or len(tasks) > MANY
        if everything or (tasks and (not self.loaded or self._asked != self._answered)):
            self.reload()
        if tasks and self.loaded and not everything:
            self._read(tasks)

    def _read(self, tasks: set[str]) -> None:
        session = self._context.session
        chosen = Condition("id", "in", tuple(tasks))
        try:
            records = session.find(Query(task.NAME, where=(chosen,)))
        except UserError as error:
            self._fail(self._asked, error)
            return
        changed: dict[str, Card | None] = dict.fromkeys(tasks)
        self._board.put(changed | {record.id: card_of(session, record) for record in records})
        self.touched.emit(frozenset(tasks))

    def _arrive(self, asked: int, cards: list[Card]) -> None:
        if asked != self._asked:
            return  # something was asked again meanwhile
        self.error, self.loaded, self._answered = None, True, asked
        self._patience.stop()
        self._board.load(cards)
        self.looked.emit()
        self.arrived.emit()

    def _fail(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        self._answered = asked
        self._patience.stop()
        if not isinstance(error, UserError):
            self._context.jobs.unhandled.emit(error)
            return
        self.error = error
        self.looked.emit()
