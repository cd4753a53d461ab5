"""Items of layouts that Qt has deleted and Python still knows: another object comes to lie at the
address of such a one, and answers as a layout item from then on."""

import gc
from collections.abc import Iterator

import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidgetItem

from tests.ui.requirements.whole_window import settle, wear
from ui.frame.main_window import MainWindow
from ui.panels import PANELS

LOOKS = ((100, (1366, 768)), (150, (1366, 768)), (100, (1920, 1080)))


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


def test_no_item_outlives_its_place(window: MainWindow) -> None:
    for scale, size in LOOKS:
        wear(window, "zh_CN", scale, size)
        for panel in PANELS:
            window.show_panel(panel.id)
            settle()
    gc.collect()
    known = [each for each in gc.get_objects() if isinstance(each, QWidgetItem)]
    assert known
    assert stale(known) == 0
