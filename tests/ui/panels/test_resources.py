"""Resources by keys: look, narrow, check a round and sign it, take and put back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n
from bankcc.errors import StorageError
from bankcc.features import resource
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.small_center import settle
from ui import theme
from ui.bridge import Bridge
from ui.context import UiContext
from ui.feedback import MessageBar
from ui.frame.saved_chip import SavedChip
from ui.jobs import Jobs
from ui.panels.resources import ResourcePanel
from ui.resources.rows import Only
from ui.widgets.state_view import State

CTRL = Qt.KeyboardModifier.ControlModifier
ITEMS = (
    ("应急热线座机", "通信", 6, 5, "三楼", "2026-10-01"),
    ("对讲机", "通信", 12, 12, "库房", "2026-10-02"),
    ("UPS", "电源", 2, 2, "机房", "2026-10-03"),
    ("急救箱", "防护", 3, 1, "大堂", "2026-11-20"),
)


def fill(context) -> None:
    for name, category, need, have, place, day in ITEMS:
        context.session.execute(
            resource.add(
                name=name,
                category=category,
                required=need,
                actual=have,
                place=place,
                keeper="罗晨",
                check_cycle="每月",
                checked_on=day,
            )
        )
    settle()


def panel_of(context, qtbot) -> ResourcePanel:
    made = ResourcePanel(context)
    qtbot.addWidget(made, before_close_func=lambda panel: panel.flush())
    made.resize(1204, 640)
    made.show()
    made.start()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.inventory is not None)
    return made


@pytest.fixture
def panel(context, qtbot) -> ResourcePanel:
    fill(context)
    return panel_of(context, qtbot)


def press(panel, *keys) -> None:
    """Send each key to whatever has the focus then."""
    for key in keys:
        target = panel.focusWidget() or panel
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        elif isinstance(key, tuple):
            QTest.keyClick(target, *key)
        else:
            QTest.keyClick(target, key)
        settle()


def names(panel) -> list[str]:
    return [row.record.text("name") for row in panel.list.table.rows]


def checks(context) -> list:
    return context.session.find(Query("check", order="created"))


def item(context, name: str):
    return context.session.get("resource", name)


# -- looking and narrowing -----------------------------------------------------------------------


def test_the_list_has_the_keys_at_once_and_readiness_stands_beside_it(panel) -> None:
    assert panel.list.hasFocus()
    assert names(panel) == [entry[0] for entry in ITEMS]
    assert "就绪度 86%" in panel.count.text()
    assert [s.category for s in panel.readiness.bars.rows] == [None, "通信", "电源", "防护"]


def test_chips_narrow_and_esc_brings_everything_back(panel) -> None:
    panel.filter.buttons[Only.GAP].setFocus()
    press(panel, Qt.Key.Key_Space)
    assert names(panel) == ["应急热线座机", "急救箱"]
    panel.filter.buttons[Only.LATE].setFocus()
    press(panel, Qt.Key.Key_Space)
    assert names(panel) == ["应急热线座机", "对讲机", "UPS"]
    panel.list.setFocus()
    press(panel, Qt.Key.Key_Escape)
    assert len(names(panel)) == 4


def test_a_class_is_chosen_on_its_bar(panel) -> None:
    panel.readiness.setFocus()
    press(panel, Qt.Key.Key_Down)
    assert names(panel) == ["应急热线座机", "对讲机"]
    press(panel, Qt.Key.Key_Return)
    assert panel.list.hasFocus()
    assert "通信" in panel.count.text()
    press(panel, Qt.Key.Key_Escape)
    assert len(names(panel)) == 4


def test_initials_find_while_the_word_is_still_composed(panel, qtbot) -> None:
    panel.focus_filter()
    QApplication.sendEvent(panel.filter.text, QInputMethodEvent("j'j'x", []))
    qtbot.waitUntil(lambda: names(panel) == ["急救箱"])
    QApplication.sendEvent(panel.filter.text, QInputMethodEvent("", []))
    qtbot.waitUntil(lambda: len(names(panel)) == 4)


def test_nothing_matches_has_a_way_back(panel, qtbot) -> None:
    panel.focus_filter()
    press(panel, "zzzz")
    qtbot.waitUntil(lambda: panel.area.state.isVisible())
    assert panel.area.state.state == State.FILTERED
    press(panel, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(names(panel)) == 4)
    assert panel.filter.text.text() == ""


def test_the_number_of_overdue_checks_is_told_to_the_navigation(context, qtbot) -> None:
    fill(context)
    made = ResourcePanel(context)
    qtbot.addWidget(made, before_close_func=lambda panel: panel.flush())
    with qtbot.waitSignal(made.waiting_changed) as told:
        made.show()
    assert told.args == [3]


def test_rows_are_copied_as_a_table(panel) -> None:
    press(panel, (Qt.Key.Key_C, CTRL))
    lines = QGuiApplication.clipboard().text().split("\r\n")
    assert lines[0].startswith("名称\t类别\t应/实")
    assert lines[1].startswith("应急热线座机\t通信\t6/5 缺1")


def test_a_change_keeps_the_row_under_the_keys(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Down, Qt.Key.Key_Down)
    context.session.execute(resource.add(name="手电", category="通信", required=1, actual=1))
    qtbot.waitUntil(lambda: "手电" in names(panel))
    assert panel.list.row().record["name"] == "UPS"


# -- the round -----------------------------------------------------------------------------------


def test_space_checks_and_ctrl_enter_signs_one_check_each(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Space)
    assert panel.round.isVisible()
    assert panel.round.words.text() == "已查 1/3"
    press(panel, Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.round.signed) as told:
        press(panel, (Qt.Key.Key_Return, CTRL))
    assert told.args == [2]
    written = checks(context)
    assert len(written) == 2
    assert {entry["by"] for entry in written} == {"王敏"}
    assert item(context, "应急热线座机")["checked_on"] == "2026-11-23"
    assert panel.overview.isVisible()
    qtbot.waitUntil(lambda: panel.inventory.standings[0].late == 1)


def test_a_count_and_a_note_are_entered_without_the_mouse(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Space)
    row = panel.round.round.row_of(item(context, "对讲机").id)
    panel.round.list.go(row)
    press(panel, "10", Qt.Key.Key_Minus, Qt.Key.Key_Return)
    assert panel.round.note.hasFocus()
    press(panel, "lost", Qt.Key.Key_Return)
    assert panel.round.list.hasFocus()
    with qtbot.waitSignal(panel.round.signed):
        press(panel, (Qt.Key.Key_Return, CTRL))
    entry = next(one for one in checks(context) if one["name"] == "对讲机")
    assert (entry["found"], entry["result"], entry["note"]) == (9, "short", "lost")
    assert item(context, "对讲机")["actual"] == 9


def test_esc_leaves_the_round_and_loses_nothing(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Space, "1", Qt.Key.Key_Escape)
    assert panel.list.hasFocus()
    assert checks(context) == []
    assert "继续检查" in panel.check_button.text()
    kept = dict(panel.round.round.findings)
    panel.round.keeper.flush()
    again = panel_of(context, qtbot)
    assert again.round.round.findings == kept
    assert "继续检查" in again.check_button.text()


def test_the_signed_round_is_taken_back_whole(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space)
    with qtbot.waitSignal(panel.round.signed):
        press(panel, (Qt.Key.Key_Return, CTRL))
    message = context.messages.rows[-1].message
    assert "3 项" in message.text
    message.act()
    assert checks(context) == []
    assert item(context, "UPS")["checked_on"] == "2026-10-03"
    message.act()  # a second press must not reach further back
    assert item(context, "UPS")["actual"] == 2


def test_what_was_refused_stays_in_the_round(panel, context, qtbot, monkeypatch) -> None:
    press(panel, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Space)
    really, calls = context.session.execute, []

    def refuse_the_second(verb):
        calls.append(verb)
        if len(calls) == 2:
            raise StorageError("the disk is full")
        return really(verb)

    monkeypatch.setattr(context.session, "execute", refuse_the_second)
    press(panel, (Qt.Key.Key_Return, CTRL))
    qtbot.waitUntil(lambda: panel.round._job is None)
    assert len(checks(context)) == 1
    assert panel.round.waiting == 2
    said = [row.message.text for row in context.messages.rows]
    assert any("the disk is full" in text for text in said)


def test_signing_nothing_says_how(panel, context) -> None:
    panel.check_button.click()
    panel.round.sign()
    assert "空格" in context.messages.rows[-1].message.text


def test_composing_a_note_signs_nothing(panel, context) -> None:
    press(panel, Qt.Key.Key_Space, Qt.Key.Key_Return)
    QApplication.sendEvent(panel.round.note, QInputMethodEvent("dian'chi", []))
    assert panel.round.round.finding(panel.round.round.rows[0]).note == ""
    event = QInputMethodEvent()
    event.setCommitString("电池")
    QApplication.sendEvent(panel.round.note, event)
    at = panel.round.list.at
    assert panel.round.round.finding(panel.round.round.rows[at]).note == "电池"
    assert checks(context) == []


def test_a_round_with_nothing_due_offers_everything(context, qtbot) -> None:
    context.session.execute(resource.add(name="伞", required=1, actual=1))
    panel = panel_of(context, qtbot)
    panel.check_button.click()
    assert panel.round.state.isVisible()
    press(panel, Qt.Key.Key_Space)
    assert len(panel.round.round.rows) == 1


# -- taking, putting back, entering --------------------------------------------------------------


def test_three_keys_take_and_one_undoes(panel, context, qtbot) -> None:
    press(panel, Qt.Key.Key_Minus, "2", Qt.Key.Key_Return)
    assert item(context, "应急热线座机")["actual"] == 3
    assert panel.list.hasFocus()
    context.messages.rows[-1].message.act()
    assert item(context, "应急热线座机")["actual"] == 5
    press(panel, Qt.Key.Key_Plus, Qt.Key.Key_Return)
    assert item(context, "应急热线座机")["actual"] == 6


def test_what_cannot_be_taken_stays_typed(panel, context) -> None:
    press(panel, Qt.Key.Key_Minus, "99", Qt.Key.Key_Return)
    assert item(context, "应急热线座机")["actual"] == 5
    assert panel.stock.isVisible()
    assert panel.stock.count.value() == 99
    press(panel, Qt.Key.Key_Escape)
    assert panel.stock.isHidden()


def test_enter_opens_the_form_and_esc_closes_it(panel) -> None:
    press(panel, Qt.Key.Key_Return)
    assert panel.form.isVisible()
    assert panel.form.record["name"] == "应急热线座机"
    press(panel, Qt.Key.Key_Escape)
    assert panel.form.isHidden()
    assert panel.readiness.isVisible()
    assert panel.list.hasFocus()


def test_a_new_one_becomes_the_current_row(panel, context, qtbot) -> None:
    panel.add_new()
    panel.form.rows["name"].editor.setFocus()
    press(panel, "lamp", (Qt.Key.Key_S, CTRL))
    qtbot.waitUntil(lambda: "lamp" in names(panel))
    assert panel.list.row().record["name"] == "lamp"


def test_a_record_is_shown_through_the_filter(panel, context, qtbot) -> None:
    panel.filter.choose(Only.GAP)
    panel.open_record("resource", item(context, "UPS").id)
    settle()
    assert panel.list.row().record["name"] == "UPS"
    assert panel.form.record["name"] == "UPS"


# -- states, names, languages --------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(context, qtbot) -> None:
    panel = panel_of(context, qtbot)
    assert panel.area.state.state == State.EMPTY
    assert panel.area.state.button.isEnabled()
    assert panel.area.state.button.hasFocus()
    assert "%" not in panel.count.text()
    assert panel.readiness.bars.rows == ()
    assert not panel.check_button.isEnabled()


@pytest.fixture
def reader(context, qtbot):
    """A second session that may only read, with services of its own."""
    fill(context)
    session = Session.open(context.session.paths, write=False)
    window = QWidget()
    jobs = Jobs(window)
    bridge = Bridge(session, window)
    services = (bridge, jobs, MessageBar(window), SavedChip(window))
    yield UiContext(session, *services, lambda _kind, _record: None, lambda: window)
    jobs.shut_down()
    settle()
    bridge.stop()
    window.deleteLater()
    session.close()


def test_open_for_reading_nothing_writes(reader, qtbot) -> None:
    panel = panel_of(reader, qtbot)
    assert len(names(panel)) == 4
    assert not panel.check_button.isEnabled()
    assert not panel.new_button.isEnabled()
    press(panel, Qt.Key.Key_Space, Qt.Key.Key_Minus, Qt.Key.Key_Plus)
    assert panel.round.isHidden()
    assert panel.stock.isHidden()
    panel.add_new()
    assert panel.form.isHidden()
    panel.close()
    panel.flush()


def test_everything_that_takes_the_focus_has_a_name(panel) -> None:
    press(panel, Qt.Key.Key_Minus)
    nameless = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_language_and_size_change_live_and_nothing_is_cut(panel, qapp, language) -> None:
    i18n.set_language(language)
    theme.apply(qapp, "dark", 1.5)
    QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    for widget in panel.findChildren(QWidget):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    settle()
    assert panel.title.text() == ("资源" if language == "zh_CN" else "Resources")
    press(panel, Qt.Key.Key_Minus)
    assert panel.minimumSizeHint().width() <= 1204
    assert panel.minimumSizeHint().height() <= 640
