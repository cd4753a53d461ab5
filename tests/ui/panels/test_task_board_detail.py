"""One task in full, whom it goes to, what is new: by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bankcc.schema.change import delete
from bankcc.schema.query import Query
from tests.ui.board_window import (
    CTRL,
    Press,
    board_panel,
    card,
    current,
    fill_center,
    go,
    keys,
    shown_panel,
    stored,
)
from ui.context import UiContext
from ui.ime import PreeditGuard
from ui.panels.task_board import TaskBoardPanel

press = pytest.fixture(keys)
fill = pytest.fixture(fill_center)
panel = pytest.fixture(board_panel)


# -- one task in full --------------------------------------------------------------------------


def test_enter_opens_and_space_ticks(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "换电池")
    press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    assert [item[2] for item in stored(panel, "换电池")["checklist"]] == [1, 0]
    assert card(panel, "换电池").ticked == 1
    press(Qt.Key.Key_Escape)
    assert panel.detail.isHidden()
    assert current(panel) == "换电池"


def test_fields_are_saved_when_left(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press(Qt.Key.Key_Return)
    panel.detail.due.setFocus()
    panel.detail.due.selectAll()
    press("+30", Qt.Key.Key_Return)
    now = panel.session.clock.now_ms()
    assert 0 <= now + 30 * 60_000 - stored(panel, "补坐席")["due"] < 60_000
    panel.detail.note.setFocus()
    press("ok")
    panel.grid.take_keys()
    assert stored(panel, "补坐席")["note"] == "ok"


def test_what_is_typed_survives_and_stays_with_its_task(
    panel: TaskBoardPanel, press: Press, context: UiContext, qtbot: QtBot
) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    # Typed and not left: half a second later the program is killed.
    panel.detail.note.setPlainText("half")
    panel._keeper.flush()
    other = shown_panel(context, qtbot)
    other.open_record("task", card(other, "问记者").id)
    assert other.detail.note.toPlainText() == ""
    other.open_record("task", card(other, "补坐席").id)
    assert other.detail.note.toPlainText() == "half"
    assert stored(panel, "补坐席")["note"] is None
    other.flush()


def test_what_is_typed_is_saved_to_its_own_task_when_another_is_opened(
    panel: TaskBoardPanel, press: Press
) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    panel.detail.note.setFocus()
    press("mine")
    panel.open_record("task", card(panel, "问记者").id)
    assert (stored(panel, "补坐席")["note"], stored(panel, "问记者")["note"]) == ("mine", None)
    assert panel.detail.note.toPlainText() == ""


def test_escape_puts_back_what_was_there(panel: TaskBoardPanel, press: Press) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    panel.detail.title.setFocus()
    press("xx", Qt.Key.Key_Escape)
    assert panel.detail.title.text() == "补坐席"
    assert not panel.detail.isHidden()
    press(Qt.Key.Key_Escape)
    assert panel.detail.isHidden()
    assert card(panel, "补坐席")


def test_what_is_no_time_stays_to_be_mended(panel: TaskBoardPanel, press: Press) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    panel.detail.due.setFocus()
    press("2575", Qt.Key.Key_Return)
    assert panel.detail.due.text() == "2575"
    assert "1530" in panel.context.messages.rows[0].message.text
    assert stored(panel, "补坐席")["due"] is None


def test_blocking_asks_for_the_reason(panel: TaskBoardPanel, press: Press) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    panel.detail.blocked.setFocus()
    press(Qt.Key.Key_Space)
    assert panel.ask.asking
    assert not panel.detail.blocked.isChecked()
    press("no", Qt.Key.Key_Return)
    assert stored(panel, "补坐席")["blocked_reason"] == "no"
    assert panel.detail.blocked.isChecked()
    panel.detail.blocked.click()
    assert stored(panel, "补坐席")["blocked"] == 0


def test_the_call_and_back(panel: TaskBoardPanel, context: UiContext) -> None:
    made = card(panel, "吞卡")
    panel.open_record("task", made.id)
    panel.detail.source.click()
    assert context.window().property("shown") == ["inquiry", made.source]
    call = context.session.get("inquiry", made.source)
    panel.side.close()
    panel.open_record("task", call.text("task"))
    assert (panel.detail.record.id, panel.grid.current) == (made.id, made.id)


def test_the_history_is_told_in_words(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "换电池")
    press((Qt.Key.Key_Right, CTRL), Qt.Key.Key_Return, Qt.Key.Key_Space)
    lines = panel.detail.history.text().splitlines()
    assert "☑ 拆下" in lines[0]
    assert "待确认" in lines[1]
    assert "王敏" in lines[0]


def test_the_task_beside_the_board_is_that_of_the_keys(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press((Qt.Key.Key_I, CTRL))
    panel.grid.take_keys()
    press(Qt.Key.Key_Down, Qt.Key.Key_Up)
    go(panel, "换电池")
    assert panel.detail.title.text() == "换电池"
    press(Qt.Key.Key_Escape)
    assert panel.detail.isHidden()


def test_a_task_deleted_while_it_is_open_closes(panel: TaskBoardPanel) -> None:
    panel.open_record("task", card(panel, "补坐席").id)
    panel.session.execute(delete("task", "补坐席"))
    QTest.qWait(5)
    assert panel.detail.isHidden()


def test_delete_and_undo(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press((Qt.Key.Key_Delete, CTRL))
    assert all(found.title != "补坐席" for found in panel.board.all_cards)
    assert current(panel) == "问记者"
    panel.context.undo()
    QTest.qWait(5)
    assert card(panel, "补坐席")


# -- assigning and adding ----------------------------------------------------------------------


def test_assign_in_four_keys(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "问记者")
    before = press.count
    press((Qt.Key.Key_M, CTRL), "lq", Qt.Key.Key_Return)
    assert press.count - before == 4
    assert card(panel, "问记者").who in ("李强", "刘倩")
    assert current(panel) == "问记者"
    assert panel.grid.cells["customer", "todo"].hasFocus()


def test_the_second_of_two_with_the_same_initials(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "问记者")
    press((Qt.Key.Key_M, CTRL), "lq", Qt.Key.Key_Return)
    first = card(panel, "问记者").who
    press((Qt.Key.Key_M, CTRL), "lq")
    QTest.qWait(150)
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert {first, card(panel, "问记者").who} == {"李强", "刘倩"}


def test_initials_are_found_while_the_input_method_still_composes(
    panel: TaskBoardPanel, press: Press
) -> None:
    guard = PreeditGuard(QApplication.instance())
    go(panel, "问记者")
    press((Qt.Key.Key_M, CTRL))
    line = panel.picker.line
    QApplication.sendEvent(line, QInputMethodEvent("w'm", []))
    QTest.qWait(150)
    assert panel.picker.names.stringList()[0].startswith("WM  王敏")
    press(Qt.Key.Key_Return)
    assert panel.picker.asking  # Enter commits the letters
    commit = QInputMethodEvent("", [])
    commit.setCommitString("wm")
    QApplication.sendEvent(line, commit)
    press(Qt.Key.Key_Return)
    assert card(panel, "问记者").who == "王敏"
    QApplication.instance().removeEventFilter(guard)


def test_new_ones_one_after_another(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "换电池")
    press("+", "one", Qt.Key.Key_Return, "two", Qt.Key.Key_Return)
    assert panel.ask.asking
    press(Qt.Key.Key_Escape)
    found = {c.title: (c.lane, c.column) for c in panel.board.all_cards}
    assert found["one"] == found["two"] == ("tech", "doing")
    assert current(panel) == "two"
    assert panel.grid.cells["tech", "doing"].hasFocus()


def test_escape_keeps_the_title(panel: TaskBoardPanel, press: Press) -> None:
    panel.add_new()
    press("half", Qt.Key.Key_Escape)
    panel.add_new()
    assert panel.ask.text.text() == "half"
    press(Qt.Key.Key_Return)
    assert card(panel, "half")


def test_nothing_fires_while_composing(panel: TaskBoardPanel, press: Press) -> None:
    guard = PreeditGuard(QApplication.instance())
    panel.add_new()
    QApplication.sendEvent(panel.ask.text, QInputMethodEvent("zhang", []))
    press(Qt.Key.Key_Return, (Qt.Key.Key_M, CTRL), (Qt.Key.Key_I, CTRL))
    assert panel.ask.asking
    assert panel.session.count(Query("task")) == 5
    assert not panel.picker.asking
    commit = QInputMethodEvent("", [])
    commit.setCommitString("张")
    QApplication.sendEvent(panel.ask.text, commit)
    press(Qt.Key.Key_Return)
    assert card(panel, "张")
    QApplication.instance().removeEventFilter(guard)
