"""Widgets go on in a new row where there is no more room."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.widgets.flow_layout import FlowLayout


@pytest.fixture
def box(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    flow = FlowLayout(made, gap=4)
    for _at in range(6):
        button = QFrame()
        button.setFixedSize(60, 24)
        flow.addWidget(button)
    return made


@pytest.mark.parametrize(("width", "rows"), [(400, 1), (380, 1), (379, 2), (130, 3), (60, 6)])
def test_rows_by_width(box, width, rows) -> None:
    flow = box.layout()
    assert flow.hasHeightForWidth()
    assert flow.heightForWidth(width) == rows * 24 + (rows - 1) * 4
    box.resize(width, 300)
    box.show()
    tops = {flow.itemAt(at).geometry().top() for at in range(6)}
    assert len(tops) == rows
    assert all(flow.itemAt(at).geometry().right() < max(width, 60) for at in range(6))


def test_items_are_counted_and_taken(box) -> None:
    flow = box.layout()
    assert flow.count() == 6
    assert flow.itemAt(6) is None
    assert flow.takeAt(0) is not None
    assert flow.count() == 5
    assert flow.expandingDirections() == Qt.Orientation(0)
