"""A leader's word: what follows from it, and its entry with who, when and why, in one step."""

import pytest

from bankcc.errors import Refused
from bankcc.features import answer_card, incident, task
from bankcc.schema.change import Verb
from bankcc.schema.decision import AGREE, ANSWERS, ASK, REFUSE
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk


def blocked(desk: FakeDesk) -> str:
    desk.do(task.add(title="增调现金", status="doing"))
    desk.do(task.block("增调现金", reason="押运车不够"))
    return desk.only("task").id


def confirming(desk: FakeDesk) -> str:
    desk.do(task.add(title="增调现金", status="confirming", note="已联系"))
    return desk.only("task").id


def card(desk: FakeDesk) -> str:
    desk.do(answer_card.add(topic="复业", question="何时？", answer="正在核实。"))
    return desk.only("answer-card").id


def pending(desk: FakeDesk) -> str:
    desk.do(incident.open_incident(name="滨江停电", status="pending", level="II"))
    return desk.only("incident").id


def said(desk: FakeDesk) -> Record:
    """The one entry of the timeline."""
    return desk.only("timeline")


def after(desk: FakeDesk, verb: Verb) -> Record:
    return desk.do(verb)[0]


def test_a_blocked_task_is_freed_or_stays(desk: FakeDesk) -> None:
    name = blocked(desk)
    desk.do(task.decide(name, answer=REFUSE, reason="先用支行的车"))
    assert desk.only("task")["blocked"] == 1
    assert said(desk)["text"] == f"不同意：{desk.only('task').number} 增调现金。理由：先用支行的车"
    desk.do(task.decide(name, answer=AGREE))
    assert (desk.only("task")["blocked"], desk.only("task")["blocked_reason"]) == (0, None)


@pytest.mark.parametrize("answer", [REFUSE, ASK])
def test_a_task_to_be_confirmed_goes_back_with_the_reason(desk: FakeDesk, answer: str) -> None:
    name = confirming(desk)
    desk.do(task.decide(name, answer=answer, reason="回单不全"))
    record = desk.only("task")
    assert (record["status"], record["note"]) == ("doing", "已联系\n回单不全")


def test_a_confirmed_task_is_done(desk: FakeDesk) -> None:
    name = confirming(desk)
    desk.do(task.decide(name, answer=AGREE, reason="核对无误"))
    record = desk.only("task")
    assert (record["status"], record["outcome"]) == ("done", "核对无误")
    assert record["done_at"] == desk.now_ms()


def test_open_items_keep_a_task_from_being_confirmed(desk: FakeDesk) -> None:
    desk.do(task.add(title="增调现金", status="confirming", checklist="点钞"))
    with pytest.raises(Refused, match="点钞"):
        desk.do(task.decide("增调现金", answer=AGREE))


def test_a_draft_comes_into_force_or_is_withdrawn_or_stays(desk: FakeDesk) -> None:
    name = card(desk)
    desk.do(answer_card.decide(name, answer=ASK, reason="缺热线号码"))
    assert desk.only("answer-card")["status"] == "draft"
    desk.do(answer_card.decide(name, answer=AGREE))
    record = desk.only("answer-card")
    assert (record["status"], record["approver"]) == ("approved", "王敏")
    with pytest.raises(Refused, match="没有待决"):
        desk.do(answer_card.decide(name, answer=AGREE))


def test_a_refused_draft_is_withdrawn(desk: FakeDesk) -> None:
    desk.do(answer_card.decide(card(desk), answer=REFUSE, reason="有承诺"))
    assert desk.only("answer-card")["status"] == "withdrawn"


@pytest.mark.parametrize(
    ("answer", "status"), [(AGREE, "active"), (REFUSE, "watch"), (ASK, "first_response")]
)
def test_an_activation(desk: FakeDesk, answer: str, status: str) -> None:
    name = pending(desk)
    desk.do(incident.decide(name, answer=answer, reason="客户聚集"))
    record = desk.only("incident")
    assert record["status"] == status
    if answer == AGREE:
        assert (record["decided_by"], record["activated"]) == ("王敏", desk.now_ms())


def test_an_activation_needs_its_level(desk: FakeDesk) -> None:
    desk.do(incident.open_incident(name="滨江停电", status="pending"))
    with pytest.raises(Refused, match="级别"):
        desk.do(incident.decide("滨江停电", answer=AGREE))


@pytest.mark.parametrize("make", [blocked, confirming, card, pending])
@pytest.mark.parametrize("answer", [option.code for option in ANSWERS])
def test_who_when_and_why_stand_in_the_timeline(desk: FakeDesk, make, answer: str) -> None:
    name = make(desk)
    kind = {blocked: task, confirming: task, card: answer_card, pending: incident}[make]
    desk.do(kind.decide(name, answer=answer, reason="理由甲"))
    entry = said(desk)
    assert (entry["category"], entry["author"], entry["at"]) == (
        "decision",
        "王敏 · 热线坐席",
        desk.now_ms(),
    )
    assert entry["subject"] == name
    assert "理由甲" in entry.text("text")


@pytest.mark.parametrize("answer", [REFUSE, ASK])
def test_only_an_agreement_goes_without_a_reason(desk: FakeDesk, answer: str) -> None:
    for kind, make in ((task, confirming), (answer_card, card), (incident, pending)):
        with pytest.raises(Refused, match="理由"):
            desk.do(kind.decide(make(desk), answer=answer, reason=" "))


def test_nothing_else_is_an_answer(desk: FakeDesk) -> None:
    with pytest.raises(Refused):
        desk.do(task.decide(blocked(desk), answer="perhaps", reason="x"))
    desk.do(task.add(title="送水"))
    with pytest.raises(Refused, match="没有待决"):
        desk.do(task.decide("送水", answer=AGREE))
