"""A checklist by keys; the items keep their keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.features import task
from ui.records.checklist_editor import ChecklistEditor


@pytest.fixture
def editor(context, qtbot) -> ChecklistEditor:
    made = ChecklistEditor(task.KIND.field("checklist"), context)
    qtbot.addWidget(made)
    made.set_value([["01", "找人", 0], ["02", "排班", 1]])
    made.set_read_only(False)
    made.show()
    made.setFocus()
    made.items.setCurrentRow(0)
    made.told = []
    made.edited.connect(lambda: made.told.append(1))
    return made


def test_space_ticks(editor) -> None:
    QTest.keyClick(editor.items, Qt.Key.Key_Space)
    assert editor.raw() == [["01", "找人", 1], ["02", "排班", 1]]
    assert editor.told


def test_the_line_below_adds_behind_all_others(editor) -> None:
    QTest.keyClicks(editor.add_line, "call")
    assert editor.raw()[2][1] == "call"
    QTest.keyClick(editor.add_line, Qt.Key.Key_Return)
    key, text, done = editor.raw()[2]
    assert (text, done, key[:2]) == ("call", 0, "03")
    assert len(key) == 8
    assert editor.add_line.text() == ""


def test_tab_goes_from_the_items_to_the_line_below(editor, qtbot) -> None:
    editor.activateWindow()
    qtbot.waitUntil(editor.items.hasFocus)
    QTest.keyClick(editor.items, Qt.Key.Key_Tab)
    assert editor.add_line.hasFocus()
    QTest.keyClick(editor.add_line, Qt.Key.Key_Backtab)
    assert editor.items.hasFocus()


def test_an_empty_list_gives_the_focus_to_the_line_below(editor, qtbot) -> None:
    editor.activateWindow()
    editor.set_value(None)
    editor.setFocus()
    qtbot.waitUntil(editor.add_line.hasFocus)


def test_two_laptops_never_make_the_same_key(editor) -> None:
    assert editor._new_key() != editor._new_key()


def test_del_takes_away(editor) -> None:
    QTest.keyClick(editor.items, Qt.Key.Key_Delete)
    assert editor.raw() == [["02", "排班", 1]]


def test_read_only(editor) -> None:
    editor.set_read_only(True)
    QTest.keyClick(editor.items, Qt.Key.Key_Space)
    QTest.keyClick(editor.items, Qt.Key.Key_Delete)
    assert editor.raw() == [["01", "找人", 0], ["02", "排班", 1]]
    assert not editor.add_line.isVisible()
