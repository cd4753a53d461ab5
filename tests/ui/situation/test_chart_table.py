"""The numbers of a chart as a table."""

from PySide6.QtCore import Qt

from ui.situation.chart_table import ChartTableModel


def test_numbers_with_their_headings(qapp, qtmodeltester) -> None:
    model = ChartTableModel()
    model.show_table(["时间", "取款"], [["14:30", 7], ["14:45", 1200]])
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert model.index(1, 1).data() == "1,200"
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "取款: 1200"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "取款"
    assert model.headerData(1, Qt.Orientation.Vertical) is None
    model.show_table([], [])
    assert model.rowCount() == 0
