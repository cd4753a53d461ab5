"""Every test of the window starts with the light theme at 100 %, on the offscreen platform; a
center of its own for each that asks for a `context`.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.session import Session
from tests.ui.panels.hotline_keys import Keys
from tests.ui.small_center import new_session, opened
from ui import theme
from ui.context import UiContext

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_configure(config: pytest.Config) -> None:
    # What the offscreen platform cannot do: size hints, raising, grabbing the keyboard.
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support ")


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The look the program starts with, put back if the test before changed it."""
    hub = theme.hub(qapp)
    if qapp.styleSheet() == "" or hub.tokens.name != "light" or hub.scale != 1.0:
        theme.apply(qapp, "light")


@pytest.fixture
def session(tmp_path: Path, clock: ManualClock, chance: SeededChance) -> Iterator[Session]:
    """An empty center with somebody at work, and nothing of a window."""
    with new_session(tmp_path / "center", clock, chance) as made:
        yield made


@pytest.fixture
def keys() -> Keys:
    """Presses keys where the focus is, and counts them."""
    return Keys()


@pytest.fixture
def context(
    qapp: object, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[UiContext]:
    """What a panel is handed, on an empty center."""
    clock.step_ms = 1000
    with opened(tmp_path / "center", clock, chance) as made:
        yield made
