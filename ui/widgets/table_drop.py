"""A table file dragged onto a widget, or onto anything in it that takes no files itself.

Rule: what is done with it begins after the drop: a window opened while X11 still waits for the
answer to the drag stays blank.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

ENDINGS = (".xlsx", ".csv", ".txt", ".xls", ".et")
"""The last two cannot be read; the import says what to save them as, which a drag cannot."""


class TableDrop(QObject):
    """From now on `target` takes one table file and hands its path to `bring_in`."""

    def __init__(self, target: QWidget, bring_in: Callable[[Path], object]) -> None:
        super().__init__(target)
        self._bring_in = bring_in
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return super().eventFilter(target, event)
        if path := dropped_table(event):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                QTimer.singleShot(0, self, partial(self._bring_in, path))
        else:
            event.ignore()
        return True


def dropped_table(event: QDropEvent) -> Path | None:
    """The table file that is dragged, if there is one."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return next((path for path in paths if path.suffix.lower() in ENDINGS), None)
