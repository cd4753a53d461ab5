"""What touches the alarm, by keys on the real window: opened, put off, done with three keys."""

import threading
from random import Random

import pytest
from PySide6.QtTest import QTest

from bankcc.clock import local
from bankcc.errors import StorageError
from bankcc.features import inquiry, person, task
from bankcc.schema.change import create, edit
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from tests.ui import alarm_window
from tests.ui.alarm_window import F8, catch_up, pass_by, promise, state
from tests.ui.panels.hotline_keys import focus
from tests.ui.small_center import settle
from ui.alarm import watch as watch_module
from ui.alarm.ringing import Promise
from ui.alarm.watch import AlarmWatch

look = pytest.fixture(alarm_window.look)
paths = pytest.fixture(alarm_window.paths)
open_window = pytest.fixture(alarm_window.open_window)
window = pytest.fixture(alarm_window.window)


def test_three_keys_from_any_panel_do_the_call_back(window, keys) -> None:
    call = promise(window, -1)
    window.show_panel("task")
    catch_up(window)
    keys.press(F8)
    catch_up(window)
    assert window.navigation.current() == "hotline"
    assert window.panel.detail.call.id == call
    assert focus().objectName() == "hotline.result.reached"
    keys.text("1")
    keys.save()
    catch_up(window)
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
    catch_up(window)
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
        catch_up(window)
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
    catch_up(window)
    due = window.session.get("inquiry", call)["callback_due"]
    assert due == window.session.clock.now_ms() + 45 * 60_000
    assert pass_by(window, 45 * 60 - 1) == 0
    assert pass_by(window, 1) == 1


def test_a_wrong_number_is_marked_and_comes_again(window, keys) -> None:
    call = promise(window, -1)
    keys.press(F8)
    keys.text("3")
    keys.save()
    catch_up(window)
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
        qtbot.waitUntil(lambda: not watch._read.busy)
        settle()
    pass_by(window, 30)
    qtbot.waitUntil(lambda: watch.known)
    assert pass_by(window, 30) == 1


def known(watch: AlarmWatch) -> dict[str, Promise]:
    return dict(watch.alarm._promises)


def test_many_changes_are_gathered_and_read_beside_the_screen(window, monkeypatch) -> None:
    reads: list[str] = []
    find = window.session.find

    def noted(query: Query) -> list[Record]:
        if Condition("callback_due", "filled") in query.where:
            reads.append(threading.current_thread().name)
        return find(query)

    monkeypatch.setattr(window.session, "find", noted)
    due = window.session.clock.now_ms() + 60_000
    for at in range(60):
        verb = inquiry.log_call(phone=f"1380013{at:04}", status="callback", callback_due=due)
        window.session.execute(verb)
    catch_up(window)
    assert len(known(window.alarm.watch)) == 60
    assert 0 < len(reads) < 20
    assert threading.main_thread().name not in reads


@pytest.mark.parametrize("most", [2_000, 3])
def test_whatever_is_done_to_calls_the_alarm_knows_what_the_log_says(
    window, monkeypatch, most: int
) -> None:
    monkeypatch.setattr(watch_module, "MOST", most)
    random, session = Random(7), window.session
    calls: list[str] = []
    for step in range(80):
        due = session.clock.now_ms() + random.randrange(-30, 60) * 60_000
        what = random.randrange(5) if calls else 0
        if what == 0:
            verb = inquiry.log_call(phone=f"1380013{step:04}", status="callback", callback_due=due)
            calls.append(session.execute(verb).made[0].id)
        elif what == 1:
            session.execute(edit(inquiry.NAME, random.choice(calls), callback_due=due))
        elif what == 2:
            status = random.choice(("callback", "closed", "called_back"))
            session.execute(edit(inquiry.NAME, random.choice(calls), status=status))
        elif what == 3:
            agent = random.choice(("刘倩", "王敏（坐席）", "热线组", None))
            session.execute(edit(inquiry.NAME, random.choice(calls), agent=agent))
        elif session.can_undo():
            session.undo()
        if random.random() < 0.3:
            QTest.qWait(20)  # in the midst of a read
    catch_up(window)
    stored = {each.record: each for each in watch_module._owed(session, None)}
    assert known(window.alarm.watch) == stored


def test_closed_a_moment_ago_it_is_not_opened(window, keys) -> None:
    first, second = promise(window, -2), promise(window, -1)
    window.session.execute(inquiry.close(first))
    keys.press(F8)  # before the alarm has read what changed
    assert window.panel.detail.call.id == second
