"""Every card is in one cell, in order; limits count all of them, filters only hide."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from bankcc.clock import ManualClock
from ui.board.card_text import LOOSE, Card, lanes
from ui.board.model import CARD_ROLE, DUE_LEVEL_ROLE, DUE_ROLE, MIME, Board, BoardFilter, CellModel
from ui.theme import Level

NOW = 1_795_400_000_000
MINUTE = 60_000


def card(at: int, **changes: object) -> Card:
    made = Card(f"id{at}", f"甲-T-{at:04d}", f"任务 {at}", "customer", "todo", "normal")
    return replace(made, **changes)


@pytest.fixture
def board(qapp: object) -> Board:
    made = Board()
    made.tell_time(NOW)
    return made


def shown(cell: CellModel) -> list[str]:
    return [cell.index(row).data(CARD_ROLE).id for row in range(cell.rowCount())]


def test_the_cells_keep_the_laws_of_models(board: Board, qtmodeltester: ModelTester) -> None:
    cell = board.cells["customer", "todo"]
    qtmodeltester.check(cell)
    board.load([card(n) for n in range(5)])
    board.put({"id2": None})
    board.put({"id9": card(9, priority="critical")})
    board.put({"id9": card(9, title="另一件")})
    board.put({"id0": card(0, column="doing")})
    board.set_filter(BoardFilter(words=("任务",)))
    board.load([])
    qtmodeltester.check(cell)


def test_one_card_that_comes_or_goes_is_told_as_such(board: Board) -> None:
    board.load([card(n) for n in range(4)])
    cell = board.cells["customer", "todo"]
    heard: list[tuple[str, int]] = []
    cell.rowsInserted.connect(lambda _p, first, _last: heard.append(("in", first)))
    cell.rowsRemoved.connect(lambda _p, first, _last: heard.append(("out", first)))
    cell.dataChanged.connect(lambda first, _last: heard.append(("changed", first.row())))
    cell.modelReset.connect(lambda: heard.append(("reset", -1)))
    board.put({"id1": card(1, column="doing")})
    board.put({"id1": card(1)})
    board.put({"id3": card(3, title="改过")})
    assert heard == [("out", 1), ("in", 1), ("changed", 3)]
    board.put({f"id{n}": None for n in range(3)})
    assert heard[-1] == ("reset", -1)
    assert shown(cell) == ["id3"]


def test_what_presses_most_is_on_top(board: Board) -> None:
    board.load(
        [
            card(1),
            card(2, due=NOW + 9 * MINUTE),
            card(3, due=NOW + MINUTE),
            card(4, priority="urgent"),
            card(5, priority="critical", due=NOW + 99 * MINUTE),
        ]
    )
    assert shown(board.cells["customer", "todo"]) == ["id5", "id4", "id3", "id2", "id1"]


def test_what_was_done_last_is_on_top(board: Board) -> None:
    done = [card(n, column="done", done_at=NOW + n, priority="critical") for n in range(3)]
    board.load(done)
    assert shown(board.cells["customer", "done"]) == ["id2", "id1", "id0"]


def test_limits_count_all_lanes_and_what_is_hidden(board: Board) -> None:
    board.load(
        [card(n, column="doing", lane=lane.code) for n, lane in enumerate(lanes())]
        + [card(20, column="doing", lane=LOOSE)]
    )
    board.set_limits({"doing": 8, "todo": 0})
    board.set_filter(BoardFilter(groups=frozenset({"tech"})))
    assert (board.count("doing"), board.shown_in("doing")) == (8, 1)
    assert not board.over_limit("doing")
    board.put({"id30": card(30, column="doing")})
    assert board.over_limit("doing")
    assert not board.over_limit("todo")  # 0 is no limit


def test_filters(board: Board) -> None:
    board.load(
        [
            card(1, who="王敏", initials="WM", due=NOW - MINUTE),
            card(2, who="李强", readings=("lq", "liqiang"), lane="tech", source_number="甲-R-0143"),
            card(3, column="done", due=NOW - MINUTE, done_at=NOW),
        ]
    )

    def found(**wanted: object) -> list[str]:
        board.set_filter(BoardFilter(**wanted))
        return sorted(name for cell in board for name in shown(cell))

    assert found(mine="王敏") == ["id1"]
    assert found(late=True) == ["id1"]  # what is done is late no more
    assert found(groups=frozenset({"tech"})) == ["id2"]
    assert found(words=("lq",)) == ["id2"]
    assert found(words=("任务", "0143")) == ["id2"]
    assert found(words=("任务", "无")) == []
    assert board.lanes_shown() == []
    assert len(found()) == 3
    assert len(board.lanes_shown()) == len(lanes())


def test_time_goes_on_by_itself(board: Board) -> None:
    board.load([card(1, due=NOW + 40 * MINUTE)])
    index = board.cells["customer", "todo"].index(0)

    def at(minutes: int) -> tuple[str, Level]:
        board.tell_time(NOW + minutes * MINUTE)
        return index.data(DUE_ROLE), index.data(DUE_LEVEL_ROLE)

    assert at(0) == ("40 分后", Level.NEUTRAL)
    assert at(15) == ("◆25 分后", Level.WARNING)
    assert board.late_count() == 0
    assert at(52) == ("▲逾期 12 分", Level.CRITICAL)
    assert board.late_count() == 1
    assert board.open_in("customer") == (1, 1)


def test_a_minute_is_told_once(board: Board) -> None:
    heard: list[int] = []
    board.ticked.connect(lambda: heard.append(board.now))
    clock = ManualClock(ms=NOW - NOW % MINUTE + MINUTE)
    for _second in range(90):
        board.tell_time(clock.now_ms())
        clock.advance(seconds=1)
    assert len(heard) == 2


def test_the_late_filter_follows_the_clock(board: Board) -> None:
    board.load([card(1, due=NOW + 5 * MINUTE)])
    board.set_filter(BoardFilter(late=True))
    assert board.shown() == 0
    board.tell_time(NOW + 8 * 60 * MINUTE)  # the laptop slept
    assert board.shown() == 1


def test_unknown_groups_have_a_lane_of_their_own(board: Board) -> None:
    assert LOOSE not in board.lanes_shown()
    board.load([card(1, lane=LOOSE)])
    assert board.lanes_shown()[-1] == LOOSE


def test_a_card_is_dragged_by_its_id(board: Board) -> None:
    board.load([card(1)])
    cell = board.cells["customer", "todo"]
    assert bytes(cell.mimeData([cell.index(0)]).data(MIME).data()) == b"id1"
    drag = Qt.ItemFlag.ItemIsDragEnabled
    assert cell.flags(cell.index(0)) & drag
    board.set_movable(False)
    assert not cell.flags(cell.index(0)) & drag


def test_the_whole_card_is_read_out(board: Board) -> None:
    board.load(
        [
            card(
                1,
                priority="urgent",
                who="王敏",
                due=NOW - 12 * MINUTE,
                ticked=2,
                items=5,
                blocked=True,
                obstacle="等组长意见",
                source_number="甲-R-0143",
            )
        ]
    )
    index = board.cells["customer", "todo"].index(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for words in (
        "甲-T-0001",
        "紧急",
        "受阻：等组长意见",
        "王敏",
        "逾期 12 分",
        "2/5",
        "甲-R-0143",
    ):
        assert words in said


CARDS = st.builds(
    card,
    st.integers(0, 12),
    lane=st.sampled_from(["customer", "tech", LOOSE]),
    column=st.sampled_from(["todo", "doing", "done"]),
    priority=st.sampled_from(["normal", "critical"]),
    who=st.sampled_from(["", "王敏"]),
    due=st.sampled_from([0, NOW - MINUTE, NOW + MINUTE]),
)
STEPS = st.lists(
    st.one_of(
        CARDS,
        st.integers(0, 12),
        st.builds(BoardFilter, mine=st.sampled_from(["", "王敏"]), late=st.booleans()),
    ),
    max_size=30,
)


@given(STEPS)
def test_after_any_row_of_changes_the_cells_are_what_a_fresh_board_shows(steps: list) -> None:
    board = Board()
    board.tell_time(NOW)
    cards: dict[str, Card] = {}
    for step in steps:
        if isinstance(step, BoardFilter):
            board.set_filter(step)
        elif isinstance(step, Card):
            cards[step.id] = step
            board.put({step.id: step})
        else:
            cards.pop(f"id{step}", None)
            board.put({f"id{step}": None})
    fresh = Board()
    fresh.tell_time(NOW)
    fresh.set_filter(board.filter)
    fresh.load(cards.values())
    for key, cell in board.cells.items():
        assert sorted(shown(cell)) == sorted(shown(fresh.cells[key]))
        orders = [found.order for found in cell.cards]
        assert orders == sorted(orders)
    assert [board.count(c) for c in board.columns] == [fresh.count(c) for c in fresh.columns]
    assert board.late_count() == fresh.late_count()
