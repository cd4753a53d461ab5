"""Paragraphs over pages: nothing below the margin, no line alone, no line lost."""

import pytest

from bankcc.reports.fonts import Fonts
from bankcc.reports.page import A4, MARGIN, Sheet


@pytest.mark.parametrize("used", [0, 300, 650, 680, 690, 700])
def test_a_paragraph_over_pages(fonts: Fonts, used: int) -> None:
    sheet = Sheet(fonts)
    sheet.y -= used
    text = "".join(chr(0x4E00 + index) for index in range(4000))
    sheet.write(text)
    pages = [[mark.text for mark in page.texts] for page in sheet.pages]
    assert "".join("".join(lines) for lines in pages) == text
    assert len(pages) > 1
    assert all(len(lines) != 1 for lines in pages)
    for page in sheet.pages:
        for mark in page.texts:
            assert sheet.bottom < mark.y < sheet.height - MARGIN
            assert mark.x + mark.face.width(mark.text, mark.size) <= sheet.right + 0.1


def test_no_line_stands_alone(fonts: Fonts) -> None:
    for used in range(560, 700, 4):
        sheet = Sheet(fonts)
        sheet.y -= used
        sheet.write("\n".join("一二三四五六七八"))
        assert 1 not in [len(page.texts) for page in sheet.pages], used


def test_need_never_leaves_an_empty_page(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    sheet.y -= 100
    sheet.need(10_000)
    sheet.need(10_000)
    assert len(sheet.pages) == 2


def test_landscape_is_a_turned_a4(fonts: Fonts) -> None:
    sheet = Sheet(fonts, landscape=True)
    assert (sheet.height, sheet.width) == A4


def test_alignment(fonts: Fonts) -> None:
    sheet = Sheet(fonts)
    for align in ("left", "center", "right"):
        sheet.write("对齐", align=align)
    left, center, right = sheet.page.texts
    assert left.x == sheet.left
    assert right.x + right.face.width("对齐", right.size) == pytest.approx(sheet.right)
    assert center.x == pytest.approx((left.x + right.x) / 2)
