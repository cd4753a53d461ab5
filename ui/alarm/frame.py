"""Ties the alarm of promised call backs to the window: the bar, the title, the task bar, the tray
where there is one, and the mark in the header while it is mute.

Rule: titles and tray name the call's number only: both are seen by whoever passes.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QSystemTrayIcon

from bankcc.clock import local
from bankcc.i18n import _
from ui import icons
from ui.actions import ActionId
from ui.alarm.bar import AlarmBar
from ui.alarm.ringing import POSTPONE_MIN, Ring
from ui.alarm.sounds import Sounds
from ui.alarm.watch import AlarmWatch
from ui.context import UiContext
from ui.theme import SHAPES, Level
from ui.widgets.chip import Chip


class AlarmFrame(QObject):
    """`acts`: what the commands do. `title()`: what stands before the name of the window; `titled`
    fires when it is another one, `wanted` when somebody answers the tray."""

    titled = Signal()
    wanted = Signal()

    def __init__(
        self, context: UiContext, open_first: Callable[[], object], window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._window, self._messages = window, context.messages
        sounds = Sounds(self)
        self.watch = AlarmWatch(context.session, context.bridge, context.jobs, sounds, self)
        context.alarms = self.watch
        self.bar = AlarmBar(self.watch, context.session.clock, open_first, window)
        self.mark = Chip(Level.WARNING, "", window)
        self.mark.setObjectName("app.muted")
        self._tray: QSystemTrayIcon | None = None
        self._titled = ""
        self.acts: Mapping[ActionId, Callable[[], object]] = {
            ActionId.POSTPONE: self._postpone,
            ActionId.MUTE: self.watch.toggle_mute,
        }
        self.watch.changed.connect(self._show)
        self.watch.sounded.connect(self._call_for_eyes)
        self.watch.clock_set.connect(self._say_clock)
        window.installEventFilter(self)

    def title(self) -> str:
        """`▲ 回拨到期 甲-R-0012` while it rings."""
        calls = self.watch.ring.calls
        return f"{SHAPES[Level.CRITICAL]} {_('Call back due')} {calls[0].number}" if calls else ""

    def stop(self) -> None:
        """Before the session is closed."""
        self.watch.stop()
        self._hide_tray()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The mark and the title are said again in another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._say_mark(self.watch.ring)
            self.titled.emit()
        return False

    def _show(self, ring: Ring) -> None:
        self._say_mark(ring)
        if self.title() != self._titled:
            self._titled = self.title()
            self.titled.emit()
        if not ring.calls:
            self._hide_tray()

    def _say_mark(self, ring: Ring) -> None:
        until = f"{local(ring.muted_until):%H:%M}" if ring.muted_until else ""
        words = _("Mute until {time}").format(time=until) if until else ""
        if words != self.mark.word:
            self.mark.set_status(Level.WARNING, words)
            self.mark.setToolTip(_("The alarm of call backs makes no sound"))

    def _call_for_eyes(self) -> None:
        """A window behind others flashes in the task bar."""
        QApplication.alert(self._window)
        if QSystemTrayIcon.isSystemTrayAvailable() and not self._window.isActiveWindow():
            if self._tray is None:
                self._tray = QSystemTrayIcon(icons.icon("bell-ringing"), self)
                self._tray.activated.connect(lambda _why: self.wanted.emit())
                self._tray.messageClicked.connect(self.wanted)
            self._tray.setToolTip(self.title())
            self._tray.show()
            self._tray.showMessage(self._window.windowTitle(), self.title())

    def _hide_tray(self) -> None:
        if self._tray is not None:
            self._tray.hide()

    def _say_clock(self, minutes: int) -> None:
        words = _("The clock of this laptop was set by {minutes} min. Due times follow the clock.")
        self._messages.say(Level.WARNING, words.format(minutes=f"{minutes:+}"))

    def _postpone(self) -> None:
        calls = self.watch.ring.calls
        if not calls:
            self._messages.say(Level.INFO, _("No call back is ringing."))
            return
        self.watch.postpone(calls[0].record)
        words = _("{number}: reminded again in {minutes} min")
        said = words.format(number=calls[0].number, minutes=POSTPONE_MIN)
        self._messages.say(Level.OK, said)
