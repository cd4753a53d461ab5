"""The two questions of a staged step that need more than one key: when to call back, which task.

Rule: Enter goes forward and at the end answers; nothing here stores anything.
"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from bankcc.clock import Clock
from bankcc.errors import FieldError
from bankcc.i18n import _
from bankcc.schema.shared_choices import GROUPS
from bankcc.session import Session
from ui.drafts import DraftKeeper
from ui.hotline.staged_call import Stage, StageKind, promised, when
from ui.records.category_field import CategoryField
from ui.records.person_search import PersonSearch
from ui.widgets.ask_box import ENTER, AskBox
from ui.widgets.plain_label import PlainLabel

CALLBACK_WIDTH, TASK_WIDTH = 300, 380
PEOPLE = 5
FIRST_GROUP = "customer"


class StageEditor(AskBox):
    """`answered(Stage)`: to be staged or done. `accept()` answers with what stands there."""

    answered = Signal(object)

    def accept(self) -> bool:
        """Answer as if Enter were pressed in the last field; False if it will not do."""
        raise NotImplementedError

    def _answer(self, stage: Stage) -> None:
        self.hide()
        self.answered.emit(stage)
        self.closed.emit()


class CallbackEditor(StageEditor):
    """One digit for 15, 30, 60 minutes, or four for a time of day."""

    def __init__(self, clock: Clock, parent: QWidget) -> None:
        super().__init__("hotline.callback", parent)
        self._clock = clock
        self.text = QLineEdit(self)
        self.text.setObjectName("hotline.callback.text")
        self.text.setMaxLength(5)
        self.text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._typed)
        self.preview = PlainLabel("", self, role="section")
        self.preview.setObjectName("hotline.callback.preview")
        for widget in (self.caption, self.text, self.preview, self.fault, self.hint):
            self.column.addWidget(widget)
        self.retranslate()

    def ask(self, caption: str, anchor: QRect) -> None:
        """Ask beside `anchor` (on the screen)."""
        self.text.clear()
        self._typed("")
        self.show_beside(caption, anchor, self.text, CALLBACK_WIDTH)

    def accept(self) -> bool:
        try:
            due = promised(self.text.text(), self._clock.now_ms())
        except FieldError as error:
            self.say(" ".join(filter(None, (error.what, error.next_step))))
            return False
        self._answer(Stage(StageKind.CALLBACK, due=due))
        return True

    def retranslate(self) -> None:
        self.setAccessibleName(_("Call back"))
        self.text.setAccessibleName(_("When to call back"))
        self.text.setPlaceholderText(_("1, 2, 3 or 1530"))
        self.hint.setText(_("1 = 15 min · 2 = 30 min · 3 = 60 min · 1530 = time · Enter · Esc"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event):
            self.accept()
            return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self.say("")
        now = self._clock.now_ms()
        try:
            due = promised(text, now)
        except FieldError:
            self.preview.setText("→ …")
            return
        minutes = -(-(due - now) // 60_000)
        words = _("→ {time}, in {minutes} min")
        self.preview.setText(words.format(time=when(due, now), minutes=minutes))


class GroupField(CategoryField):
    """The group that gets the task."""

    def retranslate(self) -> None:
        """Words of this field."""
        super().retranslate()
        self.setAccessibleName(_("Group of the task"))


class TaskEditor(StageEditor):
    """Title, group, person: Enter, one digit, two initials, Enter. The title is kept on disk as it
    is typed, under the name of the call it is asked for."""

    def __init__(self, session: Session, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__("hotline.task", parent)
        self._keeper = keeper
        self._kept = {name: str(body.get("text", "")) for name, body in keeper.found()}
        self._key = ""
        self.title = QLineEdit(self)
        self.title.setObjectName("hotline.task.title")
        self.title.setMaxLength(200)
        self.title.textEdited.connect(self._typed)
        self.group = GroupField(labels_of_groups(), self)
        self.group.setObjectName("hotline.task.group")
        self.group.completed.connect(lambda _code: self._go(self.people.line))
        self.people = PersonSearch(session, "hotline.task.person", self, rows=PEOPLE)
        self.people.taken.connect(lambda _person: self.accept())
        for field in (self.title, self.group):
            field.installEventFilter(self)
        for widget in (self.caption, self.title, self.group, self.people, self.fault, self.hint):
            self.column.addWidget(widget)
        self.retranslate()

    def ask(self, key: str, caption: str, title: str, anchor: QRect) -> None:
        """Ask beside `anchor` (on the screen); `title` is offered unless another was begun for
        `key`, the name of the call."""
        self._key = key
        self.title.setText(self._kept.get(key) or title)
        self.title.selectAll()
        self.group.set_code(FIRST_GROUP)
        self.people.begin([("", _("Nobody yet"))])
        self.show_beside(caption, anchor, self.title, TASK_WIDTH)

    def forget(self, key: str) -> None:
        """The call was stored, or the task made: what was begun for it is not offered again."""
        if self._kept.pop(key, None) is not None:
            self._keeper.drop(key)

    def accept(self) -> bool:
        title = self.title.text().strip()
        if not title:
            self.say(_("What is to be done? Type it first."))
            self._go(self.title)
            return False
        group = self.group.code() or FIRST_GROUP
        stage = Stage(StageKind.TASK, record=self.people.person(), text=title, group=group)
        self._answer(stage)
        return True

    def retranslate(self) -> None:
        self.setAccessibleName(_("Make a task"))
        self.title.setAccessibleName(_("What is to be done"))
        self.title.setPlaceholderText(_("What is to be done"))
        self.group.set_choices(labels_of_groups())
        self.hint.setText(_("Enter goes on · digit: group · initials: who · Esc leaves"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event):
            self._go(self.group if watched is self.title else self.people.line)
            return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self.say("")
        self._kept[self._key] = text
        self._keeper.note(self._key, {"text": text})

    def _go(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.TabFocusReason)


def is_enter(event: QEvent) -> bool:
    """A bare Enter; with Ctrl it belongs to the panel."""
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    bare = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in ENTER and bare == Qt.KeyboardModifier.NoModifier


def labels_of_groups() -> list[tuple[str, str]]:
    """Code and translated label of each group of the plan, in the order of the digits."""
    return [(option.code, _(option.label)) for option in GROUPS]
