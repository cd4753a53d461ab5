"""The menu of the frame: what a center has, and nothing that it has not."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import Keys
from tests.ui.small_center import new_session
from tests.ui.small_window import appearance, end, show
from ui.actions import ActionId
from ui.frame.header import Header
from ui.frame.main_window import MainWindow

PASSPHRASE = "绿豆汤三碗不加糖"
NUMBER = "13800138000"

Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(
    qtbot, qapp: QApplication, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[Open]:
    made: list[MainWindow] = []

    def open_one(*, demo: bool) -> MainWindow:
        passphrase = "" if demo else PASSPHRASE
        session = new_session(tmp_path / "center", clock, chance, passphrase=passphrase)
        made.append(MainWindow(session, look))
        return show(made[-1], qtbot)

    with appearance(qapp, tmp_path) as look:
        yield open_one
        end(*made)


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
