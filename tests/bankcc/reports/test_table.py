"""Tables keep every cell, repeat their header, stay on the page and share its width sensibly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.reports.fonts import Fonts
from bankcc.reports.page import Sheet
from bankcc.reports.table import Column, fit_widths, natural_widths, write_table

COLUMNS = (Column("编号", 0.6), Column("内容", 4), Column("数", 0.5, "right"))


def texts(sheet: Sheet) -> list[list[str]]:
    return [[mark.text for mark in page.texts] for page in sheet.pages]


@given(
    st.lists(st.floats(1, 300), min_size=1, max_size=12),
    st.lists(st.floats(0.1, 9), min_size=12, max_size=12),
)
def test_widths_share_the_whole(least: list[float], weights: list[float]) -> None:
    columns = [Column("", weight) for weight in weights[: len(least)]]
    widths = fit_widths(least, columns, 500.0)
    assert sum(widths) == pytest.approx(500.0)
    if sum(least) <= 500:
        assert all(got >= need - 0.01 for got, need in zip(widths, least, strict=True))


def test_the_header_is_on_every_page(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    rows = [(f"甲-{number:03d}", "内容", str(number)) for number in range(120)]
    assert write_table(sheet, COLUMNS, iter(rows)) == 120
    pages = texts(sheet)
    assert len(pages) > 2
    assert all(page[:3] == ["编号", "内容", "数"] for page in pages)
    cells = [cell for page in pages for cell in page[3:]]
    assert cells == [cell for row in rows for cell in row]


@pytest.mark.parametrize("used", [0, 600, 690])
def test_a_cell_longer_than_a_page_is_cut_not_lost(fonts: Fonts, used: int) -> None:
    sheet = Sheet(fonts)
    sheet.y -= used
    long = "".join(chr(0x4E00 + index) for index in range(6000))
    write_table(sheet, COLUMNS, [("甲-1", "前", "1"), ("甲-2", long, "2"), ("甲-3", "后", "3")])
    pages = texts(sheet)
    flat = [cell for page in pages for cell in page]
    body = [cell for cell in flat if cell not in ("甲-1", "甲-2", "甲-3", "编号", "内容", "数")]
    assert "".join(body).replace("前1", "").replace("后3", "").replace("2", "") == long
    assert flat.count("甲-2") == len([page for page in pages if "甲-2" in page]) > 1
    for page in sheet.pages:
        assert all(mark.y > sheet.bottom for mark in page.texts)


def test_a_row_that_fits_on_the_next_page_is_not_cut(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    sheet.y = sheet.bottom + 240
    write_table(sheet, COLUMNS, [("甲-1", "前", "1")] * 9 + [("甲-2", "行\n" * 9, "2")])
    assert texts(sheet)[0].count("前") == 9
    assert texts(sheet)[1][3:5] == ["甲-2", "行"]
    assert texts(sheet)[1].count("行") == 9


def test_dates_and_short_names_stay_in_one_line(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    columns = [Column("时间", 0.1), Column("人", 0.1), Column("内容", 9)]
    write_table(sheet, columns, [("2026-11-23 14:52", "欧阳晓燕", "长" * 300)])
    assert {"2026-11-23 14:52", "欧阳晓燕"} <= set(texts(sheet)[0])


def test_right_aligned_figures_end_in_line(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    write_table(sheet, COLUMNS, [("1", "x", "7"), ("2", "y", "12345")])
    ends = {
        round(mark.x + mark.face.width(mark.text, mark.size), 3)
        for mark in sheet.page.texts
        if mark.text in ("数", "7", "12345")
    }
    assert len(ends) == 1
    assert ends.pop() < sheet.right


def test_an_empty_table_says_so(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    assert write_table(sheet, COLUMNS, [], empty="没有记录。") == 0
    assert texts(sheet) == [["没有记录。"]]


def test_hopelessly_many_columns_still_print(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    columns = [Column("很长的列名" * 20) for _ in range(60)]
    assert sum(natural_widths(sheet, columns, [("值" * 50,) * 60], 9)) > sheet.span
    write_table(sheet, columns, [("值" * 50,) * 60] * 3)
    assert sum(page.count("值") for page in texts(sheet)) >= 3 * 60 * 40


def test_a_small_table_stays_whole_with_its_heading(fonts: Fonts) -> None:
    for rows in (1, 5):
        sheet = Sheet(fonts)
        sheet.y = sheet.bottom + 60
        kept: list[float] = []
        cells = [("甲-1", "内容", "1")] * rows
        write_table(sheet, COLUMNS, cells, heading=kept.append)
        assert len([page for page in sheet.pages if page.texts]) == 1
        before = Sheet(fonts)
        write_table(before, COLUMNS, cells)
        top = before.height - before.y
        write_table(before, COLUMNS, cells)
        assert kept == [pytest.approx(before.height - before.y - top)]


def test_a_heading_never_asks_for_more_than_a_page(fonts: Fonts) -> None:
    kept: list[float] = []
    sheet = Sheet(fonts)
    write_table(sheet, COLUMNS, [("1", "长" * 9000, "2")], heading=kept.append)
    assert kept == [sheet.full_room]


def test_tables_alike_have_the_same_widths(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    tables = [[("1", "短", "1")], [("欧阳晓燕欧阳", "短", "2")]]
    for rows in tables:
        write_table(sheet, COLUMNS, rows, alike=tables[0] + tables[1])
    assert len({mark.x for mark in sheet.page.texts if mark.text == "短"}) == 1
