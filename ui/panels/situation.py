"""The situation at a glance: five cards, two charts, what waits for a decision, the timeline.

Rule: it answers without scrolling and without a key what is late, whether calls rise, whether there
are people enough and what a leader must decide; and it says how old it is.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.reports.current import SituationFigures, situation_figures
from bankcc.session import ChangeSet
from ui import theme
from ui.actions import ActionId
from ui.background_read import BackgroundRead
from ui.in_steps import PanelInSteps
from ui.situation import charts
from ui.situation.card import SituationCard
from ui.situation.charts import CallsChart, FlowChart, PlotCard
from ui.situation.list import BEHIND, SituationList
from ui.situation.timeline_strip import TimelineStrip
from ui.situation.waiting_list import WaitingList
from ui.situation.words import cards_of, incident_line, span
from ui.theme import Level
from ui.turns import in_turn
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.state_view import State, StateView

ROOM_FOR_TWO = 560
"""From so many pixels (at 100 %) on, both charts are in sight at once."""
AGING_MS = 30_000
CHARTS_AFTER_MS, CHARTS_PAUSE_MS = 150, 20
"""The library of the charts is loaded bit by bit."""
PAUSE_MS = 250
"""What changes is counted at most four times a second."""
STALE_MS = 120_000
SHOWN = frozenset(
    {"inquiry", "task", "post", "person", "attendance", "answer-card", "incident", "center"}
)
"""Kinds of record that the figures are counted from."""


class SituationPanel(PanelInSteps):
    """What the window offers by key is offered here: `start`, `refresh`, `focus_filter`,
    `add_new`, `open_record`, `key_hints`, `flush`."""

    waiting_changed = Signal(int)
    """How many decisions wait, for the navigation."""

    def _make(self) -> Iterator[None]:
        context = self.context
        self.setObjectName("situation")
        self.figures: SituationFigures | None = None
        self._error: UserError | None = None
        self._dirty = True
        self._came_from = 0
        asked = context.jobs, _("Counting"), self._question, self
        self.feed = BackgroundRead(*asked, quiet=True, pause_ms=PAUSE_MS)
        self.overview, self.behind = QWidget(self), SituationList(context, self)
        yield
        self.state = StateView(self)
        self.level = Chip(Level.NEUTRAL, "", self.overview)
        self.facts = ElidedLabel("", self.overview)
        self.warning = Chip(Level.CRITICAL, "", self.overview)
        self.age = PlainLabel("", self.overview, role="meta")
        names = (f"situation.card.{behind.name}" for behind in BEHIND)
        self.cards = [SituationCard(name, self.overview) for name in names]
        yield
        self.calls = CallsChart("situation.calls", self.overview)
        self.flow = FlowChart("situation.flow", self.overview)
        self._chart: PlotCard = self.calls
        # What stands there without them is painted first.
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self._load_charts)
        yield
        self.waiting = WaitingList(self.overview, context=context)
        self.timeline = TimelineStrip(context, self.overview)
        self._aging = QTimer(self, interval=AGING_MS)
        yield
        self._lay_out()
        self._connect()
        self._aging.start()
        self.retranslate()

    # -- what the window asks for ----------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown: Enter opens what is late."""
        if self.pages.currentWidget() is self.overview:
            self.cards[self._came_from].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.pages.currentWidget() is self.state:
            self.state.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """F5."""
        self.feed.read()
        self.timeline.refresh()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._show_overview()
        self.timeline.focus_chips()

    def add_new(self) -> None:
        """Ctrl+N: an entry of the timeline."""
        self._show_overview()
        self.timeline.focus_entry()

    def open_record(self, _kind: str, record: str) -> None:
        """Show an entry of the timeline."""
        self._show_overview()
        self.timeline.select(record)

    def key_hints(self) -> str:
        """The keys that work here."""
        return _(
            "Enter open the list · Esc back · Ctrl+N add an entry · Ctrl+F filter · F5 refresh"
        )

    def flush(self) -> None:
        """Before the window closes."""
        self._aging.stop()
        self.feed.close()
        self.timeline.flush()
        self.waiting.flush()

    # -- figures ---------------------------------------------------------------------------------

    def pieces(self) -> list[Callable[[], object]]:
        """What is made when it is first wanted, to be made before that."""
        return [lambda: self.waiting.decision]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._dirty = False
            self.feed.read()
        if self.calls.canvas is None:
            self._soon.start(CHARTS_AFTER_MS)

    def _question(self) -> Callable[[], SituationFigures]:
        session = self.context.session
        return lambda: situation_figures(session)

    def _ask(self) -> None:
        """Count again; while nobody looks, only note that it is to be done."""
        if self.isVisible():
            self.feed.ask()
        else:
            self._dirty = True

    def _changed(self, changes: ChangeSet) -> None:
        if changes.kinds & SHOWN:
            self._ask()
        self.timeline.refresh(changes)

    def _age(self) -> None:
        """Time passed: spans have grown, something may be late now."""
        self._ask()
        self._say()

    def _arrive(self, figures: SituationFigures) -> None:
        self.figures, self._error = figures, None
        self.waiting_changed.emit(len(figures.waiting))
        self.behind.follow(figures)
        self._say()
        for show in (self._draw_calls, self._draw_flow, self._list_waiting):
            in_turn(self, show)
        self._look()

    def _draw_calls(self) -> None:
        self.calls.show_buckets(self.figures.buckets)

    def _draw_flow(self) -> None:
        self.flow.show_flow(self.figures.flow)

    def _list_waiting(self) -> None:
        self.waiting.show_items(self.figures.waiting)

    def _fail(self, error: UserError) -> None:
        self._error = error
        self._say()
        self._look()

    def _say(self) -> None:
        """Put the figures into words, by the clock as it stands. A chip that comes or goes lets Qt
        lay out all that is around it: not all of them in one go."""
        for say in (self._say_cards, self._say_line):
            in_turn(self, say)

    def _say_cards(self) -> None:
        if self.figures is not None:
            words = cards_of(self.figures, self.context.session.clock.now_ms())
            for card, said in zip(self.cards, words, strict=True):
                card.show_words(said)

    def _say_line(self) -> None:
        figures, now = self.figures, self.context.session.clock.now_ms()
        if figures is None:
            return
        level, word, facts = incident_line(figures, now)
        drill = _("Drill") + " · " if figures.incident and figures.incident.is_drill else ""
        self.level.set_status(Level.DRILL if drill else level, drill + word)
        self.facts.setText(facts)
        old = now - figures.at
        stale = self._error is not None or abs(old) > STALE_MS
        self.warning.set_status(
            Level.WARNING, _("Figures not updated for {span}").format(span=span(abs(old)))
        ) if stale else self.warning.set_status(Level.WARNING, "")
        self.warning.setToolTip(self._error.what if self._error else "")
        words = _("Live · updated {time}") if not stale else _("As of {time}")
        shown = words.format(time=f"{local(figures.at):%H:%M:%S}")
        if not self.context.session.can_write:
            shown = _("Read only") + " · " + shown
        self.age.setText(shown)
        for card in self.cards:
            card.set_stale(stale)

    # -- what is shown ---------------------------------------------------------------------------

    def _look(self) -> None:
        """The overview, or why there is none."""
        if self.figures is None and self._error is not None:
            hint = " ".join(filter(None, (self._error.safe, self._error.next_step)))
            self.state.show_state(
                State.ERROR, self._error.what, hint, action=_("Try again"), act=self.refresh
            )
            self._show_page(self.state)
        elif self.figures is not None and self.figures.is_blank:
            self._say_empty()
            self._show_page(self.state)
        elif self.pages.currentWidget() is self.state:
            self._show_page(self.overview)

    def _say_empty(self) -> None:
        window = self.context.window()
        action = None
        for wanted in (ActionId.GO_INCIDENT, ActionId.NEW_CALL):
            found = window.findChild(QAction, str(wanted)) if window else None
            action = action or found
        self.state.show_state(
            State.EMPTY,
            _("No emergency has been activated yet"),
            _("Open an incident, or press F2 to log the first call. The picture fills by itself."),
            action=f"{action.text()} {action.shortcut().toString()}" if action else _("Refresh F5"),
            act=action or self.refresh,
        )

    def _show_page(self, page: QWidget) -> None:
        if self.pages.currentWidget() is page:
            return
        # Not `self.focusWidget()`: that is who had the focus here last, long ago perhaps.
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.pages.setCurrentWidget(page)
        if had_focus:
            self.start()

    def _show_overview(self) -> None:
        if self.pages.currentWidget() is self.behind:
            self.behind.close_list()
            self._show_page(self.overview)

    def _open_card(self, at: int) -> None:
        if self.figures is not None:
            self._came_from = at
            self.pages.setCurrentWidget(self.behind)
            self.behind.show_behind(BEHIND[at], self.figures)

    def _leave_list(self) -> None:
        self._show_overview()
        self.cards[self._came_from].setFocus(Qt.FocusReason.OtherFocusReason)

    def _load_charts(self) -> None:
        try:
            ready = charts.load_step()
        except ImportError:
            for chart in (self.calls, self.flow):
                chart.table_only()
            return
        if ready:
            self._draw_next()
        else:
            self._soon.start(CHARTS_PAUSE_MS)

    def _draw_next(self) -> None:
        """One chart at a time, so that keys are answered between them."""
        for chart in (self.calls, self.flow):
            if chart.canvas is None:
                chart.prepare()
                QTimer.singleShot(0, self, self._draw_next)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for two charts, one of them, and a button for the other."""
        cramped = self.height() < theme.px(ROOM_FOR_TWO)
        for column, share in enumerate((1, 1) if cramped else (4, 3)):
            self._body.setStretch(column, share)
        for chart in (self.calls, self.flow):
            chart.other.setVisible(cramped)
            chart.setVisible(not cramped or chart is self._chart)

    def _swap_charts(self) -> None:
        self._chart = self.flow if self._chart is self.calls else self.calls
        self._fit()
        self._chart.other.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys, words, layout ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → go from card to card."""
        step = (event.key() == Qt.Key.Key_Right) - (event.key() == Qt.Key.Key_Left)
        focused = self.focusWidget()
        if step and focused in self.cards:
            at = (self.cards.index(focused) + step) % len(self.cards)
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force; category names are counted under their words."""
        self.setAccessibleName(_("Situation"))
        for card, behind in zip(self.cards, BEHIND, strict=True):
            card.setAccessibleName(_(behind.title))  # until the first figures say more
        self._say()
        self._look()
        if self.figures is not None:
            self._ask()

    def _connect(self) -> None:
        self.feed.answered.connect(self._arrive)
        self.feed.failed.connect(self._fail)
        self._aging.timeout.connect(self._age)
        self.context.bridge.changed.connect(self._changed)
        for at, card in enumerate(self.cards):
            card.clicked.connect(lambda _checked=False, at=at: self._open_card(at))
        for chart in (self.calls, self.flow):
            chart.other_wanted.connect(self._swap_charts)
        theme.hub().changed.connect(self._fit)
        self.waiting.decided.connect(self._ask)
        self.behind.left.connect(self._leave_list)
        for source in (self.behind, self.waiting, self.timeline):
            source.opened.connect(self.context.open_record)

    def _lay_out(self) -> None:
        gap = theme.px(8)
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.level)
        head.addWidget(self.facts, 1)
        head.addWidget(self.warning)
        head.addWidget(self.age)
        row = QHBoxLayout()
        row.setSpacing(gap)
        for card in self.cards:
            row.addWidget(card, 1)
        # No grid: what comes into sight while it is laid out would take the room of the left half.
        body = QHBoxLayout()
        body.setSpacing(gap)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, widgets in (
            (left, ((self.calls, 3), (self.flow, 2))),
            (right, ((self.waiting, 0), (self.timeline, 1))),
        ):
            column.setSpacing(gap)
            for widget, stretch in widgets:
                column.addWidget(widget, stretch)
        body.addLayout(left)
        body.addLayout(right)
        self._body = body
        whole = QVBoxLayout(self.overview)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(gap)
        whole.addLayout(head)
        whole.addLayout(row)
        whole.addLayout(body, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
        self.pages = QStackedLayout()
        around.addLayout(self.pages)
        for page in (self.overview, self.behind, self.state):
            self.pages.addWidget(page)
