"""Header rows and columns by synonym, in the real files and in the program's own."""

import pytest

from bankcc import i18n
from bankcc.errors import UserError
from bankcc.features import KIND
from bankcc.i18n import _
from bankcc.tabular.header import find, is_header, likelier, mapping_at
from bankcc.tabular.read import read_tables
from bankcc.tabular.rules import NUMBER
from bankcc.tabular.table import Row, Table
from tests.bankcc.tabular.workbooks import SAMPLES

RESOURCE = [
    "category",
    "name",
    "required",
    "actual",
    "unit",
    "place",
    "keeper",
    "check_cycle",
    "checked_on",
    "note",
]
INQUIRY = ["at", "phone", "caller", "category", "note", "status", "agent"]


def _table(*rows: str, name: str = "表") -> Table:
    return Table(name, tuple(Row(n, tuple(row.split("|"))) for n, row in enumerate(rows, start=1)))


def _columns(header: str, kind: str = "person") -> dict[int, str]:
    return dict(mapping_at(_table(header), 0, KIND[kind]).columns)


def test_the_contact_list_is_found_below_its_title_and_the_guide_is_left_alone() -> None:
    found = find(read_tables(SAMPLES / "应急通讯录.xlsx"), KIND["person"])
    assert (found.table.sheet, found.others) == ("通讯录", ())
    assert found.table.rows[found.mapping.header].number == 3
    assert list(found.mapping.columns.values()) == [
        "group",
        "department",
        "name",
        "job_title",
        "post",
        "phone",
        "office_phone",
        "email",
        "backup_a",
        "note",
    ]
    assert found.mapping.unknown == (0,)
    assert found.mapping.place(6) == "G 手机"


def test_the_two_registers_are_understood() -> None:
    resource = find(read_tables(SAMPLES / "应急物资清单.csv"), KIND["resource"]).mapping
    assert list(resource.columns.values()) == RESOURCE
    inquiry = find(read_tables(SAMPLES / "热线来电登记.csv"), KIND["inquiry"]).mapping
    assert list(inquiry.columns.values()) == INQUIRY


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("姓 名（必填）|手 机：", ["name", "phone"]),
        ("ＮＡＭＥ|Mobile*", ["name", "phone"]),
        ("姓名|电话|手机", ["name", "office_phone", "phone"]),
        ("姓名|电话", ["name", "phone"]),
        ("姓名|手机|手机|电话", ["name", "phone", "office_phone", "phone2"]),
        ("姓名|A角电话\n(手机)|备份人员|备份人员", ["name", "backup_a", "backup_b"]),
    ],
)
def test_names_of_columns(header: str, fields: list[str]) -> None:
    assert list(_columns(header).values()) == fields


def test_repeated_columns_are_told_and_may_be_exchanged() -> None:
    mapping = mapping_at(_table("姓名|部门|处室|生日"), 0, KIND["person"])
    assert dict(mapping.columns) == {0: "name", 1: "department"}
    assert dict(mapping.repeated) == {2: "department"}
    assert mapping.unknown == (2, 3)
    other = mapping.but(2, "department")
    assert dict(other.columns) == {0: "name", 2: "department"}
    assert dict(other.but(2, "").columns) == {0: "name"}
    assert mapping.column_of("department") == 1


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", ["person", "resource", "inquiry"])
def test_the_programs_own_labels_name_exactly_their_fields(kind: str, language: str) -> None:
    i18n.set_language(language)
    fields = [item.name for item in KIND[kind].fields]
    header = "|".join([_("No."), *(_(item.label) for item in KIND[kind].fields)])
    for read_in in ("zh_CN", "en"):
        i18n.set_language(read_in)
        assert list(_columns(header, kind).values()) == [NUMBER, *fields]


def test_the_sheet_that_names_most_fields_is_chosen() -> None:
    tables = [
        _table("姓名|手机", "王|1", name="简表"),
        _table("请勿修改表头", name="说明"),
        _table("通讯录", "部门：综合部|日期", "姓名|手机|部门", "李|2|甲", name="全表"),
    ]
    found = find(tables, KIND["person"])
    assert (found.table.sheet, found.mapping.header, found.others) == ("全表", 2, ("简表",))


@pytest.mark.parametrize("rows", [(), ("一|二", "三|四"), ("姓名",)])
def test_no_header_is_one_clear_line(rows: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="没有"):
        find([_table(*rows)], KIND["person"])


def test_a_header_repeated_on_the_next_page_is_recognised() -> None:
    mapping = mapping_at(_table("序号|姓名|手机|部门"), 0, KIND["person"])
    assert is_header(Row(9, ("序号", "姓名", "手机", "部门")), mapping)
    assert not is_header(Row(9, ("1", "姓名", "13912345678", "综合部")), mapping)


def test_a_list_of_supplies_is_told_from_one_of_people() -> None:
    tables = [_table("类别|名称|应有数量|实有数量|责任人", "通信|对讲机|12|12|林芳")]
    importable = [kind for kind in KIND.values() if kind.importable]
    other = likelier(tables, KIND["person"], importable)
    assert other is not None
    assert other.name == "resource"
    assert likelier(tables, KIND["resource"], importable) is None


def test_what_fits_as_well_is_left_where_it_was_dropped() -> None:
    tables = [_table("姓名|手机", "王敏|13912345678")]
    importable = [kind for kind in KIND.values() if kind.importable]
    assert likelier(tables, KIND["person"], importable) is None
    assert likelier([_table("a|b", "1|2")], KIND["person"], importable) is None


def test_the_names_that_are_asked_for_are_said_once() -> None:
    with pytest.raises(UserError) as caught:
        find([_table("甲|乙", "1|2")], KIND["person"])
    names = caught.value.next_step.rpartition("：")[2].rstrip("。").split("、")
    assert len(names) == len(set(names)) == 4
