"""A chart has a table of the same numbers, which can be copied, and a legend above the plot."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_
from tests.ui.panels.hotline_keys import CONTROL
from tests.ui.small_center import settle
from ui import theme
from ui.situation.chart_card import ChartCard, Legend, LegendEntry


@pytest.fixture
def card(qtbot) -> ChartCard:
    made = ChartCard("test.chart", N_("Calls per 15 minutes by category"))
    qtbot.addWidget(made)
    made.retranslate()
    made.model.show_table(["时间", "取款"], [["14:30", 7], ["14:45", 9]])
    made.resize(500, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_switch_shows_the_table_and_the_picture_again(card, qtbot) -> None:
    plot = QWidget()
    card.place_plot(plot)
    card.toggle.setFocus()
    qtbot.keyClick(card.toggle, Qt.Key.Key_Space)
    assert card.stack.currentWidget() is card.table
    qtbot.keyClick(card.toggle, Qt.Key.Key_Space)
    assert card.stack.currentWidget() is plot
    assert plot.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_choice_is_kept_when_the_picture_comes_later(card) -> None:
    card.toggle.setChecked(True)
    card.place_plot(QWidget())
    assert card.stack.currentWidget() is card.table


def test_without_a_picture_the_table_stays(card) -> None:
    card.table_only()
    assert card.stack.currentWidget() is card.table
    assert not card.toggle.isEnabled()


def test_the_table_is_copied_with_its_headings(card, qtbot) -> None:
    card.toggle.setChecked(True)
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "时间\t取款\r\n14:30\t7\r\n14:45\t9"
    card.table.selectRow(1)
    qtbot.keyClick(card.table, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "时间\t取款\r\n14:45\t9"
    assert "<table>" in QGuiApplication.clipboard().mimeData().html()


def test_the_sentence_is_on_picture_and_table(card) -> None:
    plot = QWidget()
    card.place_plot(plot)
    card.describe("14:45 起 18 通")
    for widget in (card, plot, card.table):
        assert widget.accessibleDescription() == "14:45 起 18 通"


def test_where_there_is_room_for_one_the_other_is_asked_for(card, qtbot) -> None:
    assert not card.other.isVisible()
    asked = QSignalSpy(card.other_wanted)
    card.other.show()
    qtbot.mouseClick(card.other, Qt.MouseButton.LeftButton)
    assert asked.count() == 1


def test_a_narrow_legend_takes_more_rows(qtbot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    legend.resize(600, 20)
    legend.show_entries([LegendEntry(f"类别 {at}", "#0072B2", "#00486F") for at in range(5)])
    wide = legend.height()
    legend.resize(120, 20)
    assert legend.height() >= 3 * wide
    legend.show_entries([])
    assert not legend.isVisible()


NAMES = ["Time", "Opening hours", "Cash withdrawal", "Payroll", "Transfer", "Others", "Total"]


@pytest.mark.parametrize(("scale", "wide"), [(1.0, 676), (1.5, 622)])
def test_every_heading_of_the_table_is_read_whole(card, qapp, scale: float, wide: int) -> None:
    theme.apply(qapp, "light", scale)
    card.toggle.setChecked(True)
    card.resize(wide, 340)
    card.model.show_table(NAMES, [["14:30", 7, 8, 9, 10, 11, 12]] * 20)
    settle()
    header, metrics = card.table.horizontalHeader(), QFontMetrics(theme.font(12))
    for at in range(len(NAMES)):
        lines = card.model.headerData(at, Qt.Orientation.Horizontal).split("\n")
        need = max(map(metrics.horizontalAdvance, lines)) + 2 * theme.px(4)
        assert header.sectionSize(at) >= need, lines
        assert header.height() >= len(lines) * metrics.lineSpacing()
    assert card.model.in_lines == (scale > 1)
    assert card.table.horizontalScrollBar().maximum() == 0
    theme.apply(qapp, "light")
