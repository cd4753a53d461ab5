"""Items of layouts that Qt has deleted and Python still knows: another object comes to lie at the
address of such a one, and answers as a layout item from then on."""

import gc
from collections.abc import Iterator

import shiboken6
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidgetItem
from pytestqt.qtbot import QtBot

from ui.main_window import MainWindow
from ui.panels import PANELS

SIZES = ((1366, 768), (1000, 680), (1920, 1080), (1366, 768))


def items_of(layout: QLayout) -> Iterator[QLayoutItem]:
    for at in range(layout.count()):
        yield layout.itemAt(at)


def stale(known: list[QWidgetItem]) -> int:
    """How many of the items known before are in no layout any more."""
    layouts = [each for each in gc.get_objects() if isinstance(each, QLayout)]
    real = {
        shiboken6.getCppPointer(item)[0]
        for layout in layouts
        if shiboken6.isValid(layout)
        for item in items_of(layout)
    }
    held = [item for item in known if shiboken6.isValid(item)]
    return sum(shiboken6.getCppPointer(item)[0] not in real for item in held)


def test_no_item_outlives_its_place(qapp: QApplication, qtbot: QtBot, window: MainWindow) -> None:
    for panel in PANELS:
        window.show_panel(panel.id)
        for width, height in SIZES:
            window.resize(width, height)
            qtbot.wait(1)
    gc.collect()
    known = [each for each in gc.get_objects() if isinstance(each, QWidgetItem)]
    assert known
    assert stale(known) == 0
