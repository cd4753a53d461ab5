"""The task board: lanes of the groups, columns of the states, one task in full beside it.

Rule: a key, the menu and the mouse do the same through the same verbs; what is refused stays where
it was and says why beside the card.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import task
from bankcc.i18n import N_, _
from bankcc.schema.owner import name_of
from ui import theme
from ui.actions import ActionId
from ui.board.card_text import Card
from ui.board.deeds import BoardDeeds
from ui.board.feed import BoardFeed
from ui.board.filters import BoardHead
from ui.board.grid import BoardGrid
from ui.board.keys import BoardKeys
from ui.board.menu import card_menu
from ui.board.model import Board
from ui.board.note import BoardNote
from ui.board.print import BoardPrint
from ui.board.side import BoardSide
from ui.board.task_detail import TaskDetail
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.in_steps import PanelInSteps
from ui.records.person_picker import PersonPicker
from ui.widgets.ask_line import AskLine
from ui.widgets.read_only_band import ReadOnlyBand
from ui.widgets.state_view import State, StateView

PLACE = "board"
LIMITS = {"doing": 20, "confirming": 8}


def order(stops: list[QWidget]) -> None:
    """Let the Tab key go through these, one after another."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


class TaskBoardPanel(PanelInSteps):
    """What the window offers by key is offered here: `start`, `focus_filter`, `refresh`, `add_new`,
    `open_record`, `key_hints`, `flush`. `read_only`: the leaders' view, without editors."""

    def __init__(
        self,
        context: UiContext,
        parent: QWidget | None = None,
        *,
        read_only: bool = False,
        at_once: bool = True,
    ) -> None:
        self.read_only = read_only or not context.session.can_write
        super().__init__(context, parent, at_once=at_once)

    def _make(self) -> Iterator[None]:
        self.setObjectName("board")
        self._wanted = ""
        self._keeper = DraftKeeper(self.session, "board:", self)
        self._keeper.failed.connect(lambda error: self.context.saved.failed(str(error)))
        self.board = Board(self)
        self.feed = BoardFeed(self.context, self.board, self)
        self.head = BoardHead(self.board, name_of(self.session.user), self)
        words = N_("Read only: you see the board as it is; nothing here can be changed.")
        self.band = ReadOnlyBand(words, self, read_only=self.read_only)
        yield
        self.grid = BoardGrid(self.board, self)
        yield
        self.state = StateView(self)
        self.ask = AskLine(self._keeper, self)
        self.picker = PersonPicker(self.session, self)
        self.note = BoardNote(self)
        self.deeds = BoardDeeds(self.context, self.grid, self.ask, self.picker, self.note)
        self.printing = BoardPrint(self.context, self.board, self)
        yield
        self._lay_out()
        self._connect()
        self.keys = self._make_keys()
        self._restore()
        self.retranslate()
        self.set_read_only(self.read_only)
        self._tick()
        self.feed.reload()

    # -- what the window offers --------------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown: the keys stand on a card."""
        self._tick()
        if self._shows_grid():
            self.grid.take_keys()
        elif self.state.button.isVisibleTo(self):
            self.state.button.setFocus()
        else:
            self.setFocus()  # until there is something to stand on

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.head.text.setFocus()
        self.head.text.selectAll()

    def refresh(self) -> None:
        """F5: read everything again, look at the clock again."""
        self._tick()
        self.feed.reload()

    def add_new(self) -> None:
        """Ctrl+N: a new task where the keys stand."""
        self.deeds.add()

    def open_record(self, _kind: str, card_id: str) -> None:
        """Show a task, wherever it is on the board."""
        if not self.feed.loaded:
            self._wanted = card_id
            return
        card = self.board.card(card_id)
        if card is not None and self.board.cell_of(card_id) is None:
            self.head.clear()
        if card is not None and card.column == self.board.columns[-1]:
            self.grid.set_folded(False)
        self.grid.set_current(card_id)
        self.side.open(card_id)

    def key_hints(self) -> str:
        """The keys that work here."""
        if self.read_only:
            return _("Arrows choose · Enter opens · Ctrl+F filter")
        return _("Ctrl+arrows move · Enter opens · Ctrl+M assign · + new · Ctrl+F filter")

    def flush(self) -> None:
        """Before the window closes."""
        if self._saving.isActive():
            self._save_view()
        self._keeper.close()

    # -- showing -----------------------------------------------------------------------------------

    def _arrived(self) -> None:
        if self.side.is_open:
            self.side.detail.refresh()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.open_record(task.NAME, wanted)

    def _touched(self, tasks: frozenset[str]) -> None:
        if self.side.task in tasks:
            self.side.detail.refresh()

    def _shows_grid(self) -> bool:
        return self._stack.currentWidget() is self.grid

    def _look(self) -> None:
        """The board, or why there is none."""
        error = self.feed.error
        if error is not None:
            hint = " ".join(filter(None, (error.safe, error.next_step)))
            again = self.feed.reload
            self.state.show_state(State.ERROR, error.what, hint, action=_("Try again"), act=again)
        elif not self.feed.loaded:
            self.state.show_state(State.LOADING)
        elif not len(self.board):
            new = {} if self.read_only else {"action": _("New task"), "act": self.add_new}
            hint = _("Enter who does what until when; a call becomes a task with Ctrl+T.")
            self.state.show_state(State.EMPTY, _("No tasks yet"), hint, **new)
        elif not self.board.shown():
            self.state.show_state(
                State.FILTERED,
                _("No task matches the filter"),
                action=_("Clear filter (Esc)"),
                act=self.head.clear,
            )
        shown = self.feed.loaded and error is None and self.board.shown()
        self._show(self.grid if shown else self.state)
        self.head.refresh()

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if before is page:
            return
        focus = self.focusWidget()
        had_focus = self.hasFocus() or (focus is not None and before.isAncestorOf(focus))
        self._stack.setCurrentWidget(page)
        if had_focus or self.window().focusWidget() is None:
            self.grid.take_keys() if page is self.grid else self.state.button.setFocus()

    @property
    def detail(self) -> TaskDetail:
        """One task in full."""
        return self.side.detail

    def pieces(self) -> list[Callable[[], object]]:
        """What is made when it is first wanted, to be made before that."""
        return [lambda: self.side.detail]

    def toggle_detail(self) -> None:
        """Ctrl+I."""
        if self.side.is_open:
            self.side.close()
        elif self.grid.current:
            self.side.open(self.grid.current)

    def set_read_only(self, read_only: bool) -> None:
        """The leaders' view: nothing can be changed, moved or dragged."""
        self.read_only = read_only
        self.deeds.read_only = read_only
        self.head.set_read_only(read_only)
        self.grid.set_movable(not read_only)
        if self.side.is_built:
            self.detail.set_read_only(read_only)
        self.band.setVisible(read_only)
        self.keys.set_read_only(read_only)
        self._look()

    def _tick(self) -> None:
        """Times are read off the clock on the wall: the laptop may have slept."""
        now = self.session.clock.now_ms()
        self.board.tell_time(now)

    # -- filters and what is remembered ------------------------------------------------------------

    def _filter(self) -> None:
        self.board.set_filter(self.head.wanted)

    def _restore(self) -> None:
        kept = self.session.local.value(PLACE) or {}
        self.grid.set_folded(bool(kept.get("folded", True)))
        self.head.density.setChecked(bool(kept.get("compact", False)))
        self.board.set_limits({str(k): int(v) for k, v in kept.get("limits", LIMITS).items()})
        self._saving.stop()

    def _limit(self, column: str, limit: int) -> None:
        self.board.set_limits({**self.board.limits, column: limit})
        self._saving.start()

    def _save_view(self) -> None:
        self._saving.stop()
        if not self.session.can_write:
            return
        view = {
            "folded": self.grid.folded,
            "compact": self.grid.compact,
            "limits": self.board.limits,
        }
        try:
            self.session.local.set_value(PLACE, view)
        except UserError as error:
            self.context.refused(error)

    # -- keys and menus ----------------------------------------------------------------------------

    def _make_keys(self) -> BoardKeys:
        step, grid = self.deeds.step, self.grid
        acts = {
            "right": lambda: step(1, 0),
            "left": lambda: step(-1, 0),
            "down": lambda: step(0, 1),
            "up": lambda: step(0, -1),
            "copy": lambda: self.printing.copy([grid.current]),
        }
        commands = {
            ActionId.DELETE: (grid, self.deeds.delete),
            ActionId.ASSIGN: (self, self._assign),
            ActionId.DETAIL: (self, self.toggle_detail),
        }
        return BoardKeys(grid, acts, commands)

    def _assign(self) -> None:
        """Ctrl+M: the task that is shown in full while the keys are there, else the chosen card."""
        self._from_detail = self.side.has_keys
        self.deeds.assign(self._shown_card() if self._from_detail else None)

    def _block_shown(self) -> None:
        self._from_detail = True
        self.deeds.block(self._shown_card())

    def _move_shown(self, column: str) -> None:
        self._from_detail = True
        if (card := self._shown_card()) is not None:
            self.deeds.move(card.id, column, "")

    def _shown_card(self) -> Card | None:
        """The card of the task that is shown in full."""
        return self.board.card(self.side.task)

    def _went(self, card_id: str) -> None:
        """The keys stand on another card: what was said about the last is over, and a task shown
        beside the board is that one."""
        self.note.hide()
        self.side.follow(card_id)

    def _menu(self, card_id: str, where: QPoint) -> None:
        card = self.board.card(card_id)
        if card is not None:
            menu = card_menu(self.deeds, self.printing, card, self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def _back(self) -> None:
        """A question was answered or left: the keys go back where they were."""
        in_detail, self._from_detail = self._from_detail, False
        if in_detail and self.side.is_open:
            self.detail.assignee.setFocus()
        else:
            self.grid.take_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.note.hide()
            if self.side.is_open:
                self.side.close()
            elif self.head.wanted.narrows:
                self.head.clear()
            self.grid.take_keys()
            return
        super().keyPressEvent(event)

    # -- building ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._from_detail = False
        self._area = QWidget(self)
        self._stack = QStackedLayout(self._area)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.grid)
        middle = QHBoxLayout()
        middle.addWidget(self._area, 1)
        self.side = BoardSide(self, self.head, middle, self._make_detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(4))
        column.setSpacing(theme.px(8))
        column.addWidget(self.head)
        column.addWidget(self.band)
        column.addLayout(middle, 1)
        order(self.head.tab_stops() + self.grid.tab_stops())

    def _make_detail(self) -> TaskDetail:
        made = TaskDetail(self.context, self._keeper, self)
        made.set_read_only(self.read_only)
        order(self.grid.tab_stops()[-1:] + made.tab_stops())
        made.wanted.connect(lambda verb, words: self.deeds.do(verb, words))
        made.assign_wanted.connect(self._assign)
        made.block_wanted.connect(self._block_shown)
        made.move_wanted.connect(self._move_shown)
        self.board.ticked.connect(lambda: made.tell_time(self.board.now))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.place()

    def _connect(self) -> None:
        self.feed.looked.connect(self._look)
        self.feed.arrived.connect(self._arrived)
        self.feed.touched.connect(self._touched)
        self._saving = QTimer(self, singleShot=True, interval=500)
        self._saving.timeout.connect(self._save_view)
        self._clock = QTimer(self, interval=1_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        self.board.arranged.connect(self._look)
        self.board.ticked.connect(self.head.refresh)
        self.head.filtered.connect(self._filter)
        self.head.density_wanted.connect(self.grid.set_compact)
        self.head.density_wanted.connect(lambda _compact: self._saving.start())
        self.head.print_wanted.connect(self.printing.print_board)
        self.head.new_wanted.connect(self.add_new)
        self.grid.fold_changed.connect(lambda _folded: self._saving.start())
        self.grid.limit_chosen.connect(self._limit)
        self.grid.open_wanted.connect(self.side.open)
        self.grid.new_wanted.connect(self.deeds.add)
        self.grid.move_wanted.connect(
            lambda card, lane, column: self.deeds.move(card, column, lane)
        )
        self.grid.menu_wanted.connect(self._menu)
        self.grid.current_changed.connect(self._went)
        # Shown at once: the next key may come before the change set does.
        self.deeds.done.connect(lambda receipt: self.feed.follow(receipt.changes))
        self.deeds.open_wanted.connect(self.side.open)
        self.side.closed.connect(self.grid.take_keys)
        for question in (self.ask, self.picker):
            question.closed.connect(self._back)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Task board"))
        self.keys.retranslate()
        self._look()
