"""Tables set up with whole rows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from ui.records.whole_rows import show_whole_rows


@pytest.fixture
def view(qtbot) -> Iterator[QTableView]:
    window = QWidget()
    made = QTableView(window)
    made.setModel(QStandardItemModel(3, 2, made))
    QVBoxLayout(window).addWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    made.setFocus()
    yield made
    window.close()


@pytest.mark.parametrize(("several", "chosen"), [(True, 2), (False, 1)])
def test_rows_are_chosen_whole(view: QTableView, several: bool, chosen: int) -> None:
    show_whole_rows(view, several=several)
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selectionModel().selectedRows()) == chosen
    assert len(view.selectionModel().selectedIndexes()) == 2 * chosen


def test_keys_open_no_editor_and_no_input_method(view: QTableView) -> None:
    show_whole_rows(view)
    view.setCurrentIndex(view.model().index(0, 0))
    for key in (Qt.Key.Key_F2, Qt.Key.Key_A, Qt.Key.Key_Space):
        QTest.keyClick(view, key)
        assert view.state() == QTableView.State.NoState
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_tab_leaves_the_table(view: QTableView) -> None:
    show_whole_rows(view)
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert view.currentIndex().column() == 0
