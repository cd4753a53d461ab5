"""Another language: the page in front at once, the others in quiet moments or when shown."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ui.frame.panel_stack import QUIET_MS, PanelStack


class Page(QWidget):
    """Counts how often it was told."""

    told = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        self.told += event.type() == QEvent.Type.LanguageChange
        super().changeEvent(event)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def stack(window) -> PanelStack:
    made = PanelStack(window)
    for _each in range(3):
        made.addWidget(Page(made))
    return made


def change_language(window: QWidget) -> None:
    QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def told(stack: PanelStack) -> list[int]:
    return [stack.widget(at).told for at in range(stack.count())]


def test_the_page_in_front_is_told_at_once(window, stack) -> None:
    change_language(window)
    assert told(stack) == [1, 0, 0]


def test_a_page_is_told_before_it_is_shown_and_not_again(window, stack, qtbot) -> None:
    change_language(window)
    stack.show_page(stack.widget(2))
    assert told(stack) == [1, 0, 1]
    assert stack.currentWidget() is stack.widget(2)
    qtbot.waitUntil(lambda: told(stack) == [1, 1, 1])
    stack.show_page(stack.widget(1))
    assert told(stack) == [1, 1, 1]


def test_each_change_is_told_once(window, stack, qtbot) -> None:
    change_language(window)
    change_language(window)
    qtbot.waitUntil(lambda: told(stack) == [2, 1, 1])


def test_without_a_page_nothing_happens(window, qtbot) -> None:
    PanelStack(window)
    change_language(window)


def test_once_stopped_nobody_is_told(window, stack, qtbot) -> None:
    change_language(window)
    stack.stop()
    change_language(window)
    qtbot.wait(3 * QUIET_MS)
    assert told(stack) == [1, 0, 0]
