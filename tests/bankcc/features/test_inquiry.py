"""Calls: what is filled in, what is owed, which words were read out, how one becomes a task."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import FieldError, NotFound, Refused
from bankcc.features import answer_card, inquiry, person
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk

MINUTE = 60_000


def call(desk: FakeDesk) -> Record:
    return desk.only("inquiry")


@pytest.fixture
def logged(desk: FakeDesk) -> FakeDesk:
    desk.do(
        inquiry.log_call(phone="139 0000 0001", category="2", caller="张女士", note="交押金\n急")
    )
    return desk


@pytest.fixture
def card(desk: FakeDesk) -> FakeDesk:
    desk.do(answer_card.add(topic="急需现金", question="怎么办？", answer="请到解放路支行。"))
    desk.do(
        answer_card.approve("急需现金", approver="徐建国", valid_until=desk.now_ms() + 60 * MINUTE)
    )
    return desk


def test_a_call_is_filled_in(logged: FakeDesk) -> None:
    record = call(logged)
    assert (record["phone"], record["category"]) == ("13900000001", "cash")
    assert (record["at"], record["agent"]) == (logged.now_ms(), "王敏")
    assert (record["status"], record["back_entry"], record["to_check"]) == ("in_progress", 0, 0)


@pytest.mark.parametrize("phone", ["0", "", None])
def test_a_caller_may_give_no_number(desk: FakeDesk, phone: str | None) -> None:
    desk.do(inquiry.log_call(phone=phone, category="1"))
    assert (call(desk)["phone"], call(desk)["to_check"]) == (None, 0)


def test_an_odd_number_is_kept_and_marked(desk: FakeDesk) -> None:
    desk.do(inquiry.log_call(phone="1390000"))
    assert (call(desk)["phone"], call(desk)["to_check"]) == ("1390000", 1)


@given(st.from_regex(r"[0-9]{3,20}", fullmatch=True).filter(lambda digits: digits.strip("0")))
def test_no_caller_is_refused_for_the_length_of_a_number(digits: str) -> None:
    desk = FakeDesk()
    desk.do(inquiry.log_call(phone=digits))
    assert call(desk)["phone"]


def test_what_is_no_number_is_refused_with_the_field(desk: FakeDesk) -> None:
    with pytest.raises(FieldError, match="电话"):
        desk.do(inquiry.log_call(phone="张女士"))


@pytest.mark.parametrize(("minutes", "later"), [(0, 0), (4, 0), (6, 1)])
def test_a_call_from_paper_is_marked(desk: FakeDesk, minutes: int, later: int) -> None:
    at = desk.now_ms() - minutes * MINUTE
    desk.do(inquiry.log_call(at=at))
    assert (call(desk)["at"], call(desk)["back_entry"]) == (at, later)


def test_without_a_category_it_is_another_matter(desk: FakeDesk) -> None:
    desk.do(inquiry.log_call(phone="13900000001", category=""))
    assert call(desk)["category"] == "other"


def test_a_call_logged_with_a_card_is_answered_from_its_version(card: FakeDesk) -> None:
    card.do(inquiry.log_call(answer_card="急需现金"))
    record = call(card)
    assert (record["status"], record["answer_version"]) == ("answered", 1)
    assert record["answer_card"] == card.only("answer-card").id


def test_a_call_keeps_the_version_it_was_answered_from(logged: FakeDesk, card: FakeDesk) -> None:
    card.do(inquiry.answer("甲-R-0001", card="急需现金", note="客户去解放路"))
    card.do(answer_card.revise("急需现金", answer="请到城东支行。"))
    card.do(answer_card.approve("急需现金", approver="徐建国"))
    record = call(card)
    assert (record["status"], record["outcome"]) == ("answered", "客户去解放路")
    assert (record["answer_version"], card.only("answer-card")["version"]) == (1, 2)


def test_an_urgent_call_stays_urgent_when_answered(logged: FakeDesk, card: FakeDesk) -> None:
    card.do(inquiry.escalate("甲-R-0001"))
    card.do(inquiry.answer("甲-R-0001", card="急需现金"))
    assert call(card)["status"] == "escalated"


def test_words_that_are_not_in_force_are_not_read_out(logged: FakeDesk, card: FakeDesk) -> None:
    card.clock.advance(hours=2)
    with pytest.raises(Refused, match=r"不在有效期内.*正在核实"):
        card.do(inquiry.answer("甲-R-0001", card="急需现金"))
    card.clock.advance(hours=-3)
    with pytest.raises(Refused, match="不在有效期内"):
        card.do(inquiry.answer("甲-R-0001", card="急需现金"))
    card.do(answer_card.withdraw("急需现金", reason="有误"))
    with pytest.raises(Refused, match="尚未批准"):
        card.do(inquiry.log_call(answer_card="急需现金"))


def test_a_call_back_by_minutes_or_time(logged: FakeDesk) -> None:
    logged.do(inquiry.arrange_callback("甲-R-0001", minutes=30, note="约好"))
    record = call(logged)
    assert (record["status"], record["callback_due"]) == ("callback", logged.now_ms() + 30 * MINUTE)
    logged.do(inquiry.arrange_callback("甲-R-0001", due="2099-01-01 10:00"))
    assert call(logged)["callback_due"] > record["callback_due"]


def test_a_call_back_needs_a_time_to_come(logged: FakeDesk) -> None:
    with pytest.raises(Refused, match="约定时间"):
        logged.do(inquiry.arrange_callback("甲-R-0001"))
    with pytest.raises(Refused, match="已过"):
        logged.do(inquiry.arrange_callback("甲-R-0001", due=logged.now_ms()))


def test_overdue_is_only_what_is_owed(logged: FakeDesk) -> None:
    logged.do(inquiry.arrange_callback("甲-R-0001", minutes=30))
    due = logged.now_ms() + 30 * MINUTE
    assert not inquiry.overdue(call(logged), due)
    assert inquiry.overdue(call(logged), due + 1)
    logged.do(inquiry.record_callback("甲-R-0001", result="接通"))
    assert not inquiry.overdue(call(logged), due + 1)


@pytest.mark.parametrize(
    ("result", "status", "to_check"),
    [("1", "called_back", 0), ("无人接听", "callback", 0), ("空号", "callback", 1)],
)
def test_attempts_to_call_back(logged: FakeDesk, result: str, status: str, to_check: int) -> None:
    logged.do(inquiry.arrange_callback("甲-R-0001", minutes=30))
    logged.do(inquiry.record_callback("甲-R-0001", result=result, note="第一次"))
    assert (call(logged)["status"], call(logged)["to_check"]) == (status, to_check)
    entry = logged.only("timeline")
    assert entry.text("text").endswith("：第一次")
    assert (entry["subject"], entry["category"]) == (call(logged).id, "call")


def test_another_time_agreed(logged: FakeDesk) -> None:
    logged.do(inquiry.arrange_callback("甲-R-0001", minutes=30))
    with pytest.raises(Refused, match="约定时间"):
        logged.do(inquiry.record_callback("甲-R-0001", result="改约"))
    logged.do(inquiry.record_callback("甲-R-0001", result="改约", minutes=90))
    assert call(logged)["callback_due"] == logged.now_ms() + 90 * MINUTE


def test_no_result_without_a_promise(logged: FakeDesk) -> None:
    with pytest.raises(Refused, match="没有待回拨"):
        logged.do(inquiry.record_callback("甲-R-0001", result="1"))


def test_passing_on_once(logged: FakeDesk) -> None:
    logged.do(inquiry.escalate("甲-R-0001", note="住院"))
    assert (call(logged)["status"], call(logged)["urgency"]) == ("escalated", "urgent")
    with pytest.raises(Refused, match="已转紧急"):
        logged.do(inquiry.escalate("甲-R-0001"))


def test_the_highest_urgency_is_not_lowered(desk: FakeDesk) -> None:
    desk.do(inquiry.log_call(urgency="特急"))
    desk.do(inquiry.escalate("甲-R-0001", note=""))
    assert call(desk)["urgency"] == "critical"


def test_a_closed_call_is_left_alone_until_reopened(logged: FakeDesk, card: FakeDesk) -> None:
    with pytest.raises(Refused, match="没有结"):
        card.do(inquiry.reopen("甲-R-0001", reason="又打来"))
    card.do(inquiry.close("甲-R-0001", note="已办"))
    assert (call(card)["status"], call(card)["outcome"]) == ("closed", "已办")
    for refused in (
        inquiry.close("甲-R-0001"),
        inquiry.answer("甲-R-0001", card="急需现金"),
        inquiry.arrange_callback("甲-R-0001", minutes=5),
        inquiry.escalate("甲-R-0001"),
    ):
        with pytest.raises(Refused, match="已结"):
            card.do(refused)
    with pytest.raises(Refused, match="原因"):
        card.do(inquiry.reopen("甲-R-0001", reason=" "))
    card.do(inquiry.reopen("甲-R-0001", reason="又打来"))
    assert call(card)["status"] == "in_progress"


def test_a_call_becomes_a_task_and_both_show_it(logged: FakeDesk) -> None:
    logged.do(person.add(name="韩东"))
    logged.do(inquiry.to_task("甲-R-0001", group="紧急业务", assignee="韩东", priority=""))
    task = logged.only("task")
    assert (task["title"], task["group"], task["priority"]) == ("交押金", "urgent", "normal")
    assert task["source"] == call(logged).id
    assert call(logged)["task"] == task.id
    with pytest.raises(Refused, match="已转为 甲-T-0001"):
        logged.do(inquiry.to_task("甲-R-0001"))


def test_a_task_without_request_is_called_after_caller_and_category(desk: FakeDesk) -> None:
    desk.do(inquiry.log_call(caller="张女士", category="挂失"))
    desk.do(inquiry.to_task("甲-R-0001"))
    assert desk.only("task")["title"] == "张女士 挂失"


def test_a_given_title_wins(logged: FakeDesk) -> None:
    logged.do(inquiry.to_task("甲-R-0001", title="送押金"))
    assert logged.only("task")["title"] == "送押金"


def test_a_call_that_is_not_there(desk: FakeDesk) -> None:
    with pytest.raises(NotFound):
        desk.do(inquiry.close("甲-R-0009"))


def test_a_call_logged_with_a_promise_waits_for_it(desk: FakeDesk) -> None:
    due = desk.now_ms() + 15 * MINUTE
    desk.do(inquiry.log_call(phone="13900000001", callback=due))
    assert (call(desk)["status"], call(desk)["callback_due"]) == ("callback", due)
    with pytest.raises(Refused, match="已过"):
        desk.do(inquiry.log_call(callback=desk.now_ms() - 1))


@pytest.mark.parametrize(
    ("before", "after"), [("normal", "urgent"), (None, "urgent"), ("3", "critical")]
)
def test_a_call_logged_as_urgent_is_passed_on(desk: FakeDesk, before: object, after: str) -> None:
    desk.do(inquiry.log_call(urgent=True, urgency=before, callback=desk.now_ms() + MINUTE))
    assert (call(desk)["status"], call(desk)["urgency"]) == ("escalated", after)
    assert call(desk)["callback_due"] == desk.now_ms() + MINUTE


def test_a_promise_outranks_the_answer_that_was_read_out(card: FakeDesk) -> None:
    due = card.now_ms() + MINUTE
    card.do(inquiry.log_call(answer_card="急需现金", answer_version=1, callback=due))
    assert (call(card)["status"], call(card)["answer_version"]) == ("callback", 1)


def test_words_renewed_since_they_were_read_out_are_not_recorded(card: FakeDesk) -> None:
    card.do(answer_card.revise("急需现金", answer="请到城东支行。"))
    card.do(answer_card.approve("急需现金", approver="徐建国"))
    with pytest.raises(Refused, match="重新选"):
        card.do(inquiry.log_call(answer_card="急需现金", answer_version=1))
    assert card.all("inquiry") == []


def test_a_call_and_its_task_are_entered_in_one_step(desk: FakeDesk) -> None:
    desk.do(person.add(name="李强"))
    wanted = {"title": "", "group": "urgent", "assignee": "李强"}
    desk.do(inquiry.log_call(caller="张女士", category="2", note="交押金\n急", make_task=wanted))
    made = desk.only("task")
    assert (made["title"], made["group"]) == ("交押金", "urgent")
    assert (made["source"], call(desk)["task"]) == (call(desk).id, made.id)
    assert made["assignee"] == desk.only("person").id


def test_a_call_may_go_on_from_an_earlier_one(logged: FakeDesk) -> None:
    first = call(logged)
    logged.do(inquiry.log_call(phone="13900000001", earlier=first.number))
    assert [record["earlier"] for record in logged.all("inquiry")] == [None, first.id]


def test_a_call_is_given_to_somebody(logged: FakeDesk) -> None:
    logged.do(inquiry.assign("甲-R-0001", agent=" 陈刚 "))
    assert call(logged)["agent"] == "陈刚"
    with pytest.raises(Refused):
        logged.do(inquiry.assign("甲-R-0001", agent="陈刚"))
    logged.do(inquiry.assign("甲-R-0001", agent=""))
    assert call(logged)["agent"] is None
