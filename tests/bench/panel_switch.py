"""From Alt and a digit to the painted panel, against a bare switch of Qt in the same run.

Run as `python -m tests.bench.panel_switch FOLDER`: prints seconds as JSON.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QWidget

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.paths import Paths
from bankcc.session import Session
from tests.bench.calls import START_MS, USER
from tests.bench.measure import Result, median, ms, share
from tests.bench.starting import environment
from tests.e2e.operator_keys import OperatorKeys
from ui import app as program
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.preparing import Preparation

PANELS = "1246890"
ROUNDS = 8
PATIENCE = 10


def measure(center: Path, count: int) -> list[Result]:
    """`center`: an example with `count` calls, closed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.panel_switch", str(center)],
        env=environment(center),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    found = json.loads(done.stdout.splitlines()[-1])
    bare, first = found["bare"], found["first"]
    every = [taken for times in found["ours"].values() for taken in times]
    slowest = max(found["ours"], key=lambda digit: median(found["ours"][digit]))
    return [
        Result(
            f"panel switch, {count:,} calls",
            f"median {ms(median(every))}, p95 {ms(share(every, 95))}"
            f" = {median(every) / median(bare):.1f} x a bare switch ({ms(median(bare))});"
            f" slowest Alt+{slowest} {ms(median(found['ours'][slowest]))};"
            f" first time {ms(median(first))}, worst {ms(max(first))}",
            "p95 <= 50 ms",
            share(every, 95) <= 0.050,
        )
    ]


class _Painted(QObject):
    """Whether what is in front was painted since it was asked last."""

    seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


def _bring_forward(window: QMainWindow) -> None:
    """Keys go to the window that is active."""
    window.activateWindow()
    began = time.perf_counter()
    while not window.isActiveWindow() and time.perf_counter() - began < PATIENCE:
        QApplication.processEvents()


def _switch(window: QMainWindow, stack: QStackedWidget, digit: str) -> float:
    began = time.perf_counter()
    key = getattr(Qt.Key, f"Key_{digit}")
    QTest.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier)
    painted = _Painted()
    stack.currentWidget().installEventFilter(painted)
    while not painted.seen:
        QApplication.processEvents()
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"Alt+{digit} painted nothing")
    taken = time.perf_counter() - began
    stack.currentWidget().removeEventFilter(painted)
    return taken


def _bare_window() -> tuple[QMainWindow, QStackedWidget]:
    made = QMainWindow()
    stack = QStackedWidget()
    made.setCentralWidget(stack)
    for at, digit in enumerate(PANELS):
        page = QWidget()
        QLabel(digit, page)
        stack.addWidget(page)
        action = QAction(made, shortcut=f"Alt+{digit}")
        action.triggered.connect(lambda _on=False, at=at: stack.setCurrentIndex(at))
        made.addAction(action)
    stack.setCurrentIndex(len(PANELS) - 1)
    made.resize(1366, 768)
    return made, stack


def run(folder: Path) -> dict[str, object]:
    """Seconds of every switch: `first` of each panel, `ours` by panel, `bare`."""
    app = program.make_application()
    look = Appearance(app, settings.load(folder.parent / "settings.json"))
    look.start()
    session = Session.open(Paths(folder), clock=ManualClock(ms=START_MS + 86_400_000))
    session.user = USER
    window = MainWindow(session, look)
    window.resize(1366, 768)
    window.show()
    _bring_forward(window)
    ready = Preparation(window)
    ready.start()
    person = OperatorKeys(window)
    while not ready.done:
        person.pause(50)
    first: list[float] = []
    ours: dict[str, list[float]] = {digit: [] for digit in PANELS}
    for at in range(ROUNDS + 1):
        for digit in PANELS:
            taken = _switch(window, window.stack, digit)
            (ours[digit] if at else first).append(taken)
            person.settle(100)
    window.close()
    bare, pages = _bare_window()
    bare.show()
    _bring_forward(bare)
    plain = [_switch(bare, pages, digit) for _at in range(ROUNDS) for digit in PANELS]
    return {"ours": ours, "first": first, "bare": plain}


def main() -> None:
    print(json.dumps(run(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
