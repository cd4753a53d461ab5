"""The rows of the roster, and what stands there instead: loading, nobody yet, nobody fits."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedLayout, QWidget

from bankcc.i18n import _
from ui.roster.feed import RosterFeed
from ui.roster.table import RosterTable
from ui.roster.view import RosterView
from ui.widgets.state_view import State, StateView


class RosterRows(QWidget):
    """`view` over the table, or `state`. `bring_in` is offered where there is nobody yet (None for
    a reader), `clear` where a filter hides everybody."""

    def __init__(
        self,
        feed: RosterFeed,
        table: RosterTable,
        clear: Callable[[], object],
        bring_in: Callable[[], object] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._feed, self._table = feed, table
        self._clear, self._bring_in = clear, bring_in
        self.template: Callable[[], object] | None = None
        """Saves an empty contact list; offered beside `bring_in`."""
        self.view = RosterView(table, self)
        self.state = StateView(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.state)
        self._stack.addWidget(self.view)

    @property
    def ready(self) -> bool:
        """Whether the roster was read and holds somebody."""
        return self._feed.loaded and self._feed.error is None and bool(self._feed.roster.places)

    def look(self) -> None:
        """Show the rows, or why there are none."""
        feed = self._feed
        if feed.error is not None:
            hint = " ".join(filter(None, (feed.error.safe, feed.error.next_step)))
            again = feed.reload
            self.state.show_state(
                State.ERROR, feed.error.what, hint, action=_("Try again"), act=again
            )
        elif not feed.loaded:
            self.state.show_state(State.LOADING)
        elif not feed.roster.places:
            self._say_empty()
        elif not self._table.places:
            self.state.show_state(
                State.FILTERED,
                _("Nobody matches the filter"),
                action=_("Clear filter (Esc)"),
                act=self._clear,
            )
        self._show(self.view if self.ready and self._table.places else self.state)

    def focus_rows(self) -> None:
        """Put the keys on the rows, or on the way out where there are none."""
        shows = self._stack.currentWidget() is self.view
        (self.view if shows else self.state.button).setFocus()

    def _say_empty(self) -> None:
        if self._bring_in is None:
            self.state.show_state(State.EMPTY, _("No people yet"))
            return
        hint = _(
            "Drop the contact list (.xlsx, .csv) here: people, posts and backups are filled from"
            " it. Or enter the first person with Ctrl+N."
        )
        self.state.show_state(
            State.EMPTY,
            _("No people yet"),
            hint,
            action=_("Import…"),
            act=self._bring_in,
            other=_("Save template…") if self.template else "",
            other_act=self.template,
        )

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if before is page:
            return
        focus = self.focusWidget()
        had_focus = focus is not None and before.isAncestorOf(focus)
        self._stack.setCurrentWidget(page)
        if had_focus:
            self.focus_rows()
