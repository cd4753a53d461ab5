"""Ctrl+K, F1, F8, settings and Ctrl+L on the real window, by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from bankcc import i18n
from bankcc.clock import ManualClock
from bankcc.features import inquiry, timeline
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import CONTROL, ENTER, Keys, focus
from tests.ui.small_center import log_calls, new_session, settle
from tests.ui.small_window import appearance, end, show
from ui.actions import SPECS, ActionId
from ui.appearance import Appearance
from ui.dialogs.settings import SettingsDialog
from ui.frame.main_window import MainWindow
from ui.palette.commands import commands, find_action
from ui.palette.model import fitting
from ui.panels import PANELS

NOT_BUILT = {ActionId.WALLBOARD, ActionId.SECOND_COPY} | {
    action
    for action in ActionId
    if action.startswith("go.") and action not in {spec.go for spec in PANELS}
}
"""Commands whose panels come later, or that an example does not have; the box offers neither."""


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    with appearance(qapp, tmp_path) as made:
        yield made


@pytest.fixture
def window(
    qtbot, look: Appearance, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[MainWindow]:
    made = show(MainWindow(new_session(tmp_path / "center", clock, chance), look), qtbot)
    yield made
    end(made)


def palette_key(keys: Keys) -> None:
    keys.press(Qt.Key.Key_K, CONTROL)


def enter(keys: Keys, window: MainWindow, qtbot) -> None:
    """Enter in the box, which does what its answer says once it is there."""
    keys.press(ENTER)
    qtbot.waitUntil(lambda: not window.tools.palette.is_open)


# -- Ctrl+K ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_an_earlier_call_is_opened_with_six_keys_from_any_panel(window, keys, panel, qtbot) -> None:
    call = log_calls(window.context, 2)[1]
    window.show_panel(panel)
    settle()
    palette_key(keys)
    keys.text("0001")
    enter(keys, window, qtbot)
    assert keys.count == 6
    assert window.navigation.current() == "hotline"
    assert window.panel.detail.call.id == call


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_a_line_is_written_into_the_timeline_from_any_panel(window, keys, panel) -> None:
    window.show_panel(panel)
    settle()
    before = focus()
    palette_key(keys)
    keys.text(">log generator is here")
    keys.press(ENTER)
    entry = window.session.find(Query(timeline.NAME))[0]
    assert entry.text("text") == "generator is here"
    assert window.navigation.current() == panel
    assert focus() is before


def test_a_name_by_its_initials_with_five_keys(window, keys, qtbot) -> None:
    verb = inquiry.log_call(phone="13812345678", caller="张小明")
    call = window.session.execute(verb).made[0]
    palette_key(keys)
    keys.text("zxm")
    enter(keys, window, qtbot)
    assert keys.count == 5
    assert window.panel.detail.call.id == call.id


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_command_that_exists_is_offered_with_its_key(window, look, language) -> None:
    look.set_language(language)
    offered = {command.id: command for command in commands(window)}
    for action in set(ActionId) - NOT_BUILT - {ActionId.PALETTE}:
        somewhere = []
        for panel in window.specs:
            window.show_panel(panel)
            somewhere += [c for c in commands(window) if c.id == str(action)]
            if somewhere:
                break
        assert somewhere, action
        assert somewhere[0].words == i18n._(SPECS[action].text)
    for spec in PANELS:
        name = str(spec.go) if spec.go else f"panel.{spec.id}"
        assert name in offered
        for kind in spec.kinds:
            assert {f"export.{kind}", f"print.{kind}", f"new.{kind}"} <= set(offered)
    ids = [command.id for command in commands(window)]
    assert len(ids) == len(set(ids))


def test_a_panel_by_the_initials_of_its_name(window, keys, qtbot) -> None:
    window.show_panel("hotline")
    palette_key(keys)
    keys.text(">rw")  # 任务
    enter(keys, window, qtbot)
    assert window.navigation.current() == "task"


def test_a_command_of_another_panel_goes_there(window, keys) -> None:
    window.show_panel("task")
    settle()
    assert find_action(window, ActionId.ANSWER) is None
    chosen = next(c for c in commands(window) if c.id == ActionId.ANSWER)
    assert chosen.where == "热线"
    chosen.act()
    assert window.navigation.current() == "hotline"


def test_new_and_export_of_a_kind(window) -> None:
    offered = {command.id: command for command in commands(window)}
    offered["new.task"].act()
    assert window.navigation.current() == "task"
    offered["export.inquiry"].act()
    asked = [each for each in window.findChildren(QDialog) if each.objectName() == "export"]
    assert [each.query.kind for each in asked] == ["inquiry"]
    asked[0].reject()


# -- F1, settings, F8 ------------------------------------------------------------------------------


@pytest.mark.parametrize(("panel", "topic"), [("hotline", "hotline"), ("task", "task")])
def test_f1_explains_the_panel_that_is_shown(window, keys, panel, topic) -> None:
    window.show_panel(panel)
    keys.press(Qt.Key.Key_F1)
    settle()
    shown = window.tools._help
    assert shown.isVisible()
    assert shown.topic.id == topic
    shown.close()
    window.activateWindow()
    settle()
    keys.press(Qt.Key.Key_F1)
    assert window.tools._help is shown


def test_settings_are_opened_from_the_box(window, keys, qtbot) -> None:
    palette_key(keys)
    keys.text("sz")  # 设置
    enter(keys, window, qtbot)
    settle()
    opened = window.findChildren(SettingsDialog)
    assert len(opened) == 1
    opened[0].close()


def test_a_new_name_of_the_center_is_in_the_title_at_once(window) -> None:
    made = window.tools.open_settings()
    page = made.pages["center"]
    page.lines["name"].setText("滨江应急")
    assert page.save()
    settle()
    assert "滨江应急" in window.windowTitle()
    made.close()


def test_f8_opens_the_most_overdue_call_back_of_mine(window, keys, clock) -> None:
    keys.press(Qt.Key.Key_F8)
    assert "没有逾期" in window.messages.rows[0].message.what
    due = clock.now_ms() + 60_000
    verb = inquiry.log_call(phone="13800138000", status="callback", callback_due=due)
    call = window.session.execute(verb).made[0]
    clock.advance(minutes=43)
    window.show_panel("task")
    keys.press(Qt.Key.Key_F8)
    assert window.navigation.current() == "hotline"
    assert window.panel.detail.call.id == call.id
    assert call.number in window.messages.rows[0].message.what
    assert "42" in window.messages.rows[0].message.what


def test_f8_within_the_first_minute_counts_no_minutes(window, keys, clock) -> None:
    verb = inquiry.log_call(
        phone="13800138000", status="callback", callback_due=clock.now_ms() + 60_000
    )
    call = window.session.execute(verb).made[0]
    clock.advance(seconds=70)
    keys.press(Qt.Key.Key_F8)
    assert window.messages.rows[0].message.what == f"{call.number} 刚到期"


# -- Ctrl+L ----------------------------------------------------------------------------------------


def test_ctrl_l_closes_the_center(window, keys) -> None:
    keys.press(Qt.Key.Key_L, CONTROL)
    assert window.locked
    assert not window.isVisible()
    assert not window.session.can_write


def test_closing_is_no_lock(window) -> None:
    window.close()
    assert not window.locked


def test_an_unfinished_line_is_on_disk_after_a_lock(window, keys, tmp_path, clock) -> None:
    palette_key(keys)
    keys.text(">log half")
    keys.press(Qt.Key.Key_L, CONTROL)
    with Session.open(Paths(tmp_path / "center"), clock=clock) as again:
        assert [draft.body["text"] for draft in again.local.drafts("palette/")] == [">log half"]


# -- keys of an open call --------------------------------------------------------------------------


def test_a_call_found_by_the_box_becomes_a_task_by_keys(window, keys, qtbot) -> None:
    log_calls(window.context, 2)
    palette_key(keys)
    keys.text("0001")
    enter(keys, window, qtbot)
    keys.press(Qt.Key.Key_T, CONTROL)
    for _step in range(3):
        keys.press(ENTER)
    made = window.session.find(Query("task"))[0]
    assert window.session.get("inquiry", made.text("source")).text("phone").endswith("0001")


@pytest.mark.parametrize(
    ("key", "more", "status"),
    [(Qt.Key.Key_B, "2", "callback"), (Qt.Key.Key_E, "", "escalated")],
)
def test_a_row_of_the_list_is_called_back_or_made_urgent(window, keys, key, more, status) -> None:
    call = log_calls(window.context, 2)[1]
    window.show_panel("hotline")
    window.panel.refresh()
    window.panel.calls.focus_list()
    settle()
    keys.press(key, CONTROL)
    if more:
        keys.text(more)
        keys.press(ENTER)
    assert window.session.get("inquiry", call).text("status") == status


def test_while_a_call_is_entered_no_other_call_is_meant(window, keys) -> None:
    log_calls(window.context, 1)
    keys.press(Qt.Key.Key_F2)
    for key in (Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_T):
        keys.press(key, CONTROL)
    assert window.session.count(Query("task")) == 0
    assert window.session.find(Query("inquiry"))[0].text("status") == "in_progress"
    assert [stage.kind for stage in window.panel.entry.draft.stages] == ["urgent"]
    assert window.panel.deeds.task.asking


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "typed", [">English", ">中文", ">language", ">语言", "》Chinese", "＞英文", ">yuyan", "English"]
)
def test_the_language_is_found_by_the_words_of_either(
    window, keys, qtbot, look, language, typed
) -> None:
    look.set_language(language)
    palette_key(keys)
    focus().insert(typed)
    window.tools.palette.line.seek()
    qtbot.waitUntil(lambda: window.tools.palette.is_settled)
    assert window.tools.palette.current.id == f"command/{ActionId.LANGUAGE}"
    assert "English" in window.tools.palette.current.detail
    enter(keys, window, qtbot)
    assert i18n.language() == ("en" if language == "zh_CN" else "zh_CN")


def said(window: MainWindow) -> list[str]:
    return [row.message.what for row in window.messages.rows]


def test_what_f8_said_goes_once_something_was_done_about_it(window, keys, clock) -> None:
    (call,) = log_calls(window.context, 1)
    window.session.execute(inquiry.arrange_callback(call, minutes=10))
    clock.advance(minutes=12)
    keys.press(Qt.Key.Key_F8)
    assert any("逾期" in text for text in said(window))
    window.session.execute(inquiry.record_callback(call, result="reached"))
    settle()
    assert not any("逾期" in text for text in said(window))


def test_undo_names_the_deed_and_takes_away_what_said_it_was_done(window, keys) -> None:
    first, second = log_calls(window.context, 2)
    for call in (first, second):
        number = window.session.number_of("inquiry", call)
        window.context.execute(inquiry.close(call), said=f"closed {number}")
    numbers = [window.session.number_of("inquiry", call) for call in (first, second)]
    window.show_panel("task")
    keys.press(Qt.Key.Key_Z, CONTROL)
    settle()
    assert said(window) == [f"已撤销：来电 · 办结 {numbers[1]}", f"closed {numbers[0]}"]
    older = window.messages.rows[1]
    older.action.click()  # undo by the button: the message goes, and no other with it
    settle()
    assert said(window)[0] == f"已撤销：来电 · 办结 {numbers[0]}"
    assert not any(text.startswith("closed") for text in said(window))
    keys.press(Qt.Key.Key_Y, CONTROL)
    assert said(window)[0].endswith(f"来电 · 办结 {numbers[0]}")


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("dark", ActionId.THEME),
        ("深色", ActionId.THEME),
        ("150", ActionId.ZOOM_IN),
        ("字号", ActionId.ZOOM_IN),
    ],
)
def test_the_look_is_found_by_the_words_people_use(window, typed, action) -> None:
    found = [command.id for _rank, command in fitting(commands(window), typed)]
    assert str(action) in found
