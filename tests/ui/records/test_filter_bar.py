"""The filter becomes a query; Esc empties it and then leaves."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.features import task
from bankcc.schema.query import Condition, Query
from ui.records.filter_bar import FilterBar


@pytest.fixture
def bar(qtbot) -> FilterBar:
    made = FilterBar(task.KIND)
    qtbot.addWidget(made)
    made.log = []
    made.changed.connect(lambda: made.log.append("changed"))
    made.left.connect(lambda: made.log.append("left"))
    made.show()
    return made


def test_words_and_choices_make_the_query(bar) -> None:
    bar.text.setText("送款")
    bar.choose("status", "todo")
    wanted = Query("task", where=(Condition("status", "=", "todo"),), text="送款", order="due")
    assert bar.query(Query("task", order="due")) == wanted
    assert bar.active
    bar.clear()
    assert bar.query(Query("task", order="due")) == Query("task", order="due")


def test_esc_clears_then_leaves(bar) -> None:
    bar.text.setText("x")
    bar.text.setFocus()
    QTest.keyClick(bar.text, Qt.Key.Key_Escape)
    QTest.keyClick(bar.text, Qt.Key.Key_Escape)
    assert bar.log == ["changed", "left"]


def test_down_goes_to_the_list_and_searches_first(bar) -> None:
    bar.text.setFocus()
    QTest.keyClicks(bar.text, "ab")
    QTest.keyClick(bar.text, Qt.Key.Key_Down)
    assert bar.log == ["changed", "left"]


def test_a_choice_stays_when_the_language_changes(bar) -> None:
    bar.choose("priority", "urgent")
    i18n.set_language("en")
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.choices["priority"].currentText() == "Urgent"
    assert bar.choices["status"].itemText(0) == "Status: all"
