"""The alarm on the real window: seen and heard when it is due, muted, in both languages."""

import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from bankcc.clock import local
from bankcc.features import inquiry
from bankcc.session import Session
from tests.ui import alarm_window
from tests.ui.alarm_window import F8, catch_up, pass_by, promise
from tests.ui.panels.hotline_keys import CONTROL, focus
from ui.actions import ActionId
from ui.frame.main_window import MainWindow
from ui.palette.commands import commands

look = pytest.fixture(alarm_window.look)
paths = pytest.fixture(alarm_window.paths)
open_window = pytest.fixture(alarm_window.open_window)
window = pytest.fixture(alarm_window.window)


# -- seen and heard --------------------------------------------------------------------------------


def test_it_is_seen_and_heard_in_the_second_it_is_due(window) -> None:
    call = promise(window, 0.5)
    bar = window.alarm.bar
    assert pass_by(window, 29) == 0
    assert bar.isHidden()
    assert pass_by(window, 1) == 1
    assert not bar.isHidden()
    number = window.session.get("inquiry", call).number
    assert bar.word.text() == "▲ 回拨到期"
    assert bar.what.text() == f"{number} · 张 138****8000 · 刚到期"
    assert window.windowTitle().startswith(f"▲ 回拨到期 {number} – 滨江支行")
    assert pass_by(window, 29) == 0
    assert pass_by(window, 1) == 1
    pass_by(window, 30)
    assert bar.what.text().endswith("逾期 1 分")


def test_the_timer_asks_each_second(window) -> None:
    timer = window.alarm.watch._timer
    assert timer.interval() <= 1000
    promise(window, -1)
    heard = window.alarm.watch.sounds.played
    window.session.clock.advance(seconds=30)
    timer.timeout.emit()
    assert window.alarm.watch.sounds.played == heard + 1


def test_nothing_moves_under_what_is_being_typed(window, keys) -> None:
    window.show_panel("hotline")
    keys.text("138")
    field, place = focus(), focus().mapToGlobal(focus().rect().topLeft())
    promise(window, -1)
    pass_by(window, 1)
    catch_up(window)
    assert not window.alarm.bar.isHidden()
    assert focus() is field
    assert field.mapToGlobal(field.rect().topLeft()) == place
    assert field.text() == "138"


def test_another_persons_call_is_theirs_and_nobodys_is_everybodys(window) -> None:
    promise(window, -1, agent="刘倩")
    assert pass_by(window, 60) == 0
    assert window.alarm.bar.isHidden()
    promise(window, -1, agent="热线组")
    assert not window.alarm.bar.isHidden()


class ClockOnly:
    """What a look may ask of a session; anything else is not there."""

    def __init__(self, session: Session) -> None:
        self.clock, self.user = session.clock, session.user


def test_a_look_reads_no_database(window) -> None:
    promise(window, 0.2)
    window.alarm.watch._session = ClockOnly(window.session)
    assert pass_by(window, 72) == 3


def test_after_twenty_minutes_asleep_it_is_one_alarm_with_the_reason(window, clock) -> None:
    promise(window, 3)
    promise(window, 15)
    promise(window, 50)
    clock.advance(minutes=20)
    window.alarm.watch.look()
    assert window.alarm.watch.sounds.played == 1
    assert window.alarm.bar.note.text() == "本机休眠了 20 分钟，期间有 2 项到期。"
    assert window.alarm.bar.more.text() == "还有 1 项"
    assert pass_by(window, 29) == 0


def test_a_clock_that_was_set_is_told_from_sleep(window, clock) -> None:
    promise(window, 3)
    clock.turn(minutes=20)
    window.alarm.watch.look()
    assert window.alarm.watch.sounds.played == 1
    assert window.alarm.bar.note.text() == "时钟被拨动 +20 分钟，因此有 1 项到期。"
    clock.turn(minutes=-60)
    window.alarm.watch.look()
    assert window.alarm.bar.isHidden()
    assert "被拨动 -60 分钟" in window.messages.rows[0].message.what


def test_what_a_colleague_closes_is_gone(window) -> None:
    call = promise(window, -1)
    assert not window.alarm.bar.isHidden()
    window.session.execute(inquiry.close(call))
    catch_up(window)
    assert window.alarm.bar.isHidden()
    assert window.windowTitle().startswith("滨江支行")
    assert pass_by(window, 60) == 0


def test_undone_it_rings_again(window) -> None:
    call = promise(window, -1)
    window.session.execute(inquiry.close(call))
    catch_up(window)
    window.session.undo()
    catch_up(window)
    assert not window.alarm.bar.isHidden()


def test_under_a_dialog_it_is_heard_all_the_same(window) -> None:
    promise(window, 0.1)
    dialog = window.tools.open_settings("keys")
    assert pass_by(window, 6) == 1
    dialog.close()


def test_all_that_was_due_before_the_start_is_one_alarm(window, open_window, clock) -> None:
    for minutes in (-30, -20, -10):
        promise(window, minutes)
    window.close()
    again = open_window()
    assert again.alarm.watch.sounds.played <= 1
    again.alarm.watch.look()
    assert again.alarm.bar.more.text() == "还有 2 项"
    assert pass_by(again, 29) + again.alarm.watch.sounds.played <= 1


def test_it_rings_for_whoever_signs_in(window) -> None:
    promise(window, -1, agent="刘倩")
    window.session.user = "刘倩 · 组长"
    assert pass_by(window, 1) == 1


def test_many_changes_at_once_are_read_beside_the_screen(window, qtbot) -> None:
    due = window.session.clock.now_ms() - 60_000
    verbs = [
        inquiry.log_call(phone=f"138{at:08}", agent="王敏", status="callback", callback_due=due)
        for at in range(250)
    ]
    window.session.load(verbs)
    qtbot.waitUntil(lambda: window.alarm.bar.more.text() == "还有 249 项")


# -- mute ------------------------------------------------------------------------------------------


def test_mute_is_marked_in_the_frame_and_ends_by_the_clock(window, clock) -> None:
    promise(window, -1)
    window.alarm.bar.mute_button.click()
    heard = window.alarm.watch.sounds.played
    until = f"{local(clock.now_ms() + 600_000):%H:%M}"
    assert window.alarm.mark.text() == f"◆ 静音到 {until}"
    assert not window.alarm.mark.isHidden()
    assert window.header.isAncestorOf(window.alarm.mark)
    assert pass_by(window, 599) == 0
    assert not window.alarm.bar.isHidden()
    assert pass_by(window, 1) == 1
    assert window.alarm.mark.isHidden()
    assert window.alarm.watch.sounds.played == heard + 1


def test_the_mark_is_there_although_nothing_rings(window) -> None:
    window.actions_made[ActionId.MUTE].trigger()
    assert not window.alarm.mark.isHidden()
    assert window.alarm.bar.isHidden()
    window.actions_made[ActionId.MUTE].trigger()
    assert window.alarm.mark.isHidden()


def test_both_commands_stand_in_the_box(window) -> None:
    offered = {command.id for command in commands(window)}
    assert {ActionId.MUTE, ActionId.POSTPONE} <= offered
    window.actions_made[ActionId.POSTPONE].trigger()
    assert "没有到期" in window.messages.rows[0].message.what
    promise(window, -1)
    window.actions_made[ActionId.POSTPONE].trigger()
    assert window.alarm.bar.isHidden()
    assert "5 分钟后再提醒" in window.messages.rows[0].message.what


# -- everywhere ------------------------------------------------------------------------------------


def test_every_word_follows_the_language(window, look) -> None:
    promise(window, -3, caller="Li")
    window.alarm.watch.toggle_mute()
    look.set_language("en")
    catch_up(window)
    bar = window.alarm.bar
    shown = [bar.word.word, bar.what.text(), bar.open_button.text(), bar.later_button.text()]
    shown += [bar.mute_button.text(), window.alarm.mark.word, window.alarm.title()[2:]]
    assert bar.word.text() == "▲ Call back due"
    assert [text for text in shown if not text.replace("甲", "").replace("·", "").isascii()] == []
    assert "Call back due" in window.windowTitle()
    look.set_language("zh_CN")


def test_open_for_reading_only_it_rings_and_asks_no_result(window, open_window, keys) -> None:
    promise(window, -1)
    window.close()
    reading = open_window(write=False)
    assert not reading.alarm.bar.isHidden()
    keys.press(F8)
    catch_up(window)
    assert reading.panel.detail.result.isHidden()
    keys.text("1")
    assert reading.panel.detail.result.chosen == ""
    assert reading.alarm.bar.isHidden()


def test_the_window_calls_for_eyes(window, monkeypatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(QApplication, "alert", lambda *given: called.append(given[0]))
    promise(window, -1)
    assert called == [window]
    pass_by(window, 29)
    assert called == [window]
    pass_by(window, 1)
    assert called == [window, window]


def test_a_tray_is_used_where_there_is_one(window, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    # The offscreen platform has no tray: its calls are noted instead.
    for name in ("show", "hide"):
        monkeypatch.setattr(QSystemTrayIcon, name, lambda _self, name=name: said.append(name))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda *given: said.append(given[2]))
    monkeypatch.setattr(MainWindow, "isActiveWindow", lambda _self: False)
    call = promise(window, -1)
    assert said == ["show", window.alarm.title()]
    assert "138" not in said[1]
    window.session.execute(inquiry.close(call))
    catch_up(window)
    assert said[2:] == ["hide"]


def test_ctrl_enter_without_a_result_asks_for_one_and_saves_no_call(window, keys) -> None:
    promise(window, -1)
    keys.press(F8)
    keys.save()
    catch_up(window)
    assert "1–4" in window.panel.detail.result.said.text()
    assert focus().objectName() == "hotline.result.reached"
    keys.press("2", CONTROL)
    assert window.panel.detail.result.chosen == ""


def test_the_reason_stands_beside_the_call_where_there_is_room(window, clock) -> None:
    promise(window, 3)
    clock.advance(minutes=20)
    window.alarm.watch.look()
    bar = window.alarm.bar
    for width, beside in ((1366, True), (820, False), (1366, True)):
        bar.resize(width, bar.height())
        QApplication.processEvents()
        assert (bar._line.indexOf(bar.note) >= 0) is beside, width
        assert (bar._column.indexOf(bar.note) >= 0) is not beside, width
