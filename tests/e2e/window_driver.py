"""Runs the program as a person starts it, in a process of its own, and presses keys in it.

Called as `python -m tests.e2e.window_driver FOLDER PLAN [GIVEN]`; `PLAN` names one of the functions
below.
Prints what the test wants to know, one line each.
"""

import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.paths import Paths
from bankcc.schema.query import Query
from ui import app as program
from ui.app import Start
from ui.frame.main_window import MainWindow

NUMBER = "13800138000"


def say(*words: object) -> None:
    """One line to the test."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def window() -> MainWindow:
    """The window that is open."""
    return next(top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow))


def press(text: str = "", key: Qt.Key | None = None, control: bool = False) -> int:
    """Keys to whatever has the focus; how many."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    for part in [key] if key is not None else text:
        QTest.keyClick(QApplication.focusWidget() or window(), part, modifier)
    return 1 if key is not None else len(text)


def fourteen() -> None:
    """F2, eleven digits, a category, Ctrl+Enter."""
    shown = window()
    before = shown.session.count(Query("inquiry"))
    count = press(key=Qt.Key.Key_F2) + press(NUMBER) + press("2")
    count += press(key=Qt.Key.Key_Return, control=True)
    say("platform", QGuiApplication.platformName())
    say("keys", count)
    say("new", shown.session.count(Query("inquiry")) - before)
    say("focus", QApplication.focusWidget().objectName())
    shown.close()


def urgent_in_a_sentence() -> None:
    """Ctrl+E while the caret stands in the request: on X11 a line edit would take it."""
    press(key=Qt.Key.Key_F2)
    press(NUMBER + "2" + "abc")
    press(key=Qt.Key.Key_E, control=True)
    press(key=Qt.Key.Key_Return, control=True)
    (call,) = window().session.find(Query("inquiry", text="abc"))
    say("status", call.text("status"))
    window().close()


def type_and_wait() -> None:
    """Something is typed and not saved; the test kills this process."""
    press(key=Qt.Key.Key_F2)
    press(NUMBER + "3")
    press("half a sentence")
    say("typed")


def what_came_back() -> None:
    """What the next start offers."""
    strip = window().show_panel("hotline").entry
    say("blank", strip.draft.is_blank)
    for draft in strip.parked.drafts:
        say("parked", draft.phone, draft.category, draft.note)
    press(key=Qt.Key.Key_Tab, control=True)
    say("resumed", strip.fields.note.text())
    press(key=Qt.Key.Key_Return, control=True)
    say("stored", len(window().session.find(Query("inquiry", text="half sentence"))))
    window().close()


def close_after(ms: str) -> None:
    """Go through panels, and be gone while things are read and loaded."""
    shown, names = window(), tuple(window().specs)
    for at, name in enumerate(names[: int(ms) // 150]):
        QTimer.singleShot(at * 150, shown, partial(shown.show_panel, name))
    QTimer.singleShot(int(ms), shown, shown.close)


def stay() -> None:
    """Wait until a second start raises this window."""
    shown = window()
    shown.showMinimized()
    say("open")
    look = QTimer(shown, interval=50)

    def end_when_raised() -> None:
        if not shown.isMinimized():
            look.stop()
            say("raised")
            shown.close()

    look.timeout.connect(end_when_raised)
    look.start()


def main() -> None:
    """Start the program and let the plan begin once the window is shown."""
    folder, plan = Path(sys.argv[1]), partial(globals()[sys.argv[2]], *sys.argv[3:])
    start = Start(Paths(folder), Paths(folder), language="zh_CN", user="王敏 · 热线坐席")

    def begin() -> None:
        shown = [top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow)]
        if not shown or not shown[0].isActiveWindow():
            if shown:  # there is no window manager that would do it
                shown[0].activateWindow()
            QTimer.singleShot(50, made, begin)
            return
        plan()

    made = program.make_application()
    QTimer.singleShot(0, made, begin)
    sys.exit(program.run(start))


if __name__ == "__main__":
    main()
