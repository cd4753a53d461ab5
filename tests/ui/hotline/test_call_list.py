"""The list of calls: filters with counts, a search that needs no mouse, times that grow old."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc.clock import ManualClock
from bankcc.features import inquiry
from tests.ui.small_center import log_calls, settle
from ui.context import UiContext
from ui.hotline.call_filters import CallFilter
from ui.hotline.call_list import CallList


@pytest.fixture
def calls(qtbot, context: UiContext, clock: ManualClock) -> Iterator[CallList]:
    clock.step_ms = 0
    made_calls = log_calls(context, 4)
    context.session.execute(inquiry.arrange_callback(made_calls[0], minutes=10))
    clock.advance(minutes=15)
    made = CallList(context)
    qtbot.addWidget(made)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: bool(made._counts))
    yield made
    made.close_counts()


def numbers(calls: CallList) -> list[str]:
    return [calls.model.index(row, 0).data()[-1] for row in range(calls.model.rowCount())]


def test_counts_stand_on_the_filters_and_in_the_summary(calls) -> None:
    assert calls.buttons[CallFilter.ALL].text() == "全部 4"
    assert calls.buttons[CallFilter.OVERDUE].text() == "逾期 1"
    assert calls.summary.text() == "今日 4 · 未结 4 · 逾期 1"


def test_a_filter_narrows_and_a_new_call_does_not_disturb_it(calls, context, qtbot) -> None:
    calls.buttons[CallFilter.OVERDUE].click()
    assert numbers(calls) == ["1"]
    log_calls(context, 1)
    settle()
    assert numbers(calls) == ["1"]
    qtbot.waitUntil(lambda: calls.buttons[CallFilter.ALL].text() == "全部 5")
    calls.clear_filter()
    assert len(numbers(calls)) == 5


def test_search_then_enter_goes_into_the_list_and_esc_empties(calls) -> None:
    calls.focus_filter()
    QTest.keyClicks(calls.search, "13800000002")
    QTest.keyClick(calls.search, Qt.Key.Key_Return)
    assert numbers(calls) == ["3"]
    assert QApplication.focusWidget() is calls.list.view
    calls.focus_filter()
    QTest.keyClick(calls.search, Qt.Key.Key_Escape)
    assert calls.search.text() == ""
    calls._ask()
    assert len(numbers(calls)) == 4


def test_nothing_found_says_so_and_clears(calls) -> None:
    calls.search.setText("查无此人")
    calls._ask()
    assert calls.list.state.isVisible()
    calls.list.state.button.click()
    assert len(numbers(calls)) == 4


def test_escape_in_the_list_shows_all_again(calls) -> None:
    calls.choose(CallFilter.CALLBACK)
    calls.focus_list()
    QTest.keyClick(calls.list.view, Qt.Key.Key_Escape)
    assert calls.chosen == CallFilter.ALL
    assert len(numbers(calls)) == 4


def test_overdue_says_for_how_long(calls, clock) -> None:
    def cell() -> str:
        status = calls.model.columns.index("status")
        return calls.model.index(3, status).data()

    assert cell() == "逾期 5 分"
    clock.advance(minutes=7)
    assert cell() == "逾期 12 分"
    clock.advance(hours=3)
    assert cell() == "逾期 3 小时"


def test_what_falls_due_while_it_is_looked_at_appears(calls, context, clock) -> None:
    calls.choose(CallFilter.OVERDUE)
    other = context.session.find(calls.model.query.but(where=()))[0]
    context.session.execute(inquiry.arrange_callback(other.id, minutes=5))
    clock.advance(minutes=6)
    calls._age()
    settle()
    assert len(numbers(calls)) == 2


def test_enter_opens_the_current_call(calls, qtbot) -> None:
    calls.focus_list()
    QTest.keyClick(calls.list.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(calls.opened) as opened:
        QTest.keyClick(calls.list.view, Qt.Key.Key_Return)
    assert opened.args[0].number.endswith("3")


def test_a_narrow_list_puts_the_search_below_the_filters(calls) -> None:
    beside = calls.search.geometry().top()
    calls.resize(480, 500)
    settle()
    assert calls.search.geometry().top() > beside
    calls.resize(900, 500)
    settle()
    assert calls.search.geometry().top() == beside


def test_the_navigation_is_told_what_is_overdue(calls, qtbot) -> None:
    with qtbot.waitSignal(calls.overdue_changed) as told:
        calls.refresh()
    assert told.args == [1]


def test_what_is_counted_is_never_cut_short(calls, qapp) -> None:
    for width in range(480, 1000, 40):
        calls.resize(width, 500)
        settle()
        words = calls.summary.fontMetrics().horizontalAdvance(calls.summary.text())
        assert calls.summary.width() >= words or calls._narrow, width
    assert not calls._narrow


def test_the_filters_stand_level_with_the_search(calls) -> None:
    calls.resize(1000, 500)
    settle()
    button = calls.buttons[CallFilter.ALL]
    middle = button.mapTo(calls, button.rect().center()).y()
    assert abs(middle - calls.search.geometry().center().y()) <= 1
