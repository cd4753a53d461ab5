"""What a person does in the first set-up, key by key."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.first_start.dialog import WelcomeDialog

PASSPHRASE = "滨江 秋天 梧桐 三棵"
NAME = "滨江支行应急指挥中心"


def press(key: Qt.Key, *, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyPress(target, key, modifier)


def enter() -> None:
    press(Qt.Key.Key_Return)


def typed(text: str) -> None:
    """Words into the field that has the focus, as an input method commits them."""
    target = QApplication.focusWidget()
    assert isinstance(target, QWidget)
    if text.isascii():
        QTest.keyClicks(target, text)
    else:
        target.insert(text)


def to_key(wizard: WelcomeDialog, qtbot) -> str:
    """Enter, and what must be filled, up to the recovery key."""
    enter()
    enter()
    for text in (NAME, "", PASSPHRASE, PASSPHRASE):
        typed(text) if text else None
        enter()
    qtbot.waitUntil(lambda: wizard.step.name == "key", timeout=20_000)
    return wizard.step.key.text()


def to_outlets(wizard: WelcomeDialog, qtbot) -> str:
    key = to_key(wizard, qtbot)
    for _tick_go_and_press in range(3):
        enter()
    typed("王敏")
    enter()
    typed("值班长")
    enter()
    assert wizard.step.name == "outlets"
    return key
