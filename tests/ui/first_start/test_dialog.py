"""The first set-up by key events, from the language to the open center."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n, settings
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.dialogs.set_up_keys import NAME, PASSPHRASE, enter, press, to_outlets, typed
from tests.ui.requirements.whole_window import composing_guarded
from tests.ui.small_center import settle
from ui.first_start import set_up
from ui.first_start.dialog import ALL, WelcomeDialog
from ui.help.window import HelpWindow


def test_by_enter_alone_and_what_must_be_filled(wizard, center_paths, qtbot, clock) -> None:
    key = to_outlets(wizard, qtbot)
    enter()
    assert wizard.step.name == "people"
    enter()
    assert not wizard.isVisible()
    session = wizard.session
    assert session.user == "王敏 · 值班长"
    assert set_up.left(session) == ()
    session.close()
    for secret in ({"passphrase": PASSPHRASE}, {"recovery_key": key}):
        with Session.open(center_paths, clock=clock, **secret) as again:
            assert again.center["name"] == NAME
            assert not again.is_demo


def test_what_was_refused_goes_when_it_is_mended(wizard, qtbot) -> None:
    enter()
    enter()
    enter()
    assert "名称" in wizard.error.text()
    typed("East")
    assert wizard.error.text() == ""
    enter()
    enter()
    for word in ("green bean soup", "green bean soap"):
        typed(word)
        enter()
    assert "不一致" in wizard.error.text()
    typed("green bean soup")  # what differed is selected, and replaced
    assert wizard.error.text() == ""
    enter()
    qtbot.waitUntil(lambda: wizard.step.name == "key", timeout=20_000)
    press(Qt.Key.Key_Escape)
    assert "勾选" in wizard.error.text()
    enter()
    assert wizard.error.text() == ""


def test_the_steps_are_counted_in_a_line(wizard, qtbot) -> None:
    assert wizard.count.text() == "①/⑦"
    to_outlets(wizard, qtbot)
    assert wizard.count.text() == "⑥/⑦"
    assert wizard.count.accessibleName() == "第 6 步，共 7 步"


def test_the_language_is_switched_under_the_dialog_and_kept(wizard, tmp_path) -> None:
    assert "语言" in wizard.step.findChildren(QWidget)[0].text()
    press(Qt.Key.Key_Down)
    assert i18n.language() == "en"
    wizard.around.look.settle()
    assert settings.load(tmp_path / "settings.json").language == "en"
    settle()
    assert wizard.windowTitle() == "Set-up"
    enter()
    assert wizard.step.make.text() == "Make our own center"
    press(Qt.Key.Key_Escape)
    assert wizard.step.boxes["en"].isChecked()
    press(Qt.Key.Key_Up)
    settle()
    enter()
    assert "中心" in wizard.step.make.text()


def at_make(wizard: WelcomeDialog, first: str = PASSPHRASE, second: str = PASSPHRASE):
    step = wizard.go("make")
    step.center.setText(NAME)
    step.first.setText(first)
    step.second.setText(second)
    return step


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [("short", "short", "短"), (PASSPHRASE, PASSPHRASE + "x", "不一致"), ("", "", "空")],
)
def test_an_unfit_passphrase_is_said_and_nothing_is_made(
    wizard, center_paths, first, second, word
) -> None:
    at_make(wizard, first, second).create.click()
    assert word in wizard.error.text()
    assert not center_paths.exists()
    assert wizard.isEnabled()


def test_a_name_and_a_short_name_are_needed(wizard, center_paths) -> None:
    step = at_make(wizard)
    step.center.clear()
    step.create.click()
    assert "名称" in wizard.error.text()
    step.center.setText("滨江")
    step.label.clear()
    step.create.click()
    assert "简称" in wizard.error.text()
    assert not center_paths.exists()


def test_strength_is_said_while_typing_by_shape_and_word(wizard) -> None:
    step = wizard.go("make")
    said = []
    for text in ("abc", "12345678", PASSPHRASE):
        step.first.setText(text)
        said.append(step.strength.text()[0])
    assert said == ["▲", "◆", "✓"]


def test_a_folder_that_refuses_is_said_and_can_be_tried_again(wizard, center_paths, qtbot) -> None:
    center_paths.root.write_text("a file, not a folder", encoding="utf-8")
    at_make(wizard).create.click()
    qtbot.waitUntil(wizard.isEnabled, timeout=20_000)
    assert wizard.error.text().startswith("▲")
    assert wizard.session is None
    assert wizard.step.name == "make"


def test_escape_goes_back_and_keeps_what_was_typed(wizard, center_paths) -> None:
    enter()
    enter()
    typed(NAME)
    press(Qt.Key.Key_Escape)
    assert wizard.step.name == "choose"
    enter()
    assert wizard.step.center.text() == NAME
    for _step in range(3):
        press(Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert wizard.session is None
    assert not center_paths.exists()


def test_the_example_opens_without_a_passphrase(wizard, qtbot, tmp_path) -> None:
    enter()
    press(Qt.Key.Key_Tab)
    enter()
    qtbot.waitUntil(lambda: wizard.session is not None, timeout=60_000)
    assert wizard.session.is_demo
    assert wizard.session.count(Query("inquiry")) > 100
    assert wizard.session.paths.root == tmp_path / "demo"
    assert not wizard.isVisible()


@pytest.mark.parametrize("name", ALL)
def test_everything_has_a_name_and_tab_comes_round(wizard, qtbot, name) -> None:
    to_outlets(wizard, qtbot)
    wizard.go(name)
    if name == "key":
        wizard.step.show_key(wizard.session, "AAAAA-BBBBB")
        wizard.step.start()
    step = wizard.step
    stops = [
        each
        for each in step.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
    ]
    unnamed = [each.objectName() for each in stops if not each.accessibleName()]
    assert [name for name in unnamed if name and not name.startswith("qt_")] == []
    first = QApplication.focusWidget()
    for _stop in range(len(stops) + 3):
        press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return
    raise AssertionError("Tab does not come round")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_f1_explains_every_step_in_the_language_in_force(wizard, qtbot, language) -> None:
    to_outlets(wizard, qtbot)
    wizard.around.look.set_language(language)
    settle()
    for name in ALL:
        step = wizard.go(name)
        step.setFocus()
        press(Qt.Key.Key_F1)
        settle()
        page = wizard.findChild(HelpWindow)
        assert page.isActiveWindow()
        chapter = page.text.textCursor().block()
        assert chapter.text() == i18n._(step.heading)
        assert len(chapter.next().text()) > 20
        press(Qt.Key.Key_Escape)
        assert not page.isVisible()
        wizard.activateWindow()
        settle()
        assert wizard.step is step


def test_f1_waits_while_a_word_is_composed(wizard, qapp) -> None:
    enter()
    enter()
    with composing_guarded(qapp):
        line = QApplication.focusWidget()
        QApplication.sendEvent(line, QInputMethodEvent("bin'jiang", []))
        press(Qt.Key.Key_F1)
        assert wizard.findChild(HelpWindow) is None
        done = QInputMethodEvent()
        done.setCommitString("滨江")
        QApplication.sendEvent(line, done)
        press(Qt.Key.Key_F1)
        assert wizard.findChild(HelpWindow).isVisible()


def test_the_short_name_says_where_it_is_used(wizard) -> None:
    step = wizard.go("make")
    shown = step.label_hint.text().replace("\u2011", "-")
    assert "编号" in shown
    assert "甲-R-0012" in shown
    assert step.label_hint.isVisible()
    wizard.around.look.set_language("en")
    settle()
    assert "every number" in step.label_hint.text()
    step.label.setFocus()
    step.label.selectAll()
    typed("Hot")
    assert "Hot-R-0012" in step.label_hint.text().replace("\u2011", "-")


def test_in_english_the_first_laptop_is_a(wizard) -> None:
    wizard.around.look.set_language("en")
    assert wizard.go("make").label.text() == "A"


def test_a_guess_that_nobody_contradicts_is_kept(wizard, tmp_path) -> None:
    assert not (tmp_path / "settings.json").exists()
    enter()
    wizard.around.look.settle()
    assert settings.load(tmp_path / "settings.json").language == "zh_CN"
    assert (tmp_path / "settings.json").exists()
