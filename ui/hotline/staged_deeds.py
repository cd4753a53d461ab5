"""The steps of a call by key: staged while the call is entered, done at once to a stored one.

Rule: one set of questions for both. Which call is meant is decided when the key is pressed, by
where the keys are; while a call is being entered no other is meant.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QApplication, QWidget

from bankcc.errors import UserError
from bankcc.features import inquiry, person
from bankcc.i18n import _
from bankcc.schema.owner import is_mine
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.hotline import staged_call
from ui.hotline.answer_pane import AnswerPane
from ui.hotline.call_draft import CallDraft
from ui.hotline.entry_foot import COMMANDS
from ui.hotline.entry_strip import EntryStrip
from ui.hotline.staged_call import Stage, StageKind
from ui.hotline.staged_editors import CallbackEditor, StageEditor, TaskEditor
from ui.records.person_picker import PersonPicker
from ui.theme import Level
from ui.widgets.ask_box import AskBox

TITLES = "call-task/"
COLLEAGUES = 6


@dataclass(slots=True)
class Place:
    """Where to ask: the stored call that is chosen, None for the one being entered, and the area
    (on the screen) that shows it. Without a place nothing is chosen."""

    call: Record | None
    area: QRect


class StagedDeeds(QObject):
    """`begin(kind)` on a key. `cards_wanted(Record | None)`: show the answer cards for that call;
    `cards_done`: show again what they were asked over."""

    cards_wanted = Signal(object)
    cards_done = Signal()

    def __init__(
        self,
        context: UiContext,
        panel: QWidget,
        entry: EntryStrip,
        answers: AnswerPane,
        place: Callable[[], Place | None],
    ) -> None:
        super().__init__(panel)
        self._context, self._session = context, context.session
        self._entry, self._answers, self._place = entry, answers, place
        self._at = Place(None, QRect())
        self._cards = False
        self._came_from: QWidget | None = None
        self._keeper = DraftKeeper(context.session, TITLES, self)
        self.callback = CallbackEditor(context.session.clock, panel)
        self.task = TaskEditor(context.session, self._keeper, panel)
        self.agent = PersonPicker(context.session, panel, "hotline.assign")
        self._asks: dict[StageKind, Callable[[], None]] = {
            StageKind.CALLBACK: self._ask_callback,
            StageKind.TASK: self._ask_task,
            StageKind.AGENT: self._ask_agent,
            StageKind.URGENT: lambda: self._put(Stage(StageKind.URGENT)),
            StageKind.CARD: self._ask_card,
        }
        for editor in (self.callback, self.task):
            editor.answered.connect(self._put)
        for box in (self.callback, self.task, self.agent):
            box.closed.connect(self._return)
        self.agent.chosen.connect(self._agent_chosen)
        answers.put_down.connect(self.cards_put_down)
        entry.wanted.connect(partial(self.begin, entering=True))

    @property
    def open_box(self) -> AskBox | None:
        """The question that stands there."""
        boxes = (self.callback, self.task, self.agent)
        return next((box for box in boxes if box.asking), None)

    def begin(self, kind: StageKind, *, entering: bool = False) -> None:
        """A key or a button. `entering`: the call in the strip is meant, wherever the keys are. The
        same key again takes off what is staged."""
        asked = self.open_box
        if asked is not None:
            asked.close_question()
            if asked is self._box(kind):
                return
        place = Place(None, QRect()) if entering else self._place()
        if place is None or not self._may(kind, place.call):
            return
        self._at, self._cards = place, False
        focus = QApplication.focusWidget()
        self._came_from = self._entry.fields.note if focus is None else focus
        if self._at.call is None and staged_call.find(self._entry.draft.stages, kind):
            self._entry.unstage(kind)
            return
        self._asks[kind]()

    def settle(self) -> bool:
        """Answer the question that stands there, before the call is saved; False if it will not
        do, or belonged to another call."""
        box = self.open_box
        if box is None:
            return True
        entered = self._at.call is None
        if isinstance(box, StageEditor):
            return box.accept() and entered
        if self.agent.line.wanted():
            self.agent.people.take()
        else:
            self.agent.close_question()  # nobody was named: the first one offered is not meant
        return entered and not self.agent.asking

    def lay_aside(self) -> None:
        """Another call begins: what was asked is staged if it will do, else it goes away; the title
        of a task is kept."""
        box = self.open_box
        if isinstance(box, StageEditor) and self._at.call is None and self._is_filled(box):
            box.accept()
        if box is not None:
            box.close_question()

    def take_back(self) -> bool:
        """Ctrl+Z while nothing is saved: close the question, or take off the last step."""
        if self.open_box is not None:
            self.open_box.close_question()
            return True
        focus = QApplication.focusWidget()
        entering = focus is not None and self._entry.isAncestorOf(focus)
        return entering and self._entry.take_back()

    def stored(self, draft: CallDraft) -> None:
        """The call of that draft is stored: nothing begun for it is offered again."""
        self.task.forget(draft.name)

    def card_chosen(self, card: Record) -> None:
        """Of the answer cards, for the call they were asked for; else for the one being entered."""
        if not self._cards:
            self._at = Place(None, QRect())
        version = card["version"]
        assert isinstance(version, int)
        self._put(Stage(StageKind.CARD, record=card.id, version=version))
        self.leave_cards()

    def leave_cards(self) -> None:
        """Back to the call the cards were asked for."""
        if not self._cards:
            self._at = Place(None, QRect())
        self._cards = False
        self.cards_done.emit()
        self._return()

    def cards_put_down(self) -> None:
        """The keys went elsewhere: what is chosen later is for the call being entered."""
        self._cards = False

    def flush(self) -> None:
        """Before the window closes."""
        self._keeper.close()

    # -- asking ------------------------------------------------------------------------------------

    def _box(self, kind: StageKind) -> AskBox | None:
        boxes: dict[StageKind, AskBox] = {
            StageKind.CALLBACK: self.callback,
            StageKind.TASK: self.task,
            StageKind.AGENT: self.agent,
        }
        return boxes.get(kind)

    def _caption(self, words: str) -> str:
        call = self._at.call
        return f"{words} · {call.number if call else _('New call')}"

    def _anchor(self, kind: StageKind) -> QRect:
        """The row of a stored call; the button of the strip for the one being entered."""
        if self._at.call is not None:
            return self._at.area
        action = next(action for action, each in COMMANDS.items() if each is kind)
        button = self._entry.foot.buttons[action]
        return QRect(button.mapToGlobal(QPoint(0, 0)), button.size())

    def _ask_callback(self) -> None:
        self.callback.ask(self._caption(_("Call back")), self._anchor(StageKind.CALLBACK))

    def _ask_task(self) -> None:
        call, draft = self._at.call, self._entry.draft
        told = call.values if call else {"note": draft.note, "caller": draft.caller,
                                         "category": draft.category or None}  # fmt: skip
        key = call.id if call else draft.name
        anchor = self._anchor(StageKind.TASK)
        self.task.ask(key, self._caption(_("Make a task")), inquiry.title_of(told), anchor)

    def _ask_agent(self) -> None:
        """Before anything is typed, those who took the last calls are offered."""
        call = self._at.call
        has = call.text("agent") if call else self._session.user
        try:
            usual = self._colleagues(has)
        except UserError as error:  # who is wanted can be typed all the same
            self._context.messages.show_error(error)
            usual = []
        anchor = self._anchor(StageKind.AGENT)
        taken = bool(call and has)
        self.agent.ask(self._caption(_("Assign")), anchor, usual, taken=taken)

    def _colleagues(self, has: str) -> list[tuple[str, str]]:
        """Id and name of those who took the last calls, but for who has this one."""
        recent = self._session.find(Query(inquiry.NAME, order="-at", limit=60))
        names = dict.fromkeys(record.text("agent") for record in recent)
        others = [name for name in names if name and not is_mine(name, has)]
        found = [one for name in others[:COLLEAGUES] for one in person.named(self._session, name)]
        return list(dict.fromkeys((one.id, one.text("name")) for one in found))

    def _ask_card(self) -> None:
        self.cards_wanted.emit(self._at.call)
        self._cards = True

    def _may(self, kind: StageKind, call: Record | None) -> bool:
        """Whether the step makes sense for a stored call; else why not is said."""
        if call is None:
            return True
        words = ""
        if kind is StageKind.TASK and call["task"]:
            made = self._session.number_of("task", call.text("task"))
            words = _("{number} has become {task} already.")
            words = words.format(number=call.number, task=made)
        elif kind is not StageKind.TASK and call.text("status") == "closed":
            words = _("{number}: not possible as it stands now").format(number=call.number)
        elif kind is StageKind.URGENT and call.text("status") == "escalated":
            words = _("{number} is passed on already.").format(number=call.number)
        if words:
            self._context.messages.say(Level.INFO, words)
        return not words

    @staticmethod
    def _is_filled(box: StageEditor) -> bool:
        line = box.text if isinstance(box, CallbackEditor) else getattr(box, "title", None)
        return bool(line is not None and line.text().strip())

    # -- answered ----------------------------------------------------------------------------------

    def _agent_chosen(self, chosen: str) -> None:
        name = self._session.link_title(person.NAME, chosen) if chosen else ""
        self._put(Stage(StageKind.AGENT, record=chosen, text=name))

    def _put(self, stage: Stage) -> None:
        """Stage it with the call being entered, or do it to the stored one."""
        call = self._at.call
        if call is None:
            self._entry.stage(stage)
            done = True
        else:
            said = self._said(call, stage)
            done = self._context.execute(stage.verb(call.id), said=said) is not None
        # A title that was refused, or begun before another step, is offered again.
        if done and stage.kind is StageKind.TASK:
            self.task.forget(call.id if call else self._entry.draft.name)

    def _said(self, call: Record, stage: Stage) -> str:
        what = staged_call.words(self._session, stage)
        if stage.kind is StageKind.AGENT and not stage.text:
            return _("{number} was taken back").format(number=call.number)
        return _("{number}: {what}").format(number=call.number, what=what)

    def _return(self) -> None:
        """The keys go back to where they came from; in the strip to where the entry goes on."""
        came, self._came_from = self._came_from, None
        if self._at.call is None:
            inside = came is not None and self._entry.fields.isAncestorOf(came)
            came.setFocus() if inside and came is not None else self._entry.fields.go_on()
        elif came is not None:
            came.setFocus()
