"""Language, theme and font scale of the running program: put in force at once and remembered.

Rule: the words are switched before Qt is told, because every widget reads them on LanguageChange.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.i18n import N_, _
from bankcc.settings import Settings
from ui import theme

STEP = 10
_log = logging.getLogger(__name__)


LACKING = {"Files of &type:": N_("Files of type:"), "Computer": N_("This computer")}
"""Words of Qt's own dialogs that its Chinese leaves in English, and how we put them."""


def guessed_language(spoken: Iterable[str]) -> str:
    """The language of the very first screen, which nobody has chosen yet: English on a desktop
    that speaks it first, else Chinese. `spoken`: as `QLocale.uiLanguages` names them."""
    first = next(iter(spoken), "")
    return "en" if first.partition("-")[0].lower() == "en" else i18n.DEFAULT_LANGUAGE


class _Standard(QTranslator):
    """Qt's own Chinese, and what it lacks."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        own = LACKING.get(source) if context.startswith("QFileDialog") else None
        return _(own) if own else super().translate(context, source, disambiguation, n)


class Appearance(QObject):
    """What `bankcc.settings` holds, applied. `refused` carries why a choice could not be kept."""

    refused = Signal(str)

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self.settings = settings
        self._standard = _Standard(self)
        self._standard_installed = False
        self._writer: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Put all three in force before the first window is made."""
        i18n.set_language(self.settings.language)
        self._translate_qt()
        self._paint()

    def stop(self) -> None:
        """Take Qt's Chinese words out of the application again; what was chosen is on disk."""
        self.settle()
        if self._standard_installed:
            self._standard_installed = False
            self._app.removeTranslator(self._standard)

    def set_language(self, language: str) -> None:
        """Switch all texts, those of Qt's own dialogs too."""
        self.settings.language = i18n.normalise(language)
        i18n.set_language(self.settings.language)
        if not self._translate_qt():
            for window in self._app.topLevelWidgets():
                QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
        self.keep()

    def next_language(self) -> None:
        """The other language."""
        names = list(i18n.LANGUAGES)
        self.set_language(names[(names.index(i18n.language()) + 1) % len(names)])

    def set_theme(self, name: str) -> None:
        """`light`, `dark` or `system`."""
        self.settings.theme = name
        self._paint()
        self.keep()

    def next_theme(self) -> None:
        """Light becomes dark, dark becomes light."""
        self.set_theme("light" if theme.tokens().name == "dark" else "dark")

    def zoom(self, step: int) -> None:
        """Larger (1), smaller (-1) or normal (0) text; 100 to 200 per cent."""
        wanted = self.settings.font_scale + step * STEP if step else 100
        self.settings.font_scale = min(200, max(100, wanted))
        self._paint()
        self.keep()

    def _paint(self) -> None:
        theme.apply(self._app, self.settings.theme, self.settings.font_scale / 100)

    def _translate_qt(self) -> bool:
        """Qt's own words follow; True if Qt has told the windows by that."""
        if self._standard_installed:
            self._standard_installed = False
            self._app.removeTranslator(self._standard)
            if self.settings.language != "zh_CN":
                return True
        if self.settings.language != "zh_CN":
            return False
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not self._standard.load("qtbase_zh_CN", folder):
            _log.info("Qt ships no Chinese words in %s", folder)
            return False
        self._standard_installed = True
        return self._app.installTranslator(self._standard)

    def keep(self) -> None:
        """Write what is in force, so that the next start begins with it; beside the screen, for a
        disk may take a third of a second to say that it has it."""
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, "settings")
        self._writer.submit(self._write, replace(self.settings, other=dict(self.settings.other)))

    def settle(self) -> None:
        """Wait until the last choice is on disk."""
        if self._writer is not None:
            self._writer.shutdown()
            self._writer = None

    def _write(self, chosen: Settings) -> None:
        try:
            chosen.save()
        except OSError as error:
            self.refused.emit(error.strerror or str(error))
