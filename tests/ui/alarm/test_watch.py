"""What touches the alarm, by keys on the real window: opened, put off, done with three keys."""

import pytest

from bankcc.clock import local
from bankcc.errors import StorageError
from bankcc.features import person, task
from bankcc.schema.change import create
from tests.ui import alarm_window
from tests.ui.alarm_window import F8, pass_by, promise, state
from tests.ui.panels.hotline_keys import focus
from tests.ui.small_center import settle

keys = pytest.fixture(alarm_window.keys)
look = pytest.fixture(alarm_window.look)
paths = pytest.fixture(alarm_window.paths)
open_window = pytest.fixture(alarm_window.open_window)
window = pytest.fixture(alarm_window.window)


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


def test_call_backs_that_could_not_be_read_are_read_again_by_themselves(
    window, monkeypatch, qtbot
) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise StorageError("读不出")

    promise(window, 1)
    watch = window.alarm.watch
    watch.alarm.replace([])  # as after a start
    with monkeypatch.context() as broken:
        broken.setattr(window.session, "find", refuse)
        watch.refresh()
        qtbot.waitUntil(lambda: not watch._reading)
        settle()
    pass_by(window, 30)
    qtbot.waitUntil(lambda: not watch._unread)
    assert pass_by(window, 30) == 1
