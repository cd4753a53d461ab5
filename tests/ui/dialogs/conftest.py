"""A center of its own for every test of a dialog."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from tests.ui.small_center import opened, settle
from ui.appearance import Appearance
from ui.context import UiContext
from ui.dialogs.welcome import WelcomeDialog
from ui.enter_press import EnterPress

Make = Callable[..., WelcomeDialog]


@pytest.fixture
def context(
    qapp: object, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[UiContext]:
    clock.step_ms = 1000
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


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
    settle()


@pytest.fixture
def wizard(make_wizard: Make) -> WelcomeDialog:
    return make_wizard()
