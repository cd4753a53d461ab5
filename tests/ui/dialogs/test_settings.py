"""The settings: in force at once, the center by one verb, found by any word; Esc loses nothing."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from bankcc import i18n
from bankcc.features import outlet
from bankcc.schema.change import edit
from bankcc.settings import Settings, load
from tests.ui.panels.hotline_keys import ESCAPE, focus
from tests.ui.silent_sounds import SilentSounds, watched
from tests.ui.small_center import settle
from ui import theme
from ui.actions import SPECS
from ui.appearance import Appearance
from ui.dialogs.settings import ALSO, TABS, DiagnosticsDialog, SettingsDialog


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, load(tmp_path / "settings.json"))
    made.start()
    yield made
    made.settings = Settings(tmp_path / "settings.json")
    made.start()
    made.deleteLater()


@pytest.fixture
def dialog(qtbot, context, look) -> Iterator[SettingsDialog]:
    watch = watched(context, SilentSounds())
    made = SettingsDialog(context, look, context.window())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.line.setFocus()
    settle()
    yield made
    made.hide()
    made.deleteLater()
    watch.stop()


def pick(box: QComboBox, code: object) -> None:
    """What a person does with the mouse."""
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


# -- the look --------------------------------------------------------------------------------------


def test_language_is_switched_at_once_and_kept(dialog, look, tmp_path) -> None:
    pick(dialog.pages["look"].language, "en")
    settle()
    assert dialog.windowTitle() == "Settings"
    assert [dialog.tabs.tabText(at) for at in range(2)] == ["Look", "Center"]
    assert dialog.pages["look"].theme.itemText(1) == "Dark"
    look.settle()
    assert load(tmp_path / "settings.json").language == "en"
    pick(dialog.pages["look"].language, "zh_CN")
    settle()
    assert dialog.windowTitle() == "设置"


def test_theme_and_size_are_in_force_at_once(dialog, look) -> None:
    page = dialog.pages["look"]
    pick(page.theme, "dark")
    assert theme.tokens().name == "dark"
    pick(page.scale, 150)
    assert theme.hub().scale == 1.5
    pick(page.scale, 100)
    assert theme.hub().scale == 1.0
    assert look.settings.theme == "dark"


def test_the_boxes_follow_the_keys_of_the_window(dialog, look) -> None:
    look.zoom(1)
    look.next_theme()
    page = dialog.pages["look"]
    assert page.scale.currentData() == 110
    assert page.theme.currentData() == "dark"


# -- the center ------------------------------------------------------------------------------------


def center(context):
    return context.session.center


def test_fields_are_saved_by_one_verb(dialog, context, keys) -> None:
    page = dialog.pages["center"]
    dialog.show_page("center")
    assert page.lines["name"].text() == "滨江支行"
    assert not page.save_button.isEnabled()
    for name, text in (("bank", "东海银行"), ("hotline", "0571-88880000")):
        page.lines[name].setFocus()
        page.lines[name].setText(text)
        page.lines[name].textEdited.emit(text)
    page.save_button.click()
    assert center(context).text("bank") == "东海银行"
    assert center(context)["hotline"] == "057188880000"
    assert not page.dirty
    assert "已保存" in context.messages.rows[0].message.what
    settle()
    assert page.lines["bank"].text() == "东海银行"


def test_outlets_are_counted_and_a_list_typed_earlier_stays_readable(dialog, context) -> None:
    page = dialog.pages["center"]
    assert "0" in page.outlets.text()
    context.session.execute(edit("center", center(context).id, outlets="营业部、江南网点"))
    context.session.execute(outlet.add(name="江南支行"))
    settle()
    assert "1" in page.outlets.text()
    assert "营业部" in page.outlets.text()
    assert page.label.text() == "甲"
    assert page.label.isReadOnly()


def test_the_ways_lead_on_and_the_settings_make_room(dialog, context) -> None:
    page, asked = dialog.pages["center"], []
    page.asked.connect(asked.append)
    dialog.show_page("center")
    dialog._context = replace(context, window=lambda: None)
    page.ways["set_up"].click()
    assert asked == ["set_up"]
    assert not dialog.isVisible()
    assert page.ways["key"].isHidden()  # the example has none
    assert not page.ways["example"].isHidden()


def test_unsaved_fields_come_before_any_way(dialog, context) -> None:
    page = dialog.pages["center"]
    dialog.show_page("center")
    page.lines["bank"].setText("东海银行")
    page.outlet_button.click()
    assert dialog.isVisible()
    assert dialog.said.text()


def test_a_zone_nobody_knows_is_refused_and_stays_in_its_field(dialog, context) -> None:
    page = dialog.pages["center"]
    page.lines["zone"].setText("Asia/Nowhere")
    assert not page.save()
    assert "Asia/Nowhere" in page.error.text()
    assert page.lines["zone"].text() == "Asia/Nowhere"
    assert center(context).text("zone") == "Asia/Shanghai"
    page.lines["zone"].setText("Asia/Urumqi")
    assert page.save()
    assert page.error.text() == ""
    assert center(context).text("zone") == "Asia/Urumqi"


@pytest.mark.parametrize("zone", ["../etc/passwd", "/etc/localtime", "Asia", "a\x00b"])
def test_a_zone_that_is_a_path_does_no_harm(dialog, context, zone) -> None:
    page = dialog.pages["center"]
    page.lines["zone"].setText(zone)
    assert not page.save()
    assert center(context).text("zone") == "Asia/Shanghai"


def test_a_center_without_a_name_is_refused(dialog, context) -> None:
    page = dialog.pages["center"]
    page.lines["name"].setText("")
    assert not page.save()
    assert center(context).text("name") == "滨江支行"


def test_unsaved_fields_are_said_before_they_are_left(dialog, context, keys) -> None:
    page = dialog.pages["center"]
    page.lines["bank"].setText("东海银行")
    keys.press(ESCAPE)
    assert dialog.isVisible()
    assert dialog.page() == "center"
    assert "没有保存" in dialog.said.text()
    keys.press(ESCAPE)
    assert not dialog.isVisible()
    assert center(context)["bank"] is None


def test_a_change_from_elsewhere_is_shown_unless_somebody_types(dialog, context) -> None:
    page = dialog.pages["center"]
    page.lines["name"].setText("改名一")
    assert page.save()
    page.lines["name"].setText("正在打")
    page._changed(type("Set", (), {"kinds": {"center"}})())
    assert page.lines["name"].text() == "正在打"


# -- search ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("字号", "look"),
        ("theme", "look"),
        ("时区", "center"),
        ("wangdian", "center"),
        ("F8", "keys"),
        ("诊断", "logs"),
        ("许可", "about"),
        ("OFL", "about"),
        ("输入法", "ime"),
    ],
)
def test_a_word_turns_to_its_page(dialog, keys, words, page) -> None:
    dialog.line.setText(words)
    dialog.line.seek()
    assert dialog.page() == page
    assert focus() is dialog.line


def test_nothing_found_is_said_and_escape_empties(dialog, keys) -> None:
    keys.text("zzqq")
    dialog.line.seek()
    assert "zzqq" in dialog.said.text()
    keys.press(ESCAPE)
    assert dialog.line.text() == ""
    assert dialog.said.text() == ""
    assert dialog.isVisible()
    keys.press(ESCAPE)
    assert not dialog.isVisible()


# -- the other pages -------------------------------------------------------------------------------


def test_keys_licences_and_the_route_are_said(dialog) -> None:
    keys = dialog.pages["keys"].words()
    assert all(i18n._(spec.text) in keys for spec in SPECS.values() if spec.keys)
    about = dialog.pages["about"].words()
    for word in ("PySide6", "LGPL", "OFL", "Tabler"):
        assert word in about
    assert dialog.ime.words.text()


def test_a_diagnostics_package_is_written(dialog, context, qtbot, tmp_path) -> None:
    page = dialog.pages["logs"]
    dialog.show_page("logs")
    assert "inquiry" in page.text.toPlainText()
    page.findChild(QWidget, "settings.logs.make").click()
    asked = dialog.findChild(DiagnosticsDialog)
    asked.target.set_path(tmp_path / "d.zip")
    with qtbot.waitSignal(asked.written):
        asked.write()
    assert zipfile.is_zipfile(tmp_path / "d.zip")
    asked.reject()


def test_every_page_is_named_and_every_control_can_be_read_aloud(dialog) -> None:
    assert [name for name, _text in TABS] == list(dialog.pages)
    assert set(ALSO) <= set(dialog.pages)
    for name in dialog.pages:
        dialog.show_page(name)
        assert dialog.page() == name
        for child in dialog.pages[name].findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
                assert child.accessibleName(), child.objectName()
