"""The roster: who serves on which post, who is here, who is missing, who can stand in.

Rule: the keys stand in the check-in line when the panel is shown: Alt+6, initials, Enter.
"""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.features import attendance, person, post
from bankcc.i18n import N_, _
from ui import actions, icons, theme
from ui.actions import ActionId
from ui.in_steps import PanelInSteps
from ui.records.person_picker import PersonPicker
from ui.roster.check_in_line import CheckInLine
from ui.roster.deeds import RosterDeeds
from ui.roster.detail import RosterDetail
from ui.roster.feed import RosterFeed
from ui.roster.files import RosterFiles
from ui.roster.head import RosterHead
from ui.roster.kiosk_page import KioskPage
from ui.roster.menu import place_menu
from ui.roster.posts import Place, Roster, count_group
from ui.roster.rows import RosterRows
from ui.roster.shift_bars import shift_bars
from ui.roster.shift_strip import ShiftStrip
from ui.roster.side import RosterSide
from ui.roster.table import RosterTable
from ui.roster.words import state_words
from ui.theme import Level
from ui.widgets.read_only_band import ReadOnlyBand
from ui.widgets.table_drop import TableDrop
from ui.widgets.toggle_button import ToggleButton

LEAST_TABLE = 600
"""Where the table would be narrower than this at 100 %, the organisation gives way to the form."""
SIDE_WIDTH = 232
SIDE_SHARE = 0.24
TICK_MS = 20_000


class RosterPanel(PanelInSteps):
    """What the window offers by key is offered here: `start`, `focus_filter`, `refresh`, `add_new`,
    `open_record`, `key_hints`, `flush`. `waiting_changed(int)`: posts nobody is coming to."""

    waiting_changed = Signal(int)

    def _make(self) -> Iterator[None]:
        context = self.context
        self.setObjectName("roster")
        self._wanted, self._kept = "", ""
        self.feed = RosterFeed(context, self)
        self.table = RosterTable(self)
        self.head = RosterHead(self)
        words = N_("Read only: you see the roster as it is; nothing here can be changed.")
        self.band = ReadOnlyBand(words, self, read_only=not self.session.can_write)
        self.check_in = CheckInLine(lambda who: state_words(who, self.table.now), self)
        self.kiosk = ToggleButton(self)
        self.side = RosterSide(self)
        self.files = RosterFiles(context, self)
        bring_in = self.files.bring_in if self.session.can_write else None
        self.rows = RosterRows(self.feed, self.table, self._clear, bring_in, self)
        self.rows.template = self.files.save_template
        self.view = self.rows.view
        yield
        self.page = KioskPage(self)
        self.detail = RosterDetail(context, self)
        self.strip = ShiftStrip(self)
        self.picker = PersonPicker(self.session, self)
        self.picker.setObjectName("roster.assign")
        self.deeds = RosterDeeds(context, self.picker, lambda: self.roster, self)
        yield
        self._lay_out()
        self._add_keys()
        self._connect()
        if self.session.can_write:
            TableDrop(self, lambda path: self.files.bring_in(path))
        self.head.set_read_only(not self.session.can_write)
        self._tick()
        self.retranslate()

    @property
    def roster(self) -> Roster:
        """What was read last."""
        return self.feed.roster

    # -- what the window offers ------------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown: initials may be typed at once."""
        self._tick()
        if not self.check_in.isHidden():
            self.check_in.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.check_in.text.selectAll()
        else:
            self.rows.focus_rows()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        if not self.kiosk.isChecked():
            self.head.text.setFocus()
            self.head.text.selectAll()

    def refresh(self) -> None:
        """F5: read everything again, look at the clock again."""
        self._tick()
        self.feed.reload()

    def add_new(self) -> None:
        """Ctrl+N: a new person."""
        if self.session.can_write and not self.kiosk.isChecked():
            self._show_detail(True)
            self.detail.new_person()

    def open_record(self, kind: str, record: str) -> None:
        """Show a post or a person, wherever the row is."""
        if not self.feed.loaded:
            self._wanted = f"{kind}/{record}"
            return
        key = record
        if kind == attendance.NAME:
            try:
                key = self.session.get(kind, record).text("person")
            except UserError as error:
                self.context.refused(error)
                return
        self.kiosk.setChecked(False)
        if self.table.row_of(key) < 0:
            self.side.choose("")
            self.head.clear()
        if self.view.select(key) and (place := self.view.place()) is not None:
            self._show_detail(True)
            self.detail.show_place(place)
            self.detail.choose(person.NAME if kind == attendance.NAME else kind)
            self.view.setFocus()

    def key_hints(self) -> str:
        """The keys that work here."""
        if not self.session.can_write:
            return _("↑↓ choose · Ctrl+F search · Ctrl+I details")
        if self.kiosk.isChecked():
            return _("Staff number, then Enter · Esc back to the roster")
        return _(
            "Initials+Enter check in · Space on a row too · Ctrl+M holder · Ctrl+B backup"
            " · Ctrl+F search · Ctrl+I details"
        )

    def flush(self) -> None:
        """Before the window closes."""
        self.detail.flush()

    def pieces(self) -> list[Callable[[], object]]:
        """What is made when it is first wanted, to be made before that."""
        return [partial(self.detail.make_form, kind) for kind in (post.NAME, person.NAME)]

    # -- showing ---------------------------------------------------------------------------------

    def _arrived(self, roster: Roster) -> None:
        self.table.tell_time(self.session.clock.now_ms())  # who just came stands in the strip
        self.check_in.set_roster(roster)
        self.head.show_count(roster.total(), shifts=roster.has_shifts)
        self.view.shifts = roster.has_shifts
        self.side.show_roster(roster, self.table.now)
        self.waiting_changed.emit(roster.total().gaps)
        self._filter(scroll=False)
        self.view.measure()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.open_record(*wanted.split("/", 1))

    def _filter(self, *, scroll: bool = True) -> None:
        """The rows that the filter lets through; the keys stay on their row. `scroll`: into sight,
        which a change from elsewhere must not do."""
        wanted = self.head.wanted(self.side.group)
        bar, place = self.view.verticalScrollBar(), self.view.place()
        key, before = (place.key if place else self._kept), bar.value()
        shown = [place for place in self.roster.places if wanted.passes(place)]
        self.table.set_places(shown)
        if self.view.place() is None and shown and not self.view.select(key):
            self.view.select(shown[0].key)
        if not scroll:
            bar.setValue(before)
        self._kept = key
        self._show_shift()
        self._look()

    def _show_shift(self) -> None:
        """The hours of the group that is chosen, or of everybody."""
        group, now = self.side.group, self.table.now
        rows = [p for p in self.roster.places if not group or p.group == group]
        rows = [place for place in rows if place.post] or rows
        people = {place.who.id: place.who.turn for place in rows if place.who is not None}
        self.strip.show_bars(shift_bars(people.values(), now), count_group("", rows).needed, now)

    def _look(self) -> None:
        """The rows, or why there are none; and what there is room and reason for."""
        self.rows.look()
        ready, kiosk = self.rows.ready, self.kiosk.isChecked()
        coming = not self.feed.loaded and self.feed.error is None
        here = self.check_in.text.hasFocus()
        for widget in (self.check_in, self.kiosk):
            widget.setVisible(self.session.can_write and (ready or coming))
        if here and self.check_in.isHidden():
            self.rows.focus_rows()
        self.strip.setVisible(ready and not kiosk)
        self.head.setVisible(not kiosk)
        self.head.text.setVisible((ready or coming) and not kiosk)
        self._middle.setVisible(not kiosk)
        self.page.setVisible(kiosk)
        self._make_room()

    def _clear(self) -> None:
        self.side.choose("")
        self.head.clear()
        self.rows.focus_rows()

    def _show_place(self, key: str) -> None:
        """A line of what is lacking, or of the tree: the row it is about."""
        if self.table.row_of(key) < 0:
            if (place := self.roster.place(key)) and place.group != self.side.group:
                self.side.choose("")
            self.head.clear()
        self.view.select(key)

    def _current_changed(self, place: Place | None) -> None:
        if place is not None:
            self._kept = place.key
            if not self.detail.isHidden():
                self.detail.show_place(place)

    def toggle_detail(self) -> None:
        """Ctrl+I."""
        shown = self.detail.isHidden() and not self.kiosk.isChecked()
        self._show_detail(shown)
        if shown and (place := self.view.place()) is not None:
            self.detail.show_place(place)
            self.detail.begin()
        elif not shown:
            self.rows.focus_rows()

    def _show_detail(self, shown: bool) -> None:
        self.detail.setVisible(shown)
        self._make_room()

    def _make_room(self) -> None:
        """Form, table and organisation side by side where they fit."""
        self.side.setFixedWidth(min(theme.px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))
        form = 0 if self.detail.isHidden() else self.detail.width()
        room = self.width() - form - self.side.width()
        self.side.setVisible(self.rows.ready and (not form or room >= theme.px(LEAST_TABLE)))

    def set_kiosk(self, kiosk: bool) -> None:
        """At the door: only the staff number and what became of it."""
        self.check_in.set_kiosk(kiosk)
        if kiosk:
            self.detail.hide()
            self.page.begin()
        self._look()
        self.check_in.text.setFocus()

    def _said(self, level: Level, words: str) -> None:
        self.check_in.say(level, words)
        if self.kiosk.isChecked():
            self.page.say(level, words)

    def _left_line(self) -> None:
        if self.kiosk.isChecked():
            self.kiosk.setChecked(False)
        else:
            self.rows.focus_rows()

    def _tick(self) -> None:
        """Times are read off the clock on the wall: the laptop may have slept."""
        now = self.session.clock.now_ms()
        self.table.tell_time(now)
        if self.feed.loaded:
            self.side.show_roster(self.roster, now)
            self._show_shift()

    # -- building, keys and words ----------------------------------------------------------------

    def _lay_out(self) -> None:
        self.kiosk.setObjectName("roster.kiosk")
        icons.put(self.kiosk, "id-badge-2")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.check_in, 1)
        line.addWidget(self.band, 1)
        line.addWidget(self.head.text)
        line.addWidget(self.kiosk)
        self.setTabOrder(self.check_in.text, self.head.text)
        self.setTabOrder(self.head.text, self.kiosk)
        self._middle = QWidget(self)
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(theme.px(8))
        middle.addWidget(self.side)
        middle.addWidget(self.rows, 1)
        middle.addWidget(self.detail)
        self.detail.hide()
        self.page.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(4))
        column.setSpacing(theme.px(8))
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self._middle, 1)
        column.addWidget(self.page, 1)
        column.addWidget(self.strip)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        assign = actions.create(ActionId.ASSIGN, self, self._assign, context=within)
        actions.create(ActionId.DETAIL, self, self.toggle_detail, context=within)
        self.call_up = QAction(self, objectName="roster.call_up")
        self.call_up.setShortcut(QKeySequence("Ctrl+B"))
        self.call_up.setShortcutContext(within)
        self.call_up.setAutoRepeat(False)
        self.call_up.triggered.connect(lambda _checked=False: self._call_up())
        self.addAction(self.call_up)
        for change in (assign, self.call_up):
            change.setEnabled(self.session.can_write)

    def _connect(self) -> None:
        self.feed.arrived.connect(self._arrived)
        self.feed.looked.connect(self._look)
        self.head.filtered.connect(self._filter)
        self.head.left.connect(self.rows.focus_rows)
        self.head.poster_wanted.connect(self.files.poster)
        self.head.import_wanted.connect(self.files.bring_in)
        self.head.export_wanted.connect(self.files.export)
        self.side.group_chosen.connect(lambda _group: self._filter())
        self.side.place_wanted.connect(self._show_place)
        self.check_in.chosen.connect(self.deeds.toggle)
        self.check_in.chosen.connect(self.view.select)
        self.check_in.left.connect(self._left_line)
        self.kiosk.toggled.connect(self.set_kiosk)
        self.view.toggled.connect(self.deeds.toggle_place)
        self.view.typed.connect(self.check_in.go_on)
        self.view.menu_wanted.connect(self._menu)
        self.view.current_changed.connect(self._current_changed)
        self.detail.left.connect(self.rows.focus_rows)
        self.picker.closed.connect(self.rows.focus_rows)
        # Shown at once: the next key may come before the change set does.
        self.deeds.done.connect(lambda receipt: self.feed.follow(receipt.changes))
        self.deeds.said.connect(self._said)
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _assign(self) -> None:
        if (place := self.view.place()) is not None and not self.kiosk.isChecked():
            self.deeds.assign(place, self.view.current_box())

    def _call_up(self) -> None:
        if (place := self.view.place()) is not None and not self.kiosk.isChecked():
            self.deeds.call_up(place)

    def _menu(self, place: Place, where: QPoint) -> None:
        self.view.select(place.key)
        if self.session.can_write:
            menu = place_menu(self.deeds, place, self.view.current_box(), self)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        narrows = self.head.wanted(self.side.group).narrows or self.side.group
        if event.key() == Qt.Key.Key_Escape and narrows:
            self._clear()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Roster"))
        self.kiosk.setText(_("At the door"))
        self.kiosk.setAccessibleName(_("Check in at the door"))
        self.kiosk.setToolTip(_("People type their own staff number; the roster is not seen"))
        self.call_up.setText(_("Call up backup"))
        self.call_up.setToolTip(f"{self.call_up.text()} (Ctrl+B)")
        actions.retranslate(self.actions())
        self.table.retranslate()
        self._look()
        self.feed.reload()
