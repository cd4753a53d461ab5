"""What waits for a decision: reason, what it is about, since when; Enter opens it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from bankcc import i18n
from bankcc.reports.current import Waiting
from tests.ui.panels.hotline_keys import language_change
from ui.situation.waiting_list import MOST, WaitingList
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

NOW = 1_795_413_600_000


def item(number: int, reason: str = "confirm", level: str = "info") -> Waiting:
    return Waiting(reason, level, "task", f"id{number}", f"甲-T-{number:04}", "补热线", NOW)


ITEMS = (item(1, "blocked", "critical"), item(2), item(3))


@pytest.fixture
def waiting(qtbot, qtmodeltester) -> WaitingList:
    made = WaitingList()
    qtbot.addWidget(made)
    made.resize(460, 240)
    made.show_items(ITEMS)
    qtmodeltester.check(made.model)
    with qtbot.waitExposed(made):
        made.show()
    made.view.setFocus()
    return made


def test_reason_subject_and_time(waiting) -> None:
    model = waiting.model
    assert [model.index(0, column).data() for column in range(3)] == [
        "受阻",
        "甲-T-0001 补热线",
        "14:00",
    ]
    assert model.index(0, 0).data(LEVEL_ROLE) == Level.CRITICAL
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "受阻" in spoken
    assert "补热线" in spoken
    assert "3" in waiting.count.text()


def test_enter_and_a_double_click_open(waiting, qtbot) -> None:
    opened = QSignalSpy(waiting.opened)
    qtbot.keyClick(waiting.view, Qt.Key.Key_Down)
    qtbot.keyClick(waiting.view, Qt.Key.Key_Return)
    assert list(opened.at(0)) == ["task", "id2"]
    box = waiting.view.visualRect(waiting.model.index(2, 1))
    qtbot.mouseClick(waiting.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(waiting.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert list(opened.at(1)) == ["task", "id3"]


def test_the_current_item_stays_when_others_come(waiting, qtbot) -> None:
    qtbot.keyClick(waiting.view, Qt.Key.Key_Down)
    waiting.show_items((item(9, "approval", "warning"), *ITEMS))
    assert waiting.view.currentIndex().row() == 2
    waiting.show_items(ITEMS[2:])
    assert waiting.view.currentIndex().row() == 0


def test_nothing_waits(waiting) -> None:
    waiting.show_items(())
    assert waiting.stack.currentWidget() is waiting.none
    assert waiting.none.text().startswith("✓")
    assert waiting.count.text() == ""


def test_many_items_are_scrolled_and_a_few_are_all_in_sight(waiting) -> None:
    waiting.show_items(tuple(item(at) for at in range(MOST)))
    row = waiting.view.verticalHeader().defaultSectionSize()
    assert waiting.view.sizeHint().height() >= MOST * row
    waiting.show_items(tuple(item(at) for at in range(50)))
    assert waiting.stack.maximumHeight() < (MOST + 1) * row


def test_the_language_is_followed(waiting) -> None:
    i18n.set_language("en")
    language_change(waiting)
    assert waiting.title.text() == "Waiting for a decision"
    assert waiting.model.index(0, 0).data() == "Blocked"
