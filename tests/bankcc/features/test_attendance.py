"""Turns of duty: told, coming, there, resting, gone; every step out of turn says what is."""

from collections.abc import Callable

import pytest

from bankcc.errors import Refused
from bankcc.features import attendance, person, post
from bankcc.schema.change import Verb
from tests.bankcc.features.fake_desk import FakeDesk


@pytest.fixture(autouse=True)
def _staff(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏"))
    desk.do(post.add(title="坐席", holder="王敏"))
    desk.do(post.add(title="调拨"))


def test_told_coming_there_resting_back_gone(desk: FakeDesk) -> None:
    steps = [
        (attendance.notify("王敏"), "notified"),
        (attendance.on_way("王敏", eta=desk.now_ms() + 600_000), "on_way"),
        (attendance.check_in("王敏"), "on_duty"),
        (attendance.rest("王敏"), "resting"),
        (attendance.check_in("王敏", shift="夜班"), "on_duty"),
        (attendance.check_out("王敏", note="交接完"), "left"),
    ]
    for verb, status in steps:
        desk.clock.advance(minutes=10)
        desk.do(verb)
        assert desk.only("attendance")["status"] == status
    turn = desk.only("attendance")
    assert turn["left_at"] == desk.now_ms() == turn["at"] + 600_000
    assert (turn["shift"], turn["note"]) == ("night", "交接完")


def test_a_turn_carries_name_and_own_post(desk: FakeDesk) -> None:
    desk.do(attendance.check_in("王敏"))
    turn = desk.only("attendance")
    assert (turn["name"], turn["post"]) == ("王敏", desk.get("post", "坐席").id)
    assert turn["at"] == desk.now_ms()


def test_another_post_may_be_named(desk: FakeDesk) -> None:
    desk.do(attendance.notify("王敏"))
    desk.do(attendance.check_in("王敏", post="调拨"))
    assert desk.only("attendance")["post"] == desk.get("post", "调拨").id


def test_who_stands_in_is_entered_there(desk: FakeDesk) -> None:
    desk.do(post.assign("调拨", backup_a="王敏"))
    desk.do(post.call_up_backup("调拨"))
    desk.do(attendance.check_in("王敏"))
    assert desk.only("attendance")["post"] == desk.get("post", "调拨").id


def test_a_check_in_after_leaving_begins_a_new_turn(desk: FakeDesk) -> None:
    desk.do(attendance.check_in("王敏"))
    desk.do(attendance.check_out("王敏"))
    desk.do(attendance.check_in("王敏"))
    assert sorted(str(turn["status"]) for turn in desk.all("attendance")) == ["left", "on_duty"]


def test_nobody_checks_in_twice(desk: FakeDesk) -> None:
    desk.do(attendance.check_in("王敏"))
    with pytest.raises(Refused, match=r"王敏：.*已是“在岗”"):
        desk.do(attendance.check_in("王敏"))
    with pytest.raises(Refused, match="在岗"):
        desk.do(attendance.notify("王敏"))
    with pytest.raises(Refused, match="在岗"):
        desk.do(attendance.on_way("王敏"))


def test_coming_without_having_been_told(desk: FakeDesk) -> None:
    desk.do(attendance.on_way("王敏"))
    assert desk.only("attendance")["status"] == "on_way"


def test_who_does_not_come_is_absent(desk: FakeDesk) -> None:
    desk.do(attendance.notify("王敏"))
    desk.do(attendance.mark_absent("王敏", note="在外地"))
    assert desk.only("attendance")["status"] == "absent"
    desk.do(attendance.notify("王敏"))
    assert len(desk.all("attendance")) == 2


@pytest.mark.parametrize("verb", [attendance.rest, attendance.check_out, attendance.mark_absent])
def test_steps_of_someone_not_on_the_roll_are_refused(
    desk: FakeDesk, verb: Callable[..., Verb]
) -> None:
    with pytest.raises(Refused, match="不在到岗名单"):
        desk.do(verb("王敏"))


@pytest.mark.parametrize("verb", [attendance.rest, attendance.check_out])
def test_only_someone_there_can_rest_or_leave(desk: FakeDesk, verb: Callable[..., Verb]) -> None:
    desk.do(attendance.notify("王敏"))
    with pytest.raises(Refused, match="已通知"):
        desk.do(verb("王敏"))


def test_someone_there_is_not_absent(desk: FakeDesk) -> None:
    desk.do(attendance.check_in("王敏"))
    with pytest.raises(Refused, match="在岗"):
        desk.do(attendance.mark_absent("王敏"))


def test_a_turn_is_entered_from_paper(desk: FakeDesk) -> None:
    at = desk.now_ms() - 3_600_000
    desk.do(attendance.enter(person="王敏", status="到岗", at=at, post="调拨"))
    turn = desk.only("attendance")
    assert (turn["status"], turn["at"]) == ("on_duty", at)
    assert turn["post"] == desk.get("post", "调拨").id
