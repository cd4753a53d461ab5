"""Reports: one key writes, the number counts on, nobody's number is on paper."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.features import person
from bankcc.schema.query import Query
from tests.ui.small_center import settle
from ui.reports.dialog import ListDialog, SituationDialog


@pytest.fixture
def situation(context, qtbot, tmp_path) -> SituationDialog:
    made = SituationDialog(context)
    qtbot.addWidget(made)
    made.target.set_path(tmp_path / "态势.pdf")
    made.show()
    return made


def text_of(path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_enter_is_all_it_takes(situation, context, qtbot, tmp_path) -> None:
    situation.approved.setText("张行长")
    with qtbot.waitSignal(situation.written, timeout=20_000):
        QTest.keyClick(situation.write_button, Qt.Key.Key_Return)
    assert "张行长" in text_of(tmp_path / "态势.pdf")
    following = SituationDialog(context)
    qtbot.addWidget(following)
    assert following.issue.number == situation.issue.number + 1
    assert following.issue.since == situation.until
    assert following.approved.text() == "张行长"
    assert context.session.local.journal()[0][2] == "report"


def test_the_file_is_named_for_issue_and_time(situation, context, qtbot) -> None:
    fresh = SituationDialog(context)
    qtbot.addWidget(fresh)
    assert fresh.target.path().name.startswith("态势报告_第1期_2026")
    assert fresh.compiled.text() == "王敏"


def test_what_failed_uses_no_number(situation, context, qtbot, tmp_path) -> None:
    situation.target.set_path(tmp_path / "none" / "x.pdf")
    situation.write()
    qtbot.waitUntil(lambda: bool(situation.error.text()), timeout=20_000)
    following = SituationDialog(context)
    qtbot.addWidget(following)
    assert following.issue.number == situation.issue.number


def test_a_list_as_it_is_filtered(context, qtbot, tmp_path) -> None:
    for name, phone in (("王敏", "13912345678"), ("陈刚", "13712345678")):
        context.session.execute(person.add(name=name, phone=phone))
    settle()
    dialog = ListDialog(context, Query("person", text="王敏"))
    qtbot.addWidget(dialog)
    dialog.target.set_path(tmp_path / "list.pdf")
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.write()
    text = text_of(tmp_path / "list.pdf")
    assert "王敏" in text
    assert "陈刚" not in text
    assert "13912345678" not in text
