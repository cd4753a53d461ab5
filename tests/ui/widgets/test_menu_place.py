"""The menu of a row: at the mouse, or below the row when a key asks for it."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QListWidget

from ui.widgets.menu_place import menu_place


def test_at_the_mouse_or_below_the_row(qtbot) -> None:
    view = QListWidget()
    qtbot.addWidget(view)
    view.addItems([f"row {at}" for at in range(5)])
    view.setCurrentRow(3)
    view.show()
    reasons, mouse = QContextMenuEvent.Reason, QPoint(7, 9)
    assert menu_place(view, QContextMenuEvent(reasons.Mouse, QPoint(1, 1), mouse)) == mouse
    below = menu_place(view, QContextMenuEvent(reasons.Keyboard, QPoint(1, 1), mouse))
    row = view.visualRect(view.currentIndex())
    assert view.viewport().mapFromGlobal(below) == row.bottomLeft()
