"""Files dragged onto a widget: a table is taken, also by a child; anything else is left alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.small_center import settle
from ui.widgets.table_drop import TableDrop

HOW = (Qt.DropAction.CopyAction,)
BY = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def target(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def drop(target: QWidget, *urls: str) -> tuple[bool, bool]:
    """Whether the drag was welcome, and whether the drop was taken."""
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    over = QDragEnterEvent(QPoint(5, 5), *HOW, data, *BY)
    let_go = QDropEvent(QPointF(5, 5), *HOW, data, *BY)
    for event in (over, let_go):
        event.ignore()
        QApplication.sendEvent(target, event)
    return over.isAccepted(), let_go.isAccepted()


@pytest.mark.parametrize("name", ["通讯录.xlsx", "A.CSV", "b.txt", "old.xls", "wps.et"])
def test_a_table_is_taken(target, name) -> None:
    given: list[Path] = []
    TableDrop(target, given.append)
    assert drop(target, f"file:///x/{name}") == (True, True)
    assert given == []  # not within the drop: a window that opens there stays blank on X11
    settle()
    assert given == [Path("/x", name)]


@pytest.mark.parametrize("url", ["file:///x/a.png", "https://bank/a.xlsx", "file:///x/xlsx"])
def test_anything_else_is_left(target, url) -> None:
    given: list[Path] = []
    TableDrop(target, given.append)
    assert drop(target, url) == (False, False)
    settle()
    assert given == []


def test_of_several_files_the_first_table_counts(target) -> None:
    given: list[Path] = []
    TableDrop(target, given.append)
    drop(target, "file:///x/a.png", "file:///x/b.csv", "file:///x/c.csv")
    settle()
    assert given == [Path("/x/b.csv")]


def test_other_events_go_on(target, qtbot) -> None:
    TableDrop(target, lambda path: None)
    target.show()
    qtbot.waitExposed(target)
    assert target.isVisible()
    assert target.acceptDrops()
