"""From the last digit of a number that called before to the painted banner that says so, against
a bare label that waits as long, in the same run.

Run as `python -m tests.bench.repeat_banner FOLDER`: prints seconds as JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from bankcc.schema.query import Condition, Query
from tests.bench.at_work import PATIENCE, Painted, bring_forward, open_window, own_process
from tests.bench.measure import Result, median, ms, share
from tests.e2e.operator_keys import OperatorKeys
from ui.frame.main_window import MainWindow
from ui.hotline.repeat_hint import PAUSE_MS

NUMBERS = 60
BEAT_MS = 60
"""Between two digits: somebody who types fast."""
BAR = 0.150


def measure(center: Path, count: int) -> list[Result]:
    """`center`: an example with `count` calls, closed."""
    found = own_process("repeat_banner", center)
    ours, bare = found["ours"], found["bare"]
    return [
        Result(
            f"earlier calls of a number said, {count:,} calls",
            f"median {ms(median(ours))}, p95 {ms(share(ours, 95))}, worst {ms(max(ours))}"
            f" = {median(ours) / median(bare):.1f} x a bare label that waits {PAUSE_MS} ms"
            f" ({ms(median(bare))})",
            "p95 <= 150 ms after the last digit",
            share(ours, 95) <= BAR,
        )
    ]


def _until(said: Callable[[], bool], what: str) -> float:
    began = time.perf_counter()
    while not said():
        QApplication.processEvents()
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError(f"{what}: nothing was said")
    return time.perf_counter() - began


def _typed(window: MainWindow, person: OperatorKeys, number: str) -> float:
    """Type a whole number into the empty field; seconds from its last digit to the banner."""
    person.press(Qt.Key.Key_F2)
    for digit in number[:-1]:
        person.press(digit)
        person.pause(BEAT_MS)
    hint = window.panel.entry.repeat
    painted = Painted(hint.chip)

    def said() -> bool:
        same = bool(hint.calls) and all(call.text("phone") == number for call in hint.calls)
        painted.seen = painted.seen and same
        return painted.seen and hint.isVisible()

    began = time.perf_counter()
    QTest.keyClick(QApplication.focusWidget() or window, number[-1])
    _until(said, number)
    taken = time.perf_counter() - began
    painted.deleteLater()
    person.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    person.control(Qt.Key.Key_A)
    person.press(Qt.Key.Key_Delete)
    person.pause(BEAT_MS)
    return taken


def _bare() -> list[float]:
    """A line and a label of Qt, which says the number as late as the banner looks it up."""
    window, page = QMainWindow(), QWidget()
    line, label = QLineEdit(page), QLabel(page)
    column = QVBoxLayout(page)
    column.addWidget(line)
    column.addWidget(label)
    window.setCentralWidget(page)
    timer = QTimer(window, singleShot=True, interval=PAUSE_MS)
    timer.timeout.connect(lambda: label.setText(line.text()))
    line.textChanged.connect(lambda _text: timer.start())
    window.show()
    bring_forward(window)
    times = []
    for at in range(NUMBERS):
        painted = Painted(label)
        line.setText(str(at))
        times.append(_until(lambda painted=painted: painted.seen, "the bare label"))
        painted.deleteLater()
    return times


def run(folder: Path) -> dict[str, list[float]]:
    """Seconds for every number: `ours`, `bare`."""
    window, person = open_window(folder)
    window.show_panel("hotline")
    person.settle()
    mobiles = Query("inquiry", where=(Condition("phone", "filled"),), order="row")
    phones = [call.text("phone") for call in window.session.find(mobiles)]
    numbers = [phone for phone in phones if len(phone) == 11 and phone.startswith("1")]
    ours = [_typed(window, person, number) for number in Random(5).sample(numbers, NUMBERS)]
    window.close()
    return {"ours": ours, "bare": _bare()}


def main() -> None:
    print(json.dumps(run(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
