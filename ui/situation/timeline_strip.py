"""The timeline of the situation: chips that narrow it, the entries, and a line to add one.

Rule: what is being typed lies on disk as a draft; an entry is added, never changed.
"""

from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import timeline
from bankcc.i18n import N_, _
from bankcc.schema.record import Record
from bankcc.session import ChangeSet
from ui import theme
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.situation.timeline import TIME_ROLE, TimelineModel
from ui.situation.timeline_list import TimelineView
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel
from ui.widgets.state_view import State, StateView
from ui.widgets.toggle_button import ToggleButton

CHIPS = (
    ("", N_("All")),
    ("decision", N_("Decision")),
    ("notice", N_("Notice")),
    ("task", N_("Task")),
    ("call", N_("Call")),
    ("people", N_("People")),
    ("resource", N_("Resource")),
)
DRAFT = "entry"
LONGEST = 2_000
LOWEST = 40
ROOM_FOR_TITLE = 240
ROOM_FOR_BUTTON = 360


class _EntryLine(QLineEdit):
    """`save`: Enter or Ctrl+Enter. `left`: Esc; what was typed stays."""

    save = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TimelineStrip(QFrame):
    """`opened(kind, id)`: the record that an entry is about is to be shown."""

    opened = Signal(str, str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("situation.timeline")
        self.setProperty("card", True)
        self.context = context
        self.keeper = DraftKeeper(context.session, "timeline:", self)
        self.model = TimelineModel(context.session, self)
        self.title = PlainLabel("", self, role="section")
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self.list = TimelineView(self.model, self)
        self.list.setObjectName("situation.timeline.list")
        self.state = StateView(self)
        self.stack = QStackedWidget(self)
        self.category = QComboBox(self)
        self.category.setObjectName("situation.timeline.category")
        self.entry = _EntryLine(self)
        self.entry.setObjectName("situation.timeline.entry")
        self.entry.setMaxLength(LONGEST)
        self._corrects = ""
        self.correction = Chip(Level.INFO, "", self)
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("situation.timeline.save")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._restore()
        self.refresh()

    # -- what the panel asks for -----------------------------------------------------------------

    def refresh(self, changes: ChangeSet | None = None) -> None:
        """Read the newest entries again."""
        if changes is not None and timeline.NAME not in changes.kinds:
            return
        try:
            self.model.reload(changes)
        except UserError as error:
            self._failed(error)
        else:
            self._look()

    def choose(self, category: str) -> None:
        """Narrow the list to one category; empty for all. New entries take the same."""
        self.chips[category].setChecked(True)
        self.category.setCurrentIndex(max(0, self.category.findData(category or "other")))
        try:
            self.model.set_category(category)
        except UserError as error:
            self._failed(error)
        else:
            self._look()

    def focus_chips(self) -> None:
        """Ctrl+F: ← and → choose."""
        self.chips[self.model.category].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_entry(self) -> None:
        """Ctrl+N: type, then Enter."""
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def select(self, entry: str) -> None:
        """Make an entry the current one, if it is among those shown."""
        self.choose("")
        if (row := self.model.position(entry)) >= 0:
            self.list.setCurrentIndex(self.model.index(row))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Before the window closes."""
        self.keeper.close()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Timeline"))
        self.list.setAccessibleName(_("Timeline"))
        for (_code, label), chip in zip(CHIPS, self.chips.values(), strict=True):
            chip.setText(_(label))
            chip.setAccessibleName(_("Show: {what}").format(what=_(label)))
        chosen = self.category.currentData() or "other"
        self.category.clear()
        for option in timeline.CATEGORIES:
            self.category.addItem(_(option.label), option.code)
        self.category.setCurrentIndex(self.category.findData(chosen))
        self.category.setAccessibleName(_("Category of the new entry"))
        can_write = self.context.session.can_write
        words = _("+ Add an entry  Ctrl+N") if can_write else _("Read only")
        self.entry.setPlaceholderText(words)
        self.entry.setAccessibleName(_("New entry"))
        self.save_button.setText(_("Add Enter"))
        self.save_button.setAccessibleName(_("Add the entry"))
        for widget in (self.entry, self.category, self.save_button):
            widget.setEnabled(can_write)
        self.model.retranslate()
        self._measure()
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Little room: the chips say what this is, and Enter adds without a button."""
        super().resizeEvent(event)
        self.save_button.setVisible(event.size().width() >= theme.px(ROOM_FOR_BUTTON))
        self.title.setVisible(event.size().height() >= theme.px(ROOM_FOR_TITLE))
        self._fit_chips()

    def _fit_chips(self) -> None:
        """Where two rows of chips would push the entries out, the last chips give way: what they
        choose is found in the panel of the timeline too."""
        edges = self.layout().contentsMargins()
        width = self.width() - edges.left() - edges.right()
        row = self.chips[""].sizeHint().height()
        rest = self.entry.sizeHint().height() + edges.top() + edges.bottom() + 2 * theme.px(6)
        room = self.height() - rest - theme.px(LOWEST) >= 2 * row + theme.px(4)
        used = 0
        for chip in self.chips.values():
            used += chip.sizeHint().width() + theme.px(4)
            chip.setVisible(room or used <= width or chip.isChecked())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- adding ----------------------------------------------------------------------------------

    def _save(self) -> None:
        text = self.entry.text().strip()
        if not text:
            self.entry.setFocus()
            return
        if self._corrects:
            verb = timeline.follow_up(self._corrects, text=text)
        else:
            verb = timeline.note(text=text, category=self.category.currentData())
        if self.context.execute(verb, said=_("Entry added")) is not None:
            self.entry.clear()
            self.keeper.drop(DRAFT)
            self._correct("")
        self.entry.setFocus()

    def _correct(self, entry: str, time: str = "") -> None:
        """What is typed next follows the entry with that id; empty: it stands for itself."""
        self._corrects = entry
        words = _("Correction of the entry of {time}").format(time=time) if entry else ""
        self.correction.set_status(Level.INFO, words)
        self.category.setEnabled(not entry and self.context.session.can_write)

    def _left(self) -> None:
        """Esc: the entry that was to be corrected stays as it is; what was typed stays too."""
        self._correct("")
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        if text:
            category = self.category.currentData()
            body = {"text": text, "category": category, "corrects": self._corrects}
            self.keeper.note(DRAFT, body)
        else:
            self.keeper.drop(DRAFT)

    def _restore(self) -> None:
        for name, body in self.keeper.found():
            if name == DRAFT:
                self.entry.setText(str(body.get("text", ""))[:LONGEST])
                at = self.category.findData(body.get("category"))
                self.category.setCurrentIndex(max(0, at))
                self._correct(str(body.get("corrects", "")), "…")

    # -- showing ---------------------------------------------------------------------------------

    def _look(self) -> None:
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.list)
            if not self.list.currentIndex().isValid() and self.list.hasFocus():
                self.list.setCurrentIndex(self.model.index(0))
            return
        if self.model.category:
            self.state.show_state(
                State.FILTERED,
                _("No entries of this kind"),
                action=_("Show all"),
                act=lambda: self.choose(""),
            )
        else:
            self.state.show_state(
                State.EMPTY,
                _("No entries yet"),
                action=_("Add an entry"),
                act=self.focus_entry,
            )
            self.state.button.setEnabled(self.context.session.can_write)
        self.stack.setCurrentWidget(self.state)

    def _failed(self, error: UserError) -> None:
        hint = " ".join(filter(None, (error.safe, error.next_step)))
        self.state.show_state(
            State.ERROR, error.what, hint, action=_("Try again"), act=self.refresh
        )
        self.stack.setCurrentWidget(self.state)

    def _opened(self, entry: Record) -> None:
        """To what it is about; what somebody typed about nothing in particular is corrected by an
        entry that follows it."""
        kind, subject = entry.text("subject_kind"), entry.text("subject")
        if subject and kind != timeline.NAME:
            self.opened.emit(kind, subject)
        elif self.context.session.can_write:
            self._correct(entry.id, self.list.currentIndex().data(TIME_ROLE))
            self.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _measure(self) -> None:
        metrics = QFontMetrics(theme.font(12))
        words = (_(option.label) for option in timeline.CATEGORIES)
        self.list.category_width = max(map(metrics.horizontalAdvance, words))
        self.list.scheduleDelayedItemsLayout()

    def _connect(self) -> None:
        self.entry.save.connect(self._save)
        self.entry.left.connect(self._left)
        self.entry.textEdited.connect(self._typed)
        self.save_button.clicked.connect(self._save)
        self.list.opened.connect(self._opened)
        self.keeper.failed.connect(lambda error: self.context.saved.failed(str(error)))
        theme.hub().changed.connect(self._measure)

    def _lay_out(self) -> None:
        chips = FlowLayout(gap=theme.px(4))
        for code, _label in CHIPS:
            chip = ToggleButton(self)
            chip.setObjectName(f"situation.timeline.chip.{code or 'all'}")
            chip.setProperty("small", True)
            chip.setChecked(not code)
            chip.clicked.connect(lambda _checked=False, code=code: self.choose(code))
            self._group.addButton(chip)
            self.chips[code] = chip
            chips.addWidget(chip)
        self.list.setMinimumHeight(LOWEST)
        # What is said instead of entries may be cut where there is little room; they may not.
        ignored = QSizePolicy.Policy.Ignored
        self.state.setSizePolicy(ignored, ignored)
        for page in (self.list, self.state):
            self.stack.addWidget(page)
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        line.addWidget(self.category)
        line.addWidget(self.entry, 1)
        line.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(6))
        self._order_keys()
        column.addWidget(self.title)
        column.addLayout(chips)
        column.addWidget(self.stack, 1)
        column.addWidget(self.correction)
        column.addLayout(line)

    def _order_keys(self) -> None:
        """Tab goes as one reads."""
        way = [*self.chips.values(), self.list, self.state.button]
        way += [self.category, self.entry, self.save_button]
        for before, after in pairwise(way):
            QWidget.setTabOrder(before, after)
