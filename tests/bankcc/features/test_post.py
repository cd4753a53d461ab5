"""Posts: naming people, calling up backups, what a post lacks."""

import pytest

from bankcc.errors import Refused
from bankcc.features import attendance, person, post
from tests.bankcc.features.fake_desk import FakeDesk


@pytest.fixture(autouse=True)
def _staff(desk: FakeDesk) -> None:
    for name in ("甲一", "乙二", "丙三"):
        desk.do(person.add(name=name))
    desk.do(
        post.add(title="坐席", group="客户咨询组", holder="甲一", backup_a="乙二", backup_b="丙三")
    )


def who(desk: FakeDesk, field: str) -> str:
    record = desk.get("post", "坐席")
    return desk.link_title("person", record.text(field)) if record[field] else ""


def test_assign_changes_only_what_is_named(desk: FakeDesk) -> None:
    desk.do(post.assign("坐席", backup_b=""))
    assert (who(desk, "holder"), who(desk, "backup_a"), who(desk, "backup_b")) == (
        "甲一",
        "乙二",
        "",
    )


def test_assign_of_the_same_is_refused(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="没有变化"):
        desk.do(post.assign("坐席", holder="甲一"))


def test_who_stands_in_becomes_holder(desk: FakeDesk) -> None:
    desk.do(post.call_up_backup("坐席"))
    desk.do(post.assign("坐席", holder="乙二", backup_a=""))
    assert (who(desk, "holder"), who(desk, "acting")) == ("乙二", "")


def test_nobody_is_his_own_backup(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="主岗不能"):
        desk.do(post.assign("坐席", holder="乙二"))
    with pytest.raises(Refused, match="同一个人"):
        desk.do(post.assign("坐席", backup_b="乙二"))


def test_the_first_backup_is_called_up_and_notified(desk: FakeDesk) -> None:
    desk.do(post.call_up_backup("坐席"))
    assert who(desk, "acting") == "乙二"
    entry = desk.only("attendance")
    assert (entry["name"], entry["status"]) == ("乙二", "notified")
    assert post.serving(desk.get("post", "坐席")) == desk.get("person", "乙二").id


def test_then_the_second_and_then_nobody(desk: FakeDesk) -> None:
    desk.do(post.call_up_backup("坐席", backup="b"))
    assert who(desk, "acting") == "丙三"
    with pytest.raises(Refused, match="都已顶上"):
        desk.do(post.call_up_backup("坐席", backup="B"))
    desk.do(post.call_up_backup("坐席"))
    assert who(desk, "acting") == "乙二"


def test_a_backup_who_stands_in_elsewhere_is_passed_over(desk: FakeDesk) -> None:
    desk.do(post.add(title="调拨", backup_a="乙二"))
    desk.do(post.call_up_backup("调拨"))
    desk.do(post.call_up_backup("坐席"))
    assert who(desk, "acting") == "丙三"


def test_someone_on_duty_is_not_entered_again(desk: FakeDesk) -> None:
    desk.do(attendance.check_in("乙二"))
    desk.do(post.call_up_backup("坐席"))
    assert desk.only("attendance")["status"] == "on_duty"


def test_calls_that_lead_nowhere_are_refused(desk: FakeDesk) -> None:
    desk.do(post.add(title="空岗"))
    with pytest.raises(Refused, match="没有这名备份"):
        desk.do(post.call_up_backup("空岗"))
    with pytest.raises(Refused, match="A、B"):
        desk.do(post.call_up_backup("坐席", backup="c"))


def test_the_holder_comes_back(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="没有人顶岗"):
        desk.do(post.stand_down("坐席"))
    desk.do(post.call_up_backup("坐席"))
    desk.do(post.stand_down("坐席"))
    assert who(desk, "acting") == ""


def test_shortcomings_of_a_post(desk: FakeDesk) -> None:
    desk.do(post.add(title="空岗"))
    assert post.shortcomings(desk.get("post", "空岗")) == ("空缺", "无备份")
    assert post.shortcomings(desk.get("post", "坐席")) == ()


def test_people_on_two_posts(desk: FakeDesk) -> None:
    desk.do(post.add(title="调拨", holder="甲一"))
    desk.do(post.add(title="空岗"))
    desk.do(post.add(title="空岗二"))
    assert post.held_twice(desk.all("post")) == {desk.get("person", "甲一").id}
