"""The alarm on screen: which promised call back is due, for how long, and what can be done at once.

Rule: it comes below the panel and takes no focus, so that nothing moves under what is being typed.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from ui import theme
from ui.actions import SPECS, ActionId, key_text
from ui.alarm.ringing import MINUTE_MS, MUTE_MIN, POSTPONE_MIN, Jump, Promise, Ring
from ui.alarm.watch import AlarmWatch
from ui.feedback import announce
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel


def late_words(due: int, now_ms: int) -> str:
    """How long ago it was due."""
    minutes = (now_ms - due) // MINUTE_MS
    if minutes < 1:
        return _("due now")
    if minutes < 60:
        return _("overdue {minutes} min").format(minutes=minutes)
    return _("overdue {hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def jump_words(jump: Jump | None) -> str:
    """Why so much is due at once, if there is a reason."""
    if jump is None or not jump.due:
        return ""
    if jump.asleep:
        words = _(
            "This laptop slept for {minutes} min. Call backs that fell due meanwhile: {count}."
        )
    else:
        words = _("The clock was set by {minutes} min. Call backs due because of it: {count}.")
    return words.format(
        minutes=f"{jump.minutes:+}" if not jump.asleep else jump.minutes, count=jump.due
    )


def call_words(call: Promise, now_ms: int) -> str:
    """Number, caller, masked phone, and how late it is."""
    who = " ".join(filter(None, (call.caller, call.phone)))
    return " · ".join(filter(None, (call.number, who, late_words(call.due, now_ms))))


class AlarmBar(QFrame):
    """Follows a watch; hidden while nothing rings. `open_first()` opens the call it names."""

    def __init__(
        self,
        watch: AlarmWatch,
        clock: Clock,
        open_first: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("app.alarm")
        self.setProperty("message", str(Level.CRITICAL))
        self._watch, self._clock = watch, clock
        self.word = Chip(Level.CRITICAL, "", self)
        self.what = ElidedLabel("", self)
        self.what.setObjectName("app.alarm.what")
        self.more = PlainLabel("", self, role="meta")
        self.note = PlainLabel("", self)
        self.note.setObjectName("app.alarm.note")
        self.open_button = self._button("open", open_first)
        self.open_button.setProperty("kind", "primary")
        self.later_button = self._button("later", self._postpone)
        self.mute_button = self._button("mute", watch.toggle_mute)
        self._lay_out()
        self.hide()
        watch.changed.connect(self._show)
        theme.hub().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.word.set_status(Level.CRITICAL, _("Call back due"))
        self.open_button.setText(_("Open {key}").format(key=key_text(SPECS[ActionId.OVERDUE].keys)))
        self.later_button.setText(_("In {minutes} min").format(minutes=POSTPONE_MIN))
        tip = _("Remind of this call back again in {minutes} min").format(minutes=POSTPONE_MIN)
        self.open_button.setAccessibleName(_("Open the call that is due"))
        self.later_button.setAccessibleName(tip)
        self.later_button.setToolTip(tip)
        self._show(self._watch.ring)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self, ring: Ring) -> None:
        self._say_mute(bool(ring.muted_until))
        if ring.calls:
            now = self._clock.now_ms()
            self._say(self.what, call_words(ring.calls[0], now))
            more = len(ring.calls) - 1
            self._say(self.more, _("and {count} more").format(count=more) if more else "")
            self._say(self.note, jump_words(ring.jump))
            self._place_note()
            parts = (self.word.word, self.what.text(), self.more.text(), self.note.text())
            self.setAccessibleName(": ".join(filter(None, parts)))
        self.setVisible(bool(ring.calls))
        if ring.fresh:
            announce(self)

    def _say_mute(self, muted: bool) -> None:
        words = _("Sound again") if muted else _("Mute {minutes} min").format(minutes=MUTE_MIN)
        if self.mute_button.text() != words:
            self.mute_button.setText(words)
            self.mute_button.setAccessibleName(words)

    @staticmethod
    def _say(label: PlainLabel, words: str) -> None:
        if label.text() != words:  # each second the same: nothing is laid out again
            label.setText(words)
        label.setVisible(bool(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def _place_note(self) -> None:
        """Beside the call if both are read whole there: in large letters height is dear."""
        parts = (self.word, self.what, self.note, self.more, *self._buttons())
        needed = sum(part.sizeHint().width() + theme.px(8) for part in parts) + theme.px(24)
        beside = needed <= self.width()
        if beside != self._beside:
            self._beside = beside
            self.note.setWordWrap(not beside)
            home = self._line if beside else self._column
            home.insertWidget(2 if beside else 1, self.note)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.open_button, self.later_button, self.mute_button

    def _postpone(self) -> None:
        if self._watch.ring.calls:
            self._watch.postpone(self._watch.ring.calls[0].record)

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"app.alarm.{name}")
        made.setProperty("small", True)
        # Reached with Tab, but a click does not take the caret out of the field being typed in.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _restyle(self) -> None:
        self.what.setStyleSheet("font-weight: bold;")
        self.note.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")

    def _lay_out(self) -> None:
        line, column = QHBoxLayout(), QVBoxLayout(self)
        self._line, self._column, self._beside = line, column, False
        column.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(4))
        # Placed while it is empty: the note moves from one to the other.
        column.addLayout(line)
        line.setSpacing(theme.px(8))
        line.addWidget(self.word)
        line.addWidget(self.what, 1)
        line.addWidget(self.more)
        for button in self._buttons():
            line.addWidget(button)
        self.note.setWordWrap(True)
        column.addWidget(self.note)
