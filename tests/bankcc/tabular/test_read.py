"""Workbooks, sound and hostile, through the real process."""

import multiprocessing
import resource
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from bankcc.errors import UserError
from bankcc.tabular import read, sheets
from bankcc.tabular.read import fill_merged, read_tables
from bankcc.tabular.table import Row
from tests.bankcc.tabular.workbooks import MAIN, SAMPLES, parts, sheet_xml, text_cell

Make = Callable[..., Path]


def test_the_contact_list() -> None:
    people, guide = read_tables(SAMPLES / "应急通讯录.xlsx")
    assert (people.sheet, guide.sheet) == ("通讯录", "填写说明")
    rows = {row.number: row for row in people.rows}
    assert len(rows) == 44  # rows 1 to 43 and 45
    assert rows[4].cells[1] == rows[7].cells[1] == "应急服务领导小组"
    assert rows[7].filled == {1}
    assert rows[43].cells[1] == "应急服务工作小组"
    assert rows[8].cells[6] == "17393363387"
    assert rows[45].cells == ("注：手机须24小时开机；本表每月核对一次。",)
    assert people.merged == {1}


def test_values_of_every_type_become_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(
        [1, 2.5, 1.3912345678e10, True, datetime(2026, 11, 20), datetime(2026, 11, 20, 8, 5, 1)]
    )
    book.active.append([None, "=1+1", "#N/A", " 王 "])
    hidden = book.create_sheet("隐藏")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    path = tmp_path / "a.xlsx"
    book.save(path)
    (table,) = read_tables(path)
    assert table.rows == (
        Row(1, ("1", "2.5", "13912345678", "TRUE", "2026-11-20", "2026-11-20 08:05:01")),
        Row(2, ("", "", "#N/A", "王")),
    )


def _refusal(path: Path, **named: float) -> str:
    with pytest.raises(UserError) as refused:
        read_tables(path, **named)
    assert multiprocessing.active_children() == []
    assert "没有" in refused.value.safe
    return refused.value.what


def test_a_sheet_styled_down_to_the_last_row(workbook: Make) -> None:
    body = (
        "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(1, 100_000))
        + f'<row r="1048576">{text_cell("A1048576", "末")}</row>'
    )
    (table,) = read_tables(workbook(parts(sheet_xml(body))))
    assert table.rows == (Row(1_048_576, ("末",)),)


def test_addresses_beyond_any_spreadsheet(workbook: Make) -> None:
    body = (
        f'<row r="1">{text_cell("A1", "姓名")}{text_cell("XFD1", "远")}</row>'
        f'<row r="999999999999">{text_cell("A999999999999", "深")}</row>'
    )
    path = workbook(parts(sheet_xml(body)))
    (table,) = read_tables(path)
    assert table.rows == (Row(1, ("姓名",)),)


def test_more_columns_than_are_read_are_told(workbook: Make) -> None:
    body = f'<row r="1">{text_cell("A1", "姓名")}{text_cell("IW1", "多")}</row>'
    (table,) = read_tables(workbook(parts(sheet_xml(body))))
    assert "IV" in table.notes[0]


def test_a_bomb_of_shared_strings_is_stopped(workbook: Make) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    shared = f'<sst xmlns="{MAIN}"><si><t>{"大" * 30_000}</t></si></sst>'
    body = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEFGH")
        + "</row>"
        for n in range(1, 20_000)
    )
    assert "一次读不下" in _refusal(workbook(parts(sheet_xml(body), shared)))
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert max(after, before) < 1_200_000  # KiB


def test_quadratic_blowup_and_external_entities_are_refused(workbook: Make) -> None:
    declared = f'<!DOCTYPE a [<!ENTITY a "{"a" * 50_000}">]>'
    body = declared + sheet_xml(f'<row r="1">{text_cell("A1", "&a;" * 50_000)}</row>')
    assert "实体" in _refusal(workbook(parts(body)))
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = outside + sheet_xml(f'<row r="1">{text_cell("A1", "&x;")}</row>')
    assert "实体" in _refusal(workbook(parts(body)))


def test_the_parser_itself_refuses_entities(workbook: Make) -> None:
    """Should the search for declarations ever miss one: the XML reader is a defused one."""
    body = '<!DOCTYPE a [<!ENTITY a "ha">]>' + sheet_xml(
        f'<row r="1">{text_cell("A1", "&a;")}</row>'
    )
    with pytest.raises(ValueError, match="invalid XML") as refused:
        list(sheets.messages(workbook(parts(body))))
    assert isinstance(refused.value.__cause__, EntitiesForbidden)


def test_elements_nested_a_hundred_thousandfold(workbook: Make) -> None:
    names = [f"x{n * 7919 % 99_991}" for n in range(100_000)]  # varied: not to look like a zip bomb
    deep = "".join(f"<{n}>" for n in names) + "".join(f"</{n}>" for n in reversed(names))
    path = workbook(parts(sheet_xml(f'<row r="1">{text_cell("A1", "姓名")}</row>', deep)))
    (table,) = read_tables(path)
    assert table.rows == (Row(1, ("姓名",)),)


@pytest.mark.parametrize(
    "sheet",
    ["", "<worksheet", "\0\0\0", sheet_xml('<row r="x"><c r="1"/></row>')],
)
def test_damaged_sheets_give_one_line(workbook: Make, sheet: str) -> None:
    path = workbook(parts(sheet))
    assert "损坏" in _refusal(path)


def test_a_workbook_that_takes_too_long_is_given_up(workbook: Make) -> None:
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_000))
    assert "太久" in _refusal(workbook(parts(sheet_xml(body))), seconds=0)


def test_reading_can_be_cancelled(workbook: Make) -> None:
    with pytest.raises(UserError, match="取消"):
        read_tables(workbook(parts(sheet_xml(""))), cancelled=lambda: True)
    assert multiprocessing.active_children() == []


def test_a_process_that_runs_out_of_memory_says_so() -> None:
    refusal = read._refusal(Path("a.xlsx"), "memory")
    assert "读不下" in refusal.what


def test_merges_fill_downwards_within_rows_that_hold_something() -> None:
    rows = [
        Row(2, ("a", "甲")),
        Row(3, ("b",)),
        Row(5, ("c",)),
        Row(6, ("d", "", "x")),
        Row(9, ("e",)),
    ]
    filled = fill_merged(rows, [(2, 6, 1, 1), (3, 8, 1, 1), (9, 1_048_576, 0, 5)])
    assert [row.cell(1) for row in filled] == ["甲", "甲", "甲", "甲", ""]
    assert filled[3].cell(2) == "x"
    assert filled[1].filled == {1}
    assert filled[4] == rows[4]
