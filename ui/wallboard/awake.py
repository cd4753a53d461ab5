"""Keeping the machine awake while the wallboard stands there, if somebody asked for it.

Rule: nothing stays behind. On Linux and macOS the request ends with the pipe of this process, even
if it is killed; on Windows with the thread.
"""

import ctypes
import shutil
import sys

from PySide6.QtCore import QObject, QProcess, Signal, Slot

COMMANDS = {
    "linux": ("systemd-inhibit", "--what=idle:sleep", "--who=bankcc", "--why=wallboard", "cat"),
    "darwin": ("caffeinate", "-d", "-i", "cat"),
}
_CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x1, 0x2


class Awake(QObject):
    """`start` and `stop`; `on` whether the machine has been asked to stay awake. `ended`: the
    system did not take the request, or dropped it."""

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.on = False
        self._process: QProcess | None = None

    def start(self) -> bool:
        """Ask the system; False where it cannot be asked."""
        if self.on:
            return True
        if sys.platform == "win32":
            self.on = _tell_windows(_CONTINUOUS | _SYSTEM | _DISPLAY)
            return self.on
        program, *arguments = COMMANDS.get(sys.platform, COMMANDS["linux"])
        found = shutil.which(program)
        if found is None:
            return False
        self._process = QProcess(self)
        self._process.start(found, arguments)
        self.on = self._process.waitForStarted(1_000)
        if self.on:
            self._process.finished.connect(self._ended)
        else:
            self.stop()
        return self.on

    def stop(self) -> None:
        """The machine may sleep again."""
        if sys.platform == "win32" and self.on:
            _tell_windows(_CONTINUOUS)
        if self._process is not None:
            if self.on:
                self._process.finished.disconnect(self._ended)
            # `cat` ends with its input, and the request with it.
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(1_000):
                self._process.kill()
                self._process.waitForFinished(1_000)
            self._process.deleteLater()
            self._process = None
        self.on = False

    @Slot()
    def _ended(self) -> None:
        self.on = False
        self.stop()
        self.ended.emit()


def _tell_windows(state: int) -> bool:
    return bool(ctypes.windll.kernel32.SetThreadExecutionState(state))
