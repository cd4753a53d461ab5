"""Which route the input method takes, and what typing a word tells."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from bankcc import i18n, settings
from tests.ui.panels.hotline_keys import language_change
from ui.dialogs.ime_check import STEPS, ImeCheck, live_route
from ui.ime import Route, choose_route

IBUS = Route("ibus", {}, "ibus is running and is used.")
NONE = Route("none", {}, "No input method was found running.", chinese=False)


def compose(check: ImeCheck, letters: str, commit: str = "") -> None:
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QApplication.sendEvent(check.line, event)


@pytest.fixture
def check(qtbot) -> ImeCheck:
    made = ImeCheck(IBUS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_live_route_is_said(check) -> None:
    assert check.state.text().startswith("✓")
    assert "ibus" in check.words.text()
    assert not check.step.isVisible()
    assert "ibus" in check.technical.text()


def test_without_an_input_method_the_next_step_is_said(qtbot) -> None:
    check = ImeCheck(NONE)
    qtbot.addWidget(check)
    check.show()
    assert check.state.text().startswith("▲")
    assert check.step.isVisible()
    assert "ibus" in check.step.text()


def test_every_route_without_chinese_has_a_next_step() -> None:
    plugins = ({"ibus"}, {"compose"})
    runs = ((), ("fcitx",), ("ibus-daemon",), ("fcitx5",))
    routes = [choose_route({}, run, have, "linux") for run in runs for have in plugins]
    assert {route.name for route in routes if not route.chinese} <= set(STEPS)


def test_the_route_of_this_machine_is_found() -> None:
    assert live_route().name


def test_letters_then_a_word(check) -> None:
    compose(check, "ke'hu")
    assert "ke'hu" in check.result.text()
    assert not check.saw_chinese
    compose(check, "", commit="客户")
    assert check.saw_chinese
    assert check.result.text().startswith("✓")
    assert "输入法" in check.result.text()


def test_letters_alone_ask_to_switch(check) -> None:
    check.line.setText("kehu")
    assert check.result.text().startswith("◆")
    assert not check.saw_chinese


def test_what_was_pasted_is_told_apart(check) -> None:
    check.line.setText("客户")
    assert check.saw_chinese
    assert "粘贴" in check.result.text()


def test_nothing_is_kept(check, tmp_path) -> None:
    check.line.setText("客户")
    assert not settings.load().file.exists()


def test_the_language_is_switched_at_once(check) -> None:
    i18n.set_language("en")
    language_change(check)
    assert check.state.word == "Chinese can be typed"
    assert check.result.text() == "■ Nothing typed yet."
    assert check.line.accessibleName() == "Type a test word"
