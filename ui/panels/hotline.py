"""The hotline: a call is entered above, all calls are listed below, the approved words lie beside.

Rule: nothing here is modal while somebody is on the line, and the caret goes back to the phone.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet, Receipt
from ui import actions, theme
from ui.actions import ActionId
from ui.context import UiContext
from ui.dialogs import files
from ui.theme import Level
from ui.widgets.answer_pane import AnswerPane
from ui.widgets.call_detail import CallDetail
from ui.widgets.call_list import CallList
from ui.widgets.entry_strip import EntryStrip
from ui.widgets.files_menu import FilesMenu

URGENCY_KEYS = (("Ctrl+1", "normal"), ("Ctrl+2", "urgent"), ("Ctrl+3", "critical"))
SPLIT = "hotline.split"
STEPS = {
    ActionId.CALLBACK: "callback",
    ActionId.MAKE_URGENT: "escalate",
    ActionId.MAKE_TASK: "task",
}
"""Commands that do what a button of an open call does."""


class HotlinePanel(QWidget):
    """What the window offers by key is offered here: `start`, `new_call`, `focus_filter`,
    `refresh`, `open_record`, `key_hints`, `flush`."""

    waiting_changed = Signal(int)
    """How many promised call backs are overdue."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline")
        self.context = context
        self._told: QWidget | None = None
        self._told_of = ""
        self.entry = EntryStrip(context, self)
        self.calls = CallList(context, self)
        self.answers = AnswerPane(context, self)
        self.detail = CallDetail(context, self)
        self.side = QStackedWidget(self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self._lay_out()
        self._connect()
        self._add_keys()

    def start(self) -> None:
        """The panel is shown: the caret stands in the phone field."""
        self.entry.start()

    def new_call(self) -> None:
        """F2, from any panel."""
        self.entry.new_call()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.calls.focus_filter()

    def refresh(self) -> None:
        """F5."""
        self.calls.refresh()
        self.answers.refresh()

    def open_record(self, _kind: str, record: str) -> None:
        """Show a call beside the list, and its row if the list shows it."""
        self.calls.list.view.select_record(record)
        self._show_call(record)

    def key_hints(self) -> str:
        """The keys that work here."""
        return _("F2 new call · Ctrl+Enter save · Esc park · Ctrl+Tab next parked · Ctrl+D cards")

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
        number = receipt.made[0].number if receipt.made else ""
        self._take_message_back()
        self._told_of = receipt.made[0].id if receipt.made else ""
        self._told = self.context.messages.say(
            Level.OK,
            _("Saved {number}").format(number=number),
            action=_("Undo"),
            act=self.context.undo,
        )

    def _take_message_back(self) -> None:
        if self._told in self.context.messages.rows:
            self._told.closed.emit(self._told)
        self._told = None

    def _changed(self, changes: ChangeSet) -> None:
        """“Saved” must not stand there once the call was undone."""
        if self._told is not None and (inquiry.NAME, self._told_of) in changes.records:
            stored = Query(inquiry.NAME, where=(Condition("id", "=", self._told_of),))
            if not self.context.session.count(stored):
                self._take_message_back()

    def _show_call(self, record: str) -> None:
        self.detail.show_call(record)
        self.side.setCurrentWidget(self.detail)
        self.detail.take_focus()

    def _row_opened(self, record: Record) -> None:
        self._show_call(record.id)

    def _step(self, command: ActionId) -> None:
        """Do it to the call that is open, or to the row the keys are on; while a call is being
        entered neither is meant."""
        row = self.calls.list.view.record()
        if self.side.currentWidget() is not self.detail or self.detail.call is None:
            if row is None or not self.calls.isAncestorOf(self.focusWidget() or self):
                words = _("Choose an entry of the list first, then: {command}")
                said = words.format(command=actions.text_of(command))
                self.context.messages.say(Level.INFO, said)
                return
            self._show_call(row.id)
        button = self.detail.buttons[STEPS[command]]
        if button.isHidden():
            words = _("{number}: not possible as it stands now").format(
                number=self.detail.call.number
            )
            self.context.messages.say(Level.INFO, words)
            return
        button.click()

    def _leave_detail(self) -> None:
        had_focus = self.detail.isAncestorOf(self.focusWidget() or self)
        self.side.setCurrentWidget(self.answers)
        if had_focus:
            self.calls.focus_list()

    def _show_answers(self) -> None:
        self.side.setCurrentWidget(self.answers)
        self.answers.focus_list()

    def _attach(self, card: Record) -> None:
        words = _("{question} v{version}").format(
            question=card.text("topic"), version=card["version"]
        )
        self.entry.attach_card(card.id, words)
        self.entry.fields.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.entry.saved.connect(self._saved)
        self.entry.below.connect(self.calls.focus_list)
        self.entry.open_call.connect(lambda record: self.open_record(inquiry.NAME, record))
        self.entry.category_chosen.connect(self.answers.set_category)
        self.calls.overdue_changed.connect(self.waiting_changed)
        self.calls.opened.connect(self._row_opened)
        self.detail.left.connect(self._leave_detail)
        self.detail.recorded.connect(self.entry.start)
        self.answers.chosen.connect(self._attach)
        self.answers.left.connect(self.entry.start)
        self.context.bridge.changed.connect(self._changed)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.SAVE_NEXT, self, self.entry.save, context=within)
        actions.create(ActionId.ANSWER, self, self._show_answers, context=within)
        for command in STEPS:
            step = partial(self._step, command)
            actions.create(command, self, step, context=within)
        for key, code in URGENCY_KEYS:
            self._key(f"call.{code}", (key,), lambda code=code: self.entry.set_urgency(code))
        acts = {
            ActionId.IMPORT: self.import_file,
            ActionId.EXPORT: self.export_file,
            ActionId.REPORT_LIST: self.print_list,
            ActionId.REPORT: self.print_situation,
        }
        self.calls.add_button(FilesMenu(self, acts, self.calls))
        self._key("call.next_parked", ("Ctrl+Tab", "Alt+Down"), self.entry.next_parked)

    def _key(self, name: str, keys: tuple[str, ...], act: Callable[[], object]) -> None:
        made = QAction(self)
        made.setObjectName(name)
        made.setShortcuts(list(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)

    def _lay_out(self) -> None:
        for widget in (self.answers, self.detail):
            self.side.addWidget(widget)
        self.split.addWidget(self.calls)
        self.split.addWidget(self.side)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.px(12))
        self.split.setStyleSheet("QSplitter::handle { background: transparent; }")
        self.split.setSizes([theme.px(750), theme.px(430)])
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        if kept := self.context.session.local.value(SPLIT):
            self.split.restoreState(QByteArray(kept))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(12))
        column.addWidget(self.entry)
        column.addWidget(self.split, 1)
