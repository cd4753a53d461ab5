"""The head of the window: which incident, real or drill, which level, for how long.

The time is worked out from the wall clock on every tick, never counted: laptops sleep.
"""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from ui import theme
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel

TICK_MS = 1000


def elapsed(ms: int) -> str:
    """`02:41:07`, from a day on with days. A start in the future (a wrong clock) shows zero."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = f"{hours:02}:{minutes:02}:{seconds:02}"
    return _("{days} d {time}").format(days=days, time=clock) if days else clock


class IncidentBanner(QFrame):
    """Name, number, level chip, elapsed time; violet stripes and a word for a drill."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.incident")
        self.setProperty("incident", True)
        self._clock = clock
        self._name = self._number = self._level = ""
        self._rank = Level.NEUTRAL
        self._started_ms: int | None = None
        self._drill = False
        self.title = ElidedLabel("", self, role="section")
        self.drill = Chip(Level.DRILL, "", self)
        self.chip = Chip(Level.NEUTRAL, "", self)
        self.time = PlainLabel("", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        line.setSpacing(theme.px(8))
        for widget in (self.drill, self.title, self.chip, self.time):
            line.addWidget(widget)
        line.addStretch(1)
        line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        theme.hub().changed.connect(self.update)
        self.set_none()

    def set_none(self) -> None:
        """No incident is open."""
        self._name = self._number = self._level = ""
        self._started_ms, self._drill = None, False
        self._timer.stop()
        self._retranslate()

    def set_incident(
        self,
        name: str,
        number: str,
        level: str,
        rank: Level,
        started_ms: int | None = None,
        *,
        drill: bool = False,
    ) -> None:
        """Show an incident. `level` is the translated word (`Ⅱ级响应`), `rank` its colour and
        shape; `started_ms` UTC milliseconds, None while not started."""
        self._name, self._number, self._level, self._rank = name, number, level, rank
        self._started_ms, self._drill = started_ms, drill
        if started_ms is None:
            self._timer.stop()
        else:
            self._timer.start()
        self._retranslate()

    def tick(self) -> None:
        """Show the time since the start, by the wall clock."""
        started = self._started_ms
        text = ""
        if started is not None:
            text = _("Started {time} ago").format(time=elapsed(self._clock.now_ms() - started))
        self.time.setText(text)
        self.time.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drill:
            painter = QPainter(self)
            colours = theme.tokens().levels[Level.DRILL]
            band = self.rect().adjusted(0, self.height() - theme.px(6), 0, 0)
            painter.fillRect(band, QColor(colours.on_chip))
            painter.fillRect(band, QBrush(QColor(colours.chip), Qt.BrushStyle.BDiagPattern))

    def _retranslate(self) -> None:
        name = self._name or _("No incident is open")
        title = " · ".join(part for part in (name, self._number) if part)
        self.title.setText(title)
        self.drill.set_status(Level.DRILL, _("Drill") if self._drill else "")
        self.chip.set_status(self._rank, self._level)
        spoken = (self.drill.word, title, self._level)
        self.setAccessibleName(", ".join(part for part in spoken if part))
        self.tick()
        self.update()
