"""Filters find what they say; counts agree with what the list then shows."""

import pytest

from bankcc.clock import ManualClock
from bankcc.features import inquiry
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.small_center import USER
from ui.hotline.call_filters import LABELS, CallCounts, CallFilter, count_all, query_of


@pytest.fixture
def session(tmp_path, clock: ManualClock, chance: SeededChance):
    made, _key = Session.create(
        Paths(tmp_path / "center"),
        name="滨江",
        passphrase=None,
        demo=True,
        clock=clock,
        chance=chance,
    )
    made.user = USER

    def log(**values: object) -> str:
        return made.execute(inquiry.log_call(category="cash", **values)).made[0].id

    log(phone="13800000001", note="一")
    log(phone="13800000002", note="二", agent="陈刚")
    late, later = log(phone="13800000003"), log(phone="13800000004", note="四")
    made.execute(inquiry.arrange_callback(late, minutes=15))
    made.execute(inquiry.arrange_callback(later, minutes=60))
    made.execute(inquiry.close(log(phone="13800000005", note="五")))
    log(phone="13800000006", note="六", at=clock.ms - 3 * 24 * 3_600_000)
    clock.advance(minutes=30)
    yield made
    made.close()


def tails(session: Session, chosen: CallFilter, text: str = "") -> list[str]:
    query = query_of(chosen, session.user, session.clock.now_ms(), text)
    return sorted(record.text("phone")[-1] for record in session.find(query))


def test_each_filter_finds_its_calls(session) -> None:
    assert {chosen: "".join(tails(session, chosen)) for chosen in CallFilter} == {
        CallFilter.ALL: "123456",
        CallFilter.MINE: "13456",
        CallFilter.CALLBACK: "34",
        CallFilter.OVERDUE: "3",
        CallFilter.INCOMPLETE: "3",
    }
    assert set(LABELS) == set(CallFilter)


def test_a_search_narrows_a_filter(session) -> None:
    assert tails(session, CallFilter.MINE, "0004") == ["4"]
    assert tails(session, CallFilter.CALLBACK, "二") == []


def test_counts_agree_with_the_lists(session) -> None:
    found = count_all(session)
    assert {chosen: found[chosen] for chosen in CallFilter} == {
        chosen: len(tails(session, chosen)) for chosen in CallFilter
    }
    assert (found["today"], found["open"]) == (5, 5)


def test_texts_of_very_many_calls_are_not_counted(session, monkeypatch) -> None:
    monkeypatch.setattr("ui.hotline.call_filters.COUNT_TEXTS_UP_TO", 3)
    assert CallFilter.INCOMPLETE not in count_all(session)


def test_many_asks_are_answered_and_the_last_answer_is_right(session, qtbot) -> None:
    counts = CallCounts(session)
    answers: list[dict[str, int]] = []
    counts.changed.connect(answers.append)
    for _ask in range(50):
        counts.ask()
    qtbot.waitUntil(lambda: bool(answers))
    session.execute(inquiry.log_call(phone="13800000007", category="cash", note="七"))
    counts.ask()
    qtbot.waitUntil(lambda: answers[-1][CallFilter.ALL] == 7)
    assert len(answers) < 5
    counts.close()


def test_nothing_is_said_after_the_end(session, qtbot) -> None:
    counts = CallCounts(session)
    answers: list[object] = []
    counts.changed.connect(answers.append)
    counts.ask()
    counts._start()
    counts.close()
    counts.ask()
    qtbot.wait(50)
    assert answers == []
    assert session.count(Query("inquiry")) == 6
