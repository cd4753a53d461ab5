"""Who is at work, and the tables that are there: each later step is one key to pass over."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.ui.dialogs.set_up_keys import enter, press, to_key, to_outlets
from tests.ui.file_drop import drop
from tests.ui.small_center import settle
from ui.dialogs.import_file import ImportDialog
from ui.feedback import MessageRow
from ui.first_start import set_up
from ui.frame.saved_chip import SavedChip

SAMPLES = Path(__file__).parents[2] / "samples"


def test_each_later_step_is_skipped_by_one_key(wizard, qtbot) -> None:
    to_key(wizard, qtbot)
    for _tick_go_and_press in range(3):
        enter()
    for step in ("you", "outlets", "people"):
        assert wizard.step.name == step
        press(Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert wizard.session.user == "电脑甲"
    assert set_up.left(wizard.session) == ()


def test_people_are_imported_and_counted(wizard, qtbot, tmp_path) -> None:
    to_outlets(wizard, qtbot)
    enter()
    step = wizard.step
    file = tmp_path / "people.csv"
    file.write_text("姓名,手机\n王敏,13900000001\n李雷,13900000002\n", encoding="utf-8-sig")
    opened = step._import("person", file)
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=20_000)
    opened.import_rows()
    qtbot.waitUntil(lambda: opened.report is not None, timeout=20_000)
    opened.reject()
    settle()
    assert step.counts["person"].text() == "已有 2 条"
    assert wizard.focusWidget() is step.forward


def test_what_the_import_shows_elsewhere_does_not_lie_over_the_set_up(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    enter()
    opened = wizard.step._import("resource", SAMPLES / "应急物资清单.csv")
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=20_000)
    with qtbot.waitSignal(opened.imported, timeout=20_000):
        opened.import_rows()
    opened.reject()
    settle()
    strangers = [*wizard.findChildren(SavedChip), *wizard.findChildren(MessageRow)]
    assert strangers
    assert not any(each.isVisible() for each in strangers)
    assert wizard.step.counts["resource"].text() == "已有 20 条"


def test_a_table_is_dropped_on_the_step_and_goes_where_it_belongs(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    enter()
    step = wizard.step
    assert drop(step, SAMPLES / "应急物资清单.csv")
    (wrong,) = wizard.findChildren(ImportDialog)
    qtbot.waitUntil(lambda: wrong.as_button.isVisible(), timeout=20_000)
    right = wrong.import_as()
    qtbot.waitUntil(lambda: right.plan is not None, timeout=20_000)
    with qtbot.waitSignal(right.imported, timeout=20_000):
        press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    right.reject()
    qtbot.waitUntil(lambda: not wizard.findChildren(ImportDialog))
    assert step.counts["resource"].text() == "已有 20 条"


def test_import_asks_for_the_file_at_once(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    enter()
    wizard.step.imports["inquiry"].setFocus()
    enter()
    qtbot.waitUntil(lambda: wizard.findChild(QFileDialog) is not None)
    assert wizard.findChild(QFileDialog).isVisible()
    wizard.findChild(QFileDialog).reject()
    wizard.findChild(ImportDialog).reject()
    qtbot.waitUntil(lambda: not wizard.findChildren(ImportDialog))
    assert wizard.isVisible()
