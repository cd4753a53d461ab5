"""Where one task is shown in full: beside the board, or over its right side where the cards would
become too narrow.

Rule: the view is built when it is first wanted, so that opening the board stays quick.
"""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import theme
from ui.board.task_detail import TaskDetail

LEAST_BOARD = 620
"""The board is not made narrower than this at 100 %."""


class BoardSide(QObject):
    """`panel` holds the view below `head`; `middle` is the layout of the board, whose right margin
    makes room; `make` builds the view."""

    closed = Signal()

    def __init__(
        self,
        panel: QWidget,
        head: QWidget,
        middle: QHBoxLayout,
        make: Callable[[], TaskDetail],
    ) -> None:
        super().__init__(panel)
        self._panel, self._head, self._middle, self._make = panel, head, middle, make
        theme.hub().changed.connect(self.place)

    @cached_property
    def detail(self) -> TaskDetail:
        """The view, built now if it was not yet."""
        made = self._make()
        made.hide()
        made.left.connect(self.close)
        return made

    @property
    def is_built(self) -> bool:
        return "detail" in self.__dict__

    @property
    def is_open(self) -> bool:
        """Whether a task is shown."""
        return self.is_built and not self.detail.isHidden()

    @property
    def has_keys(self) -> bool:
        """Whether the keys are in it."""
        return self.is_open and self.detail.isAncestorOf(self._panel.focusWidget() or self._panel)

    @property
    def task(self) -> str:
        """The id of the task that is shown; empty for none."""
        return self.detail.record.id if self.is_open and self.detail.record else ""

    def open(self, card_id: str) -> None:
        """Show a task, and put the keys there."""
        self.detail.show_task(card_id)
        if self.detail.record is not None:
            self.detail.show()
            self.place()
            self.detail.begin()

    def follow(self, card_id: str) -> None:
        """The keys of the board stand on another card: show that one, unless they are here."""
        if card_id and self.is_open and not self.has_keys:
            self.detail.show_task(card_id)

    def close(self) -> None:
        """The board takes the whole width again."""
        if not self.is_open:
            return
        self.closed.emit()  # the keys leave: what was being typed is saved by that
        self.detail.hide()
        self.place()

    def place(self) -> None:
        """Lay it out for the room there is."""
        if not self.is_open:
            self._middle.setContentsMargins(0, 0, 0, 0)
            return
        detail, top = self.detail, self._head.geometry().bottom() + theme.px(8)
        wide = detail.width() + theme.px(8)
        box = self._panel.contentsRect().adjusted(0, top, 0, 0)
        docked = box.width() - wide >= theme.px(LEAST_BOARD)
        self._middle.setContentsMargins(0, 0, wide if docked else 0, 0)
        left = box.right() - detail.width() - theme.px(8)
        detail.setGeometry(left, box.top(), detail.width(), box.height() - theme.px(4))
        detail.raise_()
