"""The board of the example by keys: a card moves with one key, limits count over all lanes and
warn, and whatever can be dragged can be done without a mouse.
"""

import pytest
from PySide6.QtCore import Qt

from bankcc.schema.query import Condition, Query
from tests.ui.panels.hotline_keys import CONTROL, Keys
from tests.ui.requirements.whole_window import settle, wait_until
from ui.frame.main_window import MainWindow
from ui.theme import SHAPES, Level

pytestmark = pytest.mark.usefixtures("guarded")


@pytest.fixture
def board(window) -> MainWindow:
    window.show_panel("task")
    wait_until(lambda: window.panel.feed.loaded)
    return window


def stored(window: MainWindow, status: str) -> int:
    return window.session.count(Query("task", where=(Condition("status", "=", status),)))


def stand_on(window: MainWindow, status: str) -> str:
    card = window.session.find(Query("task", where=(Condition("status", "=", status),), limit=1))[0]
    assert window.panel.grid.set_current(card.id, focus=True)
    return card.id


def test_one_key_moves_a_card_and_one_takes_it_back(board) -> None:
    keys = Keys()
    card = stand_on(board, "todo")
    keys.press(Qt.Key.Key_Right, CONTROL)
    settle()
    assert board.session.get("task", card)["status"] == "doing"
    assert board.panel.grid.current == card
    keys.press(Qt.Key.Key_Left, CONTROL)
    settle()
    assert board.session.get("task", card)["status"] == "todo"
    assert keys.count == 2


def test_another_lane_by_one_key(board) -> None:
    card = stand_on(board, "todo")
    before = board.session.get("task", card)["group"]
    Keys().press(Qt.Key.Key_Down, CONTROL)
    settle()
    assert board.session.get("task", card)["group"] != before


def test_the_count_of_a_column_is_that_of_all_lanes_and_the_limit_warns(board) -> None:
    head = board.panel.grid.heads["doing"]
    doing = stored(board, "doing")
    assert f"{doing}" in head.accessibleName() or f"{doing}" in head.button.text()
    board.panel.board.set_limits({**board.panel.board.limits, "doing": doing})
    settle()
    assert SHAPES[Level.WARNING] not in shown(board)
    stand_on(board, "todo")
    Keys().press(Qt.Key.Key_Right, CONTROL)
    wait_until(lambda: f"{doing + 1}/{doing}" in shown(board))
    assert SHAPES[Level.WARNING] in shown(board)
    assert stored(board, "doing") == doing + 1, "a limit warns, it does not forbid"


def shown(board: MainWindow) -> str:
    """What stands over the column that is limited."""
    return board.panel.grid.heads["doing"].button.text()
