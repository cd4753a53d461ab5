"""The timeline: what people add, corrections, and derived entries in words."""

from dataclasses import replace

import pytest

from bankcc.errors import Refused
from bankcc.features import KIND, person, task, timeline
from bankcc.i18n import set_language
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk


def test_an_entry_has_time_and_author(desk: FakeDesk) -> None:
    desk.do(timeline.note(text="告示张贴完毕", category="公告"))
    entry = desk.only("timeline")
    assert (entry["at"], entry["author"]) == (desk.now_ms(), desk.user)
    assert (entry["category"], timeline.sentence(desk, entry)) == ("notice", "告示张贴完毕")


def test_an_entry_may_be_about_a_record_and_of_an_earlier_time(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏"))
    desk.do(
        timeline.note(text="到家了", subject_kind="person", subject="王敏", at="2026-11-23 09:00")
    )
    entry = desk.only("timeline")
    assert entry["subject"] == desk.only("person").id
    assert entry["at"] < desk.now_ms()


@pytest.mark.parametrize("half", [{"subject": "王敏"}, {"subject_kind": "person"}])
def test_half_a_subject_is_refused(desk: FakeDesk, half: dict[str, str]) -> None:
    with pytest.raises(Refused, match="类型和编号"):
        desk.do(timeline.note(text="？", **half))


def test_a_correction_follows_and_leaves_the_first(desk: FakeDesk) -> None:
    desk.do(timeline.note(text="客户 37 人", category="people"))
    first = desk.only("timeline")
    desk.do(timeline.follow_up(first.id, text="更正：客户 38 人"))
    second = desk.all("timeline")[1]
    assert desk.get("timeline", first.id)["text"] == "客户 37 人"
    assert (second["subject"], second["category"]) == (first.id, "people")


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("inquiry", "status", "callback", "甲-X-0001 张女士 状态改为 待回拨"),
        ("incident", "level", "II", "甲-X-0001 张女士 级别改为 Ⅱ级"),
        ("task", "blocked", "1", "甲-X-0001 张女士 标记为受阻"),
        ("task", "blocked", 0, "甲-X-0001 张女士 解除受阻"),
        ("task", "assignee", "", "甲-X-0001 张女士 清除负责人"),
        ("task", "assignee", "ID1", "甲-X-0001 张女士 负责人有变化"),
        ("answer-card", "version", "2", "甲-X-0001 张女士 版本改为 2"),
        ("task", "_created", "甲-X-0001", "新增任务 甲-X-0001 张女士"),
        ("task", "from_a_newer_version", "x", "甲-X-0001 张女士 有变化"),
        ("task", "due", "garbled", "甲-X-0001 张女士 清除时限"),
    ],
)
def test_words_of_derived_entries(kind: str, field: str, value: str | int, words: str) -> None:
    assert timeline.describe(KIND[kind], field, value, "甲-X-0001", "张女士") == words


def test_a_linked_record_is_shown_by_its_title() -> None:
    words = timeline.describe(KIND["task"], "assignee", "ID1", "甲-T-0001", "开通热线", "王敏")
    assert words == "甲-T-0001 开通热线 负责人改为 王敏"


def test_a_number_that_is_the_title_too_is_said_once() -> None:
    words = timeline.describe(KIND["inquiry"], "status", "closed", "甲-R-0001", "甲-R-0001")
    assert words == "甲-R-0001 状态改为 已结"


def test_words_follow_the_language() -> None:
    set_language("en")
    words = timeline.describe(KIND["task"], "status", "done", "甲-T-0001")
    assert words == "甲-T-0001: Status now Done"


def derived(desk: FakeDesk, field: str, value: str, kind: str = "task") -> Record:
    desk.do(timeline.note(text="x"))
    entry = desk.all("timeline")[-1]
    subject = desk.only("task").id
    values = {"subject_kind": kind, "subject": subject, "field": field, "value": value}
    return replace(entry, values=values)


def test_sentences_look_up_what_they_are_about(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏"))
    desk.do(task.add(title="开通热线"))
    assert (
        timeline.sentence(desk, derived(desk, "assignee", desk.only("person").id))
        == "甲-T-0001 开通热线 负责人改为 王敏"
    )
    assert timeline.sentence(desk, derived(desk, "status", "done")).endswith("改为 完成")


def test_a_kind_of_a_newer_version_shows_its_value(desk: FakeDesk) -> None:
    desk.do(task.add(title="开通热线"))
    assert timeline.sentence(desk, derived(desk, "status", "done", kind="visit")) == "done"
