"""Answer cards: a draft is approved for a time, words in use are fixed, versions start over."""

import pytest

from bankcc.errors import FieldError, Refused
from bankcc.features import answer_card
from bankcc.schema.change import edit
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk

HOUR = 3_600_000


@pytest.fixture(autouse=True)
def _draft(desk: FakeDesk) -> None:
    desk.do(
        answer_card.add(topic="挂失", question="卡丢了？", answer="请先临时挂失。", category="挂失")
    )


def card(desk: FakeDesk) -> Record:
    return desk.only("answer-card")


def approve(desk: FakeDesk) -> None:
    desk.do(answer_card.approve("挂失", approver="冯立新", valid_until=desk.now_ms() + HOUR))


def test_an_approval_names_who_and_until_when(desk: FakeDesk) -> None:
    assert not answer_card.usable(card(desk), desk.now_ms())
    approve(desk)
    record = card(desk)
    assert (record["status"], record["approver"], record["version"]) == ("approved", "冯立新", 1)
    assert (record["valid_from"], record["valid_until"]) == (desk.now_ms(), desk.now_ms() + HOUR)


def test_what_cannot_be_approved(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="批准人"):
        desk.do(answer_card.approve("挂失", approver=""))
    with pytest.raises(Refused, match="一批准就会过期"):
        desk.do(answer_card.approve("挂失", approver="冯立新", valid_until=desk.now_ms()))
    approve(desk)
    with pytest.raises(Refused, match="不是草稿"):
        desk.do(answer_card.approve("挂失", approver="冯立新"))


def test_a_card_is_usable_within_its_time(desk: FakeDesk) -> None:
    approve(desk)
    now = desk.now_ms()
    assert answer_card.usable(card(desk), now)
    assert answer_card.usable(card(desk), now + HOUR)
    assert not answer_card.usable(card(desk), now - 1)
    assert not answer_card.usable(card(desk), now + HOUR + 1)
    assert answer_card.expired(card(desk), now + HOUR + 1)


def test_a_new_version_is_a_draft_again(desk: FakeDesk) -> None:
    approve(desk)
    desk.do(answer_card.revise("挂失", answer="请拨打全国热线挂失。"))
    record = card(desk)
    assert (record["version"], record["status"], record["approver"]) == (2, "draft", None)
    assert (record["valid_from"], record["valid_until"]) == (None, None)


def test_a_version_differs(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="没有变化"):
        desk.do(answer_card.revise("挂失", answer=" 请先临时挂失。"))


def test_words_in_use_are_fixed(desk: FakeDesk) -> None:
    approve(desk)
    with pytest.raises(Refused, match="不能改动"):
        desk.do(edit("answer-card", "挂失", answer="别的话"))
    desk.do(edit("answer-card", "挂失", note="常用"))
    assert card(desk)["note"] == "常用"


def test_a_draft_may_be_reworded(desk: FakeDesk) -> None:
    desk.do(edit("answer-card", "挂失", answer="别的话"))
    assert card(desk)["answer"] == "别的话"


def test_a_withdrawal_gives_its_reason(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="原因"):
        desk.do(answer_card.withdraw("挂失", reason=""))
    desk.do(answer_card.withdraw("挂失", reason="有误"))
    assert (card(desk)["status"], card(desk)["note"]) == ("withdrawn", "有误")
    with pytest.raises(Refused, match="已撤回"):
        desk.do(answer_card.withdraw("挂失", reason="有误"))


def test_an_answer_fits_in_one_breath(desk: FakeDesk) -> None:
    desk.do(answer_card.add(topic="长", question="？", answer="字" * 100))
    with pytest.raises(FieldError):
        desk.do(answer_card.add(topic="更长", question="？", answer="字" * 101))


def test_validity_has_an_order(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="早于生效"):
        desk.do(edit("answer-card", "挂失", valid_from=20_000_001, valid_until=20_000_000))


def test_a_plain_edit_cannot_approve_without_a_name(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="批准人"):
        desk.do(edit("answer-card", "挂失", status="approved"))
