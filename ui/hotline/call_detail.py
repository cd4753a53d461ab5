"""One call in full: every field, the number in clear, what may be done next.

Rule: the number is shown only after the journal of this laptop says who looked at it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.features import inquiry, task
from bankcc.i18n import N_, _
from bankcc.schema.change import Verb
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record, status_level
from bankcc.session import ChangeSet
from ui import theme
from ui.context import UiContext
from ui.hotline.call_table import status_words
from ui.hotline.callback_result import CallbackResult
from ui.records.cell_text import cell_text
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel

FIELDS = (
    "phone",
    "caller",
    "category",
    "urgency",
    "note",
    "at",
    "agent",
    "callback_due",
    "outcome",
    "answer_card",
    "task",
    "earlier",
    "channel",
    "to_check",
    "back_entry",
)
CALLBACK_MINUTES = 30
Step = Callable[[Record], Verb]
STEPS: tuple[tuple[str, str, Step, tuple[str, ...]], ...] = (
    (
        "callback",
        N_("Call back in 30 min"),
        lambda call: inquiry.arrange_callback(call.id, minutes=CALLBACK_MINUTES),
        ("in_progress", "answered", "callback", "called_back"),
    ),
    (
        "escalate",
        N_("Make urgent"),
        lambda call: inquiry.escalate(call.id),
        ("in_progress", "answered", "callback"),
    ),
    (
        "task",
        N_("Make a task"),
        lambda call: inquiry.to_task(call.id),
        ("in_progress", "answered", "callback", "escalated"),
    ),
    (
        "close",
        N_("Close the call"),
        lambda call: inquiry.close(call.id),
        ("in_progress", "answered", "callback", "called_back", "escalated"),
    ),
)
"""Name, words, verb, and the states in which it is offered."""


class CallDetail(QFrame):
    """`left`: Esc or the button, back to the list. `recorded`: a call back led to a result that is
    stored, and the next thing may be done."""

    left = Signal()
    recorded = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.detail")
        self.setProperty("card", True)
        self._context, self._session = context, context.session
        self.call: Record | None = None
        self.revealed = False
        self.title = PlainLabel("", self, role="section")
        self.status = Chip(Level.NEUTRAL, "", self)
        self.close_button = QPushButton(self)
        self.close_button.setObjectName("hotline.detail.close")
        self.close_button.setProperty("small", True)
        self.close_button.clicked.connect(self.left)
        self.values: dict[str, PlainLabel] = {}
        self._captions: dict[str, PlainLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        self.history = PlainLabel("", self, role="meta", wrap=True)
        self.result = CallbackResult(context, self)
        self.area = QScrollArea(self)
        self._lay_out()
        self.result.recorded.connect(self._recorded)
        self.result.focused.connect(self._bring_in_sight)
        if context.alarms:
            context.alarms.put_off.connect(self._fill)
        context.bridge.changed.connect(self._changed)
        self.retranslate()

    def show_call(self, call: str) -> None:
        """Show the call with that id, the number in clear; noted in the journal."""
        try:
            self.call = self._session.get(inquiry.NAME, call)
        except UserError as error:
            self._context.messages.show_error(error)
            return
        self.revealed = self._note_reveal(self.call)
        self._fill()
        self.area.verticalScrollBar().setValue(0)
        if self._context.alarms:
            self._context.alarms.touch(self.call.id)

    def take_focus(self) -> None:
        """The keyboard goes where the next step of this call is."""
        if self.result.isHidden():
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.result.take_focus()

    def flush(self) -> None:
        """What is typed goes to disk."""
        self.result.flush()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Call"))
        self.close_button.setText(_("Close (Esc)"))
        self.close_button.setAccessibleName(_("Close the details"))
        for name, caption in self._captions.items():
            caption.setText(_(inquiry.KIND.field(name).label))
        for name, words, _step, _states in STEPS:
            self.buttons[name].setText(_(words))
            self.buttons[name].setAccessibleName(_(words))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _note_reveal(self, call: Record) -> bool:
        """Whether the number may be shown: only what is written down is revealed."""
        if not call.text("phone") or not self._session.can_write:
            return False
        try:
            self._session.local.note(self._session.user, "reveal", call.number)
        except UserError as error:
            self._context.refused(error)
            return False
        return True

    def _changed(self, changes: ChangeSet) -> None:
        if self.call is None or (inquiry.NAME, self.call.id) not in changes.records:
            return
        same = Query(inquiry.NAME, where=(Condition("id", "=", self.call.id),))
        try:
            found = self._session.find(same)
        except UserError as error:  # as it was read last it stays
            self._context.messages.show_error(error)
            return
        self.call = found[0] if found else None
        self._fill()
        if not found:  # it was deleted, or its entry was undone
            self.left.emit()

    def _fill(self) -> None:
        """Show all of the call, or say what cannot be read of it."""
        if self.call is not None:
            try:
                self._show(self.call)
            except UserError as error:
                self._context.messages.show_error(error)

    def _show(self, call: Record) -> None:
        self.title.setText(call.number)
        now = self._session.clock.now_ms()
        late = inquiry.overdue(call, now)
        level = Level.CRITICAL if late else status_level(inquiry.KIND, call) or Level.NEUTRAL
        words = status_words(self._session.display(call, "status"), call, now)
        self.status.set_status(Level(level), words)
        for name, label in self.values.items():
            text = cell_text(self._session, call, name, reveal=self.revealed)
            if name in ("to_check", "back_entry") and not call[name]:
                text = ""
            label.setText(text)
            label.setVisible(bool(text))
            label.setAccessibleName(f"{self._captions[name].text()}: {text}")
            self._captions[name].setVisible(bool(text))
        for name, _words, _step, states in STEPS:
            offered = self._session.can_write and call.text("status") in states
            self._offer(name, offered and not (name == "task" and call["task"]))
        self.history.setText(self._history(call))
        self._ask_result(call)

    def _ask_result(self, call: Record) -> None:
        had_focus = self.result.isAncestorOf(self.focusWidget() or self)
        self.result.show_call(call, cell_text(self._session, call, "phone", reveal=self.revealed))
        if had_focus and self.result.isHidden():
            # Qt would hand the focus to a button below: a Space would make the call urgent.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_in_sight(self, widget: QWidget) -> None:
        self.area.ensureWidgetVisible(widget, 0, theme.px(4))

    def _recorded(self) -> None:
        self.left.emit()
        self.recorded.emit()

    def _offer(self, name: str, offered: bool) -> None:
        if not offered and self.buttons[name].hasFocus():
            # Qt would hand the focus to the next button: a second Space would close the call.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buttons[name].setVisible(offered)

    def _history(self, call: Record) -> str:
        lines = [
            f"{local(entry.at):%m-%d %H:%M}  {entry.user}  {self._what(entry.values)}"
            for entry in self._session.history(call.id)
        ]
        return "\n".join(lines)

    def _what(self, values: object) -> str:
        """What an operation set, by the labels of the fields; values may be personal."""
        if not isinstance(values, dict):
            return ""
        known = [inquiry.KIND.by_name[name] for name in values if name in inquiry.KIND.by_name]
        named = [_(item.label) for item in known][:4]
        more = "…" if len(known) > 4 else ""
        status = values.get("status")
        if isinstance(status, str):
            return inquiry.KIND.field("status").format(status)
        return _(", ").join(named) + more

    def _do(self, step: Step) -> None:
        if self.call is None:
            return
        number = self.call.number
        receipt = self._context.execute(step(self.call))
        if receipt is None:
            return
        made = next((made.number for made in receipt.made if made.kind == task.NAME), "")
        words = _("{number} has become {task}") if made else _("Saved {number}")
        said = words.format(number=number, task=made)
        self._context.messages.say(Level.OK, said, action=_("Undo"), act=self._context.undo)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        for widget in (self.title, self.status):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.result.caption)
        column.addWidget(self.area, 1)
        self._fill_area()
        steps = FlowLayout(gap=theme.px(6))
        for name, *_rest in STEPS:
            steps.addWidget(self._button(name))
        column.addLayout(steps)

    def _fill_area(self) -> None:
        """What is asked stands before what is known: both scroll where large text needs it."""
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.px(4), 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.result)
        form = QFormLayout()
        column.addLayout(form)
        column.addStretch(1)
        form.setVerticalSpacing(theme.px(6))
        for name in FIELDS:
            caption = PlainLabel("", inner, role="meta")
            value = PlainLabel("", inner, wrap=True)
            value.setObjectName(f"hotline.detail.{name}")
            by = Qt.TextInteractionFlag
            value.setTextInteractionFlags(by.TextSelectableByMouse)
            form.addRow(caption, value)
            self.values[name], self._captions[name] = value, caption
        form.addRow(self.history)
        area = self.area
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        for ground in (inner, area.viewport()):
            ground.setAutoFillBackground(False)

    def _button(self, name: str) -> QPushButton:
        step = next(step for known, _words, step, _states in STEPS if known == name)
        made = QPushButton(self)
        made.setObjectName(f"hotline.detail.{name}")
        made.setProperty("small", True)
        made.clicked.connect(lambda _checked=False: self._do(step))
        self.buttons[name] = made
        return made
