"""One task in full beside the board: what may be changed is changed in place, one field at a time.

Rule: a field is saved when it is left or on Enter, through the same verbs as the board; what is
being typed is kept on disk until then, and stands there again only for the same task.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import task
from bankcc.i18n import N_, _
from bankcc.schema.change import edit
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from ui import theme
from ui.board.card_text import Card, card_of, due_level, due_words
from ui.board.task_choice import ChoiceField
from ui.board.task_history import history_lines
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.records.checklist_editor import ChecklistEditor
from ui.records.commit_fields import CommitLine, CommitText
from ui.records.due_entry import due_entry, due_from
from ui.theme import SHAPES, Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

WIDTH = 348
ROWS = ("title", "status", "group", "priority", "due", "assignee", "source")
LOWER = ("checklist", "note", "outcome")
DUE_HINT = N_("1530, +45 or a date")


class TaskDetail(QFrame):
    """`wanted(verb, words)`: do this and say that; `assign_wanted`, `block_wanted`; `move_wanted`
    (column); `left`: Esc."""

    wanted = Signal(object, str)
    assign_wanted = Signal()
    block_wanted = Signal()
    move_wanted = Signal(str)
    left = Signal()
    record: Record | None

    def __init__(
        self, context: UiContext, keeper: DraftKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("board.detail")
        self.setProperty("card", True)
        self._context, self._session, self._keeper = context, context.session, keeper
        self._typed = {name: str(body.get("text", "")) for name, body in keeper.found()}
        self.record = None
        self.read_only = False
        self._filling = False
        self.number = PlainLabel("", self, role="section")
        self.state = Chip(Level.NEUTRAL, "", self)
        self.close_button = QPushButton(self)
        self.title, self.due = CommitLine(self), CommitLine(self)
        self.choices = {name: ChoiceField(name, self) for name in ("status", "group", "priority")}
        self.assignee, self.source = QPushButton(self), QPushButton(self)
        self.blocked = QCheckBox(self)
        self.blocked_reason = CommitLine(self)
        self.checklist = ChecklistEditor(task.KIND.field("checklist"), context, self)
        self.note, self.outcome = CommitText(2, self), CommitText(2, self)
        self.when, self.history_title = PlainLabel("", self), PlainLabel("", self, role="meta")
        self.history = PlainLabel("", self, role="meta", wrap=True)
        self.captions: dict[str, PlainLabel] = {}
        self.texts: dict[str, CommitLine | CommitText] = {
            "title": self.title,
            "due": self.due,
            "blocked_reason": self.blocked_reason,
            "note": self.note,
            "outcome": self.outcome,
        }
        self.editors: dict[str, QWidget] = self.texts | self.choices
        for name in ("assignee", "source", "checklist", "blocked"):
            self.editors[name] = getattr(self, name)
        self.labels: dict[str, PlainLabel] = {}
        self._name_parts()
        self._lay_out()
        self._connect()
        self.retranslate()

    # -- showing -----------------------------------------------------------------------------------

    def show_task(self, card_id: str) -> None:
        """Show the task with that id; one that is gone closes the view."""
        before = self.record.id if self.record else ""
        typing = self.focusWidget()
        if before != card_id and isinstance(typing, CommitLine | CommitText):
            typing.commit()  # to the task it was typed for
        found = self._session.find(Query(task.NAME, where=(Condition("id", "=", card_id),)))
        self.record = found[0] if found else None
        if self.record is None:
            self.left.emit()
            return
        if before != card_id:
            self._let_go()
        self._fill()

    def begin(self) -> None:
        """Give the keys to what is done most: ticking, where there is a list to tick."""
        items = self.checklist.items
        if items.count():
            items.setCurrentRow(max(0, items.currentRow()))
            items.setFocus()
        else:
            (self.close_button if self.read_only else self.title).setFocus()

    def refresh(self) -> None:
        """Show the same task as it is now."""
        if self.record is not None:
            self.show_task(self.record.id)

    def tell_time(self, now: int) -> None:
        """The words of its time as seen from `now`."""
        if self.record is not None:
            self._show_when(card_of(self._session, self.record), now)

    def set_read_only(self, read_only: bool) -> None:
        """No editors: values stand as plain text."""
        self.read_only = read_only
        self._fill()

    def _let_go(self) -> None:
        """The fields hold another task's text no more."""
        for field in self.texts.values():
            field.shown = ""
            blocked = field.blockSignals(True)
            field.clear()
            field.blockSignals(blocked)

    def _fill(self) -> None:
        record = self.record
        if record is None:
            return
        self._filling = True
        card = card_of(self._session, record)
        self.number.setText(record.number)
        for name, choice in self.choices.items():
            choice.set_code(record.text(name))
        for name, field in self.texts.items():
            value = due_entry(card.due) if name == "due" else record.text(name)
            field.show_value(value, typed=self._typed.get(f"{record.id}/{name}"))
        self.assignee.setText(
            _("{name} · change Ctrl+M").format(name=card.who) if card.who else _("Assign Ctrl+M")
        )
        self.source.setText(_("{number} · open the call").format(number=card.source_number))
        self.blocked.setChecked(card.blocked)
        self.checklist.set_value(record["checklist"])
        self.checklist.set_read_only(self.read_only)
        self.history.setText("\n".join(history_lines(self._session, record.id)))
        self._show_when(card, self._session.clock.now_ms())
        self._show_parts(card)
        self._filling = False

    def _show_when(self, card: Card, now: int) -> None:
        level, words = due_level(card, now), due_words(card, now)
        if card.blocked:
            self.state.set_status(Level.CRITICAL, _("blocked"))
        else:
            level_of = {"todo": Level.WARNING, "done": Level.OK}.get(card.column, Level.INFO)
            self.state.set_status(level_of, task.KIND.field("status").format(card.column))
        pressing = level not in (None, Level.NEUTRAL)
        self.when.setText(f"{SHAPES[level]} {words}" if pressing else words)
        ink = theme.tokens().levels[level].text if pressing else theme.tokens().text2
        self.when.setStyleSheet(f"color: {ink}; font-weight: {'bold' if pressing else 'normal'};")

    def _show_parts(self, card: Card) -> None:
        """Which fields are there: those that hold something, and those that may be changed."""
        record = self.record
        assert record is not None
        there = {
            "source": bool(card.source),
            "outcome": card.column == "done" or bool(record["outcome"]),
            "blocked_reason": card.blocked,
            "checklist": bool(card.items) or not self.read_only,
        }
        plain = self.read_only
        for name, editor in self.editors.items():
            shown = there.get(name, True)
            text = self._session.display(record, name) if name != "checklist" else ""
            keeps = name in ("source", "checklist")  # of use to a reader as well
            editor.setVisible(shown and (keeps or not plain))
            label = self.labels.get(name)
            if label is not None:
                label.setText(text or "–")
                label.setVisible(shown and plain and not keeps)
            if name in self.captions:
                self.captions[name].setVisible(shown)
        self.blocked.setVisible(not plain or card.blocked)
        self.blocked.setEnabled(not plain and card.column != "done")

    # -- changing ----------------------------------------------------------------------------------

    def _commit(self, name: str, text: str) -> None:
        record = self.record
        if record is None or self._filling:
            return
        value: object = text or None
        if name == "due":
            try:
                value = due_from(text, self._session.clock.now_ms())
            except UserError as error:
                self._context.messages.show_error(error)
                return
        self._forget(record.id, name)
        self._save(record, name, value)

    def _save(self, record: Record, name: str, value: object) -> None:
        words = _("{field} of {number} saved").format(
            field=_(task.KIND.field(name).label), number=record.number
        )
        self.wanted.emit(edit(task.NAME, record.id, **{name: value}), words)

    def _keep(self, name: str, text: str) -> None:
        """Typed, not saved: on disk within half a second, and for this task only."""
        if self.record is None or self._filling:
            return
        key = f"{self.record.id}/{name}"
        self._typed[key] = text
        self._keeper.note(key, {"text": text})

    def _forget(self, record: str, name: str) -> None:
        if self._typed.pop(f"{record}/{name}", None) is not None:
            self._keeper.drop(f"{record}/{name}")

    def _chosen(self, name: str, code: str) -> None:
        record = self.record
        if record is None or not code or code == record.text(name):
            return
        if name == "status":
            self.move_wanted.emit(code)
            self._fill()  # until it has moved the field says where it is
            return
        self._save(record, name, code)

    def _listed(self) -> None:
        """One tick is a tick; anything else rewrites the list."""
        record = self.record
        if record is None or self._filling:
            return
        old, new = record["checklist"] or [], self.checklist.raw()
        before = {str(key): (text, done) for key, text, done in old}
        after = {str(key): (text, done) for key, text, done in new}
        other = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        words = _("Checklist of {number} saved").format(number=record.number)
        if len(other) == 1 and other[0] in before and other[0] in after:
            key = other[0]
            if before[key][0] == after[key][0]:
                done = bool(after[key][1])
                self.wanted.emit(task.tick(record.id, item=key, done=done), "")
                return
        if other:
            self.wanted.emit(edit(task.NAME, record.id, checklist=new), words)

    def _toggle_blocked(self) -> None:
        record = self.record
        if record is None or self._filling:
            return
        if record["blocked"]:
            words = _("{number} may go on").format(number=record.number)
            self.wanted.emit(task.unblock(record.id), words)
        else:
            self.block_wanted.emit()
        self._fill()

    def _open_source(self) -> None:
        if self.record is not None and self.record["source"]:
            self._context.open_record("inquiry", self.record.text("source"))

    # -- building ----------------------------------------------------------------------------------

    def _name_parts(self) -> None:
        for name, editor in self.editors.items():
            editor.setObjectName(f"board.detail.{name}")
        self.checklist.items.setObjectName("board.detail.items")
        self.checklist.add_line.setObjectName("board.detail.add")
        # A focus proxy would hide the line below the items from the Tab key.
        self.checklist.setFocusProxy(None)
        self.close_button.setObjectName("board.detail.close")
        self.close_button.setProperty("small", True)
        for button in (self.assignee, self.source):
            button.setProperty("kind", "quiet")
            button.setStyleSheet("text-align: left; padding: 0 4px;")
        self.due.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.left)
        for name, field in self.texts.items():
            field.committed.connect(lambda text, name=name: self._commit(name, text))
            field.typed.connect(lambda text, name=name: self._keep(name, text))
        for name, choice in self.choices.items():
            choice.chosen.connect(lambda code, name=name: self._chosen(name, code))
        self.assignee.clicked.connect(self.assign_wanted)
        self.source.clicked.connect(self._open_source)
        self.blocked.clicked.connect(self._toggle_blocked)
        self.checklist.edited.connect(self._listed)
        theme.hub().changed.connect(self._resize)
        self._resize()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.number)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.close_button)
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, theme.px(4), 0)
        form = QFormLayout()
        rows.addLayout(form)
        rows.addStretch(1)
        form.setVerticalSpacing(theme.px(6))
        form.setHorizontalSpacing(theme.px(8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in (*ROWS, "blocked", *LOWER):
            self._row(form, name, inner)
        form.addRow(self.history_title)
        form.addRow(self.history)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        for ground in (area.viewport(), inner):
            ground.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(area, 1)

    def tab_stops(self) -> list[QWidget]:
        """What takes the keys, in the order of reading."""
        listed = [self.checklist.items, self.checklist.add_line]
        names = (*ROWS, "blocked", "blocked_reason")
        rows = [self.editors[name] for name in names]
        return [self.close_button, *rows, *listed, self.note, self.outcome]

    def _row(self, form: QFormLayout, name: str, inner: QWidget) -> None:
        cell = QWidget(inner)
        lines = QVBoxLayout(cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(4))
        shown = ("blocked", "blocked_reason") if name == "blocked" else (name,)
        for part in shown:
            lines.addWidget(self.editors[part])
            if part != "checklist":
                self.labels[part] = PlainLabel("", cell, wrap=True)
                lines.addWidget(self.labels[part])
        if name == "due":
            lines.addWidget(self.when)
        self.captions[name] = PlainLabel("", inner, role="meta")
        self.captions[name].setBuddy(self.editors[name])
        form.addRow(self.captions[name], cell)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Task"))
        self.close_button.setText(_("Close Esc"))
        self.close_button.setAccessibleName(_("Close the details"))
        for name, caption in self.captions.items():
            caption.setText(_(task.KIND.field(name).label))
        for name, editor in self.editors.items():
            editor.setAccessibleName(_(task.KIND.field(name).label))
        self.blocked.setText(_("Cannot go on"))
        self.due.setPlaceholderText(_(DUE_HINT))
        self.history_title.setText(_("History"))
        self.checklist.retranslate()
        for choice in self.choices.values():
            choice.retranslate()
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _resize(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
