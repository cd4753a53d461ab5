"""The fields of the entry strip, and the keys that move through them.

Rule: Enter goes forward everywhere; Space does so where text is not typed. Nothing here saves.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from bankcc.i18n import N_, _
from ui import theme
from ui.hotline.call_draft import NO_NUMBER, CallDraft, category_field, labels, urgency_field
from ui.hotline.field_caption import FieldCaption
from ui.records.category_field import CategoryField
from ui.records.phone_edit import PhoneEdit

CAPTIONS = (
    ("time", N_("Time"), 0),
    ("phone", N_("Phone *"), 3),
    ("category", N_("Category 1–9 *"), 3),
    ("caller", N_("Caller"), 2),
    ("urgency", N_("Urgency Ctrl+1–3"), 2),
    ("note", N_("Request (may stay empty)"), 8),
)
FORWARD = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class UrgencyField(CategoryField):
    """Normal, urgent, critical; a digit chooses here as well."""

    def retranslate(self) -> None:
        """Words of this field."""
        super().retranslate()
        self.setAccessibleName(_("Urgency"))


class EntryFields(QWidget):
    """`changed` on everything the person types or chooses; `parked` on Esc; `below` on ↓ out of
    the fields; `left_phone` when the number is finished; `done` on Enter behind the last field.
    `awaited(words)`: the next digit chooses one of these; none: it does not."""

    changed = Signal()
    parked = Signal()
    below = Signal()
    left_phone = Signal()
    done = Signal()
    awaited = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = QLineEdit(self)
        self.time.setMaxLength(5)
        self.time.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.phone = PhoneEdit(self)
        self.category = CategoryField(labels(category_field()), self)
        self.caller = QLineEdit(self)
        self.caller.setMaxLength(100)
        self.urgency = UrgencyField(labels(urgency_field()), self)
        self.note = QLineEdit(self)
        self.note.setMaxLength(2_000)
        self.captions: dict[str, FieldCaption] = {}
        """The words over each field, named as in `fields`."""
        self._loading, self._day, self._here = False, "", ""
        self._lay_out()
        self._connect()
        self.show_draft(CallDraft("", 0))
        self.retranslate()

    @property
    def fields(self) -> dict[str, QWidget]:
        """The fields by name, in the order of reading."""
        return {name: getattr(self, name) for name, _caption, _stretch in CAPTIONS}

    def show_draft(self, draft: CallDraft) -> None:
        """Show another call; fires no `changed`."""
        self._loading = True
        self.time.setText(draft.time)
        # `setText` forgets what could be undone: Ctrl+Z must not bring back another call's text.
        shown = draft.phone + (f" 转{draft.extension}" if draft.extension else "")
        self.phone.setText(shown)
        self.category.set_code(draft.category)
        self.caller.setText(draft.caller)
        self.urgency.set_code(draft.urgency)
        self.note.setText(draft.note)
        self._loading = False

    def typed(self) -> dict[str, str]:
        """What stands in the fields, named as in `CallDraft`."""
        return {
            "time": self.time.text(),
            "phone": self.phone.digits(),
            "extension": self.phone.extension(),
            "category": self.category.code(),
            "caller": self.caller.text(),
            "urgency": self.urgency.code() or "normal",
            "note": self.note.text(),
        }

    def go_on(self) -> None:
        """Put the caret where the entry goes on: what is needed first, then the request."""
        needed = (self.phone, bool(self.phone.digits())), (self.category, self.category.code())
        empty = [field for field, filled in needed if not filled]
        self._go(empty[0] if empty else self.note)

    def show_day(self, day: str) -> None:
        """The day that the time typed means; empty for today."""
        self._day = day
        name, caption, _stretch = CAPTIONS[0]
        self.captions[name].setText(f"{_(caption)} {day}" if day else _(caption))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.category.set_choices(labels(category_field()))
        self.urgency.set_choices(labels(urgency_field()))
        for name, caption, _stretch in CAPTIONS:
            self.captions[name].setText(_(caption))
        self.show_day(self._day)
        self.time.setPlaceholderText(_("now"))
        self.phone.setPlaceholderText(_("0 = no number"))
        self.note.setPlaceholderText(_("Request (name: Shift+Tab ×2)"))
        self._say_digits()
        names = {
            self.time: _("Time of call, four digits; empty for now"),
            self.phone: _("Phone; 0 for no number"),
            self.caller: _("Caller"),
            self.note: _("Request"),
        }
        for field, name in names.items():
            field.setAccessibleName(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._focus_moved(watched, event.gotFocus())
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if bare != Qt.KeyboardModifier.NoModifier:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.parked.emit()
            return True
        if event.key() == Qt.Key.Key_Down and isinstance(watched, QLineEdit):
            self.below.emit()
            return True
        if event.key() in FORWARD:
            self._forward(watched)
            return True
        if event.key() == Qt.Key.Key_Space and watched not in (self.caller, self.note):
            if not self._groups_a_mobile(watched):
                self._forward(watched)
            return True
        return False

    def _focus_moved(self, field: QObject, here: bool) -> None:
        name = next(name for name, each in self.fields.items() if each is field)
        self.captions[name].set_here(here)
        self._here = name if here else ""
        self._say_digits()

    def _say_digits(self, _digits: str = "") -> None:
        """What a digit would choose where the keys are now; after 0 it is the category as well."""
        after_none = self._here == "phone" and self.phone.digits() == NO_NUMBER
        match "category" if after_none else self._here:
            case "category":
                choice = category_field()
            case "urgency":
                choice = urgency_field()
            case _:
                self.awaited.emit(())
                return
        self.awaited.emit(tuple(words for _code, words in labels(choice)))

    def _groups_a_mobile(self, watched: QObject) -> bool:
        """Many people type `138 0013 8000` with blanks: those end nothing."""
        digits = self.phone.digits()
        return watched is self.phone and digits[:1] == "1" and len(digits) < 11

    def _forward(self, watched: QObject) -> None:
        following = list(self.fields.values())
        at = following.index(watched)
        if watched is self.phone:
            self.left_phone.emit()
        if at + 1 < len(following):
            # With 0 and a digit the category is there already.
            skip = watched is self.phone and bool(self.category.code())
            self._go(self.note if skip else following[at + 1])
        else:
            self.done.emit()

    def _go(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if field in (self.caller, self.note):
            # Tab selects what a line holds, and the next letter would replace the sentence.
            field.end(False)

    def _connect(self) -> None:
        self.time.textEdited.connect(self._time_typed)
        self.phone.digits_changed.connect(self._say_digits)
        self.phone.completed.connect(lambda _digits: self._forward(self.phone))
        # The request is what is typed next while the caller speaks; the name has Shift+Tab.
        self.category.completed.connect(lambda _code: self._go(self.note))
        self.urgency.completed.connect(lambda _code: self._go(self.note))
        signals = [
            self.time.textChanged,
            self.phone.digits_changed,
            self.category.chosen,
            self.caller.textChanged,
            self.urgency.chosen,
            self.note.textChanged,
        ]
        for signal in signals:
            signal.connect(self._changed)

    def _time_typed(self, text: str) -> None:
        """The fourth digit ends a time; `912` ends with Enter."""
        if len(text) == 4 and text.isdecimal():
            self.go_on()

    def _changed(self, _what: object = None) -> None:
        if not self._loading:
            self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        for column, (name, _caption, stretch) in enumerate(CAPTIONS):
            field = self.fields[name]
            field.setObjectName(f"hotline.{name}")
            field.installEventFilter(self)
            label = self.captions[name] = FieldCaption(self)
            label.setBuddy(field)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        theme.hub().changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.time.setFixedWidth(theme.px(64))
        for field, width in ((self.phone, 130), (self.category, 165), (self.urgency, 110)):
            field.setMinimumWidth(theme.px(width))
