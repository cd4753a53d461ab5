"""The alarm while the center is locked: heard, and said on whatever asks for the passphrase.

Rule: times only. Who is to be called and why was locked away with the center.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from ui import theme
from ui.alarm.ringing import Alarm, Promise, Ring
from ui.alarm.sounds import Sounds
from ui.alarm.watch import TICK_MS, AlarmWatch
from ui.theme import Level
from ui.widgets.chip import Chip

NAME = "app.locked_alarm"


class LockedAlarm(QObject):
    """Rings at each of `times` (UTC ms) until it is ended."""

    def __init__(
        self, times: Sequence[int], clock: Clock, sounds: Sounds | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.setObjectName(NAME)
        self._clock, self._sounds = clock, sounds
        self._alarm = Alarm()
        self._alarm.replace(Promise(str(at), "", due) for at, due in enumerate(times))
        self._chip: Chip | None = None
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> Ring:
        """What rings now; asked each second."""
        ring = self._alarm.look(self._clock.now_ms(), self._clock.monotonic())
        if ring.calls:
            self.say(QApplication.activeModalWidget())
        if ring.sound and self._sounds is not None:
            self._sounds.play()
        return ring

    def end(self) -> None:
        """The center is open again and has an alarm of its own."""
        self._timer.stop()
        if self._sounds is not None:
            self._sounds.stop()
        self.setObjectName("")
        self.deleteLater()

    def say(self, dialog: QWidget | None) -> None:
        """In the upper margin of the dialog in front, once for each dialog."""
        if dialog is None or dialog.findChild(Chip, NAME):
            return
        chip = Chip(Level.CRITICAL, _("A call back is due: open the center"), dialog)
        chip.setObjectName(NAME)
        chip.move(theme.px(24), theme.px(2))
        chip.show()  # dressed as it is shown: only now its width is known
        chip.resize(chip.sizeHint())
        QApplication.alert(dialog)


def begin(app: QApplication, watch: AlarmWatch, clock: Clock) -> None:
    """The center was locked: its alarm goes on without it, if anything is owed. An example has no
    passphrase: it is open again at once, or was removed."""
    times = [] if watch.example else watch.times()
    if times:
        sounds = Sounds() if watch.sound_on else None
        made = LockedAlarm(times, clock, sounds, app)
        if sounds is not None:
            sounds.setParent(made)


def end(app: QApplication) -> None:
    """The center is open again."""
    if found := app.findChild(LockedAlarm, NAME):
        found.end()
