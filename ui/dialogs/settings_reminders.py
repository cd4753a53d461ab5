"""The page of the settings about the alarm of promised call backs: its sound, a try, ten minutes
of silence.

Rule: in force at once and on this laptop only; a missing player is said here and is no error.
"""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.i18n import N_, _
from ui import theme
from ui.alarm.ringing import MUTE_MIN, OPENED_MIN, REPEAT_S
from ui.alarm.watch import AlarmWatch
from ui.context import UiContext
from ui.dialogs.settings_pages import Page
from ui.hotline.callback_result import RETRY_MIN
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel


class RemindersPage(Page):
    """Sound on or off, a button to hear it, a button to mute it."""

    def __init__(
        self, context: UiContext, watch: AlarmWatch, parent: QWidget | None = None
    ) -> None:
        super().__init__("reminders", parent)
        self._context, self._watch = context, watch
        self.sound = QCheckBox(self)
        self.sound.setObjectName("settings.reminders.sound")
        self.sound.setChecked(watch.sound_on)
        self.sound.clicked.connect(self._set_sound)
        self.test_button, self.mute_button = self._button("test"), self._button("mute")
        self.player = PlainLabel("", self, role="meta", wrap=True)
        self.muted = PlainLabel("", self, role="meta", wrap=True)
        self.row(N_("Sound"), self.sound)
        self.row(N_("Try it"), self._line(self.test_button, self.player))
        self.row(N_("Mute"), self._line(self.mute_button, self.muted))
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        self.form.addRow(self.hint)
        self.test_button.clicked.connect(lambda _checked=False: self._try())
        self.mute_button.clicked.connect(lambda _checked=False: watch.toggle_mute())
        watch.changed.connect(self._ring_changed)
        self.retranslate()

    def _ring_changed(self, _ring: object) -> None:
        """A slot of this page, so that the alarm forgets it when the settings close."""
        self._say_mute()

    def retranslate(self) -> None:
        super().retranslate()
        self.sound.setText(_("Sound when a call back is due"))
        self.sound.setAccessibleName(_("Sound when a call back is due"))
        self.test_button.setText(_("Play the sound"))
        self.test_button.setAccessibleName(_("Play the sound"))
        words = _(
            "A call back that is due is shown below the panel and sounds every {seconds} s for its"
            " owner until it is opened, put off or done. Opened without a result it comes again"
            " after {opened} min; when nobody answers, after {first}, {second}, {third} min."
        )
        first, second, third = RETRY_MIN
        self.hint.setText(
            words.format(
                seconds=int(REPEAT_S), opened=OPENED_MIN, first=first, second=second, third=third
            )
        )
        self._say_player()
        self._say_mute()

    def _set_sound(self, on: bool) -> None:
        try:
            self._watch.set_sound(on)
        except UserError as error:
            self._context.refused(error)

    def _try(self) -> None:
        self._watch.sound(always=True)
        self._say_player()

    def _say_player(self) -> None:
        player = self._watch.sounds.player
        if player:
            words = _("Played by {program}.").format(program=player)
        else:
            words = _(
                "{shape} No player was found: the beep of the system is used, which may be silent."
                " Install pulseaudio-utils or alsa-utils to hear the alarm."
            ).format(shape=SHAPES[Level.WARNING])
        self.player.setText(words)

    def _say_mute(self) -> None:
        until = self._watch.ring.muted_until
        text = _("Sound again") if until else _("Mute {minutes} min").format(minutes=MUTE_MIN)
        if self.mute_button.text() != text:
            self.mute_button.setText(text)
            self.mute_button.setAccessibleName(text)
            time = f"{local(until):%H:%M}" if until else ""
            self.muted.setText(_("Mute until {time}").format(time=time) if until else "")

    def _button(self, name: str) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"settings.reminders.{name}")
        made.setAutoDefault(False)
        return made

    def _line(self, button: QPushButton, words: PlainLabel) -> QWidget:
        made = QWidget(self)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(button)
        line.addWidget(words, 1)
        return made
