"""Tables come in by dragging a file onto the window, with a reason for every row that will not do;
they go out as spreadsheets, and every list is copied with its headings.
"""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QTableView

from bankcc.features import KIND, inquiry
from bankcc.schema.query import Query
from tests.ui.file_drop import drop
from tests.ui.panels.hotline_keys import CONTROL, Keys, focus
from tests.ui.requirements.whole_window import name_of, settle, sights, wait, wait_until
from ui.dialogs import files
from ui.dialogs.export_file import ExportDialog
from ui.dialogs.import_file import ImportDialog
from ui.frame.main_window import MainWindow
from ui.panels import PANELS

SAMPLES = Path(__file__).parents[2] / "samples"
TAKERS = [spec.id for spec in PANELS if any(KIND[kind].importable for kind in spec.kinds)]


def people_with_a_fault(folder: Path) -> Path:
    """A workbook of two people; the number of the second one lacks digits."""
    book = Workbook()
    for row in (("姓名", "手机"), ("钱多多", "13900008801"), ("孙小小", "1390000")):
        book.active.append(row)
    book.save(folder / "people.xlsx")
    return folder / "people.xlsx"


def the_import(window: MainWindow) -> ImportDialog:
    wait_until(lambda: any(d.isVisible() for d in window.findChildren(ImportDialog)))
    return next(d for d in window.findChildren(ImportDialog) if d.isVisible())


@pytest.mark.parametrize("panel", TAKERS)
def test_a_workbook_is_dropped_onto_the_panel(standing, panel, tmp_path) -> None:
    standing.show_panel(panel)
    wait(20)
    seen = next(view for view in standing.panel.findChildren(QTableView) if view.isVisible())
    beside = next(label for label in standing.panel.findChildren(QLabel) if label.isVisible())
    assert beside.acceptDrops() is False
    assert drop(beside, people_with_a_fault(tmp_path)), "anywhere on the panel"
    the_import(standing).reject()
    wait(1)
    assert drop(seen, people_with_a_fault(tmp_path))
    dialog = the_import(standing)
    assert dialog.kind.name in next(spec.kinds for spec in PANELS if spec.id == panel)
    wait_until(lambda: not standing.jobs.running)
    dialog.reject()
    wait(1)


def test_every_row_that_will_not_do_says_why(standing, tmp_path) -> None:
    standing.show_panel("person")
    assert drop(standing.panel, people_with_a_fault(tmp_path))
    dialog = the_import(standing)
    wait_until(lambda: dialog.plan is not None)
    assert dialog.bad.rowCount() == 1
    assert copied_in(dialog.tabs.widget(0)) == ["行", "结果", "姓名", "手机"]
    said = " ".join(
        str(dialog.bad.index(0, column).data()) for column in range(dialog.bad.columnCount())
    )
    assert "1390000" in said
    assert dialog.rows.rowCount() == 2
    dialog.reject()
    wait(1)


def test_a_picture_is_not_taken(standing, tmp_path) -> None:
    standing.show_panel("person")
    (tmp_path / "photo.png").write_bytes(b"x")
    assert not drop(standing.panel, tmp_path / "photo.png")


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_numbers_go_out_as_text(window, tmp_path, suffix) -> None:
    window.session.execute(inquiry.log_call(phone="057112345678", category="cash"))
    dialog = files.export_file(window.context, Query(inquiry.NAME, order="-row"), window)
    assert isinstance(dialog, ExportDialog)
    dialog.csv.setChecked(suffix == "csv")
    dialog.reveal.setChecked(True)
    dialog.target.set_path(tmp_path / f"calls.{suffix}")
    dialog.write()
    wait_until(lambda: dialog.open_button.isVisible())
    path = dialog.target.path()
    if suffix == "csv":
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in data
    else:
        sheet = load_workbook(path).active
        heads = [cell.value for cell in sheet[1]]
        phones = [row[heads.index("电话")] for row in sheet.iter_rows(min_row=2)]
        assert {cell.data_type for cell in phones if cell.value} == {"s"}
        assert any(str(cell.value).replace(" ", "").startswith("0571") for cell in phones)
    dialog.reject()


def copied_in(view: QTableView) -> list[str]:
    """The headings that Ctrl+C takes along."""
    data = copied(view)
    assert data is not None
    assert "<table" in data.html()
    assert len(data.text().splitlines()) == 2
    return data.text().splitlines()[0].split("\t")


def test_a_table_dropped_onto_the_wrong_list_says_so_and_goes_to_the_right_one(standing) -> None:
    """A list of supplies on the people: names of things would become names of people."""
    standing.show_panel("person")
    assert drop(standing.panel, SAMPLES / "应急物资清单.csv")
    wrong = the_import(standing)
    wait_until(lambda: wrong.plan is not None and wrong.error.text())
    assert "资源" in wrong.error.text()
    assert "人员" in wrong.error.text()
    assert wrong.as_button.isVisible()
    QTest.keyClick(wrong.as_button, Qt.Key.Key_Space)
    right = the_import(standing)
    assert right is not wrong
    wait_until(lambda: right.plan is not None)
    assert right.kind.name == "resource"
    assert right.rows.rowCount() > 15
    assert not right.error.text()
    assert not right.as_button.isVisible()
    right.reject()
    wait_until(lambda: not standing.findChildren(ImportDialog))


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.[cx]*")), ids=lambda file: file.suffix)
@pytest.mark.parametrize("panel", TAKERS)
def test_every_sample_on_every_list_is_taken_or_told_why(standing, panel, file) -> None:
    standing.show_panel(panel)
    wait(20)
    seen = next(view for view in standing.panel.findChildren(QTableView) if view.isVisible())
    assert drop(seen, file)
    dialog = the_import(standing)
    wait_until(lambda: dialog.plan is not None or dialog.error.text())
    wait_until(lambda: not standing.jobs.running)
    if dialog.plan is None:
        assert dialog.mapping.isVisible(), "what each column is may be chosen"
        assert not dialog.import_button.isEnabled()
        assert dialog.as_button.isVisible(), "it belongs to another list"
    elif dialog.likelier is None:
        assert dialog.import_button.isEnabled()
    dialog.reject()
    wait_until(lambda: not standing.findChildren(ImportDialog))


def asked(window: MainWindow) -> QFileDialog | None:
    """The dialog of files, if it is open."""
    found = [each for each in window.findChildren(QFileDialog) if each.isVisible()]
    return found[0] if found else None


@pytest.mark.usefixtures("guarded")
def test_import_without_a_file_asks_for_it_at_once(standing, tmp_path) -> None:
    """Ctrl+K, the words, Enter: the next keys go into the dialog of files."""
    standing.show_panel("person")
    standing.activateWindow()
    settle()
    keys, table = Keys(), people_with_a_fault(tmp_path)
    keys.press(Qt.Key.Key_K, CONTROL)
    focus().insert(">导入：人员")
    standing.tools.palette.line.seek()
    wait_until(lambda: standing.tools.palette.is_settled)
    keys.press(Qt.Key.Key_Return)
    wait_until(lambda: asked(standing))
    asking, dialog = asked(standing), the_import(standing)
    assert asking.isAncestorOf(focus())
    keys.press(Qt.Key.Key_Escape)
    wait_until(lambda: not asked(standing))
    assert dialog.isVisible(), "Esc leads back to the import"
    dialog.activateWindow()
    settle()
    keys.press(Qt.Key.Key_Return)
    wait_until(lambda: asked(standing))
    focus().clear()
    keys.text(str(table))
    keys.press(Qt.Key.Key_Return)
    wait_until(lambda: dialog.plan is not None)
    assert dialog.path == table
    assert not asked(standing)
    dialog.activateWindow()
    settle()
    keys.press(Qt.Key.Key_Escape)
    wait_until(lambda: not [each for each in standing.findChildren(ImportDialog)])
    assert standing.isVisible()


def test_a_file_that_was_dropped_is_not_asked_for(standing, tmp_path) -> None:
    standing.show_panel("person")
    assert drop(standing.panel, people_with_a_fault(tmp_path))
    wait(20)
    assert not asked(standing)
    the_import(standing).reject()
    wait(1)


def copied(view: QTableView) -> QMimeData | None:
    """What Ctrl+C on the first row puts on the clipboard."""
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Home)
    QGuiApplication.clipboard().clear()
    QTest.keySequence(view, QKeySequence("Ctrl+C"))
    return QGuiApplication.clipboard().mimeData()


def lists(window: MainWindow) -> list[QTableView]:
    """Tables in sight with headings and rows that the keys go to."""
    return [
        view
        for view in window.findChildren(QTableView)
        if view.isVisible()
        and not view.horizontalHeader().isHidden()
        and view.focusPolicy() & Qt.FocusPolicy.TabFocus
        and view.model().rowCount()
    ]


def test_every_list_is_copied_with_its_headings(standing) -> None:
    """Ctrl+C, as a table and as text with tabs."""
    seen, faults = 0, []
    for sight in sights(standing):
        for view in lists(standing):
            seen += 1
            data = copied(view)
            lines = data.text().splitlines() if data is not None else []
            if data is None or "<table" not in data.html() or len(lines) < 2:
                faults.append(f"{sight}: {name_of(view)} gives {lines}")
            elif "\t" not in lines[0] or lines[0].count("\t") != lines[1].count("\t"):
                faults.append(f"{sight}: {name_of(view)} has no headings: {lines[:2]}")
    assert seen > 12
    assert not faults, "\n".join(faults)


def test_the_samples_are_taken_too(standing, tmp_path) -> None:
    """As a branch has them: a contact list with merged headings."""
    file = shutil.copy(SAMPLES / "应急通讯录.xlsx", tmp_path)
    standing.show_panel("person")
    assert drop(standing.panel, Path(file))
    dialog = the_import(standing)
    wait_until(lambda: dialog.plan is not None)
    assert dialog.rows.rowCount() > 10
    dialog.reject()
    wait(1)
