"""What an attempt to call back led to: one digit, Ctrl+Enter. A call back agreed anew needs a time.

Rule: digits count here only while no field is typed in; nothing typed is lost by looking elsewhere.
"""

import unicodedata
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.features import inquiry, timeline
from bankcc.i18n import _, in_every_language
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import Session
from ui import theme
from ui.context import UiContext
from ui.feedback import announce
from ui.records.due_entry import due_from
from ui.records.form_draft import FormDraft
from ui.theme import SHAPES, Level
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel
from ui.widgets.toggle_button import ToggleButton

RETRY_MIN = (15, 30, 60)
"""Nobody answered once, twice, more often: reminded again after so many minutes."""
BAD_NUMBER_MIN = 30
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def unanswered(session: Session, call: str) -> int:
    """How often nobody answered, by any laptop of the center and in any language."""
    about = (Condition("subject", "=", call), Condition("category", "=", "call"))
    label = next(each.label for each in inquiry.RESULTS if each.code == "no_answer")
    words = in_every_language(label)
    lines = session.find(Query(timeline.NAME, where=about, order="at"))
    return sum(line.text("text").startswith(words) for line in lines)


def retry_minutes(before: int) -> int:
    """When to try again after nobody answered, having failed `before` times already."""
    return RETRY_MIN[min(before, len(RETRY_MIN) - 1)]


class CallbackResult(QFrame):
    """Hidden unless a call back is owed. `recorded` fires when a result was stored, `focused` with
    what must be in sight. `caption`, the number to dial, is placed by the owner: it never scrolls.
    """

    recorded = Signal()
    focused = Signal(QWidget)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.result")
        self._context, self._session = context, context.session
        self._call: Record | None = None
        self._before = 0
        self._draft = FormDraft(context.session, self._typed, context.refused, self)
        self.caption = PlainLabel("", self, role="section")
        self.reminder = PlainLabel("", self, role="meta", wrap=True)
        self.choices = QButtonGroup(self)
        self.buttons = {
            option.code: self._choice(number, option.code)
            for number, option in enumerate(inquiry.RESULTS, 1)
        }
        self.due = self._line("due")
        self.due.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.note = self._line("note")
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("hotline.result.save")
        self.save_button.setProperty("small", True)
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(lambda _checked=False: self.record())
        self.said = PlainLabel("", self, role="meta", wrap=True)
        self.said.setObjectName("hotline.result.said")
        self._lay_out()
        theme.hub().changed.connect(self._make_room)
        self.retranslate()
        self.hide()

    @property
    def chosen(self) -> str:
        """The result that was chosen; empty for none."""
        button = self.choices.checkedButton()
        return next((code for code, made in self.buttons.items() if made is button), "")

    def show_call(self, call: Record | None, phone: str = "") -> None:
        """The call a result may be recorded for, and its number as it may be shown; None, one that
        is not to be called back, and a center open for reading only: nothing is asked."""
        owed = call is not None and call.text("status") == "callback" and self._session.can_write
        wanted = call if owed else None
        if wanted is None or self._call is None or wanted.id != self._call.id:
            self._draft.flush()
            self._call = wanted
            self._put_back()
        self._call = wanted
        self._before = unanswered(self._session, wanted.id) if wanted else 0
        self.caption.setText(
            " ".join(filter(None, (phone, wanted.text("caller")))) if wanted else ""
        )
        self.caption.setVisible(bool(self.caption.text()))
        self.setVisible(wanted is not None)
        self._say()

    def take_focus(self) -> None:
        """The digits 1 to 4 choose from now on."""
        self._focus(self.choices.checkedButton() or self.choices.button(1))

    def choose(self, number: int) -> None:
        """Choose by digit; a call back agreed anew asks for its time."""
        button = self.choices.button(number)
        if button is None:
            return
        button.setChecked(True)
        self._say()
        self._draft.touch()
        self._focus(self.due if self.chosen == "rescheduled" else button)

    def record(self) -> bool:
        """Store the result; False if it cannot be, which is said here or in the message bar."""
        call, code = self._call, self.chosen
        if call is None:
            return False
        if not code:
            self._say_error(_("Press 1 to 4 first: what did the call lead to?"))
            self.take_focus()
            return False
        try:
            verb = inquiry.record_callback(
                call.id, result=code, note=self.note.text(), due=self._agreed(code)
            )
        except UserError as error:
            self._say_error(" ".join(filter(None, (error.what, error.next_step))))
            self._focus(self.due)
            return False
        if self._context.execute(verb) is None:
            return False
        self._settle(call, code)
        self.recorded.emit()
        return True

    def flush(self) -> None:
        """What is typed goes to disk."""
        self._draft.flush()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Result of the call back"))
        for number, option in enumerate(inquiry.RESULTS, 1):
            button = self.buttons[option.code]
            button.setText(f"{number} {_(option.label)}")
            button.setAccessibleName(_(option.label))
            button.setAccessibleDescription(_("Press {digit}").format(digit=number))
        self._make_room()
        self.due.setPlaceholderText(_("Time, such as 1530 or +45"))
        self.due.setAccessibleName(_("Call back by"))
        self.note.setPlaceholderText(_("What was said (may stay empty)"))
        self.note.setAccessibleName(_("Note"))
        self.save_button.setText(_("Save Ctrl+Enter"))
        self.save_button.setAccessibleName(_("Save the result"))
        self._say()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is claimed before the panel's shortcut of that key hears of it."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_save(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_save(event):
            if not event.isAutoRepeat():
                self.record()
            return
        text = unicodedata.normalize("NFKC", event.text())
        if len(text) == 1 and text in "1234" and not event.modifiers() & COMMAND:
            self.choose(int(text))
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.activate()  # what appeared just now has its place before it is scrolled to
        self.focused.emit(widget)

    def _make_room(self) -> None:
        """The chosen result is bold: the room for that is there before."""
        metrics = QFontMetrics(theme.font(13, bold=True))
        for button in self.buttons.values():
            button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + theme.px(22))

    def _agreed(self, code: str) -> int | None:
        """The time for a call back agreed anew. Raises UserError for what is no time."""
        if code != "rescheduled":
            return None
        due = due_from(self.due.text(), self._session.clock.now_ms())
        if due is None:
            raise UserError(
                _("When is the caller to be called?"), next_step=_("Type 1530, or +45 for minutes.")
            )
        return due

    def _settle(self, call: Record, code: str) -> None:
        """The result is stored: who was not reached is called again after a while."""
        minutes = self._again_in(code)
        alarms = self._context.alarms
        until = alarms.postpone(call.id, minutes) if alarms and minutes else 0
        words = _("Saved {number}: {result}").format(
            number=call.number, result=self.buttons[code].accessibleName()
        )
        if until:
            time = f"{local(until):%H:%M}"
            words = _("{saved}. Reminded again at {time}").format(saved=words, time=time)
        self._context.messages.say(Level.OK, words, action=_("Undo"), act=self._context.undo)
        self._draft.drop()
        self._clear()

    def _again_in(self, code: str) -> int:
        """After how many minutes a result lets the alarm come again; 0 where it does not decide."""
        return {"no_answer": retry_minutes(self._before), "bad_number": BAD_NUMBER_MIN}.get(code, 0)

    def _say(self) -> None:
        """What the chosen result will do, and when the next reminder comes."""
        code, minutes = self.chosen, self._again_in(self.chosen)
        words = {
            "": _("After the call: 1–4, then Ctrl+Enter."),
            "reached": _("The call back is done."),
            "no_answer": _("Stays on the list; reminded again in {minutes} min."),
            "bad_number": _("Stays on the list, number to check; reminded in {minutes} min."),
            "rescheduled": _("Reminded at the time agreed."),
        }
        self.said.setStyleSheet("")
        self.said.setText(words[code].format(minutes=minutes))
        self.said.setAccessibleName(self.said.text())
        self.due.setVisible(code == "rescheduled")
        alarms, call = self._context.alarms, self._call
        until = alarms.next_reminder(call.id) if alarms and call else 0
        parts = [
            _("nobody answered {count}×").format(count=self._before) if self._before else "",
            _("next reminder {time}").format(time=f"{local(until):%H:%M}") if until else "",
        ]
        self.reminder.setText(" · ".join(filter(None, parts)))
        self.reminder.setVisible(bool(self.reminder.text()))

    def _say_error(self, words: str) -> None:
        colour = theme.tokens().levels[Level.CRITICAL].text
        self.said.setStyleSheet(f"color: {colour}; font-weight: bold;")
        self.said.setText(f"{SHAPES[Level.CRITICAL]} {words}")
        self.said.setAccessibleName(words)
        announce(self.said)

    def _typed(self) -> dict[str, str]:
        return {"result": self.chosen, "due": self.due.text(), "note": self.note.text()}

    def _put_back(self) -> None:
        """What was typed for this call before and not saved."""
        self._clear()
        kept = self._draft.belongs_to("callback", self._call.id) if self._call else None
        if kept and self._call:
            self.due.setText(kept.get("due", ""))
            self.note.setText(kept.get("note", ""))
            if button := self.buttons.get(kept.get("result", "")):
                button.setChecked(True)

    def _clear(self) -> None:
        self.choices.setExclusive(False)
        for button in self.buttons.values():
            button.setChecked(False)
        self.choices.setExclusive(True)
        self.due.clear()
        self.note.clear()

    def _choice(self, number: int, code: str) -> QPushButton:
        made = ToggleButton(self)
        made.setObjectName(f"hotline.result.{code}")
        made.setProperty("small", True)
        made.clicked.connect(self._act(partial(self.choose, number)))
        self.choices.addButton(made, number)
        return made

    @staticmethod
    def _act(act: Callable[[], object]) -> Callable[[bool], object]:
        return lambda _checked=False: act()

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(f"hotline.result.{name}")
        made.textEdited.connect(lambda _text: self._draft.touch())
        return made

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        keys = FlowLayout(gap=theme.px(6))
        for button in self.buttons.values():
            keys.addWidget(button)
        last = QHBoxLayout()
        last.addWidget(self.note, 1)
        last.addWidget(self.save_button)
        column.addWidget(self.reminder)
        column.addLayout(keys)
        column.addWidget(self.due)
        column.addLayout(last)
        column.addWidget(self.said)


def _is_save(event: QEvent) -> bool:
    control = Qt.KeyboardModifier.ControlModifier
    return (
        isinstance(event, QKeyEvent)
        and event.key() in ENTER
        and (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == control)
    )
