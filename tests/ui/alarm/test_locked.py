"""While the center is locked the alarm is heard and said, and nothing of a call is held."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.features import inquiry
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.silent_sounds import SilentSounds, watched
from tests.ui.small_center import USER, new_session, opened, settle
from ui import app
from ui.alarm import locked as locked_alarm
from ui.alarm.locked import NAME, LockedAlarm
from ui.alarm.sounds import Sounds
from ui.alarm.watch import AlarmWatch
from ui.app import Start
from ui.appearance import Appearance
from ui.context import UiContext
from ui.dialogs.unlock import UnlockDialog
from ui.frame.main_window import MainWindow
from ui.widgets.chip import Chip

MINUTE = 60_000
PASSPHRASE = "滨江 秋天 梧桐"


@pytest.fixture
def context(qapp, tmp_path, clock: ManualClock, chance) -> Iterator[UiContext]:
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


@pytest.fixture
def alarm(qapp, clock: ManualClock) -> Iterator[LockedAlarm]:
    made = LockedAlarm([clock.now_ms() + MINUTE], clock, SilentSounds(), qapp)
    made._timer.stop()  # the tests look by themselves
    yield made
    made.deleteLater()


def owe(session: Session, due: int) -> None:
    session.execute(inquiry.log_call(phone="13800138000", status="callback", callback_due=due))


@pytest.fixture
def watch(context: UiContext, clock: ManualClock, qtbot) -> AlarmWatch:
    """It knows of one call back, due in a minute."""
    owe(context.session, clock.now_ms() + MINUTE)
    made = watched(context, SilentSounds())
    qtbot.waitUntil(lambda: made.known)
    return made


def pass_by(alarm: LockedAlarm, seconds: int) -> int:
    before = alarm._sounds.played
    for _second in range(seconds):
        alarm._clock.advance(seconds=1)
        alarm.look()
    return alarm._sounds.played - before


def test_it_is_heard_when_due_and_every_thirty_seconds(alarm) -> None:
    assert pass_by(alarm, 59) == 0
    assert pass_by(alarm, 1) == 1
    assert pass_by(alarm, 60) == 2


def test_the_dialog_in_front_says_so_once(qtbot, alarm, clock) -> None:
    dialog = UnlockDialog(lambda **_secret: None, clock)
    qtbot.addWidget(dialog)
    clock.advance(minutes=2)
    found: list[str] = []

    def look() -> None:
        for _again in range(3):
            alarm.look()
        found.extend(chip.text() for chip in dialog.findChildren(Chip, NAME))
        dialog.reject()

    QTimer.singleShot(0, look)
    dialog.exec()
    assert found == ["▲ 有回拨到期：请打开指挥中心"]


def test_without_a_dialog_it_is_heard_all_the_same(alarm, clock) -> None:
    clock.advance(minutes=2)
    alarm.look()
    assert alarm._sounds.played == 1


def test_it_holds_the_times_of_who_locked_it_and_nothing_else(
    qapp: QApplication, context, clock, qtbot
) -> None:
    now = clock.now_ms()
    calls = []
    for minutes, agent in ((5, "王敏"), (-3, "王敏"), (7, "刘倩"), (9, "")):
        verb = inquiry.log_call(
            phone="13800138000",
            caller="张",
            agent=agent,
            status="callback",
            callback_due=now + minutes * MINUTE,
        )
        calls.append(context.session.execute(verb).made[0].id)
    watch = watched(context, SilentSounds())
    qtbot.waitUntil(lambda: watch.known)
    watch.look()
    watch.postpone(calls[1])
    assert sorted(watch.times()) == [now + 5 * MINUTE, now + 5 * MINUTE, now + 9 * MINUTE]
    watch.toggle_mute()
    assert min(watch.times()) == now + 10 * MINUTE
    watch.stop()
    watch.example = False
    locked_alarm.begin(qapp, watch, clock)
    made = qapp.findChild(LockedAlarm, NAME)
    assert "138" not in repr(made._alarm._promises)
    assert calls[0] not in repr(made._alarm._promises)
    locked_alarm.end(qapp)
    settle()
    assert qapp.findChild(LockedAlarm, NAME) is None


def test_locked_before_anything_was_read_it_rings_all_the_same(qapp, context, clock) -> None:
    for at, agent in enumerate(("王敏（坐席）", "刘倩", "")):
        verb = inquiry.log_call(
            phone=f"1380013800{at}",
            agent=agent,
            status="callback",
            callback_due=clock.now_ms() + (at + 1) * MINUTE,
        )
        context.session.execute(verb)
    watch = watched(context, SilentSounds())
    assert not watch.known
    assert watch.times() == []
    watch.catch_up()
    watch.stop()
    watch.example = False
    locked_alarm.begin(qapp, watch, clock)
    made = qapp.findChild(LockedAlarm, NAME)
    made._timer.stop()
    clock.advance(minutes=10)
    assert len(made.look().calls) == 2
    locked_alarm.end(qapp)


def test_the_lock_of_the_window_catches_up(qapp, tmp_path, clock, chance, monkeypatch) -> None:
    monkeypatch.setattr(AlarmWatch, "refresh", lambda _watch: None)  # it never comes to read
    with opened(tmp_path / "center", clock, chance) as context:
        due = clock.now_ms() + MINUTE
        owe(context.session, due)
    session = Session.open(Paths(tmp_path / "center"), clock=clock)
    session.user = USER
    look = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    look.start()
    window = MainWindow(session, look)
    window.lock()
    assert window.alarm.watch.times() == [due]
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    look.deleteLater()


def test_where_nothing_is_owed_there_is_none(qapp, context, clock) -> None:
    watch = watched(context, SilentSounds())
    watch.stop()
    watch.example = False
    locked_alarm.begin(qapp, watch, clock)
    assert qapp.findChild(LockedAlarm, NAME) is None
    locked_alarm.end(qapp)


def test_an_example_is_open_again_at_once(qapp, watch, clock) -> None:
    watch.stop()
    assert watch.times()
    locked_alarm.begin(qapp, watch, clock)
    assert qapp.findChild(LockedAlarm, NAME) is None


def test_a_lock_hands_it_on_and_the_next_window_takes_over(
    qapp, qtbot, tmp_path, clock, chance
) -> None:
    paths = Paths(tmp_path / "own")
    with new_session(paths.root, clock, chance, passphrase=PASSPHRASE) as session:
        owe(session, clock.now_ms() + MINUTE)
    look = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    look.start()
    start = Start(paths, paths, passphrase=PASSPHRASE, user=USER, clock=clock)
    leave: list[str] = ["lock", "close"]
    seen: list[bool] = []

    def when_shown() -> None:
        for window in filter(QWidget.isVisible, qapp.topLevelWidgets()):
            if isinstance(window, MainWindow) and window.alarm.watch.known:
                seen.append(qapp.findChild(LockedAlarm, NAME) is None)
                getattr(window, leave.pop(0))()

    timer = QTimer(interval=20)
    timer.timeout.connect(when_shown)
    timer.start()
    assert app.stay(qapp, look, start) is None
    made = qapp.findChild(LockedAlarm, NAME)
    assert made is not None
    assert app.stay(qapp, look, start) == 0
    timer.stop()
    for window in [each for each in qapp.topLevelWidgets() if isinstance(each, MainWindow)]:
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    timer.deleteLater()
    assert seen == [True, True]
    look.stop()
    look.deleteLater()


def test_a_sound_that_is_off_stays_off(qapp, watch, clock) -> None:
    watch.set_sound(False)
    watch.stop()
    watch.example = False
    locked_alarm.begin(qapp, watch, clock)
    made = qapp.findChild(LockedAlarm, NAME)
    clock.advance(minutes=2)
    assert made.look().calls
    assert made._sounds is None
    locked_alarm.end(qapp)


def test_locked_many_times_no_sounds_are_left(qapp, watch, clock) -> None:
    watch.stop()
    watch.example = False
    before = len(qapp.findChildren(Sounds))
    locked_alarm.begin(qapp, watch, clock)
    locked_alarm.end(qapp)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(qapp.findChildren(Sounds)) == before
