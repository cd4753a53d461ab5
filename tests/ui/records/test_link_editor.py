"""Another record is named by number, name or initials, also while the input method is composing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.errors import StorageError
from bankcc.features import person, task
from ui.records.link_editor import LinkEditor


@pytest.fixture
def people(context) -> list[str]:
    return [
        context.session.execute(person.add(name=name)).made[0].id
        for name in ("王敏", "李明朗", "王敏")
    ]


@pytest.fixture
def editor(context, people, qtbot) -> LinkEditor:
    made = LinkEditor(task.KIND.field("assignee"), context)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_initials_and_enter(editor, people) -> None:
    QTest.keyClicks(editor, "lml")
    editor.seek()
    assert editor.offered() == ["李明朗 甲-P-0002"]
    editor.choose(editor.offered()[0])
    assert editor.raw() == people[1]
    assert editor.text() == "李明朗 甲-P-0002"


def test_two_of_one_name_are_told_apart_by_number(editor, people) -> None:
    QTest.keyClicks(editor, "wm")
    editor.seek()
    assert sorted(editor.offered()) == ["王敏 甲-P-0001", "王敏 甲-P-0003"]
    editor.choose("王敏 甲-P-0003")
    assert editor.raw() == people[2]


def test_letters_of_an_unfinished_word_are_searched(editor) -> None:
    QApplication.sendEvent(editor, QInputMethodEvent("l'm'l", []))
    editor.seek()
    assert editor.offered() == ["李明朗 甲-P-0002"]
    assert editor.text() == ""


def test_a_unique_name_is_found_when_the_field_is_left(editor, people) -> None:
    editor.setText("李明朗")
    editor.clearFocus()
    assert editor.raw() == people[1]


def test_an_ambiguous_name_stays_for_the_form_to_tell(editor) -> None:
    editor.setText("王敏")
    editor.clearFocus()
    assert editor.raw() == "王敏"


def test_changing_the_text_lets_the_record_go(editor, people) -> None:
    editor.set_value(people[1])
    editor.setCursorPosition(len(editor.text()))
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.raw() == "李明朗 甲-P-000"
    editor.clear()
    assert editor.raw() == ""


def test_an_unknown_record_is_shown_by_its_id(editor) -> None:
    editor.set_value("01ABC")
    assert (editor.text(), editor.raw()) == ("01ABC", "01ABC")


def test_where_nothing_can_be_looked_up_nothing_is_offered(editor, context, monkeypatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise StorageError("磁盘读不出。")

    monkeypatch.setattr(context.session, "search", refuse)
    QTest.keyClicks(editor, "lml")
    editor.seek()
    assert editor.offered() == []
    assert editor.raw() == "lml"
