"""The head of the task board: how many, what is late and blocked, filters, density, print, new.

Rule: one line where there is room, two where there is not; nothing is ever cut off.
"""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from bankcc.i18n import _
from ui import actions, icons, theme
from ui.actions import ActionId
from ui.board.card_text import lanes
from ui.board.model import Board, BoardFilter
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel
from ui.widgets.search_line import SearchLine
from ui.widgets.toggle_button import ToggleButton
from ui.widgets.two_lines import TwoLines

PAPERS = ("A4", "A3")


class BoardHead(TwoLines):
    """`filtered`: another filter is wanted (`wanted`); `density_wanted(compact)`,
    `print_wanted(paper)`, `new_wanted`. `me`: the name whose tasks are “mine”."""

    filtered = Signal()
    density_wanted = Signal(bool)
    print_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self, board: Board, me: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board, self.me = board, me
        self.groups: set[str] = set()
        self.title = PlainLabel("", self, role="page")
        self.counts = PlainLabel("", self, role="meta")
        self.late_chip = Chip(Level.CRITICAL, "", self)
        self.blocked_chip = Chip(Level.CRITICAL, "", self)
        self.text = SearchLine(self)
        self.mine, self.late = self._toggle("mine"), self._toggle("late")
        self.group_button = self._button("groups", "filter")
        self.density = self._toggle("density")
        self.printing = self._button("print", "printer")
        self.new = self._button("new", "plus")
        self.new.setProperty("kind", "primary")
        icons.put(self.new, "plus", "on_primary")
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def wanted(self) -> BoardFilter:
        """The filter as it is set here."""
        return BoardFilter(
            mine=self.me if self.mine.isChecked() else "",
            late=self.late.isChecked(),
            groups=frozenset(self.groups),
            words=tuple(self.text.wanted().lower().split()),
        )

    def tab_stops(self) -> list[QWidget]:
        """What takes the keys, in the order of reading."""
        toggles = (self.mine, self.late, self.group_button, self.density)
        return [self.text, *toggles, self.printing, self.new]

    def clear(self) -> None:
        """Show everything again."""
        self.text.clear()
        self.groups.clear()
        for button in (self.mine, self.late):
            button.setChecked(False)
        self._name_groups()
        self.filtered.emit()

    def set_read_only(self, read_only: bool) -> None:
        """A reader makes nothing new."""
        self.new.setVisible(not read_only)
        self.arrange()

    def refresh(self) -> None:
        """Numbers as they are now."""
        board = self._board
        count = sum(board.count(column) for column in board.columns[:-1])
        self.counts.setText(_("{count} open").format(count=count))
        late, blocked = board.late_count(), board.blocked_count()
        words = _("{count} late").format(count=late) if late else ""
        self.late_chip.set_status(Level.CRITICAL, words)
        words = _("{count} blocked").format(count=blocked) if blocked else ""
        self.blocked_chip.set_status(Level.WARNING, words)
        self.arrange()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Tasks"))
        self.text.setPlaceholderText(_("Filter Ctrl+F"))
        self.text.setAccessibleName(_("Filter by words, numbers or initials"))
        names = {
            self.mine: _("Mine"),
            self.late: _("Late"),
            self.density: _("Compact"),
            self.printing: _("Print"),
            self.new: actions.label_of(ActionId.NEW),
        }
        tips = {
            self.mine: _("Only tasks of {name}").format(name=self.me or "–"),
            self.late: _("Only open tasks past their time"),
            self.density: _("One line a card"),
            self.printing: _("The board as a PDF on A4 or A3"),
            self.new: actions.tip_of(ActionId.NEW),
        }
        for button, words in names.items():
            button.setText(words)
            button.setToolTip(tips[button])
            button.setAccessibleName(words)
            button.setAccessibleDescription(tips[button])
        self._name_groups()
        self.refresh()

    def _name_groups(self) -> None:
        chosen = [_(lane.label) for lane in lanes() if lane.code in self.groups]
        words = _("All groups") if not chosen else chosen[0]
        if len(chosen) > 1:
            words = _("{group} +{more}").format(group=chosen[0], more=len(chosen) - 1)
        self.group_button.setText(words)
        self.group_button.setAccessibleName(_("Groups: {words}").format(words=words))
        self.group_button.setToolTip(_("Only lanes of these groups"))
        self.group_button.setProperty("on", bool(chosen))
        self.arrange()

    def group_menu(self) -> QMenu:
        """A tick for every group, and all of them."""
        menu = QMenu(self)
        menu.setObjectName("board.groups.menu")
        menu.addAction(_("All groups"), self._all_groups)
        menu.addSeparator()
        for lane in lanes():
            action = menu.addAction(_(lane.label))
            action.setCheckable(True)
            action.setChecked(lane.code in self.groups)
            action.toggled.connect(lambda on, code=lane.code: self._set_group(code, on))
        return menu

    def print_menu(self) -> QMenu:
        """The papers."""
        menu = QMenu(self)
        menu.setObjectName("board.print.menu")
        for paper in PAPERS:
            words = _("{paper} landscape").format(paper=paper)
            menu.addAction(words, lambda paper=paper: self.print_wanted.emit(paper))
        return menu

    def _set_group(self, code: str, on: bool) -> None:
        (self.groups.add if on else self.groups.discard)(code)
        self._name_groups()
        self.filtered.emit()

    def _all_groups(self) -> None:
        self.groups.clear()
        self._name_groups()
        self.filtered.emit()

    def _button(self, name: str, icon: str = "") -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"board.{name}")
        if icon:
            icons.put(made, icon)
        return made

    def _toggle(self, name: str) -> QPushButton:
        made = ToggleButton(self)
        made.setObjectName(f"board.{name}")
        return made

    def _connect(self) -> None:
        self.text.setObjectName("board.filter")
        self.text.setClearButtonEnabled(True)
        self.text.sought.connect(lambda _text: self.filtered.emit())
        self.text.textChanged.connect(self._cleared)
        for button in (self.mine, self.late):
            button.toggled.connect(lambda _on: self.filtered.emit())
            button.toggled.connect(lambda _on: self._mark())
        self.density.toggled.connect(self.density_wanted)
        self.density.toggled.connect(lambda _on: self._mark())
        self.group_button.clicked.connect(lambda: self._pop(self.group_button, self.group_menu()))
        self.printing.clicked.connect(lambda: self._pop(self.printing, self.print_menu()))
        self.new.clicked.connect(self.new_wanted)
        theme.hub().changed.connect(self._mark)
        self._mark()

    def _cleared(self, text: str) -> None:
        """The cross in the field and `clear` are no typing: Qt tells them only here."""
        if not text and not self.text.waiting:
            self.filtered.emit()

    def _mark(self) -> None:
        """A pressed toggle is filled and has a thick edge: not told by colour alone."""
        look = theme.tokens()
        on = (
            f"QPushButton:checked {{ background: {look.selected}; color: {look.on_selected};"
            f" border: 2px solid {look.primary}; padding: 0 {theme.px(11)}px; font-weight: bold; }}"
            f"QPushButton:checked:focus {{ border: 2px solid {look.text}; }}"
        )
        for button in (self.mine, self.late, self.density):
            button.setStyleSheet(on)
        self.arrange()

    @staticmethod
    def _pop(button: QPushButton, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
        menu.aboutToHide.connect(menu.deleteLater)

    def _lay_out(self) -> None:
        left, right = self.left_line, self.right_line
        for widget in (self.title, self.counts, self.late_chip, self.blocked_chip):
            left.addWidget(widget)
        left.addStretch(1)
        self.text.setMinimumWidth(theme.px(150))
        right.addWidget(self.text, 1)
        for button in (self.mine, self.late, self.group_button, self.density, self.printing):
            right.addWidget(button)
        right.addWidget(self.new)

    def arrange(self) -> None:
        """Two lines when one is too narrow."""
        self.text.setMinimumWidth(theme.px(150))
        super().arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
