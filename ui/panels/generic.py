"""The panel of any kind of record, made from its declaration: filter, list, form, files in and out.

A kind whose work does not fit gets a panel of its own, not a flag here.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import timeline
from bankcc.i18n import N_, _, ngettext
from bankcc.schema.change import Action, Change, Desk, Verb
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Receipt
from ui import actions, icons, theme
from ui.actions import ActionId
from ui.context import UiContext
from ui.dialogs import files
from ui.in_steps import PanelInSteps
from ui.records.cell_text import is_derived
from ui.records.filter_bar import FilterBar
from ui.records.form import RecordForm
from ui.records.record_list import Empty, RecordList
from ui.records.record_table import RecordTableModel
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel
from ui.widgets.read_only_band import ReadOnlyBand
from ui.widgets.table_drop import TableDrop

DETAIL_WIDTH = 380
NARROWEST_LIST = 320
MOST_DELETED = 200


class GenericPanel(PanelInSteps):
    """Shows the records of one kind. What the window calls: `start`, `focus_filter`, `refresh`,
    `add_new`, `open_record`, `key_hints`, `flush`."""

    def __init__(
        self,
        context: UiContext,
        kind: str,
        parent: QWidget | None = None,
        *,
        at_once: bool = True,
    ) -> None:
        self.kind = context.session.kind(kind)
        super().__init__(context, parent, at_once=at_once)

    def _make(self) -> Iterator[None]:
        context, kind = self.context, self.kind.name
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fit)
        self.setObjectName(kind)
        self._listed = self._wanted = ""
        self._place = f"panel.{kind}"
        self.title = PlainLabel("", self, role="page")
        self.count = PlainLabel("", self, role="meta")
        words = N_("Read only: entries can be looked up here, none can be changed.")
        self.band = ReadOnlyBand(words, self, read_only=not self.session.can_write)
        self.filter = FilterBar(self.kind, self)
        # Entries that follow from operations have no number of their own.
        columns = self.kind.columns if kind == timeline.NAME else ("number", *self.kind.columns)
        self.model = RecordTableModel(context, Query(kind), columns, self)
        self.list = RecordList(
            self.model,
            self._empty(),
            filtered=lambda: self.filter.active,
            clear_filter=self.filter.clear,
            frozen=True,
            parent=self,
        )
        yield
        self.form = RecordForm(context, kind, self)
        yield
        self.buttons = {act: self._button(act) for act in self._offered()}
        self._lay_out()
        self._add_keys()
        self._connect()
        self._order_tab()
        self._restore()
        if self.kind.importable and self.session.can_write:
            TableDrop(self, lambda path: self.import_file(path))
        if not self.session.can_write:
            for writing in (ActionId.NEW, ActionId.IMPORT):
                if writing in self.buttons:
                    self.buttons[writing].setEnabled(False)
            self.delete_action.setEnabled(False)
        self.retranslate()
        self._show_current(self.list.view.record())

    def _empty(self) -> Empty:
        if not self.session.can_write:
            hint = N_("The center is open for reading only.")
            return Empty(N_("Nothing here yet"), hint, N_("Refresh"), self.refresh)
        if self.kind.importable:
            hint = N_("Drop a table (.xlsx, .csv) here, or enter the first one with Ctrl+N.")
            nothing, template = N_("Nothing here yet"), N_("Save template…")
            bring = (N_("Import…"), self.import_file)
            return Empty(nothing, hint, *bring, template, self.save_template)
        hint = N_("Enter the first one with Ctrl+N.")
        return Empty(N_("Nothing here yet"), hint, N_("New"), self.add_new)

    def _offered(self) -> Sequence[ActionId]:
        files = [ActionId.IMPORT] if self.kind.importable else []
        return [ActionId.NEW, *files, ActionId.EXPORT, ActionId.REPORT_LIST, ActionId.REPORT]

    def _acts(self) -> dict[ActionId, object]:
        return {
            ActionId.NEW: self.add_new,
            ActionId.IMPORT: self.import_file,
            ActionId.EXPORT: self.export_file,
            ActionId.REPORT_LIST: self.print_list,
            ActionId.REPORT: self.print_situation,
        }

    def _button(self, action: ActionId) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"panel.{action}")
        act = self._acts()[action]
        made.clicked.connect(lambda _checked=False: act())
        if action is ActionId.NEW:
            made.setProperty("kind", "primary")
            icons.put(made, actions.SPECS[action].icon, "on_primary")
        else:
            icons.put(made, actions.SPECS[action].icon)
        return made

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.title)
        top.addWidget(self.count)
        top.addStretch(1)
        for button in self.buttons.values():
            top.addWidget(button)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.form)
        self.split.setStretchFactor(0, 1)
        self.list.setMinimumWidth(theme.px(NARROWEST_LIST))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(top)
        column.addWidget(self.band)
        column.addWidget(self.filter)
        column.addWidget(self.split, 1)

    def _order_tab(self) -> None:
        """Tab goes as one reads: from the buttons through the filter and the list to the form."""
        chain = [*self.buttons.values(), *self.filter.stops(), self.list.view]
        chain += [self.list.state.button, self.list.state.other, *self.form.stops()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.DETAIL, self, self.toggle_detail, context=within)
        self.delete_action: QAction = actions.create(
            ActionId.DELETE, self.list.view, self.delete, context=within
        )
        self.list.view.menu_actions.append(self.delete_action)

    def _connect(self) -> None:
        self.filter.changed.connect(self._filter)
        self.filter.left.connect(self.list.setFocus)
        view = self.list.view
        view.opened.connect(self._open)
        view.current_record.connect(self._show_current)
        self.list.count_changed.connect(lambda _count: self._show_count())
        self.model.loading_changed.connect(lambda _loading: self._show_count())
        self.model.filled.connect(self._select_wanted)
        self.form.left.connect(lambda: self.list.setFocus())
        self.form.saved.connect(self._saved)
        self.split.splitterMoved.connect(lambda _at, _index: self._remember())

    # -- what the window calls -------------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown."""
        self.list.setFocus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.filter.text.setFocus()
        self.filter.text.selectAll()

    def refresh(self) -> None:
        """F5."""
        self.model.reload()

    def add_new(self) -> None:
        """Ctrl+N: an empty form."""
        if not self.session.can_write:
            return
        self._show_detail(True)
        self.form.flush()
        self.form.new()
        self.form.start()

    def open_record(self, kind: str, record: str) -> None:
        """Show one record, in the list too if the filter lets it through."""
        try:
            found = self.session.get(kind, record)
        except UserError as error:
            self.context.messages.show_error(error)
            return
        self._show_detail(True)
        if self.model.position(found.id) < 0:
            self.filter.clear()
        self.list.view.select_record(found.id)
        self._listed = found.id
        self.form.show_record(found)

    def key_hints(self) -> str:
        """The keys that work here."""
        if not self.session.can_write:
            return _("↑↓ choose · Ctrl+F search · Ctrl+I details")
        return _("Ctrl+N new · Enter edit · Ctrl+F filter · Ctrl+I details · Ctrl+C copy rows")

    def flush(self) -> None:
        """Before the window closes."""
        self.form.flush()
        self.list.view.memory.save()

    # -- list and form ---------------------------------------------------------------------------

    def _filter(self) -> None:
        self.filter.look()
        self.model.set_query(self.filter.query(self.model.query))
        self._show_count()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        entries = ngettext("{count} entry", "{count} entries", count)
        words = _("{count} shown") if self.filter.active else entries
        text = words.format(count=f"{count:,}")
        loading = _("Loading…") if self.model.loading else ""
        self.count.setText(f"{text} {loading}".strip())

    def _show_current(self, record: Record | None) -> None:
        """The row the keys stand on is shown beside the list. A form that was begun is not taken
        away by a row that merely changed."""
        if record is None or record.id == self._listed:
            return
        self._listed = record.id
        self.form.flush()
        self.form.show_record(record)

    def _open(self, record: Record) -> None:
        self._show_detail(True)
        self._listed = record.id
        self.form.show_record(record)
        self.form.start()

    def _saved(self, receipt: Receipt) -> None:
        """The new record becomes the current row as soon as the list has it."""
        self._wanted = next((m.id for m in receipt.made if m.kind == self.kind.name), "")

    def _select_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted and self.form.record is not None and self.form.record.id == wanted:
            self._listed = wanted
            self.list.view.select_record(wanted)

    def delete(self) -> None:
        """Hide the selected records; undo brings them back."""
        records = [record for record in self.list.view.selected() if not is_derived(record)]
        if not records:
            return
        if len(records) > MOST_DELETED:
            words = _("At most {count} records are deleted at once; nothing was deleted.")
            self.context.messages.say(Level.WARNING, words.format(count=MOST_DELETED))
            return
        ids = [record.id for record in records]
        name = self.kind.name

        def plan(_desk: Desk) -> Sequence[Change]:
            return [Change(name, Action.DELETE, record) for record in ids]

        said = _("Deleted {count}: {number}").format(count=len(ids), number=records[0].number)
        self.context.execute(Verb(f"{name}.delete", plan), said=said)

    def toggle_detail(self) -> None:
        """Ctrl+I."""
        self._show_detail(self.form.isHidden())
        if self.form.isHidden():
            self.list.setFocus()

    def _show_detail(self, shown: bool) -> None:
        if shown == self.form.isHidden():
            self.form.setVisible(shown)
            self._remember()

    def _restore(self) -> None:
        kept = self.session.local.value(self._place) or {}
        self.form.setVisible(bool(kept.get("detail", True)))
        wide = theme.px(max(DETAIL_WIDTH // 2, int(kept.get("width", DETAIL_WIDTH))))
        self.split.setSizes([theme.px(900), wide])

    def _remember(self) -> None:
        if not self.session.can_write:
            return
        sizes = self.split.sizes()
        width = round(sizes[1] / theme.hub().scale) or DETAIL_WIDTH
        body = {"detail": not self.form.isHidden(), "width": width}
        try:
            self.session.local.set_value(self._place, body)
        except UserError as error:
            self.context.refused(error)

    # -- files -----------------------------------------------------------------------------------

    def save_template(self) -> QDialog:
        """An empty table to fill in."""
        return files.save_template(self.context, self.kind.name, self)

    def import_file(self, path: Path | None = None) -> QDialog:
        """Bring in a table."""
        return files.import_file(self.context, self.kind.name, path, self.window())

    def export_file(self) -> QDialog:
        """Write the list as it is filtered now."""
        return files.export_file(self.context, self.model.query, self.window())

    def print_list(self) -> QDialog:
        """A PDF of the list as it is filtered now."""
        return files.print_list(self.context, self.model.query, self.window())

    def print_situation(self) -> QDialog:
        """A PDF of the situation."""
        return files.print_situation(self.context, self.window())

    # -- keys and words --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P here only where the window has no such command of its own."""
        if event.key() == Qt.Key.Key_Escape and self.filter.active:
            self.filter.clear()
        elif event.key() == Qt.Key.Key_P and (
            event.modifiers() == Qt.KeyboardModifier.ControlModifier
        ):
            self.print_situation()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_(self.kind.plural))
        self.setAccessibleName(_(self.kind.plural))
        self._fit()
        for action, button in self.buttons.items():
            button.setToolTip(actions.tip_of(action))
            button.setAccessibleName(actions.text_of(action))
        actions.retranslate(self.actions() + self.list.view.actions())
        self._show_count()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Whatever changes the room of the buttons: their words, the letters, the count."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return super().event(event)

    def _fit(self) -> None:
        """Buttons without their keys where both have no room; the tooltips name them always."""
        grown = sum(
            _width(button, actions.label_of(action)) - _width(button, button.text())
            for action, button in self.buttons.items()
        )
        room = self._top.geometry().width()
        roomy = not room or self._top.sizeHint().width() + grown <= room
        for action, button in self.buttons.items():
            text = actions.label_of(action) if roomy else actions.text_of(action)
            if button.text() != text:
                button.setText(text)


def _width(button: QPushButton, words: str) -> int:
    return button.fontMetrics().horizontalAdvance(words)
