"""Plays the sound of the alarm with what the system has; QtMultimedia is not shipped.

Rule: nothing waits for a sound and no missing player is an error; the last resort is the beep.
"""

import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

from bankcc.paths import resources

if sys.platform == "win32":
    import winsound

PLAYERS: tuple[tuple[str, ...], ...] = (
    ("paplay",),
    ("pw-play",),
    ("aplay", "-q"),
    ("afplay",),
)
"""Programs that play a WAV file, in the order of trying, with what stands before the file."""
WINSOUND = "winsound"
STOP_MS = 500
_log = logging.getLogger(__name__)


def alarm_file() -> Path:
    """The sound of a call back that is due."""
    return resources() / "sounds" / "callback.wav"


class Sounds(QObject):
    """`play()` returns at once. `player` names what plays, empty for the beep of the system."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        find: Callable[[str], str | None] = shutil.which,
        platform: str = sys.platform,
    ) -> None:
        super().__init__(parent)
        self._windows = platform == "win32"
        self._left = [] if self._windows else [words for words in PLAYERS if find(words[0])]
        self._process: QProcess | None = None

    @property
    def player(self) -> str:
        """What plays: `winsound`, a program, or nothing for the beep."""
        if self._windows:
            return WINSOUND
        return self._left[0][0] if self._left else ""

    def play(self) -> None:
        """Sound the alarm once; while it still sounds, nothing."""
        if self._windows:
            self._windows = _play_on_windows()
            if self._windows:
                return
        if not self._left:
            QApplication.beep()
        elif self._process is None:
            self._start(self._left[0])

    def stop(self) -> None:
        """Be silent, before the program ends."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(STOP_MS)
            process.deleteLater()

    def _start(self, words: tuple[str, ...]) -> None:
        made = self._process = QProcess(self)
        made.setStandardOutputFile(QProcess.nullDevice())
        made.setStandardErrorFile(QProcess.nullDevice())
        made.finished.connect(lambda code, status: self._ended(made, code or status.value))
        made.errorOccurred.connect(lambda error: self._failed_to_start(made, error))
        made.start(words[0], [*words[1:], str(alarm_file())])

    def _failed_to_start(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # of any other, `finished` tells
            self._ended(process, -1)

    def _ended(self, process: QProcess, code: int) -> None:
        """A player that failed (no sound server, no card) is not tried again; the next one is."""
        if process is not self._process:
            return
        self._process = None
        process.deleteLater()
        if code:
            _log.info("%s cannot play (%s)", self._left[0][0], code)
            self._left.pop(0)
            self.play()


def _play_on_windows() -> bool:
    """Hand the sound to Windows; False where it has none to play it with."""
    how = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
    try:
        winsound.PlaySound(str(alarm_file()), how)
    except RuntimeError as error:
        _log.info("winsound cannot play: %s", error)
        return False
    return True
