"""F1: the topic of the panel, search, keys, and the language switched under it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from bankcc import i18n
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, focus, language_change
from tests.ui.small_center import settle
from ui.help.window import HelpWindow


@pytest.fixture
def window(qtbot) -> Iterator[HelpWindow]:
    made = HelpWindow("hotline")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.line.setFocus()
    settle()
    return made


def test_the_topic_of_the_panel_is_open(window) -> None:
    assert window.topic.id == "hotline"
    assert "热线" in window.text.toPlainText()
    window.show_panel("task")
    assert "看板" in window.text.toPlainText()
    assert window.list.currentItem().text() == "任务"


def test_search_narrows_the_topics_and_marks_the_word(window, keys) -> None:
    keys.text("F2")
    window.line.seek()
    assert 0 < window.list.count() < 10
    assert window.text.textCursor().selectedText() == "F2"
    first = window.text.textCursor().position()
    keys.press(ENTER)
    assert window.text.textCursor().position() != first
    for _each in range(9):  # round and round
        keys.press(ENTER)
    assert window.text.textCursor().selectedText() == "F2"


def test_a_search_that_leaves_this_topic_out_turns_to_the_first(window, keys) -> None:
    window.line.setText("恢复密钥")
    window.line.seek()
    assert window.topic.id == "keys-and-copies"


def test_arrows_go_through_topics_from_the_search_box(window, keys) -> None:
    keys.press(Qt.Key.Key_Down)
    assert window.topic.id == "task"
    keys.press(Qt.Key.Key_Up)
    keys.press(Qt.Key.Key_Up)
    assert window.topic.id == "situation"
    assert focus() is window.line


def test_escape_empties_the_search_then_closes(window, keys) -> None:
    keys.text("Ctrl")
    keys.press(ESCAPE)
    assert window.line.text() == ""
    assert window.isVisible()
    keys.press(ESCAPE)
    assert not window.isVisible()


def test_nothing_found_is_said(window, keys) -> None:
    keys.text("zzqq")
    window.line.seek()
    assert "zzqq" in window.said.text()
    assert window.said.isVisible()
    window.show_panel("task")  # F1 again gives the search up
    assert window.line.text() == ""
    assert window.topic.id == "task"


def test_the_language_is_switched_at_once(window) -> None:
    i18n.set_language("en")
    language_change(window)
    assert window.windowTitle() == "Help"
    assert window.topic.id == "hotline"
    assert "Hotline" in window.text.toPlainText()
    assert window.list.item(0).text() == "First five minutes"


def test_closed_it_changes_when_it_is_opened_again(window) -> None:
    window.close()
    i18n.set_language("en")
    language_change(window)
    assert window.windowTitle() != "Help"
    window.show()
    assert window.windowTitle() == "Help"
    assert "Hotline" in window.text.toPlainText()


def test_all_can_be_read_aloud_and_reached(window) -> None:
    for widget in (window.line, window.list, window.text):
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
