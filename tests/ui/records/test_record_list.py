"""An area without rows says why and what to do; the focus stays in it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.query import Query
from tests.ui.small_center import log_calls, settle
from ui.records import record_list, record_table
from ui.records.record_list import Empty, RecordList
from ui.records.record_table import RecordTableModel
from ui.widgets.state_view import State


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def rows(context, qtbot, done) -> RecordList:
    model = RecordTableModel(context, Query("inquiry"), ("number", "phone"))
    made = RecordList(
        model,
        Empty("Nothing here yet", action="New", act=lambda: done.append("new")),
        filtered=lambda: bool(model.query.text),
        clear_filter=lambda: model.set_query(Query("inquiry")),
    )
    model.setParent(made)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(rows: RecordList) -> State | None:
    return rows.state.state if rows.state.isVisible() else None


def test_empty_offers_the_next_step(rows, done) -> None:
    assert (shown(rows), rows.state.text.text()) == (State.EMPTY, "还没有内容")
    rows.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert done == ["new"]


def test_the_first_record_replaces_the_sentence_and_gets_the_focus(context, rows) -> None:
    rows.setFocus()
    counted = QSignalSpy(rows.count_changed)
    context.session.execute(inquiry.log_call(phone="13900000000"))
    settle()
    assert shown(rows) is None
    assert rows.view.hasFocus()
    assert counted.at(counted.count() - 1) == [1]


def test_nothing_matches_and_the_way_back(context, rows) -> None:
    log_calls(context, 2)
    settle()
    rows.model.set_query(Query("inquiry", text="nothing of the kind"))
    assert (shown(rows), rows.state.text.text()) == (State.FILTERED, "0 条符合筛选")
    rows.state.button.click()
    assert shown(rows) is None


def test_an_error_says_what_is_safe_and_tries_again(context, rows, monkeypatch) -> None:
    log_calls(context, 1)
    settle()

    def refuse(_query: Query) -> None:
        raise StorageError("读不到", safe="数据没有变", next_step="再试")

    with monkeypatch.context() as patch:
        patch.setattr(context.session, "ids", refuse)
        rows.model.reload()
    assert (shown(rows), rows.state.text.text()) == (State.ERROR, "读不到")
    assert rows.state.hint.text() == "数据没有变 再试"
    rows.state.button.click()
    assert shown(rows) is None


def test_loading_is_said_only_when_it_takes_long(context, qtbot, monkeypatch) -> None:
    log_calls(context, 2)
    settle()
    monkeypatch.setattr(record_table, "AT_ONCE", 0)
    monkeypatch.setattr(record_list, "LOADING_AFTER_MS", 0)
    model = RecordTableModel(context, Query("inquiry"), ("number",))
    rows = RecordList(model, Empty("Nothing here yet"))
    model.setParent(rows)
    qtbot.addWidget(rows)
    rows.show()
    assert shown(rows) == State.LOADING
    qtbot.waitUntil(lambda: shown(rows) is None)


def test_words_follow_the_language(rows) -> None:
    i18n.set_language("en")
    QApplication.sendEvent(rows, QEvent(QEvent.Type.LanguageChange))
    assert rows.state.text.text() == "Nothing here yet"
