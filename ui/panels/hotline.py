"""The hotline: a call is entered above, all calls are listed below, the approved words lie beside.

Rule: nothing here is modal while somebody is on the line, and the caret goes back to the phone.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.i18n import N_, _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet, Receipt
from ui import actions, theme
from ui.actions import ActionId
from ui.dialogs import files
from ui.hotline import staged_call
from ui.hotline.answer_pane import AnswerPane
from ui.hotline.call_detail import CallDetail
from ui.hotline.call_draft import CallDraft
from ui.hotline.call_list import CallList
from ui.hotline.entry_foot import COMMANDS
from ui.hotline.entry_strip import EntryStrip
from ui.hotline.staged_call import StageKind
from ui.hotline.staged_deeds import Place, StagedDeeds
from ui.in_steps import PanelInSteps
from ui.theme import Level
from ui.widgets.files_menu import FilesMenu
from ui.widgets.read_only_band import ReadOnlyBand
from ui.widgets.table_drop import TableDrop

URGENCIES = {
    ActionId.URGENCY_NORMAL: "normal",
    ActionId.URGENCY_URGENT: "urgent",
    ActionId.URGENCY_CRITICAL: "critical",
}
SPLIT = "hotline.split"
LEAST = 60
"""Pixels at 100 % that are left to the list at least."""


class HotlinePanel(PanelInSteps):
    """What the window offers by key is offered here: `start`, `new_call`, `focus_filter`,
    `refresh`, `open_record`, `key_hints`, `take_back`, `flush`."""

    waiting_changed = Signal(int)
    """How many promised call backs are overdue."""

    def _make(self) -> Iterator[None]:
        context = self.context
        self.setObjectName("hotline")
        self._told: QWidget | None = None
        self._told_of = ""
        words = N_("Read only: calls can be looked up here, none can be entered.")
        self.band = ReadOnlyBand(words, self, read_only=not self._writes)
        self.entry = EntryStrip(context, self)
        yield
        self.calls = CallList(context, self)
        yield
        self.answers = AnswerPane(context, self)
        yield
        self.detail = CallDetail(context, self)
        self.deeds = StagedDeeds(context, self, self.entry, self.answers, self._place)
        yield
        self.side = QStackedWidget(self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        yield
        self._connect()
        self._add_keys()
        self.entry.setVisible(self._writes)
        if self._writes:
            TableDrop(self, self.import_file)

    @property
    def _writes(self) -> bool:
        return self.context.session.can_write

    def start(self) -> None:
        """The panel is shown: the caret stands in the phone field."""
        if self._writes:
            self.entry.start()
        else:
            self.calls.focus_list()

    def new_call(self) -> None:
        """F2, from any panel."""
        if self._writes:
            self.entry.new_call()
        else:
            words = _("The center is open for reading only.")
            self.context.messages.say(Level.WARNING, words)

    def take_back(self) -> bool:
        """Ctrl+Z before anything is saved: the step that was staged last; False for none."""
        return self.deeds.take_back()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.calls.focus_filter()

    def refresh(self) -> None:
        """F5."""
        self.calls.refresh()
        self.answers.refresh()

    def open_record(self, _kind: str, record: str) -> None:
        """Show a call beside the list, and its row in the list."""
        self.calls.show_call(record)
        self._show_call(record)

    def key_hints(self) -> str:
        """The keys that work here."""
        if not self._writes:
            return _("Arrows choose · Enter opens · Ctrl+F filter")
        return _(
            "F2 new call · Ctrl+Enter save · Esc park · Ctrl+Tab next parked · Ctrl+Z step back"
        )

    def import_file(self, path: Path | None = None) -> None:
        """Bring in a call register."""
        files.import_file(self.context, inquiry.NAME, path, self.window())

    def export_file(self) -> None:
        """Write the calls as they are filtered now."""
        files.export_file(self.context, self.calls.model.query, self.window())

    def print_list(self) -> None:
        """A PDF of the calls as they are filtered now."""
        files.print_list(self.context, self.calls.model.query, self.window())

    def print_situation(self) -> None:
        """A PDF of the situation."""
        files.print_situation(self.context, self.window())

    def flush(self) -> None:
        """Before the window closes."""
        self.deeds.flush()
        self.entry.flush()
        self.calls.close_counts()
        self.answers.stop()
        self.detail.flush()
        if self.context.session.can_write:
            try:
                state = bytes(self.split.saveState().data())
                self.context.session.local.set_value(SPLIT, state)
            except UserError as error:
                self.context.saved.failed(error.what)

    def _saved(self, receipt: Receipt) -> None:
        self._take_message_back()
        call, *made = receipt.made
        self._told_of = call.id
        self.calls.note_saved(call.id, call.number)
        words = _("{number} has become {task}") if made else _("Saved {number}")
        said = words.format(number=call.number, task=made[0].number if made else "")
        self._told = self.context.messages.say(
            Level.OK, said, action=_("Undo"), act=self.context.undo
        )

    def _stored(self, draft: CallDraft) -> None:
        self.deeds.stored(draft)
        if card := staged_call.find(draft.stages, StageKind.CARD):
            self.answers.note_use(card.record)

    def _take_message_back(self) -> None:
        if self._told in self.context.messages.rows:
            self._told.closed.emit(self._told)
        self._told = None

    def _changed(self, changes: ChangeSet) -> None:
        """“Saved” must not stand there once the call was undone."""
        if self._told is not None and (inquiry.NAME, self._told_of) in changes.records:
            stored = Query(inquiry.NAME, where=(Condition("id", "=", self._told_of),))
            try:
                found = self.context.session.count(stored)
            except UserError as error:
                self.context.messages.show_error(error)
                return
            if not found:
                self._take_message_back()

    def _show_call(self, record: str) -> None:
        self.detail.show_call(record)
        self.side.setCurrentWidget(self.detail)
        self.detail.take_focus()

    def _row_opened(self, record: Record) -> None:
        self._show_call(record.id)

    def _place(self) -> Place | None:
        """Which call the keys are on; none, with a message, in a list without a row."""
        focus = QApplication.focusWidget() or self
        view = self.calls.list.view
        if self.detail.isAncestorOf(focus) and self.detail.call is not None:
            title = self.detail.title
            return Place(self.detail.call, QRect(title.mapToGlobal(QPoint(0, 0)), title.size()))
        if not self.calls.isAncestorOf(focus):
            return Place(None, QRect())
        row = view.record()
        if row is None:
            self.context.messages.say(Level.INFO, _("Choose an entry of the list first."))
            return None
        box = view.visualRect(view.currentIndex())
        return Place(row, QRect(view.viewport().mapToGlobal(box.topLeft()), box.size()))

    def _save(self) -> None:
        """Ctrl+Enter: what is still asked is answered first, and saved with the call."""
        if self.deeds.settle():
            self.entry.save()

    def _result_stored(self) -> None:
        """What a call back led to: the row may have left what the list is narrowed to."""
        if call := self.detail.call:
            self.calls.note_saved(call.id, call.number)
        self.entry.start()

    def _leave_detail(self) -> None:
        had_focus = self.detail.isAncestorOf(self.focusWidget() or self)
        self.side.setCurrentWidget(self.answers)
        if had_focus:
            self.calls.focus_list()

    def _show_answers(self, call: Record | None) -> None:
        """Ctrl+D: the cards, those that fit this call first."""
        self._before_cards = self.side.currentWidget()
        category = call.text("category") if call else self.entry.draft.category
        self.answers.ask(category, call.number if call else "")
        self.side.setCurrentWidget(self.answers)
        self.answers.focus_list()

    def _cards_left(self) -> None:
        """What the cards were asked over is shown again, with the cards of the call on the line."""
        self.side.setCurrentWidget(self._before_cards)
        self._before_cards = self.answers
        self.answers.ask(self.entry.draft.category)

    def _connect(self) -> None:
        self.entry.saved.connect(self._saved)
        self.entry.stored.connect(self._stored)
        self.entry.leaving.connect(self.deeds.lay_aside)
        self.entry.below.connect(self.calls.focus_list)
        self.entry.open_call.connect(lambda record: self.open_record(inquiry.NAME, record))
        self.entry.category_chosen.connect(self.answers.set_category)
        self.calls.overdue_changed.connect(self.waiting_changed)
        self.calls.new_wanted.connect(self.new_call)
        self.calls.opened.connect(self._row_opened)
        self.detail.left.connect(self._leave_detail)
        self.detail.recorded.connect(self._result_stored)
        self.entry.escaped.connect(self.calls.show_hidden)
        self.answers.chosen.connect(self.deeds.card_chosen)
        self.answers.left.connect(self.deeds.leave_cards)
        self.deeds.cards_wanted.connect(self._show_answers)
        self.deeds.cards_done.connect(self._cards_left)
        self.context.bridge.changed.connect(self._changed)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.SAVE_NEXT, self, self._save, context=within)
        for command, kind in COMMANDS.items():
            actions.create(command, self, partial(self.deeds.begin, kind), context=within)
        for command, code in URGENCIES.items():
            actions.create(command, self, partial(self.entry.set_urgency, code), context=within)
        actions.create(ActionId.NEXT_PARKED, self, self.entry.next_parked, context=within)
        acts = {
            **({ActionId.IMPORT: self.import_file} if self._writes else {}),
            ActionId.EXPORT: self.export_file,
            ActionId.REPORT_LIST: self.print_list,
            ActionId.REPORT: self.print_situation,
        }
        self.calls.add_button(FilesMenu(self, acts, self.calls))

    def retranslate(self) -> None:
        """Words in the language in force."""
        actions.retranslate(self.actions())

    def _lay_out(self) -> None:
        self._before_cards: QWidget = self.answers
        for widget in (self.answers, self.detail):
            self.side.addWidget(widget)
        self.split.addWidget(self.calls)
        self.split.addWidget(self.side)
        self.split.setChildrenCollapsible(False)
        # Where height is dear (large letters, messages below) the list gives way, not the fields.
        self.split.setMinimumHeight(theme.px(LEAST))
        self.split.setHandleWidth(theme.px(12))
        self.split.setProperty("handle", "none")
        self.split.setSizes([theme.px(780), theme.px(400)])
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        if kept := self.context.session.local.value(SPLIT):
            self.split.restoreState(QByteArray(kept))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(self.band)
        column.addWidget(self.entry)
        column.addWidget(self.split, 1)
