"""CSV in every encoding and shape that branch offices send."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import UserError
from bankcc.tabular.csv_text import decode, delimiter_of, read_text_table
from bankcc.tabular.table import MAX_CELL, MAX_COLUMNS, Row
from tests.bankcc.tabular.workbooks import SAMPLES


def _rows(tmp_path: Path, data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    path = tmp_path / "表.csv"
    path.write_bytes(data)
    return [(row.number, row.cells) for row in read_text_table(path).rows]


TEXT = "姓名,手机\r\n王敏,13912345678\r\n"
WANTED = [(1, ("姓名", "手机")), (2, ("王敏", "13912345678"))]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", "，").encode("gbk"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.replace("王", "\0王\0").encode(),
    ],
)
def test_encodings_delimiters_and_line_ends(tmp_path: Path, data: bytes) -> None:
    assert _rows(tmp_path, data) == WANTED


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_gb18030_and_utf8_hold_every_character(text: str) -> None:
    text = "姓名,手机\n" + text.replace("\0", "")
    assert decode("a", text.encode("utf-8-sig")) == text
    assert decode("a", b"\xff\xfe" + text.encode("utf-16-le")) == text
    packed = text.encode("gb18030")
    try:
        packed.decode("utf-8")
    except UnicodeDecodeError:
        assert decode("a", packed) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        text = decode("a.csv", data)
    except UserError as error:
        text = error.what
    assert isinstance(text, str)


def test_quoted_line_breaks_ragged_rows_and_blank_lines_keep_the_spreadsheets_row_numbers(
    tmp_path: Path,
) -> None:
    data = b'a,b,c\n\n1,"x\ny",3,4\n2\n,,\n"=1",\'=2,"he said ""no"""\n'
    assert _rows(tmp_path, data) == [
        (1, ("a", "b", "c")),
        (3, ("1", "x\ny", "3", "4")),
        (4, ("2",)),
        (6, ("=1", "=2", 'he said "no"')),
    ]


def test_a_comma_inside_cells_does_not_beat_the_real_delimiter() -> None:
    assert delimiter_of("地点;数量\n机房, 三楼;2\n库房, 一楼;3\n") == ";"


def test_a_cell_of_a_megabyte_and_a_row_of_a_thousand_cells_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "x" * 1_000_000 + ",2\n" + "y," * 1000 + "z\n", encoding="utf-8")
    table = read_text_table(path)
    assert len(table.rows[1].cells[0]) == MAX_CELL + 1
    assert len(table.rows[2].cells) == MAX_COLUMNS
    assert len(table.notes) == 1


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bankcc.tabular.csv_text.MAX_ROWS", 3)
    with pytest.raises(UserError, match="超过 3 行"):
        _rows(tmp_path, b"a\n" * 4)


def test_bytes_of_no_encoding_name_the_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="第 2 行"):
        _rows(tmp_path, "姓名\n".encode("gbk") + b"\xff\xff\xff\n" * 3)


def test_the_equipment_list_is_gb18030(tmp_path: Path) -> None:
    table = read_text_table(SAMPLES / "应急物资清单.csv")
    assert len(table.rows) == 22
    assert table.rows[5] == Row(
        6,
        ("信息技术", "笔记本电脑", "8", "约6", "个", "库房2号柜", "徐萍刚", "每月", "2026-10-01"),
    )
    assert table.rows[10].cells[-1] == "电池\n需更换"
    assert table.rows[21].cells[6] == "李㛃晨"


@pytest.mark.parametrize(
    ("text", "row"), [('姓名,手机\n"张三,138', 2), ('姓名,手机\n张三,1\n李四,"2\n王五,3\n', 3)]
)
def test_a_quotation_that_never_ends_is_refused(tmp_path: Path, text: str, row: int) -> None:
    file = tmp_path / "open.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=str(row)):
        read_text_table(file)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_a_closed_quotation_at_the_end_is_read(tmp_path: Path, end: str) -> None:
    file = tmp_path / "closed.csv"
    file.write_bytes(f'姓名,手机\n"张,三","138"{end}'.encode())
    assert [row.cells for row in read_text_table(file).rows][1:] == [("张,三", "138")]
