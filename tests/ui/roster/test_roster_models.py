"""The table and the tree: sound models, shapes beside colours, rows that stay where they were."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from bankcc.i18n import set_language
from ui import theme
from ui.roster.posts import Place, Roster, Someone, Turn
from ui.roster.table import PLACE_ROLE, Column, RosterTable
from ui.roster.tree import GROUP_ROLE, KEY_ROLE, RosterTree
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

NOW = 1_795_413_600_000
TEXT = Qt.ItemDataRole.AccessibleTextRole
COLOUR = Qt.ItemDataRole.ForegroundRole


def person(name: str, **turn: object) -> Someone:
    return Someone(name, name, "XX", (), "", "甲", "", "139****1", ("1390001",), Turn(**turn))


HERE = Place("甲", "一", person("王敏", status="on_duty", at=NOW), post="1", backups=("刘倩", ""))
VACANT = Place("甲", "二", None, post="2", lacks=("空缺", "无备份"))
LATE = Place("乙", "", person("李强", status="on_way", eta=NOW - 60_000))
UNREACHED = Place("乙", "", Someone("赵", "赵刚", "ZG", (), "", "乙", "", "", ()))
ALL = (HERE, VACANT, LATE, UNREACHED)


@pytest.fixture
def table(qapp, qtmodeltester) -> RosterTable:
    made = RosterTable()
    qtmodeltester.check(made)
    made.tell_time(NOW)
    made.set_places(ALL)
    return made


@pytest.fixture
def tree(qapp, qtmodeltester) -> RosterTree:
    made = RosterTree()
    qtmodeltester.check(made)
    made.set_roster(Roster(ALL), NOW)
    return made


def cell(table: RosterTable, row: int, column: Column, role: int = 0) -> object:
    return table.data(table.index(row, column), role)


def test_cells(table: RosterTable) -> None:
    assert [cell(table, 0, c) for c in (Column.POST, Column.WHO, Column.BACKUP_A)] == [
        "一",
        "王敏",
        "刘倩",
    ]
    assert cell(table, 0, Column.STATE).startswith("在岗 ")
    assert cell(table, 1, Column.WHO) == "▲ 空缺"
    assert cell(table, 1, Column.BACKUP_A) == "◆ 无"
    assert cell(table, 3, Column.PHONE) == "▲ 缺号码"
    assert cell(table, 3, Column.STATE) == "未通知"
    assert cell(table, 0, Column.POST, PLACE_ROLE) is HERE


def test_every_gap_is_shape_and_word_and_colour(table: RosterTable) -> None:
    red = theme.tokens().levels[Level.CRITICAL].text
    for row, column in ((1, Column.WHO), (3, Column.PHONE)):
        assert cell(table, row, column, COLOUR).name().upper() == red
        assert cell(table, row, column).startswith("▲ ")


def test_an_announced_arrival_turns_late_by_the_clock(table: RosterTable) -> None:
    assert cell(table, 2, Column.STATE, LEVEL_ROLE) is Level.WARNING
    table.tell_time(NOW - 120_000)
    assert cell(table, 2, Column.STATE, LEVEL_ROLE) is Level.INFO


def test_screen_readers_hear_the_heading_and_the_value(table: RosterTable) -> None:
    assert cell(table, 0, Column.PHONE, TEXT) == "电话：139****1"
    spoken = cell(table, 1, Column.POST, Qt.ItemDataRole.ToolTipRole)
    assert "空缺" in spoken


def test_the_same_rows_are_told_as_changes(table: RosterTable, qtbot) -> None:
    other = Place("甲", "一", person("王敏", status="left", left_at=NOW), post="1")
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        table.set_places((other, *ALL[1:]))
    with qtbot.waitSignal(table.modelReset):
        table.set_places(ALL[:2])


def test_a_row_is_found_by_post_and_by_person(table: RosterTable) -> None:
    assert table.row_of("2") == 1
    assert table.row_of("王敏") == 0
    assert table.row_of("nobody") == -1


def test_the_tree_has_the_center_its_groups_and_their_places(tree: RosterTree) -> None:
    tops = [tree.index(row, 0) for row in range(tree.rowCount())]
    assert [top.data() for top in tops] == ["全中心", "甲", "乙"]
    assert [tree.index(row, 1).data() for row in range(3)] == ["▲ 1/2", "▲ 1/2", "0/2"]
    children = [tree.index(row, 0, tops[1]) for row in range(tree.rowCount(tops[1]))]
    assert [child.data() for child in children] == ["王敏", "▲ 空缺"]
    assert [child.data(KEY_ROLE) for child in children] == ["1", "2"]
    assert [child.data(GROUP_ROLE) for child in children] == ["甲", "甲"]
    assert tree.parent(children[0]) == tops[1]
    assert tree.rowCount(children[0]) == 0
    assert not tree.parent(tops[1]).isValid()


def test_numbers_change_without_folding_the_tree(tree: RosterTree, qtbot) -> None:
    here = Place("甲", "二", person("刘倩", status="on_duty"), post="2")
    with qtbot.assertNotEmitted(tree.modelReset):
        tree.set_roster(Roster((HERE, here, LATE, UNREACHED)), NOW)
    assert tree.index(1, 1).data() == "✓ 2/2"
    with qtbot.waitSignal(tree.modelReset):
        tree.set_roster(Roster(ALL[:1]), NOW)


def test_in_english(table: RosterTable, tree: RosterTree) -> None:
    set_language("en")
    assert cell(table, 1, Column.WHO) == "▲ vacant"
    assert tree.index(0, 0).data() == "Whole center"
    assert tree.index(0, 0, QModelIndex()).data(TEXT).startswith("Whole center: 1 of 2")
