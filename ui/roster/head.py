"""The head of the roster: how many are here, quick filters, search, the poster and files.

Rule: one line where there is room, two where there is not; nothing is ever cut off.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from bankcc.i18n import N_, _
from ui import actions, icons, theme
from ui.actions import ActionId
from ui.roster.posts import GroupCount
from ui.roster.search import RosterFilter, Show
from ui.roster.words import group_level
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel
from ui.widgets.search_line import SearchLine
from ui.widgets.toggle_button import ToggleButton
from ui.widgets.two_lines import TwoLines

CHIPS = {
    Show.HERE: (N_("On duty"), N_("Only who is on duty")),
    Show.MISSING: (N_("Not here"), N_("Only posts that are not filled and people who are awaited")),
    Show.BACKUPS: (N_("Backups"), N_("Only people without a post, and who stands in")),
    Show.SHIFT: (N_("Today's shift"), N_("Only who was given a shift")),
    Show.NO_BACKUP: (N_("Without backup"), N_("Only posts without a backup")),
}
SEARCH_WIDTH = 210


class RosterHead(TwoLines):
    """`filtered`: another filter is wanted (`wanted(group)`); `poster_wanted`, `import_wanted`,
    `export_wanted`; `left`: ↓ or Enter in the search line, `text`, which the owner places."""

    filtered = Signal()
    poster_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", self, role="page")
        self.counts = Chip(Level.NEUTRAL, "", self)
        self.chips = {show: self._chip(show) for show in CHIPS}
        self.text = SearchLine(self)
        self.text.setObjectName("roster.search")
        self.text.setClearButtonEnabled(True)
        self.text.sought.connect(lambda _text: self.filtered.emit())
        self.text.textChanged.connect(self._cleared)
        self.text.installEventFilter(self)
        self.poster = self._button("poster", "printer")
        self.more = self._button("more", "dots")
        self._count: GroupCount | None = None
        self._lay_out()
        self.poster.clicked.connect(self.poster_wanted)
        self.more.setMenu(self._more_menu())
        theme.hub().changed.connect(self._mark)
        self._mark()
        self.retranslate()

    @property
    def show_only(self) -> Show:
        """The quick filter that is pressed."""
        return next((show for show, chip in self.chips.items() if chip.isChecked()), Show.ALL)

    def wanted(self, group: str) -> RosterFilter:
        """The filter as it is set here, within a group."""
        return RosterFilter(self.show_only, group, tuple(self.text.wanted().lower().split()))

    def clear(self) -> None:
        """Show everything again."""
        self.text.clear()
        for chip in self.chips.values():
            chip.setChecked(False)
        self.filtered.emit()

    def show_count(self, count: GroupCount, *, shifts: bool) -> None:
        """The numbers of the whole center; the shift is offered where there is one."""
        self._count = count
        words = ""
        if count.needed:
            words = _("{here}/{needed} filled").format(here=count.here, needed=count.needed)
        elif count.people:
            words = _("{here} of {all} people on duty").format(here=count.here, all=count.people)
        self.counts.set_status(group_level(count), words)
        self.chips[Show.SHIFT].setVisible(shifts or self.chips[Show.SHIFT].isChecked())
        self.arrange()

    def set_read_only(self, read_only: bool) -> None:
        """A reader brings nothing in."""
        self._import.setEnabled(not read_only)

    # -- building --------------------------------------------------------------------------------

    def _chip(self, show: Show) -> QPushButton:
        made = self._set_up(ToggleButton(self), f"show.{show.value}")
        made.clicked.connect(lambda _on, show=show: self._press(show))
        return made

    def _button(self, name: str, icon: str = "") -> QPushButton:
        made = self._set_up(QPushButton(self), name)
        if icon:
            icons.put(made, icon)
        return made

    @staticmethod
    def _set_up(made: QPushButton, name: str) -> QPushButton:
        made.setObjectName(f"roster.{name}")
        made.setAutoDefault(False)
        return made

    def _press(self, pressed: Show) -> None:
        """One at a time; pressed again, it is let go."""
        for show, chip in self.chips.items():
            if show is not pressed:
                chip.setChecked(False)
        self.filtered.emit()

    def _cleared(self, text: str) -> None:
        """The cross in the field and `clear` are no typing: Qt tells them only here."""
        if not text and not self.text.waiting:
            self.filtered.emit()

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("roster.more.menu")
        self._import = menu.addAction("", self.import_wanted.emit)
        self._export = menu.addAction("", self.export_wanted.emit)
        return menu

    def _lay_out(self) -> None:
        left, right = self.left_line, self.right_line
        for widget in (self.title, self.counts, *self.chips.values()):
            left.addWidget(widget)
        left.addStretch(1)
        right.addStretch(1)
        right.addWidget(self.poster)
        right.addWidget(self.more)

    def _mark(self) -> None:
        """A pressed chip is filled and has a thick edge: not told by colour alone."""
        look = theme.tokens()
        on = (
            f"QPushButton:checked {{ background: {look.selected}; color: {look.on_selected};"
            f" border: 2px solid {look.primary}; padding: 0 {theme.px(11)}px; font-weight: bold; }}"
            f"QPushButton:checked:focus {{ border: 2px solid {look.text}; }}"
        )
        for chip in self.chips.values():
            chip.setStyleSheet(on)
        self.arrange()

    def arrange(self) -> None:
        """Two lines when one is too narrow."""
        self.text.setFixedWidth(theme.px(SEARCH_WIDTH))
        super().arrange()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """Keys that the search line leaves to its owner."""
        if watched is not self.text or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if event.key() == Qt.Key.Key_Escape and self.text.text():
            self.text.clear()
            return True
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.text.waiting:
                self.text.seek()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    # -- words -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("People"))
        key = actions.key_text(actions.SPECS[ActionId.FIND].keys)
        self.text.setPlaceholderText(_("Initials, name, phone {key}").format(key=key))
        self.text.setAccessibleName(_("Search by initials, name, post or phone"))
        for show, (words, tip) in CHIPS.items():
            self._name(self.chips[show], _(words), _(tip))
        self._name(self.poster, _("Poster"), _("The organisation as a PDF for the wall"))
        self._name(self.more, _("More"), _("More: files and printing"))
        self._import.setText(actions.text_of(ActionId.IMPORT))
        self._export.setText(actions.text_of(ActionId.EXPORT))
        if self._count is not None:
            self.show_count(self._count, shifts=not self.chips[Show.SHIFT].isHidden())
        self.arrange()

    @staticmethod
    def _name(button: QPushButton, words: str, tip: str) -> None:
        button.setText(words)
        button.setToolTip(tip)
        button.setAccessibleName(words)
        button.setAccessibleDescription(tip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
