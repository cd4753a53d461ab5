"""Sound on and off, a try that is heard although it is off, ten minutes of silence."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc import i18n
from bankcc.clock import ManualClock, local
from bankcc.errors import StorageError
from bankcc.session import Session
from tests.ui.panels.hotline_keys import language_change
from tests.ui.silent_sounds import SilentSounds, watched
from ui.alarm.watch import AlarmWatch
from ui.dialogs.settings_reminders import RemindersPage


@pytest.fixture
def sounds() -> SilentSounds:
    return SilentSounds()


@pytest.fixture
def watch(context, sounds, clock: ManualClock) -> Iterator[AlarmWatch]:
    clock.step_ms = 0
    made = watched(context, sounds)
    yield made
    made.stop()


@pytest.fixture
def page(qtbot, context, watch) -> RemindersPage:
    made = RemindersPage(context, watch)
    qtbot.addWidget(made)
    made.show()
    return made


def press(widget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Space)


def test_sound_is_off_at_once_and_stays_off(page, watch, context, sounds) -> None:
    assert page.sound.isChecked()
    press(page.sound)
    watch.sound()
    assert sounds.played == 0
    again = watched(context, SilentSounds())
    assert again.sound_on is False
    again.stop()


def test_the_try_is_heard_even_if_the_sound_is_off(page, sounds) -> None:
    press(page.sound)
    press(page.test_button)
    assert sounds.played == 1


def test_what_could_not_be_kept_is_said_and_holds(page, watch, context, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(context.session.local, "set_value", refuse)
    press(page.sound)
    assert watch.sound_on is False
    assert "磁盘已满" in context.messages.rows[0].message.what


def test_ten_minutes_of_silence_and_back(page, clock) -> None:
    press(page.mute_button)
    assert page.mute_button.text() == "恢复声音"
    assert page.muted.text() == "静音到 " + f"{_in_minutes(clock, 10)}"
    press(page.mute_button)
    assert page.mute_button.text() == "静音 10 分钟"
    assert page.muted.text() == ""


def _in_minutes(clock: ManualClock, minutes: int) -> str:
    return f"{local(clock.now_ms() + minutes * 60_000):%H:%M}"


def test_a_missing_player_is_said_and_is_no_error(page, sounds, context) -> None:
    assert page.player.text() == "由 paplay 播放。"
    sounds.player = ""
    press(page.test_button)
    assert page.player.text().startswith("◆ 没有找到播放程序")
    assert not context.messages.rows


def test_open_for_reading_only_the_choice_holds_for_this_run(context, clock) -> None:
    with Session.open(context.session.paths, write=False, clock=clock) as reading:
        context.session, writing = reading, context.session
        made = watched(context, SilentSounds())
        made.set_sound(False)
        assert made.sound_on is False
        context.jobs.shut_down()
        made.stop()
        context.session = writing
    assert context.session.local.value("alarm.sound") is None


def test_every_word_follows_the_language(page) -> None:
    i18n.set_language("en")
    language_change(page)
    shown = " ".join(
        [page.sound.text(), page.test_button.text(), page.mute_button.text(), page.hint.text()]
    )
    assert shown.isascii()
    assert page.sound.text() == "Sound when a call back is due"
