"""The dialog of the first start on an empty home, shown and closed with its session."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.paths import Paths
from tests.ui.small_center import settle
from ui.appearance import Appearance
from ui.enter_press import EnterPress
from ui.first_start.dialog import WelcomeDialog

Make = Callable[..., WelcomeDialog]


@pytest.fixture
def center_paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "center")


@pytest.fixture
def wizard_look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    presses = EnterPress(qapp)
    yield made
    made.stop()
    presses.leave()
    made.deleteLater()
    presses.deleteLater()


@pytest.fixture
def make_wizard(
    qtbot, center_paths: Paths, tmp_path: Path, clock: ManualClock, wizard_look: Appearance
) -> Iterator[Make]:
    """Makes dialogs that are shown and, at the end, closed with their sessions."""
    shown: list[WelcomeDialog] = []

    def show(**given: object) -> WelcomeDialog:
        made = WelcomeDialog(center_paths, Paths(tmp_path / "demo"), clock, wizard_look, **given)
        shown.append(made)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        made.step.start()
        return made

    yield show
    for made in shown:
        made._let_go()
        if made.session is not None:
            made.session.close()
        made.hide()
        made.deleteLater()
        # At once: the language is put back next, and it would count in a center that is closed.
        QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)
    settle()


@pytest.fixture
def wizard(make_wizard: Make) -> WelcomeDialog:
    return make_wizard()
