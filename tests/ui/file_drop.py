"""Drags a file over a widget and lets it go, as a person does."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.small_center import settle


def drop(widget: QWidget, file: Path) -> bool:
    """Drag a file over the middle of a widget and let it go; whether it was taken. As Qt does, the
    next parent that takes drops is asked."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    at: QWidget | None = widget
    while at is not None and not at.acceptDrops():
        at = at.parentWidget()
    if at is None:
        return False
    over = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(at, over)
    if over.isAccepted():
        QApplication.sendEvent(at, QDropEvent(QPointF(5, 5), copy, data, left, none))
        settle()  # the file is looked at after the drop
    return over.isAccepted()
