"""From Alt and a digit to the painted panel, against a bare switch of Qt in the same process.

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
from ui.main_window import MainWindow
from ui.preparing import Preparation

PANELS = "1246890"
ROUNDS = 12


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


def _switch(window: QMainWindow, stack: QStackedWidget, digit: str) -> float:
    began = time.perf_counter()
    key = getattr(Qt.Key, f"Key_{digit}")
    QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    painted = _Painted()
    stack.currentWidget().installEventFilter(painted)
    while not painted.seen:
        QApplication.processEvents()
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
    made.resize(1366, 768)
    return made, stack


def run(folder: Path) -> dict[str, object]:
    """Seconds of every switch: `first` of each panel, then `ours` by panel and `bare` in turns."""
    app = program.make_application()
    bare, pages = _bare_window()
    look = Appearance(app, settings.load(folder.parent / "settings.json"))
    look.start()
    session = Session.open(Paths(folder), clock=ManualClock(ms=START_MS + 86_400_000))
    session.user = USER
    window = MainWindow(session, look)
    window.resize(1366, 768)
    for each in (bare, window):
        each.show()
    window.activateWindow()
    ready = Preparation(window)
    ready.start()
    person = OperatorKeys(window)
    while not ready.done:
        person.pause(50)
    first: list[float] = []
    ours: dict[str, list[float]] = {digit: [] for digit in PANELS}
    plain: list[float] = []
    for at in range(ROUNDS + 1):
        for digit in PANELS:
            window.activateWindow()
            taken = _switch(window, window.stack, digit)
            (ours[digit] if at else first).append(taken)
            person.settle(150)
            bare.activateWindow()
            plain.append(_switch(bare, pages, digit))
    window.close()
    return {"ours": ours, "first": first, "bare": plain}


def main() -> None:
    print(json.dumps(run(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
