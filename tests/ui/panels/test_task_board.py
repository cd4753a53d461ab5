"""The board by real keys: one key moves a card, nothing is lost, what is refused says why."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from bankcc.errors import StorageError
from bankcc.features import person, task
from bankcc.i18n import set_language
from bankcc.schema.query import Query
from tests.ui.board_window import (
    CTRL,
    Press,
    board_panel,
    card,
    current,
    drop,
    fill_center,
    go,
    keys,
    shown_panel,
    stored,
    titles,
)
from ui import actions, theme
from ui.board.card_text import Card
from ui.context import UiContext
from ui.panels.task_board import TaskBoardPanel
from ui.widgets.state_view import State

press = pytest.fixture(keys)
fill = pytest.fixture(fill_center)
panel = pytest.fixture(board_panel)


# -- looking and moving ------------------------------------------------------------------------


def test_arrows_lead_over_the_whole_board(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press(Qt.Key.Key_Right)
    assert current(panel) == "问记者"  # side by side in one cell
    press(Qt.Key.Key_Right)
    assert (current(panel), panel.grid.place) == ("", ("customer", "doing"))
    press(*[Qt.Key.Key_Down] * 3)
    assert current(panel) == "换电池"
    press(Qt.Key.Key_Left)
    assert current(panel) == "接发电车"
    press(Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_Up)
    assert panel.grid.place[1] == "todo"


def test_one_key_moves_a_card_a_column_and_the_keys_stay_on_it(
    panel: TaskBoardPanel, press: Press
) -> None:
    go(panel, "补坐席")
    before = press.count
    press((Qt.Key.Key_Right, CTRL))
    assert press.count - before == 1
    assert stored(panel, "补坐席")["status"] == "doing"
    assert current(panel) == "补坐席"
    assert QApplication.focusWidget() is panel.grid.cells["customer", "doing"]
    press((Qt.Key.Key_Left, CTRL))
    assert stored(panel, "补坐席")["status"] == "todo"


def test_lanes(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press((Qt.Key.Key_Down, CTRL))
    assert stored(panel, "补坐席")["group"] == "urgent"
    assert panel.grid.place == ("urgent", "todo")
    press((Qt.Key.Key_Up, CTRL), (Qt.Key.Key_Up, CTRL))
    assert stored(panel, "补坐席")["group"] == "command"


def test_into_the_folded_column_and_back_by_undo(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press(*[(Qt.Key.Key_Right, CTRL)] * 3)
    assert stored(panel, "补坐席")["status"] == "done"
    assert panel.grid.folds["customer"].count == 1
    assert QApplication.focusWidget() is panel.grid.cells[panel.grid.place]
    assert panel.context.messages.rows[0].action.text() == "撤销"
    panel.context.undo()
    QTest.qWait(5)
    assert card(panel, "补坐席").column == "confirming"


def test_what_is_refused_says_why_beside_the_card(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "换电池")
    press((Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Right, CTRL))
    assert stored(panel, "换电池")["status"] == "confirming"
    assert panel.note.isVisible()
    assert "2 项未勾选，第一项：拆下" in panel.note.text.text()
    assert current(panel) == "换电池"
    assert all("未勾选" not in row.message.text for row in panel.context.messages.rows)
    press(Qt.Key.Key_Left)
    assert not panel.note.isVisible()


def test_a_blocked_card_stays(panel: TaskBoardPanel, press: Press) -> None:
    panel.session.execute(task.block("补坐席", reason="等批准"))
    QTest.qWait(5)
    go(panel, "补坐席")
    press((Qt.Key.Key_Right, CTRL), (Qt.Key.Key_Right, CTRL))
    assert stored(panel, "补坐席")["status"] == "doing"
    assert "等批准" in panel.note.text.text()


def test_out_of_the_last_column_needs_a_reason(panel: TaskBoardPanel, press: Press) -> None:
    panel.session.execute(task.complete("补坐席"))
    QTest.qWait(5)
    panel.grid.set_folded(False)
    go(panel, "补坐席")
    press((Qt.Key.Key_Left, CTRL))
    assert panel.ask.asking
    press(Qt.Key.Key_Return)
    assert "理由" in panel.ask.fault.text() or "原因" in panel.ask.fault.text()
    press("x", Qt.Key.Key_Return)
    assert not panel.ask.asking
    assert stored(panel, "补坐席")["status"] == "confirming"
    assert stored(panel, "补坐席")["note"] == "x"
    assert current(panel) == "补坐席"


def test_limits_warn_and_do_not_forbid(panel: TaskBoardPanel, press: Press) -> None:
    panel.grid.heads["doing"].limit_chosen.emit("doing", 1)
    assert panel.grid.heads["doing"].button.text() == "进行中 1/1"
    go(panel, "补坐席")
    press((Qt.Key.Key_Right, CTRL))
    assert card(panel, "补坐席").column == "doing"
    assert panel.grid.heads["doing"].button.text() == "◆ 进行中 2/1 超过上限"
    assert "超过上限 2/1" in panel.context.messages.rows[0].message.text


# -- dragging ----------------------------------------------------------------------------------


def test_dropping_moves_column_and_lane_in_one_step(panel: TaskBoardPanel) -> None:
    drop(panel, panel.grid.cells["tech", "confirming"], "补坐席")
    values = stored(panel, "补坐席")
    assert (values["group"], values["status"]) == ("tech", "confirming")
    panel.context.undo()
    values = stored(panel, "补坐席")
    assert (values["group"], values["status"]) == ("customer", "todo")


def test_dropping_on_the_fold_completes_or_is_refused(panel: TaskBoardPanel) -> None:
    drop(panel, panel.grid.folds["customer"], "补坐席")
    assert stored(panel, "补坐席")["status"] == "done"
    drop(panel, panel.grid.folds["tech"], "换电池")
    assert stored(panel, "换电池")["status"] == "doing"
    assert panel.note.isVisible()


# -- filters -----------------------------------------------------------------------------------


def test_filters(panel: TaskBoardPanel, press: Press) -> None:
    panel.head.mine.click()
    assert titles(panel) == {"补坐席"}
    panel.head.mine.click()
    panel.head.late.click()
    assert titles(panel) == {"问记者"}
    panel.head.late.click()
    menu = panel.head.group_menu()
    next(a for a in menu.actions() if a.text() == "技术通信").trigger()
    assert titles(panel) == {"换电池", "接发电车"}
    assert panel.head.group_button.text() == "技术通信"
    panel.focus_filter()
    panel.head.text.setText("ｌｑ")  # as typed in full width
    panel.head.text.seek()
    assert titles(panel) == {"接发电车"}
    press(Qt.Key.Key_Escape)
    assert len(titles(panel)) == 5
    assert panel.grid.cells[panel.grid.place].hasFocus()


def test_nothing_matches(panel: TaskBoardPanel) -> None:
    panel.head.text.setText("nobody")
    panel.head.text.seek()
    assert panel.state.isVisible()
    assert panel.state.state == State.FILTERED
    panel.state.button.click()
    assert panel.grid.isVisible()


def test_open_record_shows_what_a_filter_hides(panel: TaskBoardPanel) -> None:
    panel.head.mine.click()
    panel.open_record("task", card(panel, "换电池").id)
    assert current(panel) == "换电池"


# -- states ------------------------------------------------------------------------------------


def test_an_empty_board_has_a_next_step(context: UiContext, qtbot: QtBot, press: Press) -> None:
    panel = shown_panel(context, qtbot)
    assert panel.state.state == State.EMPTY
    panel.state.button.click()
    press("one", Qt.Key.Key_Return)
    assert panel.grid.isVisible()
    panel.flush()


def test_an_error_is_said_and_tried_again(
    context: UiContext, qtbot: QtBot, fill: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: object) -> list[Card]:
        raise StorageError("磁盘不可读。", safe="数据未改动。")

    with monkeypatch.context() as patch:
        patch.setattr("ui.board.feed.read_cards", broken)
        panel = shown_panel(context, qtbot)
    assert panel.state.state == State.ERROR
    assert "数据未改动" in panel.state.hint.text()
    panel.state.button.click()
    qtbot.waitUntil(panel.grid.isVisible)
    panel.flush()


def test_the_readers_view_changes_nothing(
    context: UiContext, qtbot: QtBot, fill: None, press: Press
) -> None:
    panel = shown_panel(context, qtbot, read_only=True)
    before = [record.values for record in context.session.find(Query("task"))]
    go(panel, "换电池")
    press((Qt.Key.Key_Right, CTRL), (Qt.Key.Key_M, CTRL), "+", (Qt.Key.Key_Delete, CTRL))
    assert not panel.ask.asking
    assert not panel.picker.asking
    assert not any(view.dragEnabled() or view.acceptDrops() for view in panel.grid.cells.values())
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    assert not panel.detail.title.isVisible()
    assert panel.detail.labels["title"].text() == "换电池"
    assert panel.band.isVisible()
    assert not panel.head.new.isVisible()
    drop(panel, panel.grid.folds["customer"], "补坐席")
    assert [record.values for record in context.session.find(Query("task"))] == before
    panel.flush()


# -- the rest ----------------------------------------------------------------------------------


def test_changes_from_elsewhere_arrive(panel: TaskBoardPanel) -> None:
    go(panel, "补坐席")
    panel.session.execute(task.move("换电池", status="todo"))
    panel.session.execute(person.change("李强", name="李刚"))
    QTest.qWait(5)
    assert card(panel, "换电池").column == "todo"
    assert card(panel, "接发电车").who == "李刚"
    assert current(panel) == "补坐席"


def test_every_key_has_a_line_in_the_menu(panel: TaskBoardPanel) -> None:
    go(panel, "吞卡")
    panel.grid.menu_wanted.emit(panel.grid.current, panel.mapToGlobal(panel.rect().center()))
    menu = panel.findChild(QMenu, "board.card.menu")
    words = [action.text() for action in menu.actions() if action.text()]
    assert len(words) == 10
    move = next(a.menu() for a in menu.actions() if a.text() == "移到")
    next(a for a in move.actions() if a.text() == "待确认").trigger()
    assert stored(panel, "吞卡")["status"] == "confirming"
    menu.close()


def test_keys_are_allowed_and_unique(panel: TaskBoardPanel) -> None:
    keys = {
        (action.objectName(), key.toString())
        for action in panel.findChildren(QAction)
        for key in action.shortcuts()
    }
    assert len(keys) == 8
    assert actions.key_faults(sorted(keys)) == []


def test_cards_are_copied_as_a_table(panel: TaskBoardPanel, press: Press) -> None:
    go(panel, "补坐席")
    press((Qt.Key.Key_C, CTRL))
    data = QApplication.clipboard().mimeData()
    head, row = data.text().splitlines()
    assert head.split("\t")[:2] == ["编号", "任务"]
    assert row.split("\t")[1] == "补坐席"
    assert "<table" in data.html()
    panel.printing.copy_shown()
    assert len(QApplication.clipboard().mimeData().text().splitlines()) == 6


def test_the_view_is_remembered(panel: TaskBoardPanel, context: UiContext, qtbot: QtBot) -> None:
    panel.head.density.click()
    panel.grid.set_folded(False)
    panel.grid.heads["todo"].limit_chosen.emit("todo", 12)
    panel.flush()
    other = shown_panel(context, qtbot)
    assert (other.grid.compact, other.grid.folded) == (True, False)
    assert other.board.limits["todo"] == 12
    other.flush()


def test_printing(panel: TaskBoardPanel, qtbot: QtBot, tmp_path: Path) -> None:
    panel.head.late.click()
    panel.printing.choose = lambda suggested: tmp_path / suggested.name
    panel.head.print_wanted.emit("A3")
    qtbot.waitUntil(
        lambda: any(
            "PDF" in r.message.text or ".pdf" in r.message.text for r in panel.context.messages.rows
        )
    )
    assert [file.suffix for file in tmp_path.glob("*.pdf")] == [".pdf"]
    assert "逾期" in panel.printing.filter_words()


def test_tab_goes_as_one_reads(panel: TaskBoardPanel, press: Press) -> None:
    panel.open_record("task", card(panel, "换电池").id)
    panel.focus_filter()
    seen: list[str] = []
    while QApplication.focusWidget().objectName() not in seen:
        seen.append(QApplication.focusWidget().objectName())
        press(Qt.Key.Key_Tab)
    at = seen.index
    names = ("filter", "mine", "late", "groups", "density", "print", "new")
    assert seen[:7] == [f"board.{name}" for name in names]
    assert seen[7:11] == [f"board.column.{column}" for column in panel.board.columns]
    assert seen[11] == "board.cell.tech.doing"
    assert at("board.detail.close") < at("board.detail.title") < at("board.detail.status")
    assert at("board.detail.due") < at("board.detail.assignee") < at("board.detail.items")
    assert at("board.detail.items") < at("board.detail.add") < at("board.detail.note")
    assert QApplication.focusWidget().objectName() == "board.filter"


def test_everything_that_takes_the_keys_has_a_name(panel: TaskBoardPanel) -> None:
    panel.open_record("task", card(panel, "换电池").id)
    for widget in panel.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            if widget.objectName().startswith("qt_"):
                continue
            assert widget.accessibleName(), (type(widget).__name__, widget.objectName())


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_off(
    panel: TaskBoardPanel, qapp: QApplication, language: str, scale: float
) -> None:
    set_language(language)
    theme.apply(qapp, "dark", scale)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    for part in panel.findChildren(QWidget):
        QApplication.sendEvent(part, QEvent(QEvent.Type.LanguageChange))
    QTest.qWait(20)
    for button in (panel.head.mine, panel.head.late, panel.head.density, panel.head.new):
        assert button.width() >= button.sizeHint().width()
        assert panel.head.rect().contains(button.mapTo(panel.head, button.rect().bottomRight())), (
            button.text()
        )
    for label in panel.grid.lanes.values():
        assert label.height() >= label.height_for(label.width()), label.name.text()
