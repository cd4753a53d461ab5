"""Where the menu of a row appears."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView


def menu_place(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint:
    """At the mouse; below the current row for the Menu key. On the screen."""
    if event.reason() == QContextMenuEvent.Reason.Keyboard:
        return view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())
    return event.globalPos()
