"""A list, and what it says instead of rows: loading, empty, nothing matches, error.

Rule: an area without rows always says why and what to do next, and the keyboard focus stays in it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from bankcc.i18n import _
from ui.records.record_table import RecordTableModel
from ui.records.record_view import RecordView
from ui.widgets.state_view import State, StateView

LOADING_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says. Texts are message ids, so that they follow the language."""

    text: str
    hint: str = ""
    action: str = ""
    act: Callable[[], object] | QAction | None = None
    other: str = ""
    other_act: Callable[[], object] | None = None


class RecordList(QWidget):
    """`view` over the model, or a `StateView` in its place. `clear_filter` empties the filter and
    `filtered()` says whether there is one. `count_changed(int)`: rows shown."""

    count_changed = Signal(int)

    def __init__(
        self,
        model: RecordTableModel,
        empty: Empty,
        *,
        filtered: Callable[[], bool] = lambda: False,
        clear_filter: Callable[[], object] | None = None,
        place: str = "",
        frozen: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._empty, self._filtered, self._clear_filter = empty, filtered, clear_filter
        self.view = RecordView(model, self, place=place, frozen=frozen)
        self.state = StateView(self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.state)
        self._patience = QTimer(self, singleShot=True, interval=LOADING_AFTER_MS)
        self._patience.timeout.connect(self.look)
        model.filled.connect(self.look)
        model.failed.connect(lambda _error: self.look())
        model.loading_changed.connect(self._loading)
        self.look()
        if model.loading:
            self._patience.start()

    def look(self) -> None:
        """Show what there is to show."""
        count = self.model.rowCount()
        self.count_changed.emit(count)
        if self.model.error is not None:
            self._say_error()
        elif count:
            self._show(self.view)
        elif self.model.loading:
            self.state.show_state(State.LOADING)
            self._show(self.state)
        elif self._filtered():
            self._say_filtered()
        else:
            self._say_empty()

    def _say_error(self) -> None:
        error = self.model.error
        hint = " ".join(part for part in (error.safe, error.next_step) if part)
        self.state.show_state(
            State.ERROR, error.what, hint, action=_("Try again"), act=self.model.reload
        )
        self._show(self.state)

    def _say_filtered(self) -> None:
        action = _("Clear filter (Esc)") if self._clear_filter else ""
        self.state.show_state(
            State.FILTERED, _("Nothing matches the filter"), action=action, act=self._clear_filter
        )
        self._show(self.state)

    def _say_empty(self) -> None:
        empty = self._empty
        self.state.show_state(
            State.EMPTY,
            _(empty.text),
            _(empty.hint) if empty.hint else "",
            action=_(empty.action) if empty.action else "",
            act=empty.act,
            other=_(empty.other) if empty.other else "",
            other_act=empty.other_act,
        )
        self._show(self.state)

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if before is page:
            return
        # The window's caret, not the last child here that ever had it.
        caret = QApplication.focusWidget()
        had_focus = caret is not None and (before is caret or before.isAncestorOf(caret))
        self._stack.setCurrentWidget(page)
        if had_focus:
            self.setFocus()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the rows, or to the way out where there are none. No focus proxy: Tab would come to
        what it stands for as soon as it comes to the list, and leave out all in between."""
        shown = self._stack.currentWidget() is self.view
        (self.view if shown else self.state.button).setFocus(reason)

    def _loading(self, loading: bool) -> None:
        if loading:
            self._patience.start()
        else:
            self._patience.stop()
            self.look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.look()
        super().changeEvent(event)
