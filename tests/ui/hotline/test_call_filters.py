"""Filters find what they say; counts agree with what the list then shows."""

import pytest

from bankcc.clock import ManualClock
from bankcc.features import inquiry
from bankcc.session import Session
from ui.hotline.call_filters import LABELS, CallFilter, count_all, query_of


@pytest.fixture
def session(session: Session, clock: ManualClock) -> Session:
    """Calls of every state."""

    def log(**values: object) -> str:
        return session.execute(inquiry.log_call(category="cash", **values)).made[0].id

    log(phone="13800000001", note="一")
    log(phone="13800000002", note="二", agent="陈刚")
    late, later = log(phone="13800000003"), log(phone="13800000004", note="四")
    session.execute(inquiry.arrange_callback(late, minutes=15))
    session.execute(inquiry.arrange_callback(later, minutes=60))
    session.execute(inquiry.close(log(phone="13800000005", note="五")))
    log(phone="13800000006", note="六", at=clock.ms - 3 * 24 * 3_600_000)
    clock.advance(minutes=30)
    return session


def tails(session: Session, chosen: CallFilter, text: str = "") -> list[str]:
    mine = count_all(session).mine
    query = query_of(chosen, mine, session.clock.now_ms(), text)
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
    found = count_all(session).found
    assert {chosen: found[chosen] for chosen in CallFilter} == {
        chosen: len(tails(session, chosen)) for chosen in CallFilter
    }
    assert (found["today"], found["open"]) == (5, 5)


def test_texts_of_very_many_calls_are_not_counted(session, monkeypatch) -> None:
    monkeypatch.setattr("ui.hotline.call_filters.COUNT_TEXTS_UP_TO", 3)
    assert CallFilter.INCOMPLETE not in count_all(session).found


def test_mine_is_what_bears_my_name_however_it_is_written(session) -> None:
    for at, agent in enumerate(("王　敏", "王敏 · 坐席", "王敏（坐席）", "王敏儿", "刘倩（王敏）")):
        session.execute(inquiry.log_call(phone=f"1380000011{at}", category="cash", agent=agent))
    counted = count_all(session)
    assert counted.mine == ("王 敏", "王敏", "王敏 · 坐席", "王敏（坐席）")
    assert counted.found[CallFilter.MINE] == 5 + 3
