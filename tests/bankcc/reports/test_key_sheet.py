"""The sheet for the safe: one page, the key in groups that can be read back, written once."""

import io
from pathlib import Path

import pypdf
import pytest

from bankcc.errors import StorageError
from bankcc.i18n import set_language
from bankcc.reports.key_sheet import KeySheet, key_sheet_pdf, render_key_sheet

KEY = "7K2QF-M4XWT-90HBR-ZD3VA-51NSE-C8GYP"
SHEET = KeySheet(
    key=KEY,
    center="滨江支行应急指挥中心",
    laptop="甲",
    folder="/home/滨江/center",
    made_ms=1_795_413_600_000,
    bank="东海银行滨江支行",
)


def read(data: bytes) -> tuple[int, str]:
    pdf = pypdf.PdfReader(io.BytesIO(data))
    return len(pdf.pages), "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_one_page_with_the_key_in_groups_and_whose_it_is(language: str) -> None:
    set_language(language)
    pages, text = read(key_sheet_pdf(SHEET))
    assert pages == 1
    bare = text.replace(" ", "")
    places = [bare.index(group) for group in KEY.split("-")]
    assert places == sorted(places)
    for shown in (SHEET.center, SHEET.bank, "2026-11-23", SHEET.folder.replace(" ", "")):
        assert shown.replace(" ", "") in bare
    assert ("保管人" in bare) == (language == "zh_CN")


def test_a_long_name_and_no_bank_still_fit_on_one_page() -> None:
    long = KeySheet(KEY, "滨江" * 50, "甲乙丙丁", "/" + "很长的文件夹名/" * 20, SHEET.made_ms)
    assert read(key_sheet_pdf(long))[0] == 1


def test_it_is_written_whole_where_it_was_asked_for_and_nowhere_else(tmp_path: Path) -> None:
    target = tmp_path / "key.pdf"
    assert render_key_sheet(SHEET, target) == target
    assert target.read_bytes() == key_sheet_pdf(SHEET)
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(StorageError):
        render_key_sheet(SHEET, tmp_path / "none" / "key.pdf")
