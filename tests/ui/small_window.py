"""The real window on a small center of one's own: how it begins, and how it ends without a trace.

Rule: the window goes before its look, and its session is closed by the window itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bankcc.clock import Clock
from bankcc.ids import Chance
from bankcc.session import Session
from bankcc.settings import Settings
from tests.ui.small_center import new_session, settle
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow


@contextmanager
def appearance(app: QApplication, folder: Path, **wanted: object) -> Iterator[Appearance]:
    """Language, theme and scale as `wanted`, put back at the end."""
    made = Appearance(app, Settings(folder / "settings.json"))
    for name, value in wanted.items():
        setattr(made.settings, name, value)
    made.start()
    try:
        yield made
    finally:
        made.settings = Settings(folder / "settings.json")
        made.start()
        made.stop()
        made.deleteLater()


def show(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Bring it to the screen, with the keys."""
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    settle()
    return window


def end(*windows: MainWindow) -> None:
    """Close them, and let what they left go."""
    for window in windows:
        window.close()
        window.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def small_window(
    app: QApplication,
    qtbot: QtBot,
    folder: Path,
    clock: Clock,
    chance: Chance,
    fill: Callable[[Session], object] = lambda _session: None,
) -> Iterator[MainWindow]:
    """A window on a new center that holds what `fill` puts there."""
    with appearance(app, folder) as look:
        session = new_session(folder / "center", clock, chance)
        fill(session)
        window = MainWindow(session, look)
        try:
            yield show(window, qtbot)
        finally:
            end(window)
