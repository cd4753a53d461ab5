"""Language, theme and size change at once, are remembered, and come back at the next start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtWidgets import QApplication, QLabel

from bankcc import i18n, settings
from bankcc.i18n import _
from tests.ui.small_center import settle
from ui import theme
from ui.appearance import Appearance, guessed_language


class Words(QLabel):
    """Says one word, and counts how often it was asked to say it anew."""

    def __init__(self) -> None:
        super().__init__(_("Undo"))
        self.changes = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() == QEvent.Type.LanguageChange:
            self.changes += 1
            self.setText(_("Undo"))
        super().changeEvent(event)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


@pytest.fixture
def look(qapp: QApplication, file: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.load(file))
    made.start()
    yield made
    made.settings = settings.Settings(file)
    made.start()
    made.stop()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def standard_word() -> str:
    """A word of Qt's own dialogs."""
    return QCoreApplication.translate("QPlatformTheme", "Cancel")


def test_words_of_ours_and_of_qt_switch_together(qtbot, look, file) -> None:
    label = Words()
    qtbot.addWidget(label)
    seen = [(label.text(), standard_word())]
    for language in ("en", "zh_CN", "en"):
        look.set_language(language)
        settle()
        seen.append((label.text(), standard_word()))
    chinese, english = ("撤销", "取消"), ("Undo", "Cancel")
    assert seen == [chinese, english, chinese, english]
    look.settle()
    assert settings.load(file).language == "en"


def test_a_language_is_told_to_windows_once_each(qtbot, look) -> None:
    label = Words()
    qtbot.addWidget(label)
    settle()
    label.changes = 0
    look.set_language("en")
    settle()
    assert label.changes == 1


def test_the_next_start_begins_as_this_one_ended(qapp, look, file) -> None:
    look.set_language("en")
    look.set_theme("dark")
    look.zoom(1)
    look.settle()
    again = Appearance(qapp, settings.load(file))
    again.start()
    assert (i18n.language(), theme.tokens().name, theme.hub().scale) == ("en", "dark", 1.1)
    again.stop()
    again.deleteLater()


@pytest.mark.parametrize(("steps", "expected"), [([1], 110), ([1, -1, -1], 100), ([1] * 20, 200)])
def test_size_stays_between_100_and_200(look, steps, expected) -> None:
    for step in steps:
        look.zoom(step)
    assert look.settings.font_scale == expected
    look.zoom(0)
    assert look.settings.font_scale == 100


def test_an_unwritable_file_is_told_and_the_choice_holds(look, file, qtbot) -> None:
    file.mkdir()
    with qtbot.waitSignal(look.refused) as told:
        look.next_theme()
    assert told.args[0]
    assert theme.tokens().name == "dark"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en_US", "en"), ("en_GB", "en"), ("zh_CN", "zh_CN"), ("zh_TW", "zh_CN"), ("C", "zh_CN")],
)
def test_the_first_screen_speaks_as_the_desktop_does(locale, language) -> None:
    assert guessed_language(QLocale(locale).uiLanguages()) == language


def test_a_desktop_that_says_nothing_gets_chinese() -> None:
    assert guessed_language([]) == guessed_language(["POSIX"]) == "zh_CN"
    assert guessed_language(["enm-Latn-GB"]) == "zh_CN"
