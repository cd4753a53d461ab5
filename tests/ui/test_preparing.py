"""After the window stands, what is wanted soon is made ready, and shown to nobody."""

import gc
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import settings
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.small_center import USER, settle
from ui import preparing, theme
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.preparing import Preparation
from ui.turns import turns

SHOWN = ("hotline", "task", "person", "resource", "report", "incident")


@pytest.fixture
def window(qapp: QApplication, tmp_path, clock, chance) -> Iterator[MainWindow]:
    look = Appearance(qapp, settings.load(tmp_path / "settings.json"))
    look.start()
    session, _key = Session.create(
        Paths(tmp_path / "center"), name="滨江", passphrase=None, demo=True, clock=clock,
        chance=chance,
    )  # fmt: skip
    session.user = USER
    interval = sys.getswitchinterval()
    made = MainWindow(session, look)
    made.show()
    yield made
    sys.setswitchinterval(interval)
    gc.unfreeze()
    gc.enable()
    theme.hub().gradual = False
    made.close()
    made.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.stop()
    look.deleteLater()


def test_the_panels_of_the_day_are_made_and_the_one_in_front_stays(window, qtbot) -> None:
    before = window.panel
    assert window.stack.count() == 1
    ready = Preparation(window)
    preparing.keep_all()
    ready.start()
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: ready.done, timeout=30_000)
    assert gc.isenabled()
    assert gc.get_freeze_count()
    assert window.stack.count() == len(preparing.PANELS)
    assert window.panel is before
    assert "pypinyin" in sys.modules
    assert "pyqtgraph" in sys.modules
    for name in preparing.PANELS:
        made = window.make_panel(name)
        assert window.show_panel(name) is made


def test_who_asks_earlier_does_not_wait(window, qtbot) -> None:
    ready = Preparation(window)
    ready.start()
    board = window.show_panel("task")
    qtbot.waitUntil(lambda: ready.done, timeout=30_000)
    assert window.panel is board
    assert window.make_panel("task") is board


def test_a_window_that_closes_meanwhile_is_left_alone(window, qtbot) -> None:
    ready = Preparation(window)
    ready.start()
    window.close()
    settle()
    assert not ready.done


def test_a_panel_that_came_to_its_look_by_turns_looks_as_one_that_had_it_at_once(
    window, qtbot
) -> None:
    def seen(name: str) -> QImage:
        window.show_panel(name)
        window.setFocus()
        picture, before = QImage(), None
        while picture != before:  # numbers arrive a moment later
            qtbot.wait(300)
            qtbot.waitUntil(lambda: turns().is_done and not window.jobs.running, timeout=30_000)
            picture, before = window.panel.grab().toImage(), picture
        return picture

    theme.hub().gradual = True
    by_turns = {name: seen(name) for name in SHOWN}
    theme.hub().gradual = False
    for name in SHOWN:
        theme.apply(QApplication.instance(), "dark")
        theme.apply(QApplication.instance(), "light")
        at_once = seen(name)
        assert by_turns[name].size() == at_once.size()
        assert by_turns[name] == at_once, name


@pytest.mark.parametrize("gradual", [True, False])
def test_nothing_keeps_the_ground_of_the_theme_before(window, qtbot, gradual: bool) -> None:
    ready = Preparation(window)
    ready.start()
    qtbot.waitUntil(lambda: ready.done, timeout=30_000)
    theme.hub().gradual = gradual
    for name in window.specs:
        window.show_panel(name)
        settle()
    old = {colour.lower() for colour in (theme.tokens().bg, theme.tokens().surface)}
    theme.apply(QApplication.instance(), "dark")
    for name in window.specs:
        window.show_panel(name)
        settle()
        qtbot.waitUntil(lambda: turns().is_done, timeout=30_000)
        left = [
            each.objectName() or type(each).__name__
            for each in window.panel.findChildren(QWidget)
            if each.isVisible() and each.palette().window().color().name() in old
        ]
        assert left == [], name
