"""Resources: how ready each class is, what is missing, whose check is overdue; rounds of checks.

Rule: one key for each thing: Space checks, - takes, + puts back, Enter opens.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import resource
from bankcc.i18n import N_, _, ngettext
from bankcc.schema.change import delete
from bankcc.schema.query import Query
from bankcc.session import ChangeSet
from ui import actions, icons, theme
from ui.actions import ActionId
from ui.background_read import BackgroundRead
from ui.dialogs import files
from ui.in_steps import PanelInSteps
from ui.resources import rows as resource_rows
from ui.resources.area import ResourceArea
from ui.resources.check_round import RoundPage
from ui.resources.filter import ResourceFilter
from ui.resources.rows import Inventory, ResourceRow, class_name
from ui.resources.side import ResourceSide
from ui.widgets.files_menu import FilesMenu
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.read_only_band import ReadOnlyBand
from ui.widgets.table_drop import TableDrop

AGING_MS = 60_000
"""At midnight a check becomes overdue without any change."""


class ResourcePanel(PanelInSteps):
    """What the window calls: `start`, `focus_filter`, `refresh`, `add_new`, `open_record`,
    `key_hints`, `flush`. `waiting_changed(int)`: how many checks are overdue."""

    waiting_changed = Signal(int)

    def _make(self) -> Iterator[None]:
        context = self.context
        self.setObjectName("resource")
        self.inventory: Inventory | None = None
        self._dirty = True
        self._wanted = ""
        self.reading = BackgroundRead(context.jobs, _("Reading the list"), self._question, self)
        self.overview = QWidget(self)
        self.title = PlainLabel("", self.overview, role="page")
        self.count = ElidedLabel("", self.overview, role="meta")
        words = N_("Read only: you see the resources as they are; nothing here can be changed.")
        self.band = ReadOnlyBand(words, self.overview, read_only=not self.session.can_write)
        self.filter = ResourceFilter(self.overview)
        yield
        acts = {"begin": self.import_file, "clear": self.clear_filter, "again": self.refresh}
        self.area = ResourceArea(context, self.overview, **acts)
        if self.session.can_write:
            TableDrop(self.overview, self.import_file)
        self.list, self.stock = self.area.list, self.area.stock
        yield
        self.side = ResourceSide(context, self.overview)
        self.readiness, self.form = self.side.readiness, self.side.form
        yield
        self._add_buttons()
        self.round = RoundPage(context, self)
        self._aging = QTimer(self, interval=AGING_MS)
        yield
        self._lay_out()
        self._connect()
        self._order_tab()
        self.retranslate()

    def _add_buttons(self) -> None:
        self.check_button = self._button("resource.check", "clipboard-check", primary=True)
        self.new_button = self._button("resource.new", "plus")
        context = self.context
        acts = {
            ActionId.IMPORT: self.import_file,
            ActionId.EXPORT: lambda: files.export_file(context, self.query(), self.window()),
            ActionId.REPORT_LIST: lambda: files.print_list(context, self.query(), self.window()),
            ActionId.REPORT: lambda: files.print_situation(context, self.window()),
        }
        self.more = FilesMenu(self, acts, self.overview)

    def _button(self, name: str, icon: str, *, primary: bool = False) -> QPushButton:
        made = QPushButton(self.overview)
        made.setObjectName(name)
        made.setEnabled(self.session.can_write)
        if primary:
            made.setProperty("kind", "primary")
        icons.put(made, icon, "on_primary" if primary else "text")
        return made

    def _lay_out(self) -> None:
        gap = theme.px(8)
        top = QHBoxLayout()
        top.setSpacing(gap)
        top.addWidget(self.title)
        top.addWidget(self.count, 1)
        for button in (self.check_button, self.new_button, self.more):
            top.addWidget(button)
        body = QHBoxLayout()
        body.setSpacing(gap)
        body.addWidget(self.area, 1)
        body.addWidget(self.side)
        whole = QVBoxLayout(self.overview)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(gap)
        whole.addLayout(top)
        whole.addWidget(self.band)
        whole.addWidget(self.filter)
        whole.addLayout(body, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(*[theme.px(12)] * 4)
        self.pages = QStackedLayout()
        around.addLayout(self.pages)
        self.pages.addWidget(self.overview)
        self.pages.addWidget(self.round)

    def _connect(self) -> None:
        self.reading.answered.connect(self._arrive)
        self.reading.failed.connect(self._fail)
        self.context.bridge.changed.connect(self._changed)
        self._aging.timeout.connect(self._ask)
        self.filter.changed.connect(self._narrow)
        self.filter.sought.connect(self.reading.read_other)
        self.filter.left.connect(self.area.focus)
        self.filter.clear_button.clicked.connect(lambda _checked=False: self.clear_filter())
        self.readiness.chosen.connect(lambda _category: self._narrow())
        self.side.left.connect(self.area.focus)
        self.side.made.connect(self._want)
        self.list.opened.connect(lambda row: self.side.show_record(row.record, edit=True))
        self.list.current.connect(self.side.follow)
        self.list.left.connect(self.clear_filter)
        self.list.ticked.connect(lambda row: self.start_round(row.id))
        self.list.taken.connect(lambda row: self._move(row, back=False))
        self.list.put_back.connect(lambda row: self._move(row, back=True))
        self.check_button.clicked.connect(lambda _checked=False: self.start_round())
        self.new_button.clicked.connect(lambda _checked=False: self.add_new())
        self.round.left.connect(self._leave_round)
        self.round.signed.connect(lambda _count: self._leave_round())
        self.round.kept_changed.connect(self._say)
        theme.hub().changed.connect(self._fit)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.DETAIL, self, self.toggle_detail, context=within)
        deletion = actions.create(ActionId.DELETE, self.list, self.delete, context=within)
        deletion.setEnabled(self.session.can_write)
        self.list.menu_actions.append(deletion)

    def _order_tab(self) -> None:
        """As one reads: buttons, filter, list, then what is beside it."""
        chain = [self.check_button, self.new_button, self.more, *self.filter.buttons.values()]
        chain += [self.filter.text, self.filter.clear_button, self.list, self.area.state.button]
        chain += [self.stock.count, self.stock.note, self.stock.confirm, self.stock.cancel]
        chain += [self.readiness, *self.form.stops()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # -- what the window calls -------------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown."""
        if self.pages.currentWidget() is self.round:
            self.round.focus()
        else:
            self.area.focus()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self._leave_round()
        self.filter.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.text.selectAll()

    def refresh(self) -> None:
        """F5."""
        self.reading.read()

    def add_new(self) -> None:
        """Ctrl+N: an empty form."""
        if self.session.can_write:
            self._leave_round()
            self.side.show_new()

    def open_record(self, _kind: str, record: str) -> None:
        """Show one resource, whatever the filter."""
        self._leave_round()
        try:
            found = self.session.get(resource.NAME, record)
        except UserError as error:
            self.context.messages.show_error(error)
            return
        self.side.show_record(found)
        self._want(found.id)
        if self.inventory is not None:
            self._select_wanted()

    def key_hints(self) -> str:
        """The keys that work here."""
        if self.pages.currentWidget() is self.round:
            return _("Space in order · 0–9 + - count found · F faulty · E out of date · Enter note")
        if not self.session.can_write:
            return _("↑↓ choose · Ctrl+F search · Ctrl+I details")
        return _("Space check · - take · + put back · Enter edit · Ctrl+N new · Ctrl+F filter")

    def flush(self) -> None:
        """Before the window closes."""
        self._aging.stop()
        self.reading.close()
        self.form.flush()
        self.round.flush()
        self.list.memory.save()

    # -- the inventory ---------------------------------------------------------------------------

    def _question(self) -> object:
        session, words = self.session, self.filter.words
        return lambda: resource_rows.read(session, words)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._aging.start()
        if self._dirty:
            self._dirty = False
            self.reading.read()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._aging.stop()
        self._dirty = True

    def _ask(self) -> None:
        if self.isVisible():
            self.reading.ask()
        else:
            self._dirty = True

    def _changed(self, changes: ChangeSet) -> None:
        if resource.NAME in changes.kinds:
            self._ask()

    def _arrive(self, inventory: Inventory) -> None:
        self.inventory = inventory
        whole = inventory.standings[0]
        self.filter.show_counts(whole)
        self.waiting_changed.emit(whole.late)
        self.side.show_standings(inventory.standings if inventory.rows else ())
        self.check_button.setEnabled(self.session.can_write and bool(inventory.rows))
        if self.pages.currentWidget() is self.round:
            self.round.show_rows(inventory.rows)
        self._narrow()
        self._select_wanted()

    def _fail(self, error: UserError) -> None:
        self.area.show_error(error)
        if self.inventory is not None:  # the rows that were read before stay in sight
            again = _("Try again")
            self.context.messages.show_error(error, action=again, act=self.reading.read)

    def _narrow(self) -> None:
        """Show what the filter and the chosen class let through."""
        if self.inventory is None:
            return
        rows = self.inventory.shown(self.filter.only, self.readiness.category)
        self.area.show_rows(rows, narrowed=self.narrowed)
        self._say()

    @property
    def narrowed(self) -> bool:
        """Whether something is left out."""
        return self.filter.active or self.readiness.category is not None

    def clear_filter(self) -> None:
        """Esc: show everything again."""
        self.readiness.choose(None)
        self.filter.clear()
        self.area.focus()

    def query(self) -> Query:
        """What is shown, as a question for files and printing."""
        shown = [row.id for row in self.list.table.rows]
        return resource_rows.question(
            self.filter.only, self.readiness.category, self.filter.words, shown
        )

    # -- one resource ----------------------------------------------------------------------------

    def _want(self, record: str) -> None:
        """This one becomes the current row as soon as the list has it."""
        self._wanted = record

    def _select_wanted(self) -> None:
        wanted, self._wanted = self._wanted, ""
        if wanted and not self.list.select(wanted) and self.narrowed:
            self.clear_filter()
            self.list.select(wanted)

    def toggle_detail(self) -> None:
        """Ctrl+I: the form of the current row, or readiness."""
        row = self.list.row()
        if self.side.form_shown:
            self.side.close_form()
        elif row is not None:
            self.side.show_record(row.record)

    def _move(self, row: ResourceRow, *, back: bool) -> None:
        if self.session.can_write:
            self.stock.ask(row, back=back)

    def delete(self) -> None:
        """Hide the current resource; undo brings it back."""
        row = self.list.row()
        if row is not None and self.session.can_write:
            said = _("Deleted {count}: {number}").format(count=1, number=row.record.text("name"))
            self.context.execute(delete(resource.NAME, row.id), said=said)

    # -- the round -------------------------------------------------------------------------------

    def start_round(self, record: str = "") -> None:
        """Begin the round of checks, or go on with it; `record` is ticked."""
        if self.session.can_write and self.inventory is not None and self.inventory.rows:
            self.round.show_rows(self.inventory.rows)
            self.pages.setCurrentWidget(self.round)
            self.round.start(record)

    def _leave_round(self) -> None:
        if self.pages.currentWidget() is self.round:
            self.pages.setCurrentWidget(self.overview)
            self.area.focus()

    # -- look, words, files ----------------------------------------------------------------------

    def _say(self) -> None:
        """Counts, and whether a round waits."""
        whole = self.inventory.standings[0] if self.inventory else None
        if whole is None:
            self.count.setText(_("Loading…"))
        elif self.narrowed:
            words = _("{shown} of {count} shown · {name}").format(
                shown=len(self.list.table.rows),
                count=whole.items,
                name=class_name(self.readiness.category),
            )
            self.count.setText(words)
        else:
            # Nothing at all is not ready, only empty.
            words = ngettext("{count} entry", "{count} entries", whole.items)
            if whole.items:
                words += " · " + _("readiness {percent}%")
            self.count.setText(words.format(count=whole.items, percent=whole.percent))
        self.filter.clear_button.setVisible(self.narrowed)
        waiting = self.round.waiting
        words = _("Go on checking {count}").format(count=waiting) if waiting else _("Check")
        self.check_button.setText(f"{words} {_('Space')}")
        self.check_button.setAccessibleName(words)

    def import_file(self, path: Path | None = None) -> QDialog:
        """Bring in a table."""
        return files.import_file(self.context, resource.NAME, path, self.window())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, wherever nothing else wanted it."""
        if event.key() == Qt.Key.Key_Escape and self.narrowed:
            self.clear_filter()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.side.fit(self.width())

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Resources"))
        self.setAccessibleName(self.title.text())
        self.new_button.setText(actions.label_of(ActionId.NEW))
        self.new_button.setToolTip(actions.tip_of(ActionId.NEW))
        self.new_button.setAccessibleName(actions.text_of(ActionId.NEW))
        self.check_button.setToolTip(_("Go through what is due, place by place (Space)"))
        actions.retranslate(self.actions() + self.list.actions())
        self._say()
