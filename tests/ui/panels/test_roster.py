"""The roster by real keys: people come and go in four keys, a backup is one key away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from bankcc.clock import ManualClock
from bankcc.features import attendance, person, post, task
from bankcc.schema.change import edit
from tests.ui.board_window import CTRL, Press, keys
from tests.ui.roster_window import (
    fill_roster,
    go,
    place,
    roster_panel,
    shown_roster,
    status,
    titles,
)
from ui.context import UiContext
from ui.ime import PreeditGuard
from ui.panels.roster import RosterPanel
from ui.roster.search import Show

press = pytest.fixture(keys)
fill = pytest.fixture(fill_roster)
panel = pytest.fixture(roster_panel)

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def arrived(panel: RosterPanel, qtbot: QtBot) -> None:
    """The screen has what the center has."""
    with qtbot.waitSignal(panel.feed.arrived):
        panel.feed.reload()


# -- coming and going ----------------------------------------------------------------------------


def test_initials_and_enter_check_in_with_the_time(panel: RosterPanel, press: Press) -> None:
    assert QApplication.focusWidget() is panel.check_in.text
    press("lj", ENTER)
    assert press.count == 3  # and Alt+6 before it: four
    assert status(panel, "刘静") == "on_duty"
    turn = panel.session.linked("attendance", "person", panel.session.get("person", "刘静").id)[0]
    assert turn["at"] <= panel.session.clock.now_ms()
    assert QApplication.focusWidget() is panel.check_in.text
    assert panel.check_in.text.text() == ""
    assert panel.check_in.answer.text().startswith("✓ 刘静 到岗 ")
    assert panel.view.place().who.name == "刘静"  # the row is in sight


def test_who_comes_is_on_duty_in_the_shift_at_once(
    panel: RosterPanel, press: Press, qtbot: QtBot
) -> None:
    def words() -> str:
        panel.strip.retranslate()
        return panel.strip.heading.text()

    arrived(panel, qtbot)
    before = panel.roster.total().here
    assert f"现在岗 {before} 人" in words()
    clock = panel.session.clock
    assert isinstance(clock, ManualClock)
    clock.advance(minutes=2)  # less than the panel waits before it looks at the clock again
    press("lj", ENTER)
    qtbot.waitUntil(lambda: panel.roster.total().here == before + 1)
    assert f"现在岗 {before + 1} 人" in words()


def test_initials_typed_on_a_row_go_to_the_line_that_checks_in(
    panel: RosterPanel, press: Press
) -> None:
    panel.rows.focus_rows()
    assert QApplication.focusWidget() is panel.view
    press("l")
    assert QApplication.focusWidget() is panel.check_in.text
    press("j", ENTER)
    assert status(panel, "刘静") == "on_duty"


def test_the_same_again_checks_out_and_undo_takes_it_back(panel: RosterPanel, press: Press) -> None:
    press("lj", ENTER, "lj", ENTER)
    assert status(panel, "刘静") == "left"
    assert panel.context.messages.rows[0].action.text() == "撤销"
    panel.context.undo()
    assert status(panel, "刘静") == "on_duty"
    panel.context.undo()
    assert status(panel, "刘静") == ""


def test_twenty_four_people_in_a_row(context: UiContext, qtbot: QtBot, press: Press) -> None:
    surnames = "白蔡丁方高何江柯"
    given = ("安", "贝", "丹")
    names = [first + last for first in surnames for last in given]
    for name in names:
        context.session.execute(person.add(name=name))
    panel = shown_roster(context, qtbot)
    letters = dict(zip(surnames, "bcdfghjk", strict=True)) | dict(zip(given, "abd", strict=True))
    for name in names:
        press("".join(letters[char] for char in name), ENTER)
    assert press.count == 3 * 24
    on_duty = [name for name in names if status(panel, name) == "on_duty"]
    assert on_duty == names
    assert len(context.messages.rows) == 1  # one way back, not twenty-four


def test_of_two_a_digit_chooses(panel: RosterPanel, press: Press) -> None:
    press("wm", ENTER)
    assert status(panel, "王敏") == status(panel, "吴萌") == ""
    assert "2 人符合" in panel.check_in.answer.text()
    assert panel.check_in.popup.isVisible()
    second = panel.check_in.found.people[1].name
    press("2")
    assert press.count == 4
    assert status(panel, second) == "on_duty"
    assert not panel.check_in.popup.isVisible()


def test_of_two_the_arrow_chooses(panel: RosterPanel, press: Press) -> None:
    press("wm", DOWN, DOWN, ENTER)
    assert status(panel, panel.roster.people[1].name) == "on_duty"


def test_the_pinyin_and_the_name_work_too(panel: RosterPanel, press: Press) -> None:
    press("liujing", ENTER)
    assert status(panel, "刘静") == "on_duty"
    panel.check_in.text.setText("王敏")
    press(ENTER)
    assert status(panel, "王敏") == "on_duty"


def test_nobody_fits(panel: RosterPanel, press: Press) -> None:
    press("qq", ENTER)
    assert "没有人符合“qq”" in panel.check_in.answer.text()
    assert panel.check_in.text.hasSelectedText()  # the next letters replace it
    press(ESC)
    assert panel.check_in.text.text() == ""
    press(ESC)
    assert QApplication.focusWidget() is panel.view


def test_a_staff_number_checks_in(panel: RosterPanel, press: Press) -> None:
    press("bj1011", ENTER)
    assert status(panel, "刘静") == "on_duty"


def test_at_the_door_only_staff_numbers_work_and_nothing_is_seen(
    panel: RosterPanel, press: Press
) -> None:
    panel.kiosk.click()
    assert QApplication.focusWidget() is panel.check_in.text
    assert not panel.view.isVisible()
    assert not panel.head.isVisible()
    press("lj", ENTER)
    assert status(panel, "刘静") == ""
    panel.check_in.text.clear()
    press("BJ1011", ENTER)
    assert status(panel, "刘静") == "on_duty"
    assert "刘静 到岗" in panel.page.answer.text()
    assert not panel.check_in.popup.isVisible()
    press(ESC)
    assert panel.view.isVisible()
    assert not panel.kiosk.isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, ENTER])
def test_a_key_on_a_row_checks_in_and_out(
    panel: RosterPanel, press: Press, key: Qt.Key, qtbot: QtBot
) -> None:
    go(panel, "热线坐席3")
    press(key)
    assert status(panel, "刘静") == "on_duty"
    arrived(panel, qtbot)
    assert panel.view.place().title == "热线坐席3"  # the keys stay on the row
    press(key)
    assert status(panel, "刘静") == "left"


def test_somebody_who_rests_comes_back(panel: RosterPanel, press: Press) -> None:
    run = panel.session.execute
    run(attendance.check_in("刘静"))
    run(attendance.rest("刘静"))
    press("lj", ENTER)
    assert status(panel, "刘静") == "on_duty"


def test_on_a_vacancy_it_is_said_what_to_do(panel: RosterPanel, press: Press) -> None:
    go(panel, "备用金保管")
    press(Qt.Key.Key_Space)
    assert "Ctrl+M" in panel.check_in.answer.text()


def test_nothing_happens_while_a_word_is_composed(
    panel: RosterPanel, qapp: QApplication, press: Press
) -> None:
    guard = PreeditGuard(qapp)
    try:
        for line in (panel.check_in.text, panel.head.text):
            line.setFocus()
            QApplication.sendEvent(line, QInputMethodEvent("liu", []))
            press(ENTER, (Qt.Key.Key_M, CTRL), (Qt.Key.Key_B, CTRL), ESC)
            assert panel.picker.isHidden()
            QApplication.sendEvent(line, QInputMethodEvent("", []))
        assert all(status(panel, someone.name) == "" for someone in panel.roster.people)
    finally:
        qapp.removeEventFilter(guard)
        guard.deleteLater()
    panel.check_in.text.setFocus()
    press("lj", ENTER)
    assert status(panel, "刘静") == "on_duty"


# -- posts ---------------------------------------------------------------------------------------


def test_one_key_calls_up_the_backup(panel: RosterPanel, press: Press) -> None:
    go(panel, "现金调拨")
    press((Qt.Key.Key_B, CTRL))
    assert press.count == 1
    row = place(panel, "现金调拨")
    assert (row.who.name, row.relieves) == ("赵刚", "蒋小川")
    assert status(panel, "赵刚") == "notified"
    panel.context.undo()
    assert place(panel, "现金调拨").who.name == "蒋小川"


def test_a_post_without_a_backup_says_so(panel: RosterPanel, press: Press) -> None:
    go(panel, "备用金保管")
    press((Qt.Key.Key_B, CTRL))
    assert place(panel, "备用金保管").who is None
    assert panel.check_in.answer.text().startswith("▲ ")


def test_ctrl_m_initials_and_enter_name_a_holder(panel: RosterPanel, press: Press) -> None:
    go(panel, "备用金保管")
    press((Qt.Key.Key_M, CTRL), "zg", ENTER)
    assert press.count == 4
    assert place(panel, "备用金保管").who.name == "赵刚"
    assert QApplication.focusWidget() is panel.view


def test_ctrl_m_can_vacate_a_post_and_be_left(panel: RosterPanel, press: Press) -> None:
    go(panel, "热线坐席1")
    press((Qt.Key.Key_M, CTRL), ESC)
    assert place(panel, "热线坐席1").who.name == "王敏"
    assert QApplication.focusWidget() is panel.view
    press((Qt.Key.Key_M, CTRL), DOWN, ENTER)  # the backup is offered first, then nobody
    assert place(panel, "热线坐席1").who is None


def test_a_person_without_a_post_cannot_be_given_a_holder(panel: RosterPanel, press: Press) -> None:
    panel.view.select(panel.session.get("person", "赵刚").id)
    panel.view.setFocus()
    press((Qt.Key.Key_M, CTRL))
    assert panel.picker.isHidden()
    assert "没有岗位" in panel.check_in.answer.text()


def test_the_menu_does_what_the_keys_do(panel: RosterPanel, press: Press, qtbot: QtBot) -> None:
    go(panel, "现金调拨")
    press(Qt.Key.Key_Menu)
    menu = panel.findChild(QMenu, "roster.menu")
    words = {action.text().split("\t")[0]: action for action in menu.actions()}
    words["叫 赵刚 顶岗"].trigger()
    assert place(panel, "现金调拨").who.name == "赵刚"
    menu.close()
    arrived(panel, qtbot)
    go(panel, "现金调拨")
    press(Qt.Key.Key_Menu)
    menu = panel.findChildren(QMenu, "roster.menu")[-1]
    words = {action.text().split("\t")[0]: action for action in menu.actions()}
    words["蒋小川 返岗"].trigger()
    assert place(panel, "现金调拨").who.name == "蒋小川"
    menu.close()


# -- filters -------------------------------------------------------------------------------------


def test_chips_narrow_one_at_a_time(panel: RosterPanel, press: Press, qtbot: QtBot) -> None:
    press("lj", ENTER)
    qtbot.waitUntil(lambda: panel.roster.total().here == 1)
    chips = panel.head.chips
    chips[Show.HERE].click()
    assert titles(panel) == ["热线坐席3"]
    chips[Show.NO_BACKUP].click()
    assert not chips[Show.HERE].isChecked()
    assert titles(panel) == ["热线坐席3", "备用金保管"]
    chips[Show.BACKUPS].click()
    assert titles(panel) == ["赵刚", "沈若兰"]
    chips[Show.MISSING].click()
    assert titles(panel) == ["热线坐席1", "热线坐席2", "现金调拨", "备用金保管"]
    chips[Show.MISSING].click()
    assert len(titles(panel)) == 7


def test_the_shift_is_offered_only_where_there_is_one(panel: RosterPanel, qtbot: QtBot) -> None:
    chip = panel.head.chips[Show.SHIFT]
    assert chip.isHidden()
    panel.session.execute(attendance.check_in("王敏", shift="day"))
    qtbot.waitUntil(lambda: not chip.isHidden())
    chip.click()
    assert titles(panel) == ["热线坐席1"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("zg", {"热线坐席2", "现金调拨", "赵刚"}), ("1011", {"热线坐席3"}), ("备用", {"备用金保管"})],
)
def test_search(panel: RosterPanel, press: Press, typed: str, found: set[str]) -> None:
    panel.focus_filter()
    if typed.isascii():
        press(typed)
    else:
        panel.head.text.setText(typed)
    panel.head.text.seek()
    assert set(titles(panel)) <= found
    assert titles(panel)
    press(DOWN)
    assert QApplication.focusWidget() is panel.view
    press(ESC)
    assert len(titles(panel)) == 7


def test_the_search_looks_at_unfinished_pinyin(panel: RosterPanel) -> None:
    panel.focus_filter()
    QApplication.sendEvent(panel.head.text, QInputMethodEvent("l'j", []))
    panel.head.text.seek()
    assert titles(panel) == ["热线坐席3"]
    QApplication.sendEvent(panel.head.text, QInputMethodEvent("", []))


def test_a_group_of_the_tree_narrows_rows_and_shift(panel: RosterPanel, press: Press) -> None:
    panel.side.tree.setFocus()
    press(DOWN, DOWN)
    assert titles(panel) == ["现金调拨", "备用金保管"]
    assert panel.strip.picture.needed == 2
    press(ESC)
    assert len(titles(panel)) == 7


def test_what_is_lacking_leads_to_its_row(panel: RosterPanel, press: Press) -> None:
    lines = panel.side.lines.stringList()
    assert lines[0] == "▲ 备用金保管：空缺、无备份"
    assert "▲ 沈若兰：缺电话" in lines
    panel.head.chips[Show.HERE].click()  # the row is hidden now
    panel.side.faults.setFocus()
    panel.side.faults.setCurrentIndex(panel.side.lines.index(0))
    press(ENTER)
    assert panel.view.place().title == "备用金保管"


def test_somebody_on_two_posts_is_named(panel: RosterPanel, qtbot: QtBot) -> None:
    panel.session.execute(post.assign("备用金保管", holder="王敏"))
    wanted = "▲ 王敏：身兼两岗"
    qtbot.waitUntil(lambda: wanted in panel.side.lines.stringList())


# -- what comes from elsewhere -------------------------------------------------------------------


def test_a_change_from_elsewhere_keeps_row_and_place(panel: RosterPanel, qtbot: QtBot) -> None:
    panel.resize(1204, 420)
    go(panel, "备用金保管")
    bar = panel.view.verticalScrollBar()
    before = bar.value()
    with qtbot.waitSignal(panel.feed.arrived):
        panel.session.execute(attendance.check_in("王敏"))
    assert panel.view.place().title == "备用金保管"
    assert bar.value() == before
    with qtbot.waitSignal(panel.feed.arrived):
        panel.session.execute(edit("person", "王敏", phone="13711112222"))
    shown = {place.title: place for place in panel.table.places}
    assert shown["热线坐席1"].who.phone == "137****2222"


def test_a_new_row_does_not_pull_the_list_away(panel: RosterPanel, qtbot: QtBot) -> None:
    panel.resize(1204, 420)
    go(panel, "热线坐席1")
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    assert before > 0
    with qtbot.waitSignal(panel.feed.arrived):
        panel.session.execute(person.add(name="新来"))
    assert bar.value() == before
    assert panel.view.place().title == "热线坐席1"


def test_other_changes_are_not_read(panel: RosterPanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.feed.arrived, wait=100):
        panel.session.execute(task.add(title="换电池"))
