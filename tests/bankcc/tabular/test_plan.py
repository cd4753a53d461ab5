"""Row by row: new, update, same or bad, and who is never joined."""

import pytest

from bankcc.errors import UserError
from bankcc.features import KIND
from bankcc.schema.change import edit
from bankcc.schema.query import Query
from bankcc.session import Session
from bankcc.tabular.header import find
from bankcc.tabular.load import apply
from bankcc.tabular.plan import ImportPlan, Outcome, plan_import
from bankcc.tabular.table import Row, Table

PEOPLE = "工号|姓名|手机|部门|岗位"


def _plan(center: Session, *rows: str, kind: str = "person", **named: object) -> ImportPlan:
    cells = [tuple(text.strip() for text in row.split("|")) for row in rows]
    table = Table("表", tuple(Row(n, row) for n, row in enumerate(cells, start=1) if any(row)))
    found = find([table], KIND[kind])
    return plan_import(table, KIND[kind], found.mapping, center, **named)  # type: ignore[arg-type]


def _outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def _load(center: Session, *rows: str, kind: str = "person") -> None:
    apply(_plan(center, *rows, kind=kind), center)


def _texts(plan: ImportPlan) -> list[str]:
    return [str(note) for note in plan.notes]


def test_every_bad_cell_of_a_row_is_named_and_the_good_rows_stay_good(center: Session) -> None:
    plan = _plan(
        center,
        "姓名|手机|邮箱|部门",
        "王敏|13912345678||甲",
        "|1391234567|x@y|乙",
        "李雷|#N/A||丙",
        "韩梅|139****5678||丁",
    )
    assert _outcomes(plan) == ["new", "bad", "bad", "bad"]
    assert [(problem.row, problem.place) for problem in plan.problems] == [
        (3, "B 手机"),
        (3, "C 邮箱"),
        (3, "A 姓名"),
        (4, "B 手机"),
        (5, "B 手机"),
    ]
    assert "10" in plan.problems[0].reason
    assert [str(problem) for problem in plan.problems[2:]] == [
        "第 3 行 A 姓名：为空",
        "第 4 行 B 手机：表格在此显示错误值（#N/A）",
        "第 5 行 B 手机：“139****5678”是隐去中间位的号码，请导入含完整号码的文件",
    ]


@pytest.mark.parametrize(
    ("mobile", "office", "stored"),
    [
        ("13912345678", "0571-87655132", ("13912345678", "057187655132", None)),
        ("１３９１２３４５６７８", "", ("13912345678", None, None)),
        ("+86 139-1234-5678", "5132", ("13912345678", "5132", None)),
        ("13912345678.0", "", ("13912345678", None, None)),
        (
            "13912345678 / 13812345678",
            "0571-87655132",
            ("13912345678", "13812345678", "057187655132"),
        ),
        ("", "0571-87655132", (None, "057187655132", None)),
        ("13912345678", "13912345678", ("13912345678", None, None)),
    ],
)
def test_phones_in_the_order_one_would_call_them(
    center: Session, mobile: str, office: str, stored: tuple[str | None, ...]
) -> None:
    plan = _plan(center, "姓名|手机|办公电话", f"王敏|{mobile}|{office}")
    values = plan.rows[0].values
    assert tuple(values.get(name) for name in ("phone", "phone2", "phone3")) == stored


def test_a_fourth_number_is_kept_in_the_note(center: Session) -> None:
    cells = "13912345678/13812345678/13712345678"
    plan = _plan(center, "姓名|手机|办公电话|备注", f"王敏|{cells}|0571-87655132|夜班")
    assert plan.rows[0].values["note"] == "夜班\n其他电话：057187655132"


def test_remarks_totals_blank_rows_and_repeated_headers_are_no_records(center: Session) -> None:
    plan = _plan(
        center,
        "序号|姓名|手机|部门",
        "1|王敏|13912345678|甲",
        "序号|姓名|手机|部门",
        "2|||",
        "|合计||",
        "注：手机须24小时开机|||",
        "3|李雷|13812345678|乙",
    )
    assert [row.row_no for row in plan.rows] == [2, 7]
    assert [note.row for note in plan.notes] == [3, 5, 6]


def test_an_edited_row_updates_by_phone_or_staff_number_and_blanks_never_erase(
    center: Session,
) -> None:
    _load(center, PEOPLE, "7|王敏|13912345678|甲|", "|李雷|13812345678|乙|", "9|赵一||丙|")
    plan = _plan(
        center,
        PEOPLE,
        "7|王敏|13700000000|甲|",
        "|李雷|13812345678|丁|",
        "9|赵一|||",
        "|李雷|13812345679|乙|",
    )
    assert _outcomes(plan) == ["update", "update", "same", "new"]
    assert [dict(row.values) for row in plan.rows[:2]] == [
        {"phone": "13700000000"},
        {"department": "丁"},
    ]
    assert any("已有同名" in text for text in _texts(plan))
    apply(plan, center)
    assert len(center.find(Query("person"))) == 4


def test_a_row_once_imported_changes_nothing_even_after_the_record_was_edited(
    center: Session,
) -> None:
    rows = (PEOPLE, "|王敏|13912345678|甲|")
    _load(center, *rows)
    (record,) = center.find(Query("person"))
    center.execute(edit("person", record.id, department="乙", phone="13700000000"))
    assert _outcomes(_plan(center, *rows)) == ["same"]


def test_two_people_of_one_name_stay_two(center: Session) -> None:
    rows = (PEOPLE, "|朱丽|17393363387|甲|", "|朱丽|13672326865|乙|")
    plan = _plan(center, *rows)
    assert _outcomes(plan) == ["new", "new"]
    apply(plan, center)
    assert _outcomes(_plan(center, *rows)) == ["same", "same"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_people_who_share_a_phone_are_not_joined_whoever_comes_first(
    center: Session, order: tuple[int, int]
) -> None:
    _load(center, PEOPLE, "|王敏|13912345678|甲|")
    rows = ["|王敏|13912345678|新|", "|李雷|13912345678|乙|"]
    plan = _plan(center, PEOPLE, *(rows[at] for at in order))
    by_name = {row.values.get("name"): row for row in plan.rows}
    assert by_name["李雷"].outcome is Outcome.NEW
    assert by_name[None].outcome is Outcome.UPDATE
    assert dict(by_name[None].values) == {"department": "新"}
    apply(plan, center)
    assert {record["name"] for record in center.find(Query("person"))} == {"王敏", "李雷"}


def test_a_corrected_name_is_told(center: Session) -> None:
    _load(center, PEOPLE, "|朱莉|13912345678|甲|")
    plan = _plan(center, PEOPLE, "|朱丽|13912345678|甲|")
    assert _outcomes(plan) == ["update"]
    assert "第 2 行：朱莉 改为 朱丽" in _texts(plan)


def test_two_staff_numbers_are_two_people_though_the_phone_was_handed_on(center: Session) -> None:
    _load(center, PEOPLE, "7|王敏|13912345678|甲|")
    assert _outcomes(_plan(center, PEOPLE, "8|王敏|13912345678|甲|")) == ["new"]


def test_one_person_on_two_posts_is_one_person(center: Session) -> None:
    rows = (PEOPLE, "|王敏|13912345678|甲|组长", "|王敏|13912345678|甲|联络员")
    plan = _plan(center, *rows)
    assert _outcomes(plan) == ["new", "same"]
    assert len(plan.posts) == 2
    apply(plan, center)
    again = _plan(center, *rows)
    assert _outcomes(again) == ["same", "same"]
    assert again.posts == ()


def test_one_staff_number_for_two_names_is_asked_back(center: Session) -> None:
    plan = _plan(center, PEOPLE, "7|王敏|13912345678|甲|", "7|李雷|13812345678|乙|")
    assert _outcomes(plan) == ["new", "bad"]
    assert str(plan.problems[0]) == "第 3 行 A 工号：与第 2 行相同"


def test_identical_rows_are_taken_once(center: Session) -> None:
    header = "来电时间|号码|类别|内容"
    row = "2026-11-20 08:00:01|13912345678|挂失|卡丢了"
    plan = _plan(center, header, row, row, kind="inquiry")
    assert _outcomes(plan) == ["new", "same"]
    assert "第 3 行：与第 2 行完全相同，只导入一次" in _texts(plan)


def test_a_call_needs_a_time_and_odd_numbers_are_marked(center: Session) -> None:
    plan = _plan(
        center,
        "来电时间|号码|类别|内容",
        "|13912345678|挂失|卡丢了",
        "2026/11/20 08:00|12345678901|挂失|卡丢了",
        "2026/13/20|13912345678|挂失|卡丢了",
        "2026/11/20 08:01||外星人|卡丢了",
        kind="inquiry",
    )
    assert _outcomes(plan) == ["bad", "new", "bad", "bad"]
    assert plan.rows[1].values["to_check"] == 1
    assert plan.rows[1].values["back_entry"] == 1
    assert [problem.place for problem in plan.problems] == ["A 来电时间", "A 来电时间", "C 类别"]


def test_stock_is_updated_where_it_lies_and_an_ambiguous_place_is_asked_back(
    center: Session,
) -> None:
    header = "类别|名称|应配|实有|存放地点|责任人"
    _load(
        center,
        header,
        "电源|UPS|2|2|甲|王",
        "通信|对讲机|6|6|甲|王",
        "通信|对讲机|6|6|甲|李",
        kind="resource",
    )
    plan = _plan(
        center,
        header,
        "电源|UPS|2|1|甲|王",
        "通信|对讲机|6|5|甲|王",
        "通信|对讲机|6|6|甲|李",
        "电源|UPS|2|-1|乙|王",
        kind="resource",
    )
    assert _outcomes(plan) == ["update", "update", "same", "bad"]
    assert dict(plan.rows[0].values) == {"actual": 1}
    both = _plan(center, header, "通信|对讲机|6|1|甲|赵", kind="resource")
    assert _outcomes(both) == ["bad"]


def test_groups_written_once_are_filled_down_unless_each_row_has_its_own(center: Session) -> None:
    once = _plan(center, "组别|姓名|手机", "甲|王|", "|李|", "乙|赵|", "|孙|")
    assert [row.values["group"] for row in once.rows] == ["甲", "甲", "乙", "乙"]
    each = _plan(center, "组别|姓名|手机", "甲|王|", "甲|李|", "|赵|", "乙|孙|")
    assert [row.values.get("group") for row in each.rows] == ["甲", "甲", None, "乙"]


def test_a_needed_column_is_asked_for(center: Session) -> None:
    with pytest.raises(UserError, match="缺少这些列：姓名"):
        _plan(center, "手机|部门", "13912345678|甲")


def test_planning_can_be_cancelled_and_tells_how_far_it_is(center: Session) -> None:
    told: list[int] = []
    _plan(center, PEOPLE, "|王|||", progress=told.append)
    assert told == [0]
    with pytest.raises(UserError, match="取消"):
        _plan(center, PEOPLE, "|王|||", cancelled=lambda: True)
