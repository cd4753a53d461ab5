"""Export: masked unless said, and what was revealed is in the journal."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bankcc.features import person
from bankcc.schema.query import Query
from tests.ui.small_center import settle
from ui.dialogs.export_file import ExportDialog


@pytest.fixture
def dialog(context, qtbot, tmp_path) -> ExportDialog:
    context.session.execute(person.add(name="王敏", phone="13912345678"))
    context.session.execute(person.add(name="=1+1", phone="13712345678"))
    settle()
    made = ExportDialog(context, Query("person", text="王敏"))
    qtbot.addWidget(made)
    made.target.set_path(tmp_path / "out.xlsx")
    made.show()
    return made


def test_csv_of_the_filtered_list_with_bom_and_masked(dialog, context, qtbot) -> None:
    dialog.csv.setChecked(True)
    with qtbot.waitSignal(dialog.written):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    path = dialog.target.path()
    assert path.suffix == ".csv"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert "王敏" in text
    assert "139****5678" in text
    assert "1+1" not in text
    assert context.session.local.journal()[0][2] == "export"
    assert dialog.open_button.isVisible()
    assert not dialog.write_button.isVisible()


def test_full_numbers_are_noted(dialog, context, qtbot) -> None:
    dialog.csv.setChecked(True)
    dialog.reveal.setChecked(True)
    with qtbot.waitSignal(dialog.written):
        dialog.write()
    assert "13912345678" in dialog.target.path().read_text(encoding="utf-8-sig").replace(" ", "")
    assert context.session.local.journal()[0][2:] == ("reveal", "person: out.csv")


def test_a_folder_that_is_not_there(dialog, qtbot, tmp_path: Path) -> None:
    dialog.target.set_path(tmp_path / "none" / "out.xlsx")
    dialog.write()
    qtbot.waitUntil(lambda: bool(dialog.error.text()))
    assert dialog.write_button.isEnabled()
    dialog.target.set_path(tmp_path / "out.xlsx")
    assert dialog.error.text() == ""
    with qtbot.waitSignal(dialog.written):
        dialog.write()


def test_the_ending_follows_the_form_and_a_taken_name_is_not_offered(dialog, tmp_path) -> None:
    (tmp_path / "out.csv").write_text("x")
    dialog.csv.setChecked(True)
    assert dialog.target.path().name == "out (2).csv"
    dialog.target.set_path(tmp_path / "plain")
    assert dialog.target.path().name == "plain.csv"
