"""Any columns print as a list: upright when they fit, on their side when they do not."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from bankcc.errors import Refused
from bankcc.reports.document import Letterhead
from bankcc.reports.listing import ListReport, render_list
from bankcc.reports.table import Column

Make = Callable[..., Letterhead]


def size(path: Path) -> tuple[float, float]:
    box = pypdf.PdfReader(path).pages[0].mediabox
    return float(box.width), float(box.height)


def test_rows_filters_and_total(
    letterhead: Make, tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    rows = ((f"甲-R-{number:04d}", "138****0013") for number in range(500))
    columns = (Column("编号"), Column("电话"))
    report = ListReport(letterhead(title="来电清单"), columns, rows, "状态 = 待办", 500)
    path = render_list(report, tmp_path / "r.pdf")
    text = text_of(path)
    assert "来电清单" in text
    assert "状态 = 待办" in text
    assert all(f"甲-R-{number:04d}" in text for number in range(500))
    width, height = size(path)
    assert width < height


def test_wide_lists_lie_on_their_side(letterhead: Make, tmp_path: Path) -> None:
    columns = tuple(Column(f"第{number}列") for number in range(10))
    path = render_list(ListReport(letterhead(), columns, [("值",) * 10]), tmp_path / "a.pdf")
    width, height = size(path)
    assert width > height
    columns = (Column("一"), Column("二"), Column("三"), Column("四"))
    long = ("unbreakable-identifier-of-many-letters",) * 4
    width, height = size(render_list(ListReport(letterhead(), columns, [long]), tmp_path / "b.pdf"))
    assert width > height


def test_an_empty_list_says_so(
    letterhead: Make, tmp_path: Path, text_of: Callable[[Path], str]
) -> None:
    path = render_list(ListReport(letterhead(), (Column("编号"),), []), tmp_path / "r.pdf")
    assert "没有记录。" in text_of(path)


@pytest.mark.parametrize("place", [0, 450])
def test_a_full_phone_number_stops_it(letterhead: Make, tmp_path: Path, place: int) -> None:
    rows = [("13800138000" if number == place else "x",) for number in range(500)]
    report = ListReport(letterhead(), (Column("备注"),), rows)
    with pytest.raises(Refused):
        render_list(report, tmp_path / "r.pdf")
    assert list(tmp_path.iterdir()) == []
    assert render_list(report, tmp_path / "r.pdf", reveal=True).exists()


def test_reportlab_is_loaded_only_to_print() -> None:
    """It costs the command line 0.15 s."""
    code = (
        "import sys, bankcc.reports.situation, bankcc.reports.listing\n"
        "sys.exit(any(name.startswith('reportlab') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
