"""From Alt and a digit to the painted panel, against a bare switch of Qt in the same run.

Run as `python -m tests.bench.panel_switch FOLDER`: prints seconds as JSON.
"""

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QWidget

from tests.bench.at_work import PATIENCE, Painted, bring_forward, open_window, own_process
from tests.bench.measure import Result, median, ms, share

PANELS = "1246890"
ROUNDS = 8


def measure(center: Path, count: int) -> list[Result]:
    """`center`: an example with `count` calls, closed."""
    found = own_process("panel_switch", center)
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


def _switch(window: QMainWindow, stack: QStackedWidget, digit: str) -> float:
    began = time.perf_counter()
    key = getattr(Qt.Key, f"Key_{digit}")
    QTest.keyClick(QApplication.focusWidget() or window, key, Qt.KeyboardModifier.AltModifier)
    painted = Painted(stack.currentWidget())
    while not painted.seen:
        QApplication.processEvents()
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"Alt+{digit} painted nothing")
    taken = time.perf_counter() - began
    painted.deleteLater()
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
    window, person = open_window(folder)
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
    bring_forward(bare)
    plain = [_switch(bare, pages, digit) for _at in range(ROUNDS) for digit in PANELS]
    return {"ours": ours, "first": first, "bare": plain}


def main() -> None:
    print(json.dumps(run(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
