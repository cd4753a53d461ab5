"""The keys stand on a card and stay on it; the board is one stop of the Tab key."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.board.card_text import Card, lanes
from ui.board.grid import BoardGrid
from ui.board.model import Board, BoardFilter

NOW = 1_795_400_000_000


def card(at: int, lane: str = "tech", column: str = "todo", **more: object) -> Card:
    return Card(f"id{at}", f"甲-T-{at:04d}", f"任务 {at}", lane, column, "normal", **more)


@pytest.fixture
def grid(qtbot: QtBot) -> BoardGrid:
    board = Board()
    board.tell_time(NOW)
    made = BoardGrid(board)
    made.board_kept = board
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_keys_begin_on_the_first_card_there_is(grid: BoardGrid) -> None:
    grid.board.load([card(1, "urgent"), card(2, "customer", "doing")])
    assert grid.current == "id2"


def test_the_keys_stay_on_their_card(grid: BoardGrid) -> None:
    grid.board.load([card(n) for n in range(4)])
    grid.set_current("id2", focus=True)
    grid.board.put({"id0": None})
    assert grid.current == "id2"
    grid.board.put({"id2": card(2, "customer", "confirming")})
    assert (grid.current, grid.place) == ("id2", ("customer", "confirming"))
    assert grid.cells["customer", "confirming"].hasFocus()
    grid.board.load([card(n) for n in range(4)])
    assert (grid.current, grid.place) == ("id2", ("tech", "todo"))


def test_a_card_that_goes_leaves_the_keys_to_its_neighbour(grid: BoardGrid) -> None:
    grid.board.load([card(n) for n in range(4)])
    grid.set_current("id2", focus=True)
    grid.board.put({"id2": None})
    assert grid.current == "id3"
    grid.board.put({"id3": None})
    assert grid.current == "id1"
    grid.board.put({"id0": None, "id1": None})
    assert (grid.current, grid.place) == ("", ("tech", "todo"))
    assert grid.cells["tech", "todo"].hasFocus()


def test_the_keys_never_stand_in_what_is_not_shown(grid: BoardGrid) -> None:
    grid.board.load([card(1), card(2, "customer")])
    grid.set_current("id1", focus=True)
    grid.board.set_filter(BoardFilter(groups=frozenset({"customer"})))
    assert grid.current == "id2"
    assert QApplication.focusWidget().isVisible()
    grid.board.set_filter(BoardFilter())
    grid.set_folded(False)
    grid.board.put({"id1": card(1, "customer", "done")})
    grid.set_current("id1", focus=True)
    grid.set_folded(True)
    assert grid.place[1] != "done"
    assert not grid.set_current("id1")


def test_one_stop_of_the_tab_key(grid: BoardGrid) -> None:
    grid.board.load([card(n, lane.code) for n, lane in enumerate(lanes())])
    grid.set_current("id3")
    stops = [v for v in grid.cells.values() if v.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [grid.cells[lanes()[3].code, "todo"]]
    grid.take_keys()
    assert stops[0].hasFocus()


def test_cells_lie_below_their_heads_and_do_not_overlap(grid: BoardGrid) -> None:
    grid.board.load([card(n, lanes()[n % 7].code, ("todo", "doing")[n % 2]) for n in range(40)])
    shown = [view for view in grid.cells.values() if view.isVisible()]
    boxes = [view.geometry() for view in shown]
    assert len(shown) == 7 * 3
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[:n])
    for (_lane, column), view in grid.cells.items():
        if view in shown:
            head = grid.heads[column].geometry()
            assert head.left() <= view.x() <= view.geometry().right() <= head.right()


def test_no_card_is_cut_off(grid: BoardGrid, qtbot: QtBot) -> None:
    grid.board.load([card(n, column="doing") for n in range(7)])
    qtbot.wait(10)
    view = grid.cells["tech", "doing"]
    last = view.visualRect(grid.board.cells["tech", "doing"].index(6))
    assert view.viewport().rect().contains(last)
    assert view.across == 2


def test_a_lane_higher_than_the_window_scrolls_within(grid: BoardGrid, qtbot: QtBot) -> None:
    grid.board.load([card(n) for n in range(300)])
    qtbot.wait(10)
    view = grid.cells["tech", "todo"]
    assert view.height() <= grid.scroll.viewport().height()
    grid.set_current("id299", focus=True)
    qtbot.wait(10)
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))


def test_the_card_of_the_keys_is_scrolled_into_sight(grid: BoardGrid, qtbot: QtBot) -> None:
    grid.board.load([card(n, lanes()[n % 7].code) for n in range(28)])
    grid.set_current("id27", focus=True)
    qtbot.wait(10)
    box = grid.card_box("id27")
    window = grid.scroll.viewport()
    assert window.rect().contains(window.mapFromGlobal(box.bottomRight()))


def test_the_name_of_a_lane_stays_in_sight(grid: BoardGrid, qtbot: QtBot) -> None:
    grid.board.load([card(n, ("tech", "logistics")[n % 2]) for n in range(40)])
    qtbot.wait(10)
    bar, name = grid.scroll.verticalScrollBar(), grid.lanes["tech"]
    start = name.y()
    bar.setValue(start + 150)
    assert name.y() == start + 150
    bar.setValue(bar.maximum())
    assert name.geometry().bottom() < grid.lanes["logistics"].y()


def test_names_for_screen_readers(grid: BoardGrid) -> None:
    grid.board.load([card(1), replace(card(2), due=NOW - 1)])
    assert grid.cells["tech", "todo"].accessibleName() == "技术通信，待办：2 项任务"
    assert "逾期 1" in grid.lanes["tech"].accessibleName()
    assert grid.heads["todo"].button.accessibleName() == "待办 2"
