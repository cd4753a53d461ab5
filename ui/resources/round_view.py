"""The table of a round of checks: Space ticks, digits count, one letter for what is wrong."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from bankcc.i18n import _
from ui import theme
from ui.records.whole_rows import show_whole_rows
from ui.resources.round_model import COLUMNS, CheckRound
from ui.widgets.chip import ChipDelegate

WIDTHS = {
    "place": 140,
    "name": 130,
    "required": 84,
    "book": 104,
    "found": 104,
    "result": 104,
    "due": 92,
}
"""Pixels at 100 %; the note has the rest."""
LETTERS = {Qt.Key.Key_F: "fault", Qt.Key.Key_E: "expired"}


class RoundView(QTableView):
    """`note_wanted`: Enter; `left`: Esc; `moved`: another row is the current one."""

    note_wanted = Signal()
    left = Signal()
    moved = Signal()

    def __init__(self, model: CheckRound, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resource.round.list")
        self.round = model
        self.setModel(model)
        self.setItemDelegate(ChipDelegate(self))
        show_whole_rows(self, several=False)
        self.setAlternatingRowColors(True)
        theme.hub().changed.connect(self._resize)
        self._resize()

    @property
    def at(self) -> int:
        """The current row, -1 for none."""
        return self.currentIndex().row()

    def go(self, at: int) -> None:
        """Make a row the current one."""
        if 0 <= at < len(self.round.rows):
            self.setCurrentIndex(self.round.index(at, max(0, self.currentIndex().column())))
            self.scrollTo(self.currentIndex())

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.round.stop_typing()
            self.moved.emit()

    def tick(self) -> None:
        """As by the book, and on to the next one that was not looked at."""
        if self.at >= 0 and self.round.tick(self.at):
            self.go(self.round.next_open(self.at))

    def set_result(self, result: str) -> None:
        """Faulty or out of date."""
        if self.at >= 0:
            self.round.set_result(self.at, result)

    def clear(self) -> None:
        """Not looked at after all."""
        if self.at >= 0:
            self.round.clear(self.at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif held or self.at < 0 or not self._answer(event):
            super().keyPressEvent(event)

    def _answer(self, event: QKeyEvent) -> bool:
        """What a key means on the current row; False if nothing."""
        key, at = event.key(), self.at
        if key == Qt.Key.Key_Space:
            self.tick()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.round.type_digit(at, chr(key))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.round.step(at, 1)
        elif key == Qt.Key.Key_Minus:
            self.round.step(at, -1)
        elif key == Qt.Key.Key_Backspace:
            self.round.erase_digit(at)
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif key in LETTERS:
            self.set_result(LETTERS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note_wanted.emit()
        else:
            return False
        return True

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys here."""

    def _resize(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)  # a larger one is asked of every row
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        for at, name in enumerate(COLUMNS):
            if name in WIDTHS:
                self.horizontalHeader().resizeSection(at, theme.px(WIDTHS[name]))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Round of checks"))
        self.round.retranslate()
