"""The three real files, through the real session."""

from collections import Counter
from pathlib import Path
from threading import Thread

import pytest

from bankcc.errors import UserError
from bankcc.schema.change import create
from bankcc.schema.query import Condition, Query
from bankcc.session import Session
from bankcc.tabular import load
from bankcc.tabular.load import ImportReport, apply, preview, read_plan
from bankcc.tabular.plan import Outcome
from tests.bankcc.tabular.workbooks import SAMPLES

PATIENCE = 20
FILES = {
    "person": "应急通讯录.xlsx",
    "resource": "应急物资清单.csv",
    "inquiry": "热线来电登记.csv",
}


def _import(center: Session, kind: str) -> ImportReport:
    return apply(read_plan(SAMPLES / FILES[kind], center.kinds[kind], center), center)


def test_the_contact_list(center: Session) -> None:
    report = _import(center, "person")
    assert (report.added, report.updated, report.same, report.bad_rows) == (39, 0, 0, 1)
    assert (report.posts_added, report.operations) == (39, 78)
    (bad,) = report.bad
    assert (bad.row, bad.place) == (22, "G 手机")
    assert "1715058770" in bad.reason
    assert "10" in bad.reason
    assert len([note for note in report.notes if note.place == "J 备份人员"]) == 20
    people = {record["name"]: record for record in center.find(Query("person"))}
    assert people["吕丽"]["phone2"] == "13234483478"
    assert people["吕丽"]["phone3"] == "057187656685"
    assert people["单强英"]["phone"] == "13547280385"
    assert people["冯静明"]["phone"] == "13474395755"
    assert people["胡波"]["phone"] is None
    assert "刘娟文" not in people
    zhu = center.find(Query("person", where=(Condition("name", "=", "朱丽"),)))
    assert {record["phone"] for record in zhu} == {"17393363387", "13672326865"}
    groups = Counter(record["group"] for record in center.find(Query("person")))
    assert groups == {"应急服务领导小组": 4, "应急服务指挥中心": 10, "应急服务工作小组": 25}
    posts = center.find(Query("post"))
    assert sum(record["backup_a"] is not None for record in posts) == 19


def test_the_equipment_list(center: Session) -> None:
    report = _import(center, "resource")
    assert (report.added, report.bad_rows, report.operations) == (20, 1, 20)
    assert [(bad.row, bad.place) for bad in report.bad] == [(6, "D 实有数量")]
    assert "约6" in report.bad[0].reason
    found = {record["name"]: record for record in center.find(Query("resource"))}
    assert [found[name]["checked_on"] for name in ("应急热线座机", "对讲机", "卫星电话")] == [
        "2026-10-07",
        "2026-10-26",
        "2026-10-20",
    ]
    assert found["4G路由器"]["checked_on"] == "2026-10-19"  # 46314 days
    assert found["U盘（加密）"]["checked_on"] is None
    assert found["UPS"]["note"] == "电池\n需更换"
    assert found["4G路由器"]["place"] == "机房, 三楼"


def test_the_call_register(center: Session) -> None:
    report = _import(center, "inquiry")
    assert (report.added, report.bad_rows, report.operations) == (500, 0, 500)
    calls = center.find(Query("inquiry", order="at"))
    statuses = Counter(record["status"] for record in calls)
    assert statuses == {
        "callback": 105,
        "in_progress": 104,
        "closed": 103,
        "answered": 98,
        "escalated": 90,
    }
    assert sum(record["phone"] is None for record in calls) == 10
    assert any(record["note"] == '=HYPERLINK("http://x.example","点我")' for record in calls)
    assert any("\n" in record.text("note") for record in calls)


@pytest.mark.parametrize("kind", FILES)
def test_the_second_import_writes_no_operation(center: Session, kind: str) -> None:
    _import(center, kind)
    before = center.head_code()
    again = _import(center, kind)
    assert (again.added, again.updated, again.operations) == (0, 0, 0)
    assert again.bad_rows == (0 if kind == "inquiry" else 1)
    assert center.head_code() == before
    assert again.usable


def test_a_preview_writes_nothing(center: Session) -> None:
    before = center.head_code()
    plan = read_plan(SAMPLES / FILES["person"], center.kinds["person"], center)
    report = preview(plan)
    assert (report.added, report.bad_rows, report.posts_added) == (39, 1, 39)
    assert center.head_code() == before
    assert plan.count(Outcome.NEW) == 39
    assert report.summary() == "新增 39，更新 0，不变 0，未导入 1；岗位：新增 39，更新 0"


def test_a_cancelled_import_keeps_what_was_written_and_can_be_completed(center: Session) -> None:
    plan = read_plan(SAMPLES / FILES["inquiry"], center.kinds["inquiry"], center)
    asked = iter(range(1000))
    told: list[int] = []
    report = apply(plan, center, cancelled=lambda: next(asked) >= 100, progress=told.append)
    assert report.cancelled
    # Asked before every row, and once after each commit.
    assert report.added == report.operations == 99
    assert told == [load.PER_COMMIT, 99]
    assert _import(center, "inquiry").added == 401


def test_an_entry_made_meanwhile_does_not_wait_for_the_whole_table(center: Session) -> None:
    plan = read_plan(SAMPLES / FILES["inquiry"], center.kinds["inquiry"], center)
    before: list[int] = []

    def enter(done: int) -> None:
        if not before:
            before.append(done)
            writer = Thread(target=center.execute, args=(create("task", title="发电车"),))
            writer.start()
            writer.join(PATIENCE)

    apply(plan, center, progress=enter)
    assert before == [load.PER_COMMIT]
    assert center.count(Query("task")) == 1
    assert center.count(Query("inquiry")) == 500


def test_cells_are_text_whatever_they_look_like(center: Session, tmp_path: Path) -> None:
    names = ["'); DROP TABLE v_person;--", '" OR ""="', "<script>&amp;</script>", "%_*", "𠮷野家"]
    path = tmp_path / "a.csv"
    lines = ["姓名,备注", *(f'"{name.replace(chr(34), chr(34) * 2)}",x' for name in names)]
    path.write_text("\n".join(lines), encoding="utf-8")
    for added in (len(names), 0):
        plan = read_plan(path, center.kinds["person"], center)
        assert apply(plan, center).added == added
    assert {record["name"] for record in center.find(Query("person"))} == set(names)


def test_nothing_usable(center: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,手机\n王敏,1\n", encoding="utf-8")
    report = apply(read_plan(path, center.kinds["person"], center), center)
    assert not report.usable
    with pytest.raises(UserError, match="不能从表格导入"):
        read_plan(path, center.kinds["task"], center)
