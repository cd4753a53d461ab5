"""A template is saved with one key from wherever a table could be imported, and comes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bankcc.features import KIND
from bankcc.tabular.load import read_plan
from tests.ui.small_center import settle
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.template_file import TemplateDialog
from ui.panels import PANELS


def opened(window: QWidget) -> list[QDialog]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if each.objectName() == "template" and each.isVisible()
    ]


@pytest.mark.parametrize("kind", ["person", "resource", "inquiry", "outlet"])
def test_enter_writes_a_table_that_the_import_knows(context, qtbot, tmp_path, kind) -> None:
    dialog = TemplateDialog(context, kind)
    qtbot.addWidget(dialog)
    dialog.show()
    target = tmp_path / "模板.xlsx"
    dialog.target.set_path(target)
    QTest.keyPress(dialog.target.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.result.isHidden(), timeout=20_000)
    assert "模板已存好" in dialog.result.text()
    assert read_plan(target, KIND[kind], context.session).rows == ()


def test_a_folder_that_is_not_there_is_said(context, qtbot, tmp_path) -> None:
    dialog = TemplateDialog(context, "person")
    qtbot.addWidget(dialog)
    dialog.target.set_path(tmp_path / "none" / "x.xlsx")
    dialog.write()
    qtbot.waitUntil(lambda: bool(dialog.error.text()), timeout=20_000)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("panel", ["person", "resource", "outlet"])
def test_an_empty_list_offers_it(context, qtbot, panel) -> None:
    spec = next(spec for spec in PANELS if spec.id == panel)
    made = spec.make(context, context.window())
    made.resize(1200, 660)
    context.window().show()
    made.show()
    qtbot.waitUntil(
        lambda: any(
            each.text() == "保存模板…" for each in made.findChildren(QWidget, "panel.state.other")
        ),
        timeout=10_000,
    )
    shown = [each for each in made.findChildren(QWidget, "panel.state.other") if each.text()]
    assert shown[0].accessibleName() == "保存模板…"
    shown[0].click()
    settle()
    dialogs = opened(made)
    assert len(dialogs) == 1
    dialogs[0].reject()
    context.window().hide()
    made.deleteLater()
    settle()


def test_the_import_dialog_offers_it_before_a_file_is_chosen(context, qtbot) -> None:
    dialog = ImportDialog(context, "outlet")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.template_button.isVisible()
    dialog.template_button.click()
    settle()
    assert len(opened(dialog)) == 1
    opened(dialog)[0].reject()


def test_it_goes_away_once_a_table_is_read(context, qtbot, tmp_path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("网点名称,地址\n江南支行,江南路\n", encoding="utf-8-sig")
    dialog = ImportDialog(context, "outlet", path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.plan is not None, timeout=20_000)
    assert dialog.template_button.isHidden()
