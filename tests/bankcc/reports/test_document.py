"""The frame of every report: head, foot, watermark, properties of the file."""

from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from bankcc.i18n import set_language
from bankcc.reports.document import Document, Figure, Letterhead
from bankcc.reports.fonts import Fonts
from bankcc.reports.page import Sheet

Make = Callable[..., Letterhead]


def texts(sheet: Sheet) -> list[str]:
    return [mark.text for page in sheet.pages for mark in page.texts]


def test_the_head_names_everything_once(fonts: Fonts, letterhead: Make) -> None:
    document = Document(letterhead(prepared_for="领导小组"), fonts)
    document.head([("事件", "甲-I-0001"), ("空", "")])
    shown = texts(document.sheet)
    for text in ("密级：内部", "江州商业银行", "城东支行指挥中心", "态势报告", "第 3 期", "李敏"):
        assert shown.count(text) == 1
    assert "2026-11-23 11:32 至 2026-11-23 14:32" in shown
    assert {"王建国", "领导小组", "甲-I-0001"} <= set(shown)
    assert "空" not in shown


def test_long_facts_take_the_whole_width(fonts: Fonts, letterhead: Make) -> None:
    document = Document(letterhead(), fonts)
    outlets = "；".join(f"第{number}号社区支行" for number in range(30))
    document.head([("等级", "Ⅲ级"), ("网点", outlets), ("状态", "处置")])
    marks = document.sheet.page.texts
    assert outlets in "".join(mark.text for mark in marks)
    heights = {mark.text: mark.y for mark in marks}
    assert heights["Ⅲ级"] > heights["网点"] > heights["处置"]
    assert len({(round(mark.x, 1), round(mark.y, 1)) for mark in marks}) == len(marks)


def test_pages_are_counted_and_named(
    fonts: Fonts, letterhead: Make, tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    document = Document(letterhead(), fonts)
    document.head()
    for _ in range(12):
        document.prose("情况说明。" * 60)
    path = document.save(tmp_path / "r.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert f"第 {number} 页，共 3 页" in page
        assert "校验码 3f9a-77c1" in page
        assert "生成时间 2026-11-23 14:32" in page
        assert "电话已隐去" in page
    assert all("江州商业银行 态势报告 第 3 期" in " ".join(page.split()) for page in pages[1:])


def test_full_numbers_are_announced(
    fonts: Fonts, letterhead: Make, tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    document = Document(letterhead(masked=False), fonts)
    assert "含完整电话" in text_of(document.save(tmp_path / "r.pdf"))


@pytest.mark.parametrize(
    ("demo", "drill", "mark"), [(True, False, "示例"), (False, True, "演练"), (False, False, "")]
)
def test_watermark_on_every_page(
    fonts: Fonts, letterhead: Make, tmp_path: Path, demo: bool, drill: bool, mark: str
) -> None:
    document = Document(letterhead(is_demo=demo, is_drill=drill), fonts)
    document.sheet.new_page()
    for page in pypdf.PdfReader(document.save(tmp_path / "r.pdf")).pages:
        text = page.extract_text()
        assert ("示例" in text, "演练" in text) == (mark == "示例", mark == "演练")


def test_the_file_names_the_bank_and_nobody_else(
    fonts: Fonts, letterhead: Make, tmp_path: Path
) -> None:
    head = letterhead(prepared_for="赵六")
    path = Document(head, fonts).save(tmp_path / "李敏.pdf")
    reader = pypdf.PdfReader(path)
    properties = reader.metadata
    assert properties is not None
    assert (properties.title, properties.author) == ("态势报告", "江州商业银行")
    everything = " ".join(str(value) for value in properties.values())
    assert not [name for name in ("李敏", "王建国", "赵六", str(tmp_path)) if name in everything]
    assert str(properties.creation_date) == "2026-11-23 14:32:00+08:00"
    assert not reader.attachments
    assert reader.root_object["/Lang"] == "zh-CN"


def test_the_same_report_gives_the_same_bytes(
    fonts: Fonts, letterhead: Make, tmp_path: Path
) -> None:
    files = []
    for name in ("a.pdf", "b.pdf"):
        document = Document(letterhead(), fonts)
        document.head()
        files.append(document.save(tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_figures_fit_their_cards(fonts: Fonts, letterhead: Make) -> None:
    document = Document(letterhead(), fonts)
    values = ["150", "1234567890 小时 20 分钟", "", "35/40", "0", "7", "8"]
    document.figures([Figure("标签很长需要换行显示的数字", value, "备注") for value in values])
    sheet = document.sheet
    assert {"150", "35/40", "1234567890 小时 20 分钟"} <= set(texts(sheet))
    boxes = [box for box in sheet.page.boxes if box.height > 10]
    assert len(boxes) == 7
    for mark in sheet.page.texts:
        right = mark.x + mark.face.width(mark.text, mark.size)
        assert any(box.x <= mark.x and right <= box.x + box.width for box in boxes), mark.text


def test_headings_stay_with_what_follows(fonts: Fonts, letterhead: Make) -> None:
    for heading in ("section", "subsection"):
        document = Document(letterhead(), fonts)
        document.sheet.y = document.sheet.bottom + 45
        getattr(document, heading)("标题")
        assert len(document.sheet.pages) == 2


def test_points_are_numbered_or_absent(fonts: Fonts, letterhead: Make) -> None:
    document = Document(letterhead(), fonts)
    document.points(["甲", "乙" * 100])
    document.points([], empty="无新增")
    shown = texts(document.sheet)
    assert [text for text in shown if text in ("1.", "2.", "无新增")] == ["1.", "2.", "无新增"]


def test_english(fonts: Fonts, letterhead: Make, tmp_path: Path) -> None:
    set_language("en")
    document = Document(letterhead(is_drill=True), fonts)
    document.head()
    reader = pypdf.PdfReader(document.save(tmp_path / "r.pdf"))
    text = reader.pages[0].extract_text()
    for word in ("Classification: 内部", "No. 3", "Page 1 of 1", "DRILL", "Compiled by"):
        assert word in text
    assert reader.root_object["/Lang"] == "en"


def test_another_zone(letterhead: Make) -> None:
    assert letterhead(zone="UTC").moment(1_795_415_520_000) == "2026-11-23 06:32"
    assert letterhead(from_ms=None, to_ms=None).period == ""
    assert letterhead(from_ms=None).period == "2026-11-23 14:32"
