"""An empty area says why and what to do next."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from ui import icons, theme
from ui.widgets.state_view import ICONS, TEXTS, State, StateView


@pytest.fixture
def view(qtbot) -> StateView:
    made = StateView()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("state", State)
def test_every_state_has_words_and_picture(view, state: State) -> None:
    view.show_state(state)
    assert view.text.text() == i18n._(TEXTS[state]) != TEXTS[state]
    assert ICONS[state] in icons.names()
    assert view.accessibleName() == view.text.text()
    assert view.button.isHidden()


def test_button_acts(view) -> None:
    ran = []
    view.show_state(State.EMPTY, "还没有来电", "三步", action="新来电", act=lambda: ran.append(1))
    assert view.hint.text() == "三步"
    assert view.button.accessibleName() == "新来电"
    view.button.click()
    action = QAction(view)
    action.triggered.connect(lambda: ran.append(2))
    view.show_state(State.ERROR, action="重试", act=action)
    view.button.click()
    assert ran == [1, 2]
    assert view.hint.isHidden()


def test_own_text_stays_and_general_text_follows_language(view) -> None:
    view.show_state(State.FILTERED)
    i18n.set_language("en")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert view.text.text() == "Nothing matches"
    view.show_state(State.FILTERED, "<i>mine</i>")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert view.text.text() == "<i>mine</i>"


def test_picture_follows_the_theme(qapp, view) -> None:
    before = view.picture.pixmap().toImage()
    theme.apply(qapp, "dark")
    assert view.picture.pixmap().toImage() != before
