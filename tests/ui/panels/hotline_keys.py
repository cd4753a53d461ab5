"""Presses keys as a person does, wherever the focus is, and counts them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape


class Keys:
    """`text` types, `press` presses one key with modifiers, `count` is how many were pressed."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key on the widget that has the focus."""
        self.count += 1
        QTest.keyClick(focus(), key, modifiers)

    def text(self, text: str) -> None:
        """Character by character, each to whatever has the focus by then."""
        for character in text:
            self.press(character)

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(ENTER, CONTROL)


def focus() -> QWidget:
    """The widget that has the focus."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the focus"
    return found


def compose(text: str, commit: str = "") -> None:
    """What an input method sends: letters under composition, then the word."""
    event = QInputMethodEvent(text, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(focus(), event)


def language_change(widget: QWidget) -> None:
    """Tell a widget that the words changed."""
    QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
