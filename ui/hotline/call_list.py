"""All calls below the entry strip: filters with counts, a search box, the list."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import inquiry
from bankcc.i18n import N_, _
from bankcc.schema.owner import mine
from bankcc.schema.query import Condition, Query
from bankcc.session import ChangeSet
from ui import theme
from ui.background_read import BackgroundRead
from ui.context import UiContext
from ui.hotline.call_filters import LABELS, CallFilter, Counted, count_all, query_of
from ui.hotline.call_table import CallTableModel
from ui.records.record_list import Empty, RecordList
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import ElidedLabel
from ui.widgets.toggle_button import ToggleButton

TYPING_MS = 150
SEARCH_ROOM = 244
"""Pixels at 100 % for the search box and the button at the end of the bar."""
MOST_NAMED = 3
"""Of the calls just saved that a filter hides, so many are named."""
AGING_MS = 20_000
"""How often what is due is looked at again: minutes are shown."""


class CallList(QFrame):
    """`opened(Record)`: a row was opened. `overdue_changed(int)`: for the navigation."""

    opened = Signal(object)
    overdue_changed = Signal(int)
    new_wanted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.context = context
        self._session = context.session
        self._counts: dict[str, int] = {}
        self.chosen = CallFilter.ALL
        self._mine = mine((), self._session.user)
        self._outside: dict[str, str] = {}
        self.counts = BackgroundRead(
            context.jobs, _("Counting"), lambda: partial(count_all, self._session), self, quiet=True
        )
        self.summary = ElidedLabel("", self, role="meta")
        self.hidden_button = QPushButton(self)
        """Says what was just saved and is not in the list because of the filter."""
        self.buttons: dict[CallFilter, QPushButton] = {}
        self._ends: list[QPushButton] = []
        self.search = QLineEdit(self)
        self.search.setObjectName("hotline.filter")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.model = CallTableModel(context, self._query(), parent=self)
        self.list = RecordList(
            self.model,
            self._empty(),
            filtered=self._is_filtered,
            clear_filter=self.clear_filter,
            place="hotline",
            parent=self,
        )
        self.list.view.setObjectName("hotline.list")
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._aging = QTimer(self, interval=AGING_MS)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._aging.start()
        self.counts.ask()

    def _empty(self) -> Empty:
        """What stands where no call is: how to begin, or that nobody can here."""
        if not self.context.session.can_write:
            hint = N_("The center is open for reading only.")
            return Empty(N_("No calls yet"), hint, N_("Refresh"), self.refresh)
        return Empty(
            N_("No calls yet"),
            N_(
                "F2 begins a call: the number, a digit for the category.\n"
                "Ctrl+D reads an answer, Ctrl+B promises a call back, Ctrl+T makes a task.\n"
                "Ctrl+Enter saves all of it and begins the next call."
            ),
            N_("New call"),
            self.new_wanted.emit,
        )

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_list(self) -> None:
        """↓ from the entry strip."""
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, chosen: CallFilter) -> None:
        """Narrow the list."""
        self.chosen = chosen
        self.buttons[chosen].setChecked(True)
        self._ask()

    def clear_filter(self) -> None:
        """Show all calls again."""
        self.search.clear()
        self.choose(CallFilter.ALL)

    def note_saved(self, call: str, number: str) -> None:
        """A call was just saved: where the filter hides it, the list says so."""
        self._outside.pop(call, None)
        self._outside[call] = number
        self._look_outside()

    def show_hidden(self) -> None:
        """Show all calls if the list says that it hides some."""
        if self._outside:
            self.clear_filter()

    def show_call(self, call: str) -> None:
        """Make that call the current row; a filter that hides it is taken away."""
        if not self.list.view.select_record(call) and self._is_filtered():
            self.clear_filter()
            self.list.view.select_record(call)

    def _look_outside(self) -> None:
        """Which of the calls just saved the filter hides; those that are gone count no more."""
        hidden: dict[str, str] = {}
        for call, number in self._outside.items() if self._is_filtered() else ():
            same, query = Condition("id", "=", call), self._query()
            try:
                shown = self._session.count(query.but(where=(*query.where, same)))
                stored = self._session.count(Query(inquiry.NAME, where=(same,)))
            except UserError as error:
                self.context.messages.show_error(error)
                return
            if stored and not shown:
                hidden[call] = number
        self._outside = dict(list(hidden.items())[-MOST_NAMED:])
        self._say_hidden()

    def _say_hidden(self) -> None:
        words = _("Hidden by the filter: {numbers} · Show all (Esc)")
        numbers = _(", ").join(self._outside.values())
        self.hidden_button.setText(words.format(numbers=numbers))
        self.hidden_button.setAccessibleName(self.hidden_button.text())
        self.hidden_button.setVisible(bool(self._outside))

    def refresh(self) -> None:
        """F5."""
        self._ask()
        self.model.reload()
        self.counts.ask()

    def close_counts(self) -> None:
        """Before the session is closed."""
        self._aging.stop()
        self._typing.stop()
        self.counts.close()

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the end of the bar."""
        button.setProperty("small", True)
        self._bar.addWidget(button)
        self._ends.append(button)
        self._order_tab()

    def _order_tab(self) -> None:
        """As one reads: the search stands beside the filters, or below them in a narrow list."""
        bar = [*self._ends, self.search] if self._narrow else [self.search, *self._ends]
        chain = [
            *self.buttons.values(),
            *bar,
            self.hidden_button,
            self.list.view,
            self.list.state.button,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.search.setPlaceholderText(_("Search phone, name, request  Ctrl+F"))
        self.search.setAccessibleName(_("Search calls"))
        for chosen, button in self.buttons.items():
            count = self._counts.get(chosen)
            label = _(LABELS[chosen])
            button.setText(label if count is None else f"{label} {count:,}")
            button.setAccessibleName(_("Show: {what}").format(what=button.text()))
        if self._counts:
            self.summary.setText(
                _("Today {today} · open {open} · overdue {overdue}").format(
                    today=self._counts["today"],
                    open=self._counts["open"],
                    overdue=self._counts[CallFilter.OVERDUE],
                )
            )
        self._say_hidden()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search box: Esc empties it, ↓ and Enter go into the list."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._typing.stop()
            self._ask()
            self.focus_list()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the list shows all calls again."""
        if event.key() == Qt.Key.Key_Escape and self._is_filtered():
            self.clear_filter()
            return
        super().keyPressEvent(event)

    def _is_filtered(self) -> bool:
        return bool(self.search.text().strip()) or self.chosen != CallFilter.ALL

    def _query(self) -> Query:
        text = self.search.text().strip()
        return query_of(self.chosen, self._mine, self._session.clock.now_ms(), text)

    def _ask(self) -> None:
        self.model.set_query(self._query().but(order=self.model.query.order))
        if self._outside:
            self._look_outside()

    def _age(self) -> None:
        """Time passed: more may be overdue, and the minutes shown have grown."""
        if self.chosen is CallFilter.OVERDUE:
            self._ask()
        self.list.view.viewport().update()
        self.counts.ask()

    def _arrived(self, counted: Counted) -> None:
        self._counts = dict(counted.found)
        self.retranslate()
        self.overdue_changed.emit(counted.found[CallFilter.OVERDUE])
        if counted.mine != self._mine:
            self._mine = counted.mine
            if self.chosen is CallFilter.MINE:
                self._ask()

    def _changed(self, changes: ChangeSet) -> None:
        if "inquiry" in changes.kinds:
            self.counts.ask()
            if self._outside:
                self._look_outside()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._ask)
        self._aging.timeout.connect(self._age)
        self.counts.answered.connect(self._arrived)
        self.context.bridge.changed.connect(self._changed)
        self.list.view.opened.connect(self.opened)
        self.hidden_button.clicked.connect(lambda _checked=False: self.show_hidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow list the search box goes below the filters."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Nothing in the bar is cut short: not what is counted, not the words of the box."""
        needed = sum(button.sizeHint().width() + theme.px(4) for button in self.buttons.values())
        needed += self.summary.fontMetrics().horizontalAdvance(self.summary.text()) + theme.px(16)
        narrow = needed + theme.px(SEARCH_ROOM) > self.width()
        if narrow != self._narrow:
            self._narrow = narrow
            self._order_tab()
            for at, widget in enumerate((self.summary, self.search)):
                if narrow:
                    self._below.addWidget(widget, 1)
                else:
                    self._bar.insertWidget(1 + at, widget, at)

    def _lay_out(self) -> None:
        bar, self._below = QHBoxLayout(), QHBoxLayout()
        self._bar, self._narrow = bar, False
        column = QVBoxLayout(self)
        # Placed while they are empty: the items of a full one would stay known to Python after
        # the widgets have moved, and be taken for whatever comes to lie at their address.
        column.addLayout(bar)
        column.addLayout(self._below)
        self.hidden_button.setObjectName("hotline.hidden")
        self.hidden_button.setProperty("small", True)
        self.hidden_button.hide()
        column.addWidget(self.hidden_button, 0, Qt.AlignmentFlag.AlignLeft)
        bar.setSpacing(theme.px(8))
        group, filters = QButtonGroup(self), QWidget(self)
        flow = FlowLayout(filters, gap=theme.px(3))  # in large letters they take two rows
        bar.addWidget(filters, 0, Qt.AlignmentFlag.AlignVCenter)
        for chosen in CallFilter:
            button = ToggleButton(filters)
            button.setObjectName(f"hotline.filter.{chosen}")
            button.setProperty("small", True)
            button.setChecked(chosen == self.chosen)
            button.clicked.connect(lambda _checked=False, chosen=chosen: self.choose(chosen))
            group.addButton(button)
            self.buttons[chosen] = button
            flow.addWidget(button)
        bar.addWidget(self.summary)
        bar.addWidget(self.search, 1)
        bar.addStretch(0)
        column.setContentsMargins(*[theme.px(8)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(self.list, 1)
