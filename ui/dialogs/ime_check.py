"""Whether Chinese can be typed here: the route in words, and a line to try it in.

Rule: what is typed here is kept nowhere.
"""

import os
import re

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from bankcc.i18n import N_, _
from ui import ime, theme
from ui.feedback import announce
from ui.ime import Route
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
STEPS = {
    "fcitx4-missing": N_(
        "Install fcitx 5 or ibus, or start the program from a desktop that uses one of them."
    ),
    "none": N_("Start fcitx 5 or ibus, then start the program again."),
}


def live_route() -> Route:
    """The route of the running program, worked out again from the machine."""
    return ime.choose_route(os.environ, ime.running_processes(), ime.installed_plugins())


class TryLine(QLineEdit):
    """`composing(str)`: the letters under composition; empty when there are none."""

    composing = Signal(str)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.composing.emit(event.preeditString())


class ImeCheck(QWidget):
    """The page “Input method check”. `saw_chinese` once a Chinese character was committed."""

    def __init__(self, route: Route | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings.ime")
        self.route = route or live_route()
        self.saw_chinese = False
        self._composed = False
        self.state = Chip(Level.OK if self.route.chinese else Level.CRITICAL, "", self)
        self.words = PlainLabel("", self, wrap=True)
        self.step = PlainLabel("", self, wrap=True)
        self.ask = PlainLabel("", self, wrap=True)
        self.line = TryLine(self)
        self.line.setObjectName("settings.ime.try")
        self.line.composing.connect(self._composing)
        self.line.textChanged.connect(self._typed)
        self.result = PlainLabel("", self, wrap=True)
        self.result.setObjectName("settings.ime.result")
        self.technical = PlainLabel("", self, role="hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        for widget in (self.state, self.words, self.step):
            column.addWidget(widget)
        column.addSpacing(theme.px(12))
        for widget in (self.ask, self.line, self.result):
            column.addWidget(widget)
        column.addStretch(1)
        column.addWidget(self.technical)
        theme.hub().changed.connect(self._look)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        good = _("Chinese can be typed") if self.route.chinese else _("Chinese cannot be typed")
        level = Level.OK if self.route.chinese else Level.CRITICAL
        self.state.set_status(level, good)
        self.words.setText(_(self.route.text))
        step = STEPS.get(self.route.name, "")
        self.step.setText(_(step))
        self.step.setVisible(bool(step))
        self.ask.setText(_("Switch to Chinese and type a word here, such as 客户:"))
        self.line.setAccessibleName(_("Type a test word"))
        self.line.setPlaceholderText(_("What is typed here is not kept"))
        module = os.environ.get("QT_IM_MODULE", "–")
        plugins = ", ".join(sorted(ime.installed_plugins())) or "–"
        self.technical.setText(
            _("Route: {route} · platform: {platform} · QT_IM_MODULE: {module} · {plugins}").format(
                route=self.route.name,
                platform=QGuiApplication.platformName(),
                module=module,
                plugins=plugins,
            )
        )
        self._look()

    def _look(self) -> None:
        self._say(self.line.text(), "")

    def _composing(self, letters: str) -> None:
        self._composed = self._composed or bool(letters)
        self._say(self.line.text(), letters)

    def _typed(self, text: str) -> None:
        self._say(text, "")

    def _say(self, text: str, letters: str) -> None:
        before = self.saw_chinese
        self.saw_chinese = self.saw_chinese or bool(_HAN.search(text))
        level, words = self._verdict(text, letters)
        self.result.setText(words)
        self.result.setStyleSheet(f"color: {theme.tokens().levels[level].text};")
        self.result.setAccessibleName(words)
        if self.saw_chinese and not before:
            announce(self.result)

    def _verdict(self, text: str, letters: str) -> tuple[Level, str]:
        if letters:
            words = _("● Being composed: {letters}. Choose a word; Enter does nothing else now.")
            return Level.INFO, words.format(letters=letters)
        if self.saw_chinese and self._composed:
            return Level.OK, _("✓ It works: Chinese arrived through the input method.")
        if self.saw_chinese:
            return Level.OK, _("✓ Chinese arrived (pasted, or without showing the letters).")
        if text:
            words = _("◆ Only letters so far. Switch the input method (often Ctrl+Space or Shift).")
            return Level.WARNING, words
        return Level.NEUTRAL, _("■ Nothing typed yet.")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
