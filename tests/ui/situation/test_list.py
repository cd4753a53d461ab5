"""Behind every card lies its list, already narrowed; callers are not named in it."""

import pytest
from PySide6.QtTest import QSignalSpy

from bankcc.features import answer_card, inquiry, post, task
from bankcc.reports.current import situation_figures
from bankcc.schema.change import edit
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, Keys
from tests.ui.small_center import settle
from ui.situation.list import BEHIND, SituationList

MINUTE = 60_000
LATE, OPEN, STAFF, URGENT, CARDS = BEHIND


@pytest.fixture
def center(context, clock):
    clock.step_ms = 0
    run = context.session.execute
    due = clock.ms + 5 * MINUTE
    for urgency in ("normal", "urgent"):
        run(inquiry.log_call(caller="赵女士", phone="13912345678", note="急", urgency=urgency))
    run(inquiry.arrange_callback("甲-R-0001", due=due))
    run(inquiry.log_call(note="已答", status="answered"))
    run(task.add(title="补柴油", due=due - MINUTE))
    run(task.add(title="不急"))
    run(post.add(title="坐席1", group="热线组"))
    run(answer_card.add(topic="复业", question="何时？", answer="正在核实。"))
    clock.advance(hours=1)
    return context.session


@pytest.fixture
def behind(context, center, qtbot) -> SituationList:
    made = SituationList(context)
    qtbot.addWidget(made)
    made.resize(1000, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def show(behind: SituationList, center, what) -> list[str]:
    behind.show_behind(what, situation_figures(center))
    settle()
    model = behind.list.model
    return [model.record(row).number for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("what", "numbers"),
    [
        (LATE, ["甲-T-0001"]),
        (OPEN, ["甲-R-0001", "甲-R-0002"]),
        (STAFF, ["甲-G-0001"]),
        (URGENT, ["甲-R-0002"]),
        (CARDS, ["甲-K-0001"]),
    ],
    ids=lambda item: getattr(item, "name", ""),
)
def test_the_list_is_narrowed_and_has_the_focus(behind, center, what, numbers) -> None:
    assert show(behind, center, what) == numbers
    assert behind.list.view.hasFocus()


def test_urgent_calls_of_the_day_before_are_behind_their_card(behind, center, clock) -> None:
    center.execute(inquiry.log_call(note="挂失"))
    center.execute(edit("inquiry", "甲-R-0004", status="escalated"))
    clock.advance(hours=30)
    assert show(behind, center, URGENT) == ["甲-R-0002", "甲-R-0004"]


def test_late_calls_lie_beside_late_tasks(behind, center, qtbot) -> None:
    show(behind, center, LATE)
    calls, tasks = behind._kinds
    assert (calls.text().split()[-1], tasks.text().split()[-1]) == ("1", "1")
    assert tasks.isChecked(), "the oldest is a task"
    calls.click()
    settle()
    assert behind.list.model.record(0).number == "甲-R-0001"


def test_callers_are_not_named(behind, center) -> None:
    for what in (OPEN, URGENT):
        show(behind, center, what)
        model = behind.list.model
        cells = [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
        assert not any("赵女士" in cell or "12345678" in cell for cell in cells)


def test_enter_opens_the_record_and_escape_goes_back(behind, center) -> None:
    show(behind, center, OPEN)
    opened, left = QSignalSpy(behind.opened), QSignalSpy(behind.left)
    keys = Keys()
    keys.press(ENTER)
    assert opened.at(0)[0] == "inquiry"
    keys.press(ESCAPE)
    assert left.count() == 1


def test_it_follows_what_happens(behind, center) -> None:
    show(behind, center, STAFF)
    center.execute(post.add(title="坐席2", group="热线组"))
    behind.follow(situation_figures(center))
    settle()
    assert behind.list.model.rowCount() == 2


def test_cards_that_ran_out_are_shown_when_no_draft_waits(behind, center, clock) -> None:
    until = clock.ms + MINUTE
    center.execute(answer_card.approve("复业", approver="周明远", valid_until=until))
    assert show(behind, center, CARDS) == ["甲-K-0001"]
    clock.advance(hours=1)
    assert show(behind, center, CARDS) == ["甲-K-0001"]
    assert situation_figures(center).cards.expired == 1


def test_nothing_left_says_so(behind, center) -> None:
    show(behind, center, LATE)
    center.execute(task.complete("补柴油"))
    settle()
    assert behind.list.state.isVisible()
