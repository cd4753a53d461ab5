"""What is searched: plain width, a moment after the last key, unfinished pinyin included."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.widgets.search_line import SearchLine


@pytest.fixture
def line(qtbot) -> SearchLine:
    made = SearchLine()
    qtbot.addWidget(made)
    made.log = []
    made.sought.connect(made.log.append)
    made.show()
    return made


def test_one_search_for_a_burst_of_keys(line, qtbot) -> None:
    QTest.keyClicks(line, "abc")
    assert line.waiting
    qtbot.waitUntil(lambda: line.log == ["abc"])
    assert not line.waiting


def test_full_width_is_plain(line) -> None:
    line.setText(" １３９ ")
    line.seek()
    assert line.log == ["139"]


def test_letters_being_composed_are_searched_and_characters_are_not(line) -> None:
    line.setText("客")
    QApplication.sendEvent(line, QInputMethodEvent("f'w", []))
    assert line.wanted() == "客fw"
    QApplication.sendEvent(line, QInputMethodEvent("服务", []))
    assert line.wanted() == "客"
    assert line.text() == "客"
