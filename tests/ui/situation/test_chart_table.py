"""The numbers of a chart as a table."""

from PySide6.QtCore import Qt

from ui.situation.chart_table import ChartTableModel, in_two


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


def test_a_heading_of_several_words_takes_two_lines(qapp) -> None:
    assert in_two("Cash withdrawal") == "Cash\nwithdrawal"
    assert in_two("One two three four") == "One two\nthree four"
    assert (in_two("取款"), in_two("")) == ("取款", "")
    model = ChartTableModel()
    model.show_table(["Time", "Opening hours"], [["14:30", 7]])
    model.in_lines = True
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Opening\nhours"
    assert model.header[1] == "Opening hours"  # copied in one
