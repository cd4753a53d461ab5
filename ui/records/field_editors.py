"""One editor for each field type. `editor_for(field, context)` gives the one of a field.

Every editor has the same small face (`Editor`): what was typed, as plain data that a draft can
hold; a stored value shown for editing; `edited` when the person changed something. Checking is the
business of the field.
"""

import re
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import FieldError
from bankcc.i18n import _
from bankcc.schema.fields import (
    Checklist,
    Choice,
    Count,
    Day,
    Field,
    Flag,
    Integer,
    Link,
    Moment,
    Phone,
    Text,
    TextList,
    Value,
)
from bankcc.schema.plain_text import fold_width
from ui import theme
from ui.context import UiContext
from ui.records.category_field import CategoryField
from ui.records.checklist_editor import ChecklistEditor
from ui.records.link_editor import LinkEditor
from ui.records.names_editor import NamesEditor
from ui.records.phone_editor import PhoneEditor

LINES = 3


class Editor(Protocol):
    """What the form asks of an editor; all of them are widgets too."""

    edited: SignalInstance

    def raw(self) -> Any:
        """What was typed: text, or a list; the field parses it."""
        ...

    def restore(self, raw: Any) -> None:
        """Show what was typed earlier (from a draft)."""
        ...

    def set_value(self, value: Value) -> None:
        """Show a stored value."""
        ...

    def set_read_only(self, read_only: bool) -> None: ...


class LineEditor(QLineEdit):
    """One line. `digits`: numbers only, so no input method comes between."""

    edited = Signal()

    def __init__(
        self, field: Field, parent: QWidget | None = None, *, digits: bool = False
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.textEdited.connect(lambda _text: self.edited.emit())
        if digits:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def raw(self) -> str:
        return self.text()

    def restore(self, raw: Any) -> None:
        self.setText(str(raw))
        self.setCursorPosition(0)

    def set_value(self, value: Value) -> None:
        self.restore(self.field.format(value, reveal=True))

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)


class TimeEditor(LineEditor):
    """A time or a day, written as one likes; leaving the field writes it out in full. Besides the
    forms of the field: `1412` and `14:12` for today, `11-23`, `+30` for in half an hour."""

    def __init__(self, field: Field, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(field, parent, digits=True)
        self._clock = context.session.clock
        self.retranslate()

    def retranslate(self) -> None:
        """The example in an empty field."""
        day = isinstance(self.field, Day)
        self.setPlaceholderText("2026-11-23" if day else _("1452, +30 or a date"))

    def raw(self) -> str:
        return written_out(self.text(), self._clock.now_ms(), day=isinstance(self.field, Day))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isReadOnly():
            try:
                self.set_value(self.field.parse(self.raw()))
            except FieldError:
                return  # it stays as typed; the form says what is wrong with it when it is saved


class NumberEditor(LineEditor):
    """A whole number; the arrow keys count."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent, digits=True)

    def step(self, by: int) -> None:
        """Count up or down; nothing counts as 0, nonsense stays."""
        text = fold_width(self.text()).strip() or "0"
        if re.fullmatch(r"-?\d{1,15}", text) and not self.isReadOnly():
            self.setText(str(max(0, int(text) + by)))
            self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


class CountEditor(QWidget):
    """A stock count with − and +. Stepping only adds up: two laptops' steps both count, whereas a
    typed number is a stocktake that sets it. `difference()` tells which it was."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._start: int | None = None
        self._typed = False
        self.line = NumberEditor(field, self)
        self.fewer, self.more = QPushButton("−", self), QPushButton("+", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        for widget in (self.fewer, self.line, self.more):
            line.addWidget(widget, 1 if widget is self.line else 0)
        for button, by in ((self.fewer, -1), (self.more, 1)):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
            button.clicked.connect(lambda _checked=False, by=by: self.line.step(by))
        self.line.textEdited.connect(self._note_typing)
        self.line.edited.connect(self.edited)
        self.setFocusProxy(self.line)
        self.retranslate()

    def retranslate(self) -> None:
        """What a screen reader says of the buttons."""
        self.fewer.setAccessibleName(_("One fewer"))
        self.more.setAccessibleName(_("One more"))

    def setAccessibleName(self, name: str) -> None:
        """The line inside has the focus, so it has the name too."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _note_typing(self, _text: str) -> None:
        self._typed = True

    def difference(self) -> int | None:
        """How many came (+) or went (-) when the number was only counted up or down."""
        if self._typed or self._start is None:
            return None
        return int(self.line.text() or 0) - self._start

    def raw(self) -> str:
        return self.line.raw()

    def restore(self, raw: Any) -> None:
        self._typed = True
        self.line.restore(raw)

    def set_value(self, value: Value) -> None:
        self._start, self._typed = (value if isinstance(value, int) else None), False
        self.line.set_value(value)

    def set_read_only(self, read_only: bool) -> None:
        self.line.set_read_only(read_only)
        self.fewer.setDisabled(read_only)
        self.more.setDisabled(read_only)


class TextEditor(QPlainTextEdit):
    """Several lines. Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._setting = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * LINES + theme.px(20)
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def _changed(self) -> None:
        if not self._setting:
            self.edited.emit()

    def raw(self) -> str:
        return self.toPlainText()

    def restore(self, raw: Any) -> None:
        self._setting = True
        self.setPlainText(str(raw))
        self._setting = False

    def set_value(self, value: Value) -> None:
        self.restore(self.field.format(value, reveal=True))

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)


class _HabitualTab(QObject):
    """A digit has chosen and gone on; a Tab that follows at once, by habit, goes no further. The
    next key, word or change of focus ends this."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() not in (kinds.KeyPress, kinds.InputMethod, kinds.FocusOut):
            return False
        watched.removeEventFilter(self)
        self.deleteLater()
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        )


class ChoiceEditor(CategoryField):
    """One of a list, by digit or from the list; Del takes it back. A digit goes on to the next
    field as in the hotline, so that a digit means one thing everywhere; a Tab after it is not
    counted twice."""

    edited = Signal()

    def __init__(self, field: Choice, parent: QWidget | None = None) -> None:
        self.field = field
        super().__init__((), parent)
        # A long choice must not push the form wider than its panel.
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.chosen.connect(lambda _code: self.edited.emit())
        self.completed.connect(lambda _code: self._go_on())

    def _go_on(self) -> None:
        self.focusNextChild()
        now = self.window().focusWidget()
        if now is not None and now is not self:
            _HabitualTab(now)

    def retranslate(self) -> None:
        self.set_choices([(option.code, _(option.label)) for option in self.field.options])
        self.setPlaceholderText(_("Digit 1–{last}").format(last=min(9, len(self.field.options))))
        self.setAccessibleDescription(_("Press a digit to choose and go on"))

    def raw(self) -> str:
        return self.code()

    def restore(self, raw: Any) -> None:
        self.set_code(str(raw))

    def set_value(self, value: Value) -> None:
        self.set_code(str(value or ""))

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)


class FlagEditor(QCheckBox):
    """Yes or no. What was never said stays so until it is ticked."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._silent = ""
        self.clicked.connect(lambda _checked: self.edited.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """The label stands beside the box."""
        self.setText(_(self.field.label))

    def raw(self) -> str:
        return "1" if self.isChecked() else self._silent

    def restore(self, raw: Any) -> None:
        self._silent = "0" if raw else ""
        self.setChecked(str(raw) == "1")

    def set_value(self, value: Value) -> None:
        self.restore("" if value is None else str(value))

    def set_read_only(self, read_only: bool) -> None:
        self.setEnabled(not read_only)


def editor_for(field: Field, context: UiContext, parent: QWidget | None = None) -> Any:
    """The editor of a field: a widget with the face of `Editor`."""
    match field:
        case Phone():
            return PhoneEditor(field, context, parent)
        case Choice():
            return ChoiceEditor(field, parent)
        case Flag():
            return FlagEditor(field, parent)
        case Moment() | Day():
            return TimeEditor(field, context, parent)
        case Count():
            return CountEditor(field, parent)
        case Integer():
            return NumberEditor(field, parent)
        case Checklist():
            return ChecklistEditor(field, context, parent)
        case Link() if field.to:
            return LinkEditor(field, context, parent)
        case Text(multiline=True):
            return TextEditor(field, parent)
        case TextList() if field.offers in context.session.kinds:
            return NamesEditor(field, context, parent)
        case Text() | TextList() | Link():
            return LineEditor(field, parent)
    raise TypeError(type(field).__name__)


_CLOCK = re.compile(r"(\d{1,2})[:：点时](\d{2})分?|(\d{2})(\d{2})")
_AFTER = re.compile(r"\+(\d{1,4})")
_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?(.*)")


def written_out(text: str, now_ms: int, *, day: bool) -> str:
    """A short form of a time as the field understands it; other text unchanged."""
    bare, now = fold_width(text).strip(), local(now_ms)
    if short := _MONTH_DAY.fullmatch(bare):
        month, of_month, rest = short.groups()
        return f"{now.year}-{month}-{of_month} {rest.strip()}".strip()
    if day:
        return text
    if after := _AFTER.fullmatch(bare):
        return f"{local(now_ms + int(after[1]) * 60_000):%Y-%m-%d %H:%M}"
    if at := _CLOCK.fullmatch(bare):
        hour, minute = at[1] or at[3], at[2] or at[4]
        return f"{now:%Y-%m-%d} {hour}:{minute}"
    return text
