"""The real window over a big center, shown and made ready, for what is timed by keys.

Rule: each measurement is a process of its own: `own_process` starts the module, which prints JSON.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.paths import Paths
from bankcc.session import Session
from tests.bench.calls import START_MS, USER
from tests.bench.starting import environment
from tests.e2e.operator_keys import OperatorKeys
from ui import app as program
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.preparing import Preparation

PATIENCE = 10
"""Seconds after which something will not come any more."""


def own_process(module: str, center: Path) -> dict[str, Any]:
    """What `python -m tests.bench.MODULE CENTER` prints last."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{module}", str(center)],
        env=environment(center),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return json.loads(done.stdout.splitlines()[-1])


def open_window(folder: Path) -> tuple[MainWindow, OperatorKeys]:
    """The window over the closed center in `folder`, all panels made ready, and who works there."""
    app = program.make_application()
    look = Appearance(app, settings.load(folder.parent / "settings.json"))
    look.start()
    session = Session.open(Paths(folder), clock=ManualClock(ms=START_MS + 86_400_000))
    session.user = USER
    window = MainWindow(session, look)
    window.resize(1366, 768)
    window.show()
    bring_forward(window)
    ready = Preparation(window)
    ready.start()
    person = OperatorKeys(window)
    while not ready.done:
        person.pause(50)
    return window, person


def bring_forward(window: QMainWindow) -> None:
    """Keys go to the window that is active."""
    window.activateWindow()
    began = time.perf_counter()
    while not window.isActiveWindow() and time.perf_counter() - began < PATIENCE:
        QApplication.processEvents()


class Painted(QObject):
    """Whether `watched` was painted since then."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.seen = False
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False
