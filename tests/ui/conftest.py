"""Every test of the window starts with the light theme at 100 %, on the offscreen platform."""

import os

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme

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
