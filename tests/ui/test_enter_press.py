"""Enter presses the button that has the focus, and no other; not while a word is composed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tests.ui.panels.hotline_keys import compose
from ui.enter_press import EnterPress
from ui.ime import PreeditGuard

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def filters(qapp: QApplication) -> Iterator[None]:
    presses = EnterPress(qapp)
    guard = PreeditGuard(qapp)
    yield
    presses.leave()
    qapp.removeEventFilter(guard)
    for made in (presses, guard):
        made.deleteLater()


def shown(qtbot, window: QWidget, *widgets: QWidget) -> QWidget:
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def counted(button: QPushButton) -> list[str]:
    pressed: list[str] = []
    button.clicked.connect(lambda _checked=False: pressed.append(button.text()))
    return pressed


@pytest.mark.parametrize("key", ENTERS)
def test_in_a_window(filters, qtbot, key) -> None:
    button = QPushButton("import")
    pressed = counted(button)
    _window = shown(qtbot, QWidget(), button)
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == ["import"]


@pytest.mark.parametrize("key", ENTERS)
def test_in_a_dialog_the_focused_button_and_not_the_default(filters, qtbot, key) -> None:
    choose, write = QPushButton("choose"), QPushButton("write")
    choose.setAutoDefault(False)
    write.setDefault(True)
    chosen, written = counted(choose), counted(write)
    dialog, line = QDialog(), QLineEdit()
    _window = shown(qtbot, dialog, line, choose, write)
    choose.setFocus()
    QTest.keyClick(choose, key)
    assert (chosen, written) == (["choose"], [])
    line.setFocus()
    QTest.keyClick(line, key)
    assert (chosen, written) == (["choose"], ["write"])


def test_a_disabled_button_and_keys_with_modifiers_do_nothing(filters, qtbot) -> None:
    button = QPushButton("write")
    pressed = counted(button)
    _window = shown(qtbot, QWidget(), button)
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    button.setEnabled(False)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []


def test_a_menu_opens(filters, qtbot) -> None:
    button, seen = QPushButton("more"), []
    menu = QMenu(button)
    menu.addAction("import")
    button.setMenu(menu)
    _window = shown(qtbot, QWidget(), button)
    button.setFocus()

    def close() -> None:
        seen.append(menu.isVisible())
        menu.close()

    QTimer.singleShot(200, close)
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: seen == [True])


def test_not_while_a_word_is_composed(filters, qtbot) -> None:
    line, button = QLineEdit(), QPushButton("save")
    pressed = counted(button)
    _window = shown(qtbot, QWidget(), line, button)
    line.setFocus()
    compose("w'm")
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
    compose("")
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["save"]
