"""An operator at the window, who works by keys: whole deeds, each from wherever it stands.

Rule: keys go to whatever has the keyboard, as a person's would; between two keys the event loop
runs. The files brought in are the one thing that is dropped on a dialog instead of being typed.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.dialogs import files
from ui.frame.main_window import MainWindow

Modifier = Qt.KeyboardModifier
Key = Qt.Key
ENTER, ESCAPE = Key.Key_Return, Key.Key_Escape
DIGITS = "1234567890"
PATIENCE_MS = 60_000


class OperatorKeys:
    """`beat`: milliseconds that pass after every key; `told(deed)` is called before each deed."""

    def __init__(
        self, window: MainWindow, *, beat: int = 0, told: Callable[[str], object] = str
    ) -> None:
        self.window, self.beat, self._told = window, beat, told
        self.count = 0

    # -- single keys -----------------------------------------------------------------------------

    def press(self, key: Key | str, modifier: Modifier = Modifier.NoModifier) -> None:
        """One key to what has the keyboard."""
        target = QApplication.focusWidget() or QApplication.activeModalWidget() or self.window
        self.count += 1
        QTest.keyClick(target, key, modifier)
        self.pause(self.beat)

    def control(self, key: Key) -> None:
        """With Ctrl."""
        self.press(key, Modifier.ControlModifier)

    def alt(self, digit: str) -> None:
        """Alt and a digit: a panel."""
        self.press(getattr(Key, f"Key_{digit}"), Modifier.AltModifier)

    def text(self, text: str) -> None:
        """One character after the other."""
        for character in text:
            self.press(character)

    def times(self, key: Key, count: int, modifier: Modifier = Modifier.NoModifier) -> None:
        """The same key again and again."""
        for _each in range(count):
            self.press(key, modifier)

    def pause(self, ms: int) -> None:
        """Let the event loop run so long."""
        if ms <= 0:
            QApplication.processEvents()
            return
        loop = QEventLoop()
        QTimer.singleShot(ms, loop, loop.quit)
        loop.exec()

    def settle(self, ms: int = 200) -> None:
        """Until nothing is being worked on; then a moment, for what waits for a quiet one."""
        waited = 0
        self.pause(ms)
        while self.window.jobs.running and waited < PATIENCE_MS:
            self.pause(10)
            waited += 10
        if waited:
            self.pause(ms)

    # -- where one is ----------------------------------------------------------------------------

    def home(self) -> None:
        """Back to the window itself: dialogs, menus and the box of Ctrl+K are left by Esc."""
        for _try in range(6):
            front = self._front()
            if front is None:
                break
            QTest.keyClick(QApplication.focusWidget() or front, ESCAPE)
            self.pause(max(self.beat, 1))
            if self._front() is front and isinstance(front, QDialog):
                front.reject()
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible() and top.isWindow():
                top.close()
        self.window.activateWindow()
        self.pause(0)

    def _front(self) -> QWidget | None:
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if popup is not None:
            return popup
        tools = self.window.tools
        palette = tools._palette
        return palette if palette is not None and palette.is_open else None

    def _deed(self, name: str) -> None:
        self._told(name)

    # -- deeds -----------------------------------------------------------------------------------

    def go(self, digit: str) -> None:
        """To a panel."""
        self._deed(f"Alt+{digit}")
        self.alt(digit)

    def log_call(self, phone: str, category: str = "2", note: str = "") -> None:
        """F2, number, category, perhaps a note, Ctrl+Enter."""
        self._deed("call")
        self.press(Key.Key_F2)
        self.text(phone + category)
        if note:
            self.text(note)
        self.control(ENTER)

    def search(self, text: str, *, down: int = 0, enter: bool = False) -> None:
        """Ctrl+K, what is looked for, and open it or leave."""
        self._deed(f"search {text}")
        self.control(Key.Key_K)
        self.text(text)
        self.settle(250) if self.beat else None
        self.times(Key.Key_Down, down)
        self.press(ENTER if enter else ESCAPE)

    def command(self, words: str) -> None:
        """Ctrl+K, > and the words of a command."""
        self._deed(f"command {words}")
        self.control(Key.Key_K)
        self.text(f">{words}")
        self.press(ENTER)

    def narrow(self, digit: str, text: str) -> None:
        """Filter a panel, look at a row, leave."""
        self._deed(f"filter Alt+{digit} {text}")
        self.alt(digit)
        self.control(Key.Key_F)
        self.text(text)
        self.settle() if self.beat else None
        self.times(Key.Key_Down, 2)
        self.press(ENTER)
        self.times(ESCAPE, 3)

    def move_card(self, downs: int, keys: str) -> None:
        """On the board: to a card, then `l`eft, `r`ight, `u`p or `d`own with Ctrl."""
        self._deed(f"card {keys}")
        self.alt("4")
        self.times(Key.Key_Down, downs)
        ways = {"l": Key.Key_Left, "r": Key.Key_Right, "u": Key.Key_Up, "d": Key.Key_Down}
        for way in keys:
            self.control(ways[way])

    def open_card(self, downs: int) -> None:
        """On the board: open a card and leave it."""
        self._deed("open card")
        self.alt("4")
        self.times(Key.Key_Down, downs)
        self.press(ENTER)
        self.settle() if self.beat else None
        self.times(ESCAPE, 2)

    def check_in(self, initials: str) -> None:
        """Alt+6, initials, Enter."""
        self._deed(f"check in {initials}")
        self.alt("6")
        self.text(initials)
        self.press(ENTER)

    def note(self, text: str) -> None:
        """An entry of the timeline in the situation."""
        self._deed("timeline entry")
        self.alt("1")
        self.control(Key.Key_N)
        self.text(text)
        self.press(ENTER)

    def open_situation_card(self, steps: int) -> None:
        """The list behind a card of the situation."""
        self._deed(f"situation card {steps}")
        self.alt("1")
        self.times(Key.Key_Right, steps)
        self.press(ENTER)
        self.settle() if self.beat else None
        self.times(Key.Key_Down, 2)
        self.times(ESCAPE, 2)

    def check_resources(self, count: int) -> None:
        """Resources: Space for each, and sign."""
        self._deed("resource check")
        self.alt("8")
        for _each in range(count):
            self.press(Key.Key_Space)
            self.press(Key.Key_Down)
        self.control(ENTER)

    def report(self) -> None:
        """Alt+9, Enter: a PDF."""
        self._deed("report")
        self.alt("9")
        self.settle() if self.beat else None
        self.press(ENTER)
        self.settle() if self.beat else None

    def print_situation(self) -> None:
        """Ctrl+P, Enter in the dialog, Esc."""
        self._deed("Ctrl+P")
        self.control(Key.Key_P)
        self.press(ENTER)
        self.settle()
        self.home()

    def undo(self) -> None:
        """Ctrl+Z."""
        self._deed("undo")
        self.control(Key.Key_Z)

    def redo(self) -> None:
        """Ctrl+Y."""
        self._deed("redo")
        self.control(Key.Key_Y)

    def help(self) -> None:
        """F1 and away."""
        self._deed("help")
        self.press(Key.Key_F1)
        self.pause(50)
        self.home()

    def settings(self) -> None:
        """The settings and away."""
        self.command("settings")
        self.pause(50)
        self.home()

    def overdue(self) -> None:
        """F8: what has waited longest."""
        self._deed("F8")
        self.press(Key.Key_F8)

    def bring_in(self, kind: str, table: Path) -> None:
        """A table, through the preview, with Ctrl+Enter."""
        self._deed(f"import {table.name}")
        files.import_file(self.window.context, kind, table, self.window)
        self.settle()
        self.control(ENTER)
        self.settle()
        self.home()

    def export(self, words: str) -> None:
        """The export dialog of a kind, written."""
        self.command(words)
        self._deed(f"export {words}")
        self.press(ENTER)
        self.settle()
        self.home()
