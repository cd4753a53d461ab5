"""The list behind a card of the situation, already narrowed; Esc goes back to the cards.

Rule: who called and what was said stands in the record itself, not here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bankcc.features import answer_card, inquiry, post, task
from bankcc.i18n import N_, _
from bankcc.reports import current
from bankcc.reports.current import Late, SituationFigures
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from ui import icons, theme
from ui.context import UiContext
from ui.records.record_list import Empty, RecordList
from ui.records.record_table import RecordTableModel
from ui.widgets.plain_label import PlainLabel
from ui.widgets.toggle_button import ToggleButton

CALL_COLUMNS = ("number", "at", "category", "urgency", "status", "agent", "callback_due")
TASK_COLUMNS = ("number", "title", "due", "priority", "status", "assignee")
POST_COLUMNS = ("title", "group", "holder", "acting", "backup_a", "backup_b")
CARD_COLUMNS = ("number", "topic", "question", "category", "status", "version", "valid_until")
LATE_CALL_COLUMNS = ("number", "callback_due", "category", "urgency", "status", "agent")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A kind of record, which of them, and what of them is shown."""

    kind: str
    columns: tuple[str, ...]
    query: Callable[[SituationFigures], Query]


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a card: a title and one list or two."""

    name: str
    title: str
    lists: tuple[Narrowed, ...]


def _missing(figures: SituationFigures) -> Query:
    chosen = Condition("id", "in", figures.staff.missing)
    return Query(post.NAME, where=(chosen,), order="group")


def _cards(figures: SituationFigures) -> Query:
    """Drafts; without any, what has run out; else what is in force, the next to run out first."""
    drafts = Query(answer_card.NAME, where=(Condition("status", "=", "draft"),))
    approved = Condition("status", "=", "approved")
    if figures.cards.drafts:
        return drafts
    if figures.cards.expired:
        ended = Condition("valid_until", "<", figures.at)
        return Query(answer_card.NAME, where=(approved, ended), order="valid_until")
    return Query(answer_card.NAME, where=(approved,), order="valid_until")


BEHIND: tuple[Behind, ...] = (
    Behind(
        "late",
        N_("Overdue"),
        (
            Narrowed(inquiry.NAME, LATE_CALL_COLUMNS, lambda f: current.overdue_calls(f.at)),
            Narrowed(task.NAME, TASK_COLUMNS, lambda f: current.overdue_tasks(f.at)),
        ),
    ),
    Behind(
        "open",
        N_("Open calls"),
        (Narrowed(inquiry.NAME, CALL_COLUMNS, lambda _f: current.open_calls()),),
    ),
    Behind("staff", N_("Posts not filled"), (Narrowed(post.NAME, POST_COLUMNS, _missing),)),
    Behind(
        "urgent",
        N_("Urgent calls not settled"),
        (Narrowed(inquiry.NAME, CALL_COLUMNS, lambda _f: current.pressing_calls()),),
    ),
    Behind("cards", N_("Answer cards"), (Narrowed(answer_card.NAME, CARD_COLUMNS, _cards),)),
)
"""In the order of the cards."""


class SituationList(QFrame):
    """`left`: Esc or the button. `opened(kind, id)`: a record is to be shown in its panel."""

    left = Signal()
    opened = Signal(str, str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("situation.behind")
        self.setProperty("card", True)
        self.context = context
        self._behind = BEHIND[0]
        self._figures: SituationFigures | None = None
        self.shown: Narrowed | None = None
        self.list: RecordList | None = None
        self.back = QPushButton(self)
        self.back.setObjectName("situation.behind.back")
        icons.put(self.back, "chevron-left")
        self.back.clicked.connect(self.left)
        self.title = PlainLabel("", self, role="section")
        self._kinds: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.px(8))
        for widget in (self.back, self.title):
            self._head.addWidget(widget)
        self._head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[theme.px(12)] * 4)
        self._column.setSpacing(theme.px(8))
        self._column.addLayout(self._head)

    def show_behind(self, behind: Behind, figures: SituationFigures) -> None:
        """Show what lies behind a card, the kind of the oldest item first."""
        self._behind, self._figures = behind, figures
        self._make_switches()
        chosen = behind.lists[0]
        for narrowed in behind.lists:
            if behind.name == "late" and narrowed.kind == figures.late.kind:
                chosen = narrowed
        self.choose(chosen)
        self.retranslate()

    def follow(self, figures: SituationFigures) -> None:
        """Time has passed, or something has changed."""
        self._figures = figures
        if self.list is not None and self.shown is not None:
            order = self.list.model.query.order
            wanted = self.shown.query(figures).but(order=order)
            self.list.model.set_query(wanted)
            self.retranslate()

    def choose(self, narrowed: Narrowed) -> None:
        """Show one of the lists."""
        if self._figures is None:
            return
        self.close_list()
        self.shown = narrowed
        query = narrowed.query(self._figures)
        model = RecordTableModel(self.context, query, narrowed.columns)
        place = f"situation.{self._behind.name}.{narrowed.kind}"
        self.list = RecordList(model, Empty(N_("Nothing here now")), place=place, parent=self)
        model.setParent(self.list)
        self.list.view.setObjectName("situation.behind.list")
        self.list.view.setAccessibleName(_(self._behind.title))
        self.list.view.opened.connect(self._opened)
        self._column.addWidget(self.list, 1)
        for button, item in zip(self._kinds, self._behind.lists, strict=True):
            button.setChecked(item is narrowed)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_list(self) -> None:
        """Hold no list while none is looked at."""
        if self.list is not None:
            self.list.hide()
            self._column.removeWidget(self.list)
            self.list.deleteLater()
            self.list = None

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.back.setText(_("Back Esc"))
        self.back.setAccessibleName(_("Back to the situation"))
        self.title.setText(_(self._behind.title))
        for button, item in zip(self._kinds, self._behind.lists, strict=True):
            label = f"{_(self.context.session.kind(item.kind).plural)} {self._count(item)}"
            button.setText(label)
            button.setAccessibleName(_("Show: {what}").format(what=label))

    def _count(self, item: Narrowed) -> int:
        late = self._figures.late if self._figures else Late()
        return late.calls if item.kind == inquiry.NAME else late.tasks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.list is not None:
            self.retranslate()
        super().changeEvent(event)

    def _opened(self, record: Record) -> None:
        self.opened.emit(record.kind, record.id)

    def _make_switches(self) -> None:
        for button in self._kinds:
            self._group.removeButton(button)
            button.deleteLater()
        self._kinds = []
        for item in self._behind.lists:
            button = ToggleButton(self)
            button.setObjectName(f"situation.behind.{item.kind}")
            button.setProperty("small", True)
            button.setVisible(len(self._behind.lists) > 1)
            button.clicked.connect(lambda _checked=False, item=item: self.choose(item))
            self._group.addButton(button)
            self._head.insertWidget(self._head.count() - 1, button)
            self._kinds.append(button)
