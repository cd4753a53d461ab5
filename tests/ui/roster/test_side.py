"""The left of the roster: what is chosen and what is open stays so when the numbers change."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui import theme
from ui.roster.posts import Place, Roster, Someone, Turn
from ui.roster.side import FaultLines, RosterSide
from ui.theme import Level

NOW = 1_795_413_600_000


def someone(name: str, status: str = "") -> Someone:
    return Someone(name, name, "", (), "", "", "", "139****1", ("1390001",), Turn(status, at=NOW))


def roster(*states: str) -> Roster:
    posts = [
        Place(f"组{at // 2}", f"岗{at}", someone(f"人{at}", state), post=str(at))
        for at, state in enumerate(states)
    ]
    vacant = Place("组9", "空岗", None, post="v", lacks=("空缺", "无备份"))
    bare = Place("组9", "独岗", someone("独", "on_duty"), post="w", lacks=("无备份",))
    return Roster((*posts, bare, vacant))


@pytest.fixture
def side(qtbot: QtBot) -> RosterSide:
    made = RosterSide()
    qtbot.addWidget(made)
    made.show()
    made.show_roster(roster("on_duty", "", "on_duty"), NOW)
    return made


def test_the_lines_are_a_sound_model(qtmodeltester) -> None:
    lines = FaultLines()
    qtmodeltester.check(lines)
    assert lines.show_faults(roster().faults())
    assert not lines.show_faults(roster().faults())


def test_what_is_grave_is_red_and_first(side: RosterSide) -> None:
    assert side.lines.stringList() == ["▲ 空岗：空缺、无备份", "◆ 独岗：无备份"]
    levels = theme.tokens().levels
    for row, level in enumerate((Level.CRITICAL, Level.WARNING)):
        colour = side.lines.index(row).data(Qt.ItemDataRole.ForegroundRole)
        assert colour.name().upper() == levels[level].text
    assert side.caption.text() == "▲ 待补齐 2 项"


def test_a_group_that_is_chosen_and_open_stays_so(side: RosterSide, qtbot: QtBot) -> None:
    with qtbot.waitSignal(side.group_chosen) as told:
        side.choose("组0")
    assert told.args == ["组0"]
    side.tree.expand(side.tree.currentIndex())
    with qtbot.assertNotEmitted(side.group_chosen):
        side.show_roster(roster("on_duty", "on_duty", "on_duty"), NOW)
        side.show_roster(roster("on_duty", "on_duty", "on_duty", "absent"), NOW)  # a new row
    assert side.group == "组0"
    assert side.tree.currentIndex().data() == "组0"
    assert side.tree.isExpanded(side.tree.currentIndex())


def test_a_place_of_the_tree_is_wanted(side: RosterSide, qtbot: QtBot) -> None:
    side.choose("组0")
    group = side.tree.currentIndex()
    side.tree.expand(group)
    with qtbot.waitSignal(side.place_wanted) as told:
        side.tree.setCurrentIndex(side.tree_model.index(1, 0, group))
    assert told.args == ["1"]


def test_nothing_lacking(side: RosterSide) -> None:
    side.show_roster(Roster(), NOW)
    assert side.caption.text() == "✓ 无缺项"
    assert side.faults.isHidden()
