"""The alarm on the real window: seen and heard in the second it is due, done with three keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from bankcc import settings
from bankcc.clock import ManualClock, local
from bankcc.features import inquiry, person, task
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.change import create
from bankcc.session import Session
from tests.ui.panels.hotline_keys import CONTROL, Keys, focus
from tests.ui.silent_sounds import SilentSounds
from tests.ui.small_center import USER, settle
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.main_window import MainWindow
from ui.palette_commands import commands

F8 = Qt.Key.Key_F8


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.load(tmp_path / "settings.json"))
    made.start()
    yield made
    made.settings = settings.Settings(tmp_path / "settings.json")
    made.start()
    made.deleteLater()


@pytest.fixture
def paths(tmp_path: Path, clock: ManualClock, chance: SeededChance) -> Paths:
    made = Paths(tmp_path / "center")
    session, _key = Session.create(
        made, name="滨江支行", passphrase=None, demo=True, clock=clock, chance=chance
    )
    session.close()
    return made


@pytest.fixture
def open_window(qtbot, look, paths, clock) -> Iterator[object]:
    made: list[MainWindow] = []

    def open_one(user: str = USER, *, write: bool = True) -> MainWindow:
        session = Session.open(paths, clock=clock, write=write)
        session.user = user
        window = MainWindow(session, look)
        made.append(window)
        window.alarm.watch._timer.stop()  # the tests look by themselves, second by second
        window.alarm.watch.sounds = SilentSounds()
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.alarm.watch._unread)
        return window

    yield open_one
    for window in made:
        window.close()
        window.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(open_window) -> MainWindow:
    return open_window()


def promise(window: MainWindow, minutes: float, agent: str = "王敏", caller: str = "张") -> str:
    """A call back owed in so many minutes; the id of the call."""
    due = window.session.clock.now_ms() + round(minutes * 60_000)
    verb = inquiry.log_call(
        phone="13800138000", caller=caller, agent=agent, status="callback", callback_due=due
    )
    made = window.session.execute(verb).made[0].id
    settle()
    return made


def pass_by(window: MainWindow, seconds: int) -> int:
    """Time passes, a look each second; how often it was heard."""
    sounds = window.alarm.watch.sounds
    before = sounds.played
    for _second in range(seconds):
        window.session.clock.advance(seconds=1)
        window.alarm.watch.look()
    return sounds.played - before


def state(window: MainWindow, call: str) -> str:
    return window.session.get("inquiry", call).text("status")


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
    settle()
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
    settle()
    assert window.alarm.bar.isHidden()
    assert window.windowTitle().startswith("滨江支行")
    assert pass_by(window, 60) == 0


def test_undone_it_rings_again(window) -> None:
    call = promise(window, -1)
    window.session.execute(inquiry.close(call))
    settle()
    window.session.undo()
    settle()
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


# -- touched ---------------------------------------------------------------------------------------


def test_three_keys_from_any_panel_do_the_call_back(window, keys) -> None:
    call = promise(window, -1)
    window.show_panel("task")
    settle()
    keys.press(F8)
    settle()
    assert window.navigation.current() == "hotline"
    assert window.panel.detail.call.id == call
    assert focus().objectName() == "hotline.result.reached"
    keys.text("1")
    keys.save()
    settle()
    assert keys.count == 3
    assert state(window, call) == "called_back"
    assert focus().objectName() == "hotline.phone"
    assert window.alarm.bar.isHidden()
    assert pass_by(window, 3600) == 0


def test_opened_it_is_silent_and_comes_again_without_a_result(window, keys) -> None:
    promise(window, -1)
    keys.press(F8)
    assert window.alarm.bar.isHidden()
    assert pass_by(window, 299) == 0
    assert pass_by(window, 1) == 1


def test_f8_takes_what_rings_before_what_is_older_and_was_put_off(window, keys) -> None:
    older = promise(window, -60)
    newer = promise(window, -1)
    pass_by(window, 1)
    window.alarm.watch.postpone(older)
    keys.press(F8)
    assert window.panel.detail.call.id == newer
    keys.text("1")
    keys.save()
    settle()
    keys.press(F8)  # nothing rings; what was put off is better than nothing
    assert window.panel.detail.call.id == older


def test_f8_takes_the_call_that_rings_before_an_older_task_of_mine(window, keys) -> None:
    window.session.execute(create(person.NAME, name="王敏"))
    due = window.session.clock.now_ms() - 3_600_000
    window.session.execute(task.add(title="核对", due=due, assignee="王敏"))
    call = promise(window, -1)
    keys.press(F8)
    assert window.navigation.current() == "hotline"
    assert window.panel.detail.call.id == call
    keys.press(F8)  # the call is being dealt with
    assert window.navigation.current() == "task"


def test_nobody_answers_twice_and_it_stays_on_the_list(window, keys) -> None:
    call = promise(window, -1)
    for minutes in (15, 30, 60, 60):
        keys.press(F8)
        keys.text("2")
        keys.save()
        settle()
        assert state(window, call) == "callback"
        until = window.session.clock.now_ms() + minutes * 60_000
        assert f"{local(until):%H:%M} 再提醒" in window.messages.rows[0].message.what
        assert pass_by(window, minutes * 60 - 1) == 0
        assert pass_by(window, 1) == 1
    window.panel.open_record("inquiry", call)
    assert window.panel.detail.result.reminder.text() == "已 4 次无人接听"


def test_another_time_agreed_is_the_new_alarm(window, keys) -> None:
    call = promise(window, -1)
    keys.press(F8)
    keys.text("4")
    assert focus().objectName() == "hotline.result.due"
    keys.text("+45")
    keys.save()
    settle()
    due = window.session.get("inquiry", call)["callback_due"]
    assert due == window.session.clock.now_ms() + 45 * 60_000
    assert pass_by(window, 45 * 60 - 1) == 0
    assert pass_by(window, 1) == 1


def test_a_wrong_number_is_marked_and_comes_again(window, keys) -> None:
    call = promise(window, -1)
    keys.press(F8)
    keys.text("3")
    keys.save()
    settle()
    record = window.session.get("inquiry", call)
    assert (record.text("status"), record["to_check"]) == ("callback", 1)
    assert pass_by(window, 30 * 60 - 1) == 0
    assert pass_by(window, 1) == 1


def test_put_off_on_the_bar_by_five_minutes_for_this_laptop_only(window, open_window) -> None:
    call = promise(window, -1)
    before = window.session.get("inquiry", call)
    window.alarm.bar.later_button.click()
    assert window.alarm.bar.isHidden()
    assert window.session.get("inquiry", call) == before
    pass_by(window, 60)
    window.close()
    again = open_window()
    assert pass_by(again, 4 * 60 - 1) == 0  # another start knows it
    assert pass_by(again, 1) == 1


def test_the_button_opens_what_f8_opens(window) -> None:
    call = promise(window, -1)
    window.alarm.bar.open_button.click()
    assert window.panel.detail.call.id == call


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
    settle()
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
    settle()
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
    settle()
    assert said[2:] == ["hide"]


def test_ctrl_enter_without_a_result_asks_for_one_and_saves_no_call(window, keys) -> None:
    promise(window, -1)
    keys.press(F8)
    keys.save()
    settle()
    assert "1–4" in window.panel.detail.result.said.text()
    assert focus().objectName() == "hotline.result.reached"
    keys.press("2", CONTROL)
    assert window.panel.detail.result.chosen == ""
