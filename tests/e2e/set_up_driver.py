"""Runs the first set-up as a person starts it, in a process of its own, by keys, up to a step.

Called as `python -m tests.e2e.set_up_driver FOLDER STEP [PASSPHRASE]`; says each step it comes to,
then waits to be killed. With a passphrase the center is there already.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.paths import Paths
from tests.ui.dialogs.set_up_keys import NAME, PASSPHRASE
from ui import app as program
from ui.app import Start
from ui.first_start.dialog import WelcomeDialog
from ui.first_start.step import Step
from ui.frame.main_window import MainWindow


def say(*words: object) -> None:
    """One line to the test."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class Person:
    """Looks at the screen every so often and presses what is next, until the step named `last`."""

    def __init__(self, last: str) -> None:
        self.last, self.at = last, ""
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, MainWindow) and shown.isVisible():
                self.come_to(f"window:{shown.navigation.current()}")
            if isinstance(shown, WelcomeDialog) and shown.isVisible() and shown.isEnabled():
                self.come_to(shown.step.name)
                if shown.step.name != self.last:
                    self.press(shown.step)

    def come_to(self, step: str) -> None:
        if step != self.at:
            self.at = step
            say(step)

    def press(self, step: Step) -> None:
        if step.name == "make":
            step.center.setText(NAME)
            for line in (step.first, step.second):
                line.setText(PASSPHRASE)
            step.second.setFocus()
        if step.name == "you":
            step.person.setText("王敏")
            step.post.setText("值班长")
        target = QApplication.focusWidget()
        if target is not None:
            QTest.keyPress(target, Qt.Key.Key_Return)


def main(folder: str, last: str, passphrase: str = "") -> int:
    """Until the window is closed, or the process killed."""
    place = Path(folder)
    program.make_application()
    person = Person(last)
    start = Start(Paths(place / "center"), Paths(place / "demo"), passphrase=passphrase or None)
    code = program.run(start)
    person.timer.stop()
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
