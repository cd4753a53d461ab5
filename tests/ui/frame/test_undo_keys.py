"""Ctrl+Z in a field that was not typed in belongs to the records; elsewhere to the field."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from bankcc.i18n import _
from ui import actions
from ui.actions import ActionId
from ui.frame.undo_keys import UndoKeys, nothing_to_undo

CONTROL = Qt.KeyboardModifier.ControlModifier


class Window(QWidget):
    """Two fields and the commands undo and redo, which count."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.text = QLineEdit(self), QPlainTextEdit(self)
        column = QVBoxLayout(self)
        for field in (self.line, self.text):
            column.addWidget(field)
        self.done: list[str] = []
        self.keys = UndoKeys(self)
        for action in (ActionId.UNDO, ActionId.REDO):
            actions.create(action, self, lambda action=action: self.done.append(str(action)))


@pytest.fixture
def window(qtbot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.mark.parametrize("name", ["line", "text"])
def test_an_untouched_field_gives_the_keys_away(window, name) -> None:
    field = getattr(window, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Y, CONTROL)
    assert window.done == ["edit.undo", "edit.redo"]


@pytest.mark.parametrize("name", ["line", "text"])
def test_what_was_typed_is_taken_back_in_the_field(window, name) -> None:
    field = getattr(window, name)
    field.setFocus()
    QTest.keyClicks(field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert window.done == []
    assert nothing_to_undo(field) is False  # it could be done again


def test_a_text_that_was_put_there_is_not_given_away(window) -> None:
    window.line.setText("138")
    window.line.setFocus()
    QTest.keyClick(window.line, Qt.Key.Key_Z, CONTROL)
    assert window.done == []
    assert window.line.text() == "138"


def test_only_text_fields_are_asked(window) -> None:
    assert not nothing_to_undo(window)
    assert actions.text_of(ActionId.UNDO) == _("Undo")
