"""The table of written reports."""

import pytest
from PySide6.QtCore import Qt

from bankcc.reports.history import Written
from ui.reports.history import FILE, REPORT, ReportHistory
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE


@pytest.fixture
def table(qapp, tmp_path, qtmodeltester):
    there = tmp_path / "态势.pdf"
    there.write_bytes(b"%PDF")
    made = ReportHistory()
    made.show_reports(
        [
            Written("situation", 3, 1_795_413_600_000, "王敏", str(there)),
            Written("person", 0, 1_795_413_600_000, "陈刚", str(tmp_path / "gone.pdf")),
            Written("of-later", 0, 0, "", str(there)),
        ]
    )
    qtmodeltester.check(made)
    return made


def test_rows_name_the_report_and_the_file(table) -> None:
    assert table.data(table.index(0, REPORT)) == "态势报告 第3期"
    assert table.data(table.index(0, FILE)) == "态势.pdf"
    assert table.data(table.index(1, REPORT)) == "人员"
    assert table.data(table.index(2, REPORT)) == "of-later"


def test_what_is_gone_says_so_with_shape_and_word(table) -> None:
    assert table.data(table.index(1, FILE)) == "文件已不在"
    assert table.data(table.index(1, FILE), LEVEL_ROLE) == Level.NEUTRAL
    assert table.data(table.index(0, FILE), LEVEL_ROLE) is None
    spoken = table.data(table.index(0, REPORT), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "报告：态势报告 第3期"
