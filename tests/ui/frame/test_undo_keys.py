"""Ctrl+Z in a field that was not typed in belongs to the records; elsewhere to the field. The
commands' own Ctrl and a letter belong to the program in every field, on every platform.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

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


class Greedy:
    """Takes every key for itself, as fields do on X11 with Ctrl+E and elsewhere with others."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class GreedyLine(Greedy, QLineEdit):
    pass


class GreedyText(Greedy, QPlainTextEdit):
    pass


class GreedyNumber(Greedy, QSpinBox):
    pass


LETTERS = {
    action: key
    for action, spec in actions.SPECS.items()
    for key in spec.keys
    if len(key) == len("Ctrl+E") and key.startswith("Ctrl+") and key[-1].isalpha()
}


@pytest.mark.parametrize("kind", [GreedyLine, GreedyText, GreedyNumber])
def test_ctrl_and_a_letter_of_a_command_is_never_the_fields(window, kind) -> None:
    field = kind(window)
    window.layout().addWidget(field)
    own = {action: key for action, key in LETTERS.items() if key[-1] not in "ZY"}
    for action in own:
        actions.create(action, window, lambda action=action: window.done.append(action))
    field.show()
    field.setFocus()
    for key in own.values():
        QTest.keyClick(field, getattr(Qt.Key, f"Key_{key[-1]}"), CONTROL)
    assert window.done == list(own)
    assert ActionId.MAKE_URGENT in own


def test_the_keys_that_edit_text_stay_with_the_field(window) -> None:
    field = GreedyLine("138", window)
    window.layout().addWidget(field)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_End, Qt.Key.Key_V, Qt.Key.Key_V):
        QTest.keyClick(field, key, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert field.text() == "138"
    assert field.isRedoAvailable()
    assert window.done == []
