"""Import: nothing is written before the person has seen what would be."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.features import person
from bankcc.schema.query import Query
from ui.dialogs.import_file import ImportDialog

CTRL = Qt.KeyboardModifier.ControlModifier
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PEOPLE = "姓名,手机,部门\n王敏,13912345678,客服\n李明朗,1391234,科技\n陈刚,13712345678,后勤\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def dialog_of(context, qtbot, path: Path, kind: str = "person") -> ImportDialog:
    dialog = ImportDialog(context, kind, path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not context.jobs.running)
    return dialog


def test_nothing_is_written_until_it_is_said(context, qtbot, table) -> None:
    dialog = dialog_of(context, qtbot, table)
    assert dialog.summary.text().startswith("新增 2，更新 0，不变 0，未导入 1")
    assert context.session.count(Query("person")) == 0
    assert dialog.import_button.text() == "导入 2 行 Ctrl+Enter"
    outcomes = [dialog.rows.index(row, 1).data() for row in range(3)]
    assert outcomes == ["新增", "未导入", "新增"]
    row, column, reason = dialog.bad.texts()[0]
    assert (row, column) == ("3", "B 手机")
    assert "1391234" in reason
    assert "13912345678" not in str([dialog.rows.index(0, c).data() for c in range(5)])


def test_good_rows_go_in_and_bad_ones_are_listed(context, qtbot, table, tmp_path) -> None:
    dialog = dialog_of(context, qtbot, table)
    with qtbot.waitSignal(dialog.imported):
        QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    found = {record.text("name") for record in context.session.find(Query("person"))}
    assert found == {"王敏", "陈刚"}
    assert dialog.summary.text().startswith("已导入：新增 2")
    assert not dialog.import_button.isVisible()
    assert context.session.local.journal()[0][2] == "import"
    dialog.save_bad_rows(tmp_path / "bad.csv")
    text = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "行,列,原因"
    assert text.splitlines()[1].startswith("3,B 手机,")


def test_the_second_time_nothing_is_left_to_import(context, qtbot, table) -> None:
    first = dialog_of(context, qtbot, table)
    with qtbot.waitSignal(first.imported):
        first.import_rows()
    again = dialog_of(context, qtbot, table)
    assert not again.import_button.isEnabled()
    assert "不变 2" in again.summary.text()


def test_another_field_for_a_column(context, qtbot, table) -> None:
    dialog = dialog_of(context, qtbot, table)
    combo = dialog.mapping.combos[2]
    assert combo.currentData() == "department"
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("note"))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: not context.jobs.running)
    with qtbot.waitSignal(dialog.imported):
        dialog.import_rows()
    assert context.session.find(Query("person", text="王敏"))[0]["note"] == "客服"


def test_a_needed_column_that_is_missing_is_said_and_can_be_given(
    context, qtbot, tmp_path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("甲,乙\n王敏,13912345678\n", encoding="utf-8")
    dialog = dialog_of(context, qtbot, path)
    assert dialog.error.text()
    assert not dialog.import_button.isEnabled()
    for column, name in ((0, "name"), (1, "phone")):
        combo = dialog.mapping.combos[column]
        combo.setCurrentIndex(combo.findData(name))
        combo.activated.emit(combo.currentIndex())
        qtbot.waitUntil(lambda: not context.jobs.running)
    assert dialog.error.text() == ""
    assert dialog.import_button.isEnabled()


def test_a_file_that_is_no_table(context, qtbot, tmp_path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"\x00\x01 not a table")
    dialog = dialog_of(context, qtbot, path)
    assert dialog.error.text()
    assert not dialog.import_button.isEnabled()
    assert not dialog.tabs.isVisible()


def test_a_known_person_is_updated(context, qtbot, table) -> None:
    context.session.execute(person.add(name="王敏", phone="13912345678"))
    dialog = dialog_of(context, qtbot, table)
    assert dialog.rows.index(0, 1).data() == "更新"


def test_the_sample_of_a_branch(context, qtbot) -> None:
    dialog = dialog_of(context, qtbot, SAMPLES / "应急物资清单.csv", "resource")
    with qtbot.waitSignal(dialog.imported):
        dialog.import_rows()
    assert context.session.count(Query("resource")) == dialog.report.added > 10


def test_a_stray_enter_imports_nothing(context, qtbot, table) -> None:
    dialog = dialog_of(context, qtbot, table)
    QTest.keyClick(dialog.tabs.currentWidget(), Qt.Key.Key_Return)
    assert dialog.report is None
    assert not context.jobs.running


def test_esc_closes_without_a_trace(context, qtbot, table) -> None:
    dialog = dialog_of(context, qtbot, table)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert context.session.count(Query("person")) == 0
