"""The list of resources, or what is said in its place, and below it the strip for taking."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import resource
from bankcc.i18n import _
from ui import theme
from ui.context import UiContext
from ui.dialogs import files
from ui.resources.rows import ResourceRow
from ui.resources.stock_strip import StockStrip
from ui.resources.view import ResourceView
from ui.widgets.state_view import State, StateView


class ResourceArea(QWidget):
    """`list`, `state`, `stock`. `begin(path or nothing)` brings a table in, `clear` empties the
    filter, `again` reads once more."""

    def __init__(
        self,
        context: UiContext,
        parent: QWidget | None = None,
        *,
        begin: Callable[..., object],
        clear: Callable[[], object],
        again: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._context, self._writes = context, context.session.can_write
        self._begin, self._clear, self._again = begin, clear, again
        self._rows: Sequence[ResourceRow] | None = None
        self._narrowed = False
        self._error: UserError | None = None
        self.list = ResourceView(context, self)
        self.state = StateView(self)
        self.stock = StockStrip(context, self)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._pages, 1)
        column.addWidget(self.stock)
        self.stock.left.connect(self.focus)
        self.list.retranslate()
        self._look()

    def show_rows(self, rows: Sequence[ResourceRow], *, narrowed: bool) -> None:
        """Show these; `narrowed`: something was left out."""
        self._rows, self._narrowed, self._error = rows, narrowed, None
        self.list.show_rows(rows)
        self._look()

    def show_error(self, error: UserError) -> None:
        """It could not be read. What was read before stays in sight."""
        self._error = error
        self._look()

    def focus(self) -> None:
        """Give the keys to the list, or to the way out."""
        shown = self._pages.currentWidget() is self.list
        target = self.list if shown else self.state.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        waits = self._rows is None and self._error is None
        page = self.list if self._rows or waits else self.state
        if page is self.state:
            self._say()
        if self._pages.currentWidget() is not page:
            # The application's focus: a widget's own would be the child that had it last.
            focused = QApplication.focusWidget()
            had_focus = focused is not None and self.isAncestorOf(focused)
            self._pages.setCurrentWidget(page)
            if had_focus:
                self.focus()

    def _say(self) -> None:
        """Why there is nothing, and the next step."""
        say = self.state.show_state
        if self._error is not None:
            hint = " ".join(filter(None, (self._error.safe, self._error.next_step)))
            say(State.ERROR, self._error.what, hint, action=_("Try again"), act=self._again)
        elif self._narrowed:
            words = _("Nothing matches the filter")
            say(State.FILTERED, words, action=_("Clear filter (Esc)"), act=self._clear)
        elif self._writes:
            hint = _("Drop a table (.xlsx, .csv) here, or enter the first one with Ctrl+N.")
            words = _("No resources are entered yet")
            template = {"other": _("Save template…"), "other_act": self._save_template}
            say(State.EMPTY, words, hint, action=_("Import…"), act=self._begin, **template)
        else:
            hint = _("The center is open for reading only.")
            words = _("No resources are entered yet")
            say(State.READ_ONLY, words, hint, action=_("Refresh"), act=self._again)

    def _save_template(self) -> None:
        files.save_template(self._context, resource.NAME, self.window())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.list.retranslate()
            self._look()
        super().changeEvent(event)
