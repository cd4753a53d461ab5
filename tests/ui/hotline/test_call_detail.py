"""One call in full: the number only after the journal knows, the next steps by the state."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.small_center import settle
from ui.context import UiContext
from ui.hotline.call_detail import STEPS, CallDetail


@pytest.fixture
def call(context: UiContext, clock: ManualClock) -> str:
    clock.step_ms = 0
    verb = inquiry.log_call(phone="13800138000", category="cash", note="<b>急</b>用钱", caller="张")
    return context.session.execute(verb).made[0].id


@pytest.fixture
def detail(qtbot, context: UiContext, call: str) -> CallDetail:
    made = CallDetail(context)
    qtbot.addWidget(made)
    made.show()
    made.show_call(call)
    return made


def offered(detail: CallDetail) -> set[str]:
    return {name for name, button in detail.buttons.items() if not button.isHidden()}


def test_the_number_is_shown_and_the_journal_knows_who_saw_it(detail, context) -> None:
    assert detail.values["phone"].text() == "138 0013 8000"
    _at, who, what, which = context.session.local.journal()[0]
    assert (who, what, which) == (context.session.user, "reveal", detail.call.number)
    assert "13800138000" not in which


def test_what_cannot_be_noted_is_not_revealed(detail, context, call, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(context.session.local, "note", refuse)
    detail.show_call(call)
    assert detail.values["phone"].text() == "138****8000"
    assert context.messages.rows


def test_read_only_reveals_nothing_and_offers_nothing(qtbot, context, call, clock) -> None:
    with Session.open(context.session.paths, write=False, clock=clock) as reading:
        context.session, writing = reading, context.session
        detail = CallDetail(context)
        qtbot.addWidget(detail)
        detail.show_call(call)
        assert detail.values["phone"].text() == "138****8000"
        assert offered(detail) == set()
        context.session = writing


def test_markup_is_shown_as_typed(detail) -> None:
    assert detail.values["note"].text() == "<b>急</b>用钱"
    assert detail.values["note"].textFormat() == Qt.TextFormat.PlainText


def test_steps_follow_the_state(detail, context) -> None:
    assert offered(detail) == {"callback", "escalate", "task", "close"}
    detail.buttons["callback"].click()
    settle()
    assert offered(detail) == {"callback", "escalate", "task", "close"}
    assert detail.status.word.startswith("待回拨")
    detail.result.choose(1)
    assert detail.result.record()
    settle()
    assert detail.call["status"] == "called_back"
    detail.buttons["close"].click()
    settle()
    assert offered(detail) == set()
    assert detail.status.word == "已结"


def test_every_step_is_one_verb_that_can_be_undone(context, call) -> None:
    for name, _words, step, states in STEPS:
        before = context.session.get("inquiry", call).text("status")
        if before in states:
            context.session.execute(step(context.session.get("inquiry", call)))
            context.session.undo()
            assert context.session.get("inquiry", call).text("status") == before, name


def test_a_task_is_made_once(detail, context) -> None:
    detail.buttons["task"].click()
    settle()
    assert "task" not in offered(detail)
    assert detail.values["task"].text()


def test_a_second_space_after_making_a_task_does_nothing(detail, context, qtbot) -> None:
    detail.activateWindow()
    button = detail.buttons["task"]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    assert QApplication.focusWidget() is detail
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()
    assert detail.call["status"] == "in_progress"
    (made,) = context.session.find(Query("task"))
    said = context.messages.rows[0].message.what
    assert said == f"{detail.call.number} 已转为 {made.number}"


def test_the_focus_stays_on_a_step_that_stays(detail, qtbot) -> None:
    detail.activateWindow()
    button = detail.buttons["callback"]
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    settle()
    assert button.hasFocus()


def test_overdue_is_said_with_shape_and_word(detail, context, clock) -> None:
    context.session.execute(inquiry.arrange_callback(detail.call.id, minutes=10))
    clock.advance(minutes=22)
    settle()
    detail.retranslate()
    assert detail.status.text() == "▲ 逾期 12 分"


def test_undoing_its_entry_leaves_the_call(detail, context) -> None:
    left: list[bool] = []
    detail.left.connect(lambda: left.append(True))
    context.session.undo()
    settle()
    assert left == [True]
    detail.show_call("nothing")
    assert context.messages.rows


def test_escape_leaves(detail) -> None:
    left: list[bool] = []
    detail.left.connect(lambda: left.append(True))
    QTest.keyClick(detail, Qt.Key.Key_Escape)
    assert left == [True]


def test_the_history_names_who_and_what(detail) -> None:
    assert "王敏" in detail.history.text()
    assert "处理中" in detail.history.text()
    assert "13800138000" not in detail.history.text()


def test_the_number_to_dial_stands_above_what_scrolls(detail, context, call) -> None:
    assert detail.result.caption.isHidden()
    context.session.execute(inquiry.arrange_callback(call, minutes=10))
    settle()
    assert detail.result.caption.text() == "138 0013 8000 张"
    assert not detail.result.caption.isHidden()
    assert not detail.area.isAncestorOf(detail.result.caption)


def test_a_time_that_is_asked_for_is_in_sight(detail, context, call, qtbot) -> None:
    context.session.execute(inquiry.arrange_callback(call, minutes=10))
    settle()
    detail.area.setFixedHeight(60)
    settle()
    detail.result.choose(4)
    settle()
    assert not detail.result.due.visibleRegion().isEmpty()


@pytest.mark.parametrize("reading", ["find", "history"])
def test_what_cannot_be_read_any_more_stays_as_it_was(
    detail, context, call, monkeypatch, reading: str
) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘读不出。")

    left: list[int] = []
    detail.left.connect(lambda: left.append(1))
    with monkeypatch.context() as broken:
        broken.setattr(context.session, reading, refuse)
        context.session.execute(inquiry.arrange_callback(call, minutes=15))
        settle()
    assert detail.call.id == call
    assert left == []
    assert context.messages.rows[0].message.what == "磁盘读不出。"
