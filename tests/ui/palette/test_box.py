"""Ctrl+K by real keys: found, opened, written; nothing happens while a word is composed."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from bankcc import i18n
from bankcc.errors import StorageError
from bankcc.features import inquiry, timeline
from bankcc.schema.query import Query
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, compose, focus, language_change
from tests.ui.small_center import log_calls, settle
from ui import ime, theme
from ui.context import UiContext
from ui.palette.box import Palette
from ui.palette.model import Command


@pytest.fixture
def ran() -> list[str]:
    """The commands that were run."""
    return []


@pytest.fixture
def box(qtbot, context, ran) -> Iterator[Palette]:
    window = context.window()
    window.resize(1200, 700)
    QLineEdit(window).setObjectName("before")

    def commands() -> list[Command]:
        return [
            Command("x", i18n._("Help"), lambda: ran.append("help"), "F1", "help", usual=True),
            Command("y", i18n._("Quit"), lambda: ran.append("quit"), "Ctrl+Q", "logout"),
        ]

    made = Palette(context, commands, window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.findChild(QWidget, "before").setFocus()
    settle()
    yield made
    made.close_box()
    made.flush()


def shown(context: UiContext) -> list[str]:
    return context.window().property("shown")


def answered(qtbot, box: Palette) -> None:
    """Wait until what is asked has been looked up."""
    qtbot.waitUntil(lambda: box.is_settled)


def closed(qtbot, box: Palette) -> None:
    """Wait until Enter, which waits for the answer, has done what it says."""
    qtbot.waitUntil(lambda: not box.is_open)


def test_last_four_digits_and_enter_open_the_call_with_six_keys(box, context, keys, qtbot) -> None:
    calls = log_calls(context, 3)
    box.open_box()
    keys.count += 1  # Ctrl+K itself
    keys.text("0002")
    keys.press(ENTER)
    closed(qtbot, box)
    assert keys.count == 6
    assert shown(context) == ["inquiry", calls[2]]
    assert not box.is_open


def test_initials_and_enter_open_the_call_with_five_keys(box, context, keys, qtbot) -> None:
    verb = inquiry.log_call(phone="13812345678", caller="张小明")
    call = context.session.execute(verb).made[0]
    box.open_box()
    keys.count += 1
    keys.text("zxm")
    keys.press(ENTER)
    closed(qtbot, box)
    assert keys.count == 5
    assert shown(context) == ["inquiry", call.id]


def test_arrows_choose_and_leave_headings_out(box, context, keys, qtbot) -> None:
    calls = log_calls(context, 3)
    box.open_box("来电")
    answered(qtbot, box)
    assert box.current.id == f"inquiry/{calls[2]}"
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Down)
    assert box.current.id == f"inquiry/{calls[0]}"
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab, Qt.Key.Key_PageUp):
        keys.press(key)
    assert box.current.id == f"inquiry/{calls[2]}"
    keys.press(Qt.Key.Key_PageDown)
    assert box.current.id == f"inquiry/{calls[0]}"


def test_a_command_runs_after_the_focus_went_back(box, keys, ran, qtbot) -> None:
    box.open_box()
    keys.text(">tc")  # 退出
    keys.press(ENTER)
    closed(qtbot, box)
    assert ran == ["quit"]
    assert focus().objectName() == "before"


# -- the answer comes beside the screen -----------------------------------------------------------


@pytest.fixture
def gate(context, monkeypatch) -> Event:
    """Searches wait until it is opened."""
    opened_gate, search = Event(), context.session.search

    def slow(text: str, **more: object) -> object:
        opened_gate.wait(10)
        return search(text, **more)

    monkeypatch.setattr(context.session, "search", slow)
    return opened_gate


def test_keys_are_taken_while_it_searches_and_enter_does_what_the_answer_says(
    box, context, keys, gate, qtbot
) -> None:
    calls = log_calls(context, 3)
    box.open_box()
    keys.text("0")
    box.line.seek()  # a search for “0” is under way, whose first line is the newest call
    keys.text("000")
    keys.press(ENTER)
    assert box.is_open
    assert box.line.text() == "0000"
    gate.set()
    closed(qtbot, box)
    assert shown(context) == ["inquiry", calls[0]]


def test_who_types_on_after_enter_did_not_mean_the_old_words(
    box, context, keys, gate, qtbot
) -> None:
    log_calls(context, 3)
    box.open_box()
    keys.text("0001")
    keys.press(ENTER)
    keys.text("2")
    gate.set()
    answered(qtbot, box)
    assert box.is_open
    assert shown(context) is None


def test_closed_while_it_searches_it_stays_closed(box, context, keys, gate, qtbot) -> None:
    log_calls(context, 1)
    box.open_box()
    keys.text("0000")
    keys.press(ENTER)
    keys.press(ESCAPE)
    gate.set()
    qtbot.waitUntil(lambda: not context.jobs.running)
    settle()
    assert not box.is_open
    assert shown(context) is None


def test_escape_gives_the_focus_back(box, keys) -> None:
    box.open_box()
    assert focus() is box.line
    keys.press(ESCAPE)
    assert not box.is_open
    assert focus().objectName() == "before"


def test_a_click_elsewhere_closes_and_keeps_the_focus_there(box, context) -> None:
    box.open_box()
    other = QLineEdit(context.window())
    other.show()
    other.setFocus()
    assert not box.is_open
    assert focus() is other


# -- the timeline ----------------------------------------------------------------------------------


def test_an_entry_is_written_from_anywhere(box, context, keys) -> None:
    box.open_box()
    keys.text(">")
    box.line.insert("日志 门口排队，约 30 人")  # committed by an input method
    box.line.textEdited.emit(box.line.text())
    keys.press(ENTER)
    entry = context.session.find(Query(timeline.NAME))[0]
    assert entry.text("text") == "门口排队，约 30 人"
    assert entry.text("author") == context.session.user
    assert not box.is_open
    assert "时间线" in context.messages.rows[0].message.what


def test_an_unfinished_entry_is_there_again_also_after_a_restart(box, context, keys) -> None:
    box.open_box()
    keys.text(">log half")
    keys.press(ESCAPE)
    box.open_box()
    assert box.line.text() == ">log half"
    box.flush()
    again = Palette(context, list, context.window())
    again.open_box()
    assert again.line.text() == ">log half"
    again.close_box()
    again.flush()


def test_a_written_entry_leaves_no_draft(box, context, keys) -> None:
    box.open_box()
    keys.text(">log done")
    keys.press(ENTER)
    box.flush()
    assert context.session.local.drafts("palette/") == []


def test_what_the_disk_refuses_stays_in_the_box(box, context, keys, monkeypatch) -> None:
    def refuse(*_given, **_more):
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(context.session, "execute", refuse)
    box.open_box()
    keys.text(">log kept")
    keys.press(ENTER)
    assert box.is_open
    assert box.line.text() == ">log kept"
    assert context.messages.rows[0].message.what == "磁盘已满。"


# -- while composing -------------------------------------------------------------------------------


@pytest.fixture
def guard(qapp: QApplication) -> Iterator[ime.PreeditGuard]:
    made = ime.PreeditGuard(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def test_letters_are_searched_before_they_are_committed(box, context, keys, guard, qtbot) -> None:
    verb = inquiry.log_call(phone="13812345678", caller="张小明")
    call = context.session.execute(verb).made[0]
    box.open_box()
    compose("z'x'm")
    qtbot.waitUntil(lambda: box.current is not None and box.current.id == f"inquiry/{call.id}")
    for key in (ENTER, ESCAPE, Qt.Key.Key_Down, Qt.Key.Key_Tab):
        if key is not ESCAPE:  # Esc ends the composition
            keys.press(key)
    assert box.is_open
    assert shown(context) is None
    compose("", commit="zxm")  # Enter in the input method commits the letters
    keys.press(ENTER)
    closed(qtbot, box)
    assert shown(context) == ["inquiry", call.id]


def test_a_composed_word_does_not_run_a_command(box, keys, guard, ran, qtbot) -> None:
    box.open_box()
    keys.text(">")
    compose("tui'chu")
    keys.press(ENTER)
    answered(qtbot, box)
    assert ran == []
    compose("", commit="退出")
    keys.press(ENTER)
    closed(qtbot, box)
    assert ran == ["quit"]


# -- how it looks ----------------------------------------------------------------------------------


def test_nothing_found_is_said(box, keys, qtbot) -> None:
    box.open_box()
    keys.text("zzqq")
    answered(qtbot, box)
    assert "zzqq" in box.said.text()
    assert box.said.isVisible()
    assert not box.list.isVisible()
    assert box.current is None
    keys.press(ENTER)
    assert box.is_open


def test_a_disk_that_cannot_be_read_is_said(box, context, monkeypatch, qtbot) -> None:
    def refuse(*_given, **_more):
        raise StorageError("读不出来。", safe="数据还在。")

    monkeypatch.setattr(context.session, "search", refuse)
    box.open_box("x")
    answered(qtbot, box)
    assert "读不出来。 数据还在。" in box.said.text()


def test_it_fits_into_the_window_at_every_size(box, context, qapp) -> None:
    log_calls(context, 12)
    window = context.window()
    for scale in (1.0, 1.5, 2.0):
        theme.apply(qapp, "dark", scale)
        window.resize(1024, 600)
        box.open_box("来电")
        settle()
        assert window.rect().contains(box.geometry()), scale
        box.close_box()
    theme.apply(qapp, "light", 1.0)


def test_the_window_is_resized_under_it(box, context) -> None:
    box.open_box()
    context.window().resize(700, 500)
    settle()
    assert context.window().rect().contains(box.geometry())


def test_words_follow_the_language(box) -> None:
    box.open_box()
    assert box.current.words == "帮助"
    i18n.set_language("en")
    language_change(box)
    assert box.current.words == "Help"
    assert box.line.accessibleName() == box.accessibleName() == "Search everything"
    assert "choose" in box.hint.text()
    assert box.isVisible()
    QApplication.sendEvent(box, QEvent(QEvent.Type.LanguageChange))


def test_all_can_be_read_aloud(box) -> None:
    for widget in (box, box.line, box.list):
        assert widget.accessibleName()
