"""Plays the sound of the alarm with what the system has; QtMultimedia is not shipped.

Rule: nothing waits for a sound and no missing player is an error; the last resort is the beep.
"""

import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Slot
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
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

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
        elif not self.sounding:
            program, *words = self._left[0]
            self._process.start(program, [*words, str(alarm_file())])

    @property
    def sounding(self) -> bool:
        """Whether a program plays just now."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def stop(self) -> None:
        """Be silent, before the program ends."""
        if self.sounding:
            self._process.blockSignals(True)
            self._process.kill()
            self._process.waitForFinished(STOP_MS)

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if code or status != QProcess.ExitStatus.NormalExit:
            self._next_player()

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # of any other, `finished` tells
            self._next_player()

    def _next_player(self) -> None:
        """What failed (no sound server, no card) is not tried again."""
        _log.info("%s cannot play", self._left[0][0])
        self._left.pop(0)
        # Not before the process has ended altogether: it is told of this in the midst of it.
        QTimer.singleShot(0, self, self.play)


def _play_on_windows() -> bool:
    """Hand the sound to Windows; False where it has none to play it with."""
    how = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT
    try:
        winsound.PlaySound(str(alarm_file()), how)
    except RuntimeError as error:
        _log.info("winsound cannot play: %s", error)
        return False
    return True
