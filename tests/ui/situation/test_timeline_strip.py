"""An entry is added with one key and Enter, chips narrow the list, nothing typed is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from bankcc import i18n
from bankcc.errors import StorageError
from bankcc.features import inquiry, timeline
from bankcc.schema.query import Query
from tests.ui.panels.hotline_keys import CONTROL, ENTER, ESCAPE, compose, language_change
from tests.ui.small_center import settle
from ui.ime import PreeditGuard
from ui.situation import timeline_list
from ui.situation.timeline import TEXT_ROLE
from ui.situation.timeline_strip import TimelineStrip
from ui.widgets.state_view import State


@pytest.fixture
def strip(context, clock, qtbot) -> Iterator[TimelineStrip]:
    clock.step_ms = 0
    made = TimelineStrip(context)
    context.bridge.changed.connect(made.refresh)
    made.resize(460, 360)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.flush()
    made.close()
    made.deleteLater()
    settle()


def entries(context) -> list:
    return context.session.find(Query("timeline", order="-at"))


def texts(strip: TimelineStrip) -> list[str]:
    model = strip.model
    return [model.index(row).data(TEXT_ROLE) for row in range(model.rowCount())]


@pytest.mark.parametrize("how", ["enter", "ctrl_enter", "button"])
def test_an_entry_is_typed_and_added(strip, context, keys, qtbot, how) -> None:
    strip.focus_entry()
    compose("", "恢复供电")
    if how == "button":
        qtbot.mouseClick(strip.save_button, Qt.MouseButton.LeftButton)
    else:
        keys.press(ENTER, *([CONTROL] if how == "ctrl_enter" else []))
    (entry,) = entries(context)
    assert (entry["text"], entry["category"]) == ("恢复供电", "other")
    qtbot.waitUntil(lambda: texts(strip) == ["恢复供电"])
    assert strip.entry.text() == ""
    assert strip.entry.hasFocus(), "the next one can follow at once"


def test_nothing_typed_adds_nothing(strip, context, keys) -> None:
    strip.focus_entry()
    keys.text("  ")
    keys.press(ENTER)
    assert entries(context) == []


def test_enter_belongs_to_the_input_method_while_composing(strip, context, keys, qapp) -> None:
    guard = PreeditGuard(qapp)
    try:
        strip.focus_entry()
        compose("hui'fu")
        keys.press(ENTER, CONTROL)
        assert entries(context) == []
        compose("", "恢复")
        keys.press(ENTER)
        assert entries(context)[0]["text"] == "恢复"
    finally:
        qapp.removeEventFilter(guard)


def test_chips_narrow_and_new_entries_take_their_category(strip, context, keys, qtbot) -> None:
    for text, category in (("停电", "other"), ("启动", "decision")):
        context.session.execute(timeline.note(text=text, category=category))
    qtbot.waitUntil(lambda: len(texts(strip)) == 2)
    strip.focus_chips()
    keys.press(Qt.Key.Key_Right)
    keys.press(Qt.Key.Key_Space)
    assert strip.model.category == "decision"
    assert texts(strip) == ["启动"]
    strip.focus_entry()
    keys.text("x")
    keys.press(ENTER)
    assert entries(context)[0]["category"] == "decision"
    strip.choose("")
    assert strip.category.currentData() == "other"


def test_empty_and_narrowed_to_nothing_say_what_next(strip, context, qtbot) -> None:
    assert strip.stack.currentWidget() is strip.state
    assert strip.state.state == State.EMPTY
    strip.state.button.click()
    assert strip.entry.hasFocus()
    context.session.execute(timeline.note(text="停电"))
    qtbot.waitUntil(lambda: strip.stack.currentWidget() is strip.list)
    strip.choose("notice")
    assert strip.state.state == State.FILTERED
    strip.state.button.click()
    assert strip.stack.currentWidget() is strip.list


def test_a_failed_reading_says_so_and_tries_again(strip, monkeypatch, context) -> None:
    def refuse(_query: object) -> None:
        raise StorageError("磁盘读不出。", next_step="换一块盘。")

    monkeypatch.setattr(context.session, "find", refuse)
    strip.refresh()
    assert strip.state.state == State.ERROR
    assert "磁盘读不出" in strip.state.text.text()
    monkeypatch.undo()
    strip.state.button.click()
    assert strip.state.state == State.EMPTY


def test_what_is_typed_is_a_draft_until_it_is_added(strip, context, keys, qtbot) -> None:
    strip.focus_entry()
    keys.text("half")
    keys.press(ESCAPE)
    assert strip.entry.text() == "half"
    strip.keeper.flush()
    again = TimelineStrip(context)
    qtbot.addWidget(again)
    assert again.entry.text() == "half"
    again.flush()
    strip.focus_entry()
    keys.press(ENTER)
    strip.keeper.flush()
    assert context.session.local.drafts("timeline:") == []


def test_a_refused_entry_stays_in_the_line(strip, context, keys, monkeypatch) -> None:
    def refuse(*_verb: object) -> None:
        raise StorageError("磁盘已满。")

    strip.focus_entry()
    keys.text("x")
    monkeypatch.setattr(context.session, "execute", refuse)
    keys.press(ENTER)
    assert strip.entry.text() == "x"
    assert context.messages.rows


def test_enter_on_an_entry_opens_what_it_is_about(strip, context, keys, qtbot) -> None:
    context.session.execute(inquiry.log_call(note="问"))
    context.session.execute(inquiry.escalate("甲-R-0001"))
    qtbot.waitUntil(lambda: strip.model.rowCount() == 1)
    opened = QSignalSpy(strip.opened)
    strip.list.setFocus()
    keys.press(Qt.Key.Key_Down)
    keys.press(ENTER)
    call = context.session.get("inquiry", "甲-R-0001")
    assert list(opened.at(0)) == ["inquiry", call.id]


def test_a_typed_entry_is_corrected_by_one_that_follows_it(strip, context, keys, qtbot) -> None:
    context.session.execute(timeline.note(text="三人到场", category="decision"))
    qtbot.waitUntil(lambda: strip.model.rowCount() == 1)
    first = entries(context)[0]
    strip.list.setFocus()
    keys.press(Qt.Key.Key_Down)
    keys.press(ENTER)
    assert "更正" in strip.correction.word
    keys.press(ESCAPE)
    assert strip.correction.word == ""
    assert strip.list.hasFocus()
    keys.press(ENTER)
    compose("", "应为四人")
    keys.press(ENTER)
    added = next(entry for entry in entries(context) if entry["text"] == "应为四人")
    assert (added["subject"], added["category"]) == (first.id, "decision")
    assert strip.correction.word == ""
    assert context.session.get("timeline", first.id)["text"] == "三人到场"


def test_the_current_entry_stands_there_in_full(strip, context, keys, qtbot) -> None:
    context.session.execute(timeline.note(text="供电公司答复抢修需要数小时，" * 12))
    qtbot.waitUntil(lambda: strip.model.rowCount() == 1)
    index = strip.model.index(0)
    strip.list.setCurrentIndex(strip.model.index(-1))
    folded = strip.list.itemDelegate().sizeHint(None, index).height()
    strip.list.setFocus()
    strip.list.setCurrentIndex(index)
    assert strip.list.itemDelegate().sizeHint(None, index).height() > 2 * folded


def test_lines_are_cut_only_at_the_last(qapp) -> None:
    font = timeline_list.theme.font(13)
    text = "供电公司答复抢修需要数小时" * 6
    lines = timeline_list.broken(text, 200, font)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    whole = timeline_list.broken(text, 200, font, 50)
    assert "".join(whole) == text
    assert timeline_list.broken("短", 200, font) == ["短"]
    assert timeline_list.broken("", 200, font) == [""]


def test_read_only_takes_no_entries(context, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(type(context.session), "can_write", property(lambda _self: False))
    made = TimelineStrip(context)
    qtbot.addWidget(made)
    assert not made.entry.isEnabled()
    assert made.entry.placeholderText() == "只读"
    assert not made.state.button.isEnabled()
    made.flush()


def test_the_language_is_followed(strip, context, qtbot) -> None:
    context.session.execute(timeline.note(text="停电"))
    qtbot.waitUntil(lambda: strip.model.rowCount() == 1)
    i18n.set_language("en")
    language_change(strip)
    assert strip.title.text() == "Timeline"
    assert strip.chips["decision"].text() == "Decision"
    assert strip.category.currentText() == "Other matter"
