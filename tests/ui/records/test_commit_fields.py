"""Fields say once what was meant: on Enter or when left, never while Esc puts it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.records.commit_fields import CommitLine, CommitText

Field = CommitLine | CommitText


def text_of(field: Field) -> str:
    return field.text() if isinstance(field, CommitLine) else field.toPlainText()


@pytest.fixture(params=[CommitLine, CommitText])
def field(request: pytest.FixtureRequest, qtbot: QtBot) -> Field:
    window = QWidget()
    column = QVBoxLayout(window)
    made, other = request.param(parent=window), QLineEdit(window)
    column.addWidget(made)
    column.addWidget(other)
    made.other, made.heard, made.seen = other, [], []
    made.committed.connect(made.heard.append)
    made.typed.connect(made.seen.append)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.show_value("there")
    made.setFocus()
    made.selectAll()
    made.window_kept = window
    return made


def test_leaving_commits_once(field: Field) -> None:
    QTest.keyClicks(field, "new")
    assert field.seen[-1] == "new"
    assert field.heard == []
    field.other.setFocus()
    field.show_value("new")
    field.setFocus()
    field.other.setFocus()
    assert field.heard == ["new"]


def test_nothing_new_is_not_said(field: Field) -> None:
    QTest.keyClicks(field, " there ")
    field.other.setFocus()
    assert field.heard == []


def test_escape_puts_back(field: Field) -> None:
    QTest.keyClicks(field, "new")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert text_of(field) == "there"
    field.other.setFocus()
    assert field.heard == []


def test_a_key_commits(field: Field) -> None:
    QTest.keyClicks(field, "new")
    modifier = Qt.KeyboardModifier.NoModifier
    if isinstance(field, CommitText):
        modifier = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(field, Qt.Key.Key_Return, modifier)
    assert field.heard == ["new"]


def test_a_change_from_elsewhere_leaves_alone_what_is_being_typed(field: Field) -> None:
    QTest.keyClicks(field, "mine")
    field.show_value("theirs")
    assert text_of(field) == "mine"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    field.show_value("theirs")
    assert text_of(field) == "theirs"


def test_what_was_typed_before_stands_there_again(field: Field) -> None:
    field.other.setFocus()
    field.show_value("there", typed="half")
    assert (text_of(field), field.heard) == ("half", [])


def test_a_reader_commits_nothing(field: Field) -> None:
    field.show_value("there", typed="half")
    field.setReadOnly(True)
    field.other.setFocus()
    assert field.heard == []
