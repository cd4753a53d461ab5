"""A whole window whose alarm is looked at second by second, and heard by a count. `keys`, `look`,
`paths`, `open_window` and `window` become fixtures where they are used.
"""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.clock import ManualClock
from bankcc.features import inquiry
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.silent_sounds import SilentSounds
from tests.ui.small_center import USER, new_session, settle
from tests.ui.small_window import appearance, end, show
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow

F8 = Qt.Key.Key_F8


def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    with appearance(qapp, tmp_path) as made:
        yield made


def paths(tmp_path: Path, clock: ManualClock, chance: SeededChance) -> Paths:
    with new_session(tmp_path / "center", clock, chance) as session:
        return session.paths


def open_window(qtbot, look, paths, clock) -> Iterator[object]:
    made: list[MainWindow] = []

    def open_one(user: str = USER, *, write: bool = True) -> MainWindow:
        session = Session.open(paths, clock=clock, write=write)
        session.user = user
        window = MainWindow(session, look)
        made.append(window)
        window.alarm.watch._timer.stop()  # the tests look by themselves, second by second
        window.alarm.watch.sounds = SilentSounds()
        show(window, qtbot)
        qtbot.waitUntil(lambda: window.alarm.watch.known)
        return window

    yield open_one
    end(*made)


def window(open_window) -> MainWindow:
    return open_window()


def promise(window: MainWindow, minutes: float, agent: str = "王敏", caller: str = "张") -> str:
    """A call back owed in so many minutes; the id of the call."""
    due = window.session.clock.now_ms() + round(minutes * 60_000)
    verb = inquiry.log_call(
        phone="13800138000", caller=caller, agent=agent, status="callback", callback_due=due
    )
    made = window.session.execute(verb).made[0].id
    catch_up(window)
    return made


def catch_up(window: MainWindow) -> None:
    """Let what changed arrive at the alarm."""
    settle()
    for _round in range(500):
        if window.alarm.watch.known:
            return
        QTest.qWait(10)
    raise AssertionError("the call backs were not read")


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
