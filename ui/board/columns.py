"""Heads of columns (words, count against the limit, menu) and of lanes; the cell under a fold."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from bankcc.i18n import _
from ui import icons, theme
from ui.board.card_text import columns
from ui.board.cell import dragged_card
from ui.board.model import Board
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

LIMITS = (0, 3, 5, 8, 10, 12, 15, 20, 25, 30, 40)


def dress(widget: QWidget, sheet: str) -> None:
    """Give a widget its style sheet, unless it wears it: Qt works through an equal one again."""
    if widget.property("said") != sheet:  # what it wears may hold the sheet of the window too
        widget.setProperty("said", sheet)
        widget.setStyleSheet(sheet)


class ColumnHead(QWidget):
    """`待办 11`, `进行中 6/8`. `limit_chosen(column, limit)` (0: none), `fold_wanted(column)`."""

    limit_chosen = Signal(str, int)
    fold_wanted = Signal(str)

    def __init__(self, column: str, board: Board, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column, self._board = column, board
        self.folded = False
        self.may_change = True
        self._icon = ""
        self.button = QPushButton(self)
        self.button.setObjectName(f"board.column.{column}")
        self.button.setProperty("kind", "quiet")
        self.button.setProperty("small", True)
        self.button.clicked.connect(self._pressed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.button)
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.refresh()

    def refresh(self) -> None:
        """Words and numbers as they are now."""
        label = next(_(o.label) for o in columns() if o.code == self.column)
        count, limit = self._board.count(self.column), self._board.limits.get(self.column)
        over = self._board.over_limit(self.column)
        shown = self._board.shown_in(self.column)
        number = f"{count}/{limit}" if limit else str(count)
        if self._board.filter.narrows and shown != count:
            number = _("{shown} of {count}").format(shown=shown, count=number)
        words = f"{label} {number}"
        if over:
            beyond = _("over the limit")
            words = f"{SHAPES[Level.WARNING]} {words} {beyond}"
        spoken = words
        if self.folded:
            words = f"{label} {count}"
        self.button.setText(words)
        self.button.setAccessibleName(spoken)
        self.button.setToolTip(spoken)
        ink = theme.tokens().levels[Level.WARNING].text if over else theme.tokens().text
        edge = theme.tokens().focus
        dress(
            self.button,
            f"QPushButton {{ color: {ink}; font-weight: bold; text-align: left; padding: 0 4px; }}"
            f"QPushButton:focus {{ border: 2px solid {edge}; padding: 0 3px; }}",
        )
        icon = "chevron-left" if self.folded else "chevron-down"
        if icon != self._icon:
            self._icon = icon
            icons.put(self.button, icon)

    def _pressed(self) -> None:
        if self.folded:
            self.fold_wanted.emit(self.column)
            return
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Fold the last column; choose how many cards a column should hold."""
        menu = QMenu(self)
        menu.setObjectName("board.column.menu")
        if self.column == self._board.columns[-1]:
            menu.addAction(_("Fold this column"), lambda: self.fold_wanted.emit(self.column))
            menu.addSeparator()
        # A section has no words under a style sheet.
        menu.addAction(_("Limit over all lanes")).setEnabled(False)
        now = self._board.limits.get(self.column, 0)
        for limit in sorted({*LIMITS, now}):
            words = str(limit) if limit else _("No limit")
            action = menu.addAction(words, self._choose(limit))
            action.setCheckable(True)
            action.setChecked(limit == now)
            action.setEnabled(self.may_change)
        return menu

    def _choose(self, limit: int) -> Callable[[], None]:
        return lambda: self.limit_chosen.emit(self.column, limit)


class FoldedCell(QLabel):
    """A cell of the folded column: how many cards are in it; cards may be dropped on it."""

    dropped = Signal(str)
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)
        self.aimed = False
        self.count = 0

    def set_count(self, count: int) -> None:
        """How many cards lie under the fold."""
        self.count = count
        level = theme.tokens().levels[Level.OK]
        edge = f"2px dashed {theme.tokens().focus}" if self.aimed else "0"
        dress(self, f"color: {level.text}; font-weight: bold; border: {edge};")
        self.setText(f"{SHAPES[Level.OK]} {count}" if count else "")
        self.setToolTip(_("{count} done; press to unfold").format(count=count))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.aimed = bool(dragged_card(event.mimeData()))
        event.setAccepted(self.aimed)
        self.set_count(self.count)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.aimed = False
        self.set_count(self.count)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.aimed = False
        self.set_count(self.count)
        if card := dragged_card(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(card)


class LaneHead(QWidget):
    """The name of a lane, how much lies in it, what is late."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = PlainLabel("", self, role="strong", wrap=True)
        self.numbers = PlainLabel("", self, role="meta", wrap=True)
        self.late = PlainLabel("", self, role="late", wrap=True)

    def set_lane(self, name: str, count: int, late: int) -> None:
        """`count` open cards, of which `late` are past their time."""
        self.name.setText(name)
        self.numbers.setText(_("{count} open").format(count=count) if count else "")
        words = _("{count} late").format(count=late) if late else ""
        self.late.setText(f"{SHAPES[Level.CRITICAL]} {words}" if late else "")
        self.setAccessibleName(", ".join(filter(None, (name, self.numbers.text(), words))))
        self._place()

    def height_for(self, width: int) -> int:
        """The height all lines need."""
        return theme.px(4) + sum(self._heights(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _heights(self, width: int) -> list[int]:
        lines = (self.name, self.numbers, self.late)
        return [line.heightForWidth(width) if line.text() else 0 for line in lines]

    def _place(self) -> None:
        y, width = theme.px(4), max(1, self.width())
        lines = (self.name, self.numbers, self.late)
        for line, height in zip(lines, self._heights(width), strict=True):
            line.setGeometry(0, y, width, height)
            y += height


def key_words(keys: str) -> str:
    """`Ctrl+Right` as people read it: `Ctrl+→`."""
    shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
    for name, sign in (("Right", "→"), ("Left", "←"), ("Up", "↑"), ("Down", "↓")):
        shown = shown.replace(name, sign)
    return shown
