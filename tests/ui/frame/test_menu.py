"""The menu of the frame: what a center has, and nothing that it has not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QMenu

from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import Keys
from tests.ui.small_center import USER, settle
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.frame.header import Header
from ui.frame.main_window import MainWindow

PASSPHRASE = "绿豆汤三碗不加糖"
NUMBER = "13800138000"

Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot, qapp: QApplication, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[Open]:
    look = Appearance(qapp, settings.load(tmp_path / "settings.json"))
    look.start()
    made: list[MainWindow] = []

    def open_one(*, demo: bool) -> MainWindow:
        session, _key = Session.create(
            Paths(tmp_path / "center"),
            name="滨江支行",
            passphrase=None if demo else PASSPHRASE,
            demo=demo,
            clock=clock,
            chance=chance,
        )
        session.user = USER
        window = MainWindow(session, look)
        made.append(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        settle()
        return window

    yield open_one
    for window in made:
        window.close()
        window.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.stop()
    look.deleteLater()


def entries(window: MainWindow) -> set[str]:
    """What can be chosen in the menu of the settings button."""
    header = window.findChild(Header)
    assert header is not None
    return {action.text() for found in header.findChildren(QMenu) for action in found.actions()} - {
        ""
    }


def texts(window: MainWindow, action: ActionId) -> str:
    return window.actions_made[action].text()


def test_an_own_center_opens_takes_a_call_and_offers_no_removal(open_window: Open) -> None:
    window, keys = open_window(demo=False), Keys()
    assert ActionId.REMOVE_EXAMPLE not in window.actions_made
    assert texts(window, ActionId.SET_UP) in entries(window)
    window.actions_made[ActionId.NEW_CALL].trigger()
    keys.text(NUMBER + "2")
    keys.save()
    assert window.session.count(Query("inquiry")) == 1


def test_the_example_can_be_removed_from_the_menu(open_window: Open) -> None:
    window = open_window(demo=True)
    assert texts(window, ActionId.REMOVE_EXAMPLE) in entries(window)


def test_a_center_that_is_read_alone_opens_and_is_not_set_up(
    open_window: Open, monkeypatch
) -> None:
    monkeypatch.setattr(Session, "can_write", property(lambda _self: False))
    window = open_window(demo=True)
    assert ActionId.SET_UP not in window.actions_made
    assert texts(window, ActionId.SETTINGS) in entries(window)
