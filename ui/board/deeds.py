"""What can be done to a card: the verb, the words afterwards, the question before, the reason if it
is refused. Keys, menu, mouse and the detail view all come here.

Rule: a refusal is said beside the card and changes nothing; a success can be undone from its
message.
"""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from bankcc.errors import FieldError, NotFound, Refused, UserError
from bankcc.features import task
from bankcc.i18n import _
from bankcc.schema.change import Verb, delete, edit
from bankcc.session import Receipt
from ui.board.card_text import LOOSE, Card, columns, lanes
from ui.board.grid import BoardGrid
from ui.board.model import Board
from ui.board.note import BoardNote
from ui.context import UiContext
from ui.feedback import MessageRow
from ui.records.person_picker import PersonPicker
from ui.theme import Level
from ui.widgets.ask_line import AskLine

RULES = (Refused, FieldError, NotFound)


class BoardDeeds(QObject):
    """`done(Receipt)`: something was changed; `open_wanted(id)`: show a task in full."""

    done = Signal(object)
    open_wanted = Signal(str)
    board: Board
    _told: MessageRow | None

    def __init__(
        self,
        context: UiContext,
        grid: BoardGrid,
        ask: AskLine,
        picker: PersonPicker,
        note: BoardNote,
    ) -> None:
        super().__init__(grid)
        self.context, self.grid, self.ask, self.picker, self.note = context, grid, ask, picker, note
        self.board = grid.board
        self.read_only = False
        self._told = None
        self._assigning = ""
        picker.chosen.connect(self._assigned)

    # -- doing -------------------------------------------------------------------------------------

    def do(self, verb: Verb, words: str = "", *, at: str = "") -> Receipt | None:
        """Run a verb. `words`: the confirmation, with the way back; `at`: the card beside which a
        refusal is said."""
        if self.read_only:
            return None
        fault, receipt = self._try(verb)
        if isinstance(fault, RULES):
            self.note.say(fault, self.grid.card_box(at))
        elif fault is not None:
            self.context.refused(fault)
        elif words:
            self.say(words)
        return receipt

    def _try(self, verb: Verb) -> tuple[UserError | None, Receipt | None]:
        self.note.hide()
        session = self.context.session
        try:
            receipt = session.execute(verb)
        except UserError as error:
            return error, None
        self.context.saved.saved(session.clock.now_ms())
        self.done.emit(receipt)
        return None, receipt

    def say(self, words: str, level: Level = Level.OK) -> None:
        """Say what was done, with the way back; it takes the place of what was said before."""
        if self._told in self.context.messages.rows:
            self._told.closed.emit(self._told)
        self._told = self.context.messages.say(
            level, words, action=_("Undo"), act=self.context.undo
        )

    # -- moving ------------------------------------------------------------------------------------

    def step(self, dx: int, dy: int) -> None:
        """Ctrl+arrow: the card of the keys one column or one lane further."""
        card = self.grid.card()
        if card is None:
            return
        if dx:
            codes = self.board.columns
            at = codes.index(card.column) + dx
            if 0 <= at < len(codes):
                self.move(card.id, codes[at], "")
            return
        codes = tuple(lane.code for lane in lanes())
        at = codes.index(card.lane) + dy if card.lane in codes else 0
        if 0 <= at < len(codes):
            self.move(card.id, "", codes[at])

    def move(self, card_id: str, column: str, lane: str) -> None:
        """Into a column, a lane, or both; empty for where it is. Out of the last column it needs a
        reason."""
        card = self.board.card(card_id)
        if card is None or self.read_only:
            return
        column = "" if column == card.column else column
        lane = "" if lane in (card.lane, LOOSE) else lane
        if not (column or lane):
            return
        if column and card.column == self.board.columns[-1]:
            self._ask(
                f"reopen/{card.id}",
                _("Why is {number} taken up again?").format(number=card.number),
                card,
                lambda reason: self._move(card, column, lane, reason),
            )
            return
        verb = task.move(card.id, status=column, group=lane)
        self.do(verb, self._moved_words(card, column, lane), at=card.id)

    def _move(self, card: Card, column: str, lane: str, reason: str) -> str:
        verb = task.move(card.id, status=column, group=lane, note=reason)
        return self._answered(verb, self._moved_words(card, column, lane))

    def _moved_words(self, card: Card, column: str, lane: str) -> str:
        names = [_(o.label) for o in lanes() if o.code == lane]
        names += [_(o.label) for o in columns() if o.code == column]
        words = _("{number} moved to {place}").format(number=card.number, place=" · ".join(names))
        limit = self.board.limits.get(column)
        count = self.board.count(column) + 1 if column else 0
        if limit and count > limit:
            words += _("; over the limit: {count}/{limit}").format(count=count, limit=limit)
        return words

    # -- other changes -----------------------------------------------------------------------------

    def set_priority(self, card: Card, code: str) -> None:
        """How pressing it is."""
        words = _("{field} of {number} saved").format(
            field=_(task.KIND.field("priority").label), number=card.number
        )
        self.do(edit(task.NAME, card.id, priority=code), words, at=card.id)

    def assign(self, card: Card | None = None) -> None:
        """Ctrl+M: ask to whom the card goes; before anything is typed, those who have most of its
        lane are offered."""
        card = card or self.grid.card()
        if card is None or self.read_only:
            return
        self.note.hide()
        self._assigning = card.id
        has = Counter(
            (other.assignee, other.who, other.initials)
            for other in self.board.all_cards
            if other.assignee and other.assignee != card.assignee and other.lane == card.lane
        )
        usual = [(person, f"{short}  {who}") for (person, who, short), _count in has.most_common()]
        caption = _("{number} goes to").format(number=card.number)
        self.picker.ask(caption, self.grid.card_box(card.id), usual, taken=bool(card.assignee))

    def _assigned(self, person: str) -> None:
        card = self.board.card(self._assigning)
        if card is None:
            return
        name = self.context.session.link_title("person", person) if person else ""
        words = _("{number} goes to {name}") if person else _("{number} was taken back")
        words = words.format(number=card.number, name=name)
        self.do(task.assign(card.id, assignee=person), words, at=card.id)

    def block(self, card: Card | None = None) -> None:
        """Ask what is in the way."""
        card = card or self.grid.card()
        if card is None or self.read_only:
            return
        self._ask(
            f"block/{card.id}",
            _("What blocks {number}?").format(number=card.number),
            card,
            lambda reason: self._answered(
                task.block(card.id, reason=reason),
                _("{number} is marked as blocked").format(number=card.number),
            ),
        )

    def unblock(self, card: Card) -> None:
        """The obstacle is gone."""
        words = _("{number} may go on").format(number=card.number)
        self.do(task.unblock(card.id), words, at=card.id)

    def delete(self, card: Card | None = None) -> None:
        """Take the card off the board; the history keeps it."""
        card = card or self.grid.card()
        if card is not None:
            words = _("{number} deleted").format(number=card.number)
            self.do(delete(task.NAME, card.id), words, at=card.id)

    def add(self, lane: str = "", column: str = "") -> None:
        """Ask for the title of a new task in a cell; empty: where the keys stand."""
        if self.read_only:
            return
        here = self.grid.place
        lane, column = lane or here[0], column or here[1]
        column = "todo" if column == self.board.columns[-1] else column
        lane = "command" if lane == LOOSE else lane
        names = [_(o.label) for o in (*lanes(), *columns()) if o.code in (lane, column)]
        self.note.hide()
        self.ask.ask(
            "new",
            _("New task: {place}").format(place=" · ".join(names)),
            self.grid.card_box(""),
            lambda title: self._add(title, lane, column),
            hint=_("Enter saves, then the next one"),
            again=True,
        )

    def _add(self, title: str, lane: str, column: str) -> str:
        fault, receipt = self._try(task.add(title=title, group=lane, status=column))
        if fault is not None:
            return str(fault)
        assert receipt is not None
        made = receipt.made[0]
        self.grid.set_current(made.id)
        words = _("Saved {number}").format(number=made.number)
        if self.board.cell_of(made.id) is None:
            words += _("; the filter hides it")
        self.say(words)
        return ""

    def open(self, card_id: str) -> None:
        """Show a task in full."""
        self.open_wanted.emit(card_id)

    def open_source(self, card: Card) -> None:
        """Show the call that the task came from."""
        self.context.open_record("inquiry", card.source)

    # -- questions ---------------------------------------------------------------------------------

    def _ask(self, key: str, caption: str, card: Card, accept: Callable[[str], str]) -> None:
        self.note.hide()
        self.ask.ask(key, caption, self.grid.card_box(card.id), accept)

    def _answered(self, verb: Verb, words: str) -> str:
        """Do what was asked for; why not, to be said in the question."""
        fault, _receipt = self._try(verb)
        if fault is None:
            self.say(words)
        return str(fault) if fault else ""
