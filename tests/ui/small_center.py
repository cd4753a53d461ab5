"""A center in a temporary folder, opened in no time, with the services of a window around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bankcc.clock import Clock
from bankcc.features import inquiry
from bankcc.ids import Chance
from bankcc.paths import Paths
from bankcc.session import Session
from ui.bridge import Bridge
from ui.context import UiContext
from ui.feedback import MessageBar
from ui.frame.saved_chip import SavedChip
from ui.jobs import Jobs

USER = "王敏 · 热线坐席"


def new_session(folder: Path, clock: Clock, chance: Chance, *, passphrase: str = "") -> Session:
    """A new center in `folder`, open, with somebody at work; an example without a passphrase."""
    session, _key = Session.create(
        Paths(folder),
        name="滨江支行",
        passphrase=passphrase or None,
        demo=not passphrase,
        clock=clock,
        chance=chance,
    )
    session.user = USER
    return session


@contextmanager
def opened(folder: Path, clock: Clock, chance: Chance) -> Iterator[UiContext]:
    """The context of a new center in `folder`; `context.shown` lists what was asked to be shown."""
    session = new_session(folder, clock, chance)
    window = QWidget()
    jobs = Jobs(window)
    context = UiContext(
        session,
        Bridge(session, window),
        jobs,
        MessageBar(window),
        SavedChip(window),
        lambda kind, record: window.setProperty("shown", [kind, record]),
        lambda: window,
    )
    try:
        yield context
    finally:
        jobs.shut_down()
        QApplication.processEvents()
        context.bridge.stop()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        session.close()


def log_calls(context: UiContext, count: int) -> list[str]:
    """Enter `count` calls with different numbers; their record ids, oldest first."""
    return [
        context.session.execute(
            inquiry.log_call(phone=f"138{at:08}", category="cash", note=f"来电 {at}")
        )
        .made[0]
        .id
        for at in range(count)
    ]


def settle() -> None:
    """Let queued signals arrive."""
    for _round in range(3):
        QApplication.processEvents()


def show_panel(panel: QWidget, qtbot: QtBot, size: tuple[int, int] = (1204, 660)) -> None:
    """Bring a panel that has a `feed` to the screen, with the keys, once it has read."""
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(lambda: panel.feed.loaded or panel.feed.error is not None)
    panel.start()
    qtbot.wait(5)
