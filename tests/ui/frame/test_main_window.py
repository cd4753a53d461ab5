"""The frame: keys from anywhere, live language and theme, undo, what is remembered, a clean end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n, settings
from bankcc.clock import ManualClock
from bankcc.errors import StorageError, UserError
from bankcc.features import incident
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import CONTROL, Keys, focus
from tests.ui.small_center import USER, new_session, settle
from tests.ui.small_window import appearance, end, show
from ui import actions, theme
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.frame.panel_stack import QUIET_MS
from ui.panels import PANELS
from ui.reports.dialog import SituationDialog

NUMBER = "13800138000"


@pytest.fixture
def paths(tmp_path: Path, clock: ManualClock, chance: SeededChance) -> Paths:
    with new_session(tmp_path / "center", clock, chance) as session:
        return session.paths


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    with appearance(qapp, tmp_path) as made:
        yield made


@pytest.fixture
def opened(look: Appearance) -> Iterator[list[MainWindow]]:
    """The windows that were opened, the last one last."""
    made: list[MainWindow] = []
    yield made
    end(*made)


@pytest.fixture
def open_window(qtbot, opened, look, paths, clock):
    def open_one() -> MainWindow:
        session = Session.open(paths, clock=clock)
        session.user = USER
        opened.append(MainWindow(session, look))
        return show(opened[-1], qtbot)

    return open_one


@pytest.fixture
def window(open_window) -> MainWindow:
    return open_window()


def log_a_call(keys: Keys) -> None:
    keys.press(Qt.Key.Key_F2)
    keys.text(NUMBER + "2")
    keys.save()


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_fourteen_keys_from_any_panel(window, keys, panel) -> None:
    window.show_panel(panel)
    settle()
    log_a_call(keys)
    assert keys.count == 14
    assert window.session.count(Query("inquiry")) == 1
    assert focus().objectName() == "hotline.phone"


@pytest.mark.parametrize("spec", [spec for spec in PANELS if spec.go], ids=lambda spec: spec.id)
def test_alt_and_a_digit_go_to_a_panel(window, spec) -> None:
    window.actions_made[spec.go].trigger()
    assert window.navigation.current() == spec.id
    assert window.panel is window.show_panel(spec.id)


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_ctrl_p_opens_the_situation_report_once_from_every_panel(window, keys, panel) -> None:
    window.show_panel(panel)
    settle()
    keys.press(Qt.Key.Key_P, CONTROL)
    settle()
    (dialog,) = window.findChildren(SituationDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_ctrl_p_opens_the_situation_report_from_the_navigation(window, keys) -> None:
    window.navigation.setFocus()
    keys.press(Qt.Key.Key_P, CONTROL)
    (dialog,) = window.findChildren(SituationDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_undo_and_redo_from_the_empty_phone_field(window, keys) -> None:
    log_a_call(keys)
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert window.session.count(Query("inquiry")) == 0
    keys.press(Qt.Key.Key_Y, CONTROL)
    assert window.session.count(Query("inquiry")) == 1


def test_undo_while_a_number_is_typed_takes_no_call_back(window, keys) -> None:
    log_a_call(keys)
    keys.text("139")
    keys.press(Qt.Key.Key_Z, CONTROL)
    assert window.session.count(Query("inquiry")) == 1


def test_the_banner_shows_the_incident_in_force(window, qtbot) -> None:
    banner = window.header.incident
    assert "没有" in banner.title.text() or banner.chip.word == ""
    window.session.execute(incident.open_incident(name="旧事件"))
    window.session.execute(incident.open_incident(name="停电停业"))
    window.session.execute(incident.activate("停电停业", level="II", decided_by="张行长"))
    qtbot.waitUntil(lambda: "停电停业" in banner.title.text())
    assert banner.chip.text().startswith("▲")
    assert "Ⅱ" in banner.chip.word


def test_an_example_is_marked(window) -> None:
    assert window.header.demo.word == "示例"
    assert window.header.demo.isVisible()


def test_language_switches_at_once_and_is_kept(window, look, tmp_path) -> None:
    window.show_panel("hotline")
    window.actions_made[ActionId.LANGUAGE].trigger()
    settle()
    assert i18n.language() == "en"
    assert window.header.demo.word == "Example"
    assert window.panel.entry.title.text() == "New call"
    assert window.actions_made[ActionId.NEW_CALL].text() == "New call"
    assert "F2" in window.status.hints.text()
    assert window.navigation.model().index(0, 0).data() == "Situation"
    look.settle()
    assert settings.load(tmp_path / "settings.json").language == "en"
    window.actions_made[ActionId.LANGUAGE].trigger()
    settle()
    assert window.header.demo.word == "示例"


def test_the_last_change_is_said_in_the_language_in_force(window, keys, qtbot) -> None:
    log_a_call(keys)
    last = window.status.last
    qtbot.waitUntil(lambda: last.text().startswith("最近变更："))
    number = last.text().removeprefix("最近变更：")
    window.actions_made[ActionId.LANGUAGE].trigger()
    settle()
    assert last.text() == f"Last change: {number}"
    window.actions_made[ActionId.LANGUAGE].trigger()
    settle()
    assert last.text() == f"最近变更：{number}"


def test_theme_and_font_scale_switch_at_once_and_are_kept(window, look, tmp_path) -> None:
    window.actions_made[ActionId.THEME].trigger()
    assert theme.tokens().name == "dark"
    for _step in range(12):
        window.actions_made[ActionId.ZOOM_IN].trigger()
    assert theme.hub().scale == 2.0
    window.actions_made[ActionId.ZOOM_OUT].trigger()
    look.settle()
    kept = settings.load(tmp_path / "settings.json")
    assert (kept.theme, kept.font_scale) == ("dark", 190)
    window.actions_made[ActionId.ZOOM_RESET].trigger()
    assert theme.hub().scale == 1.0


def test_a_setting_that_cannot_be_kept_is_said_and_holds(window, look, monkeypatch) -> None:
    def refuse(_settings: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.Settings, "save", refuse)
    window.actions_made[ActionId.THEME].trigger()
    assert theme.tokens().name == "dark"
    look.settle()
    settle()
    assert "No space" in window.messages.rows[0].message.what


def test_no_key_is_reserved_or_used_twice(window) -> None:
    for spec in PANELS:
        window.show_panel(spec.id)
    here = Qt.ShortcutContext.WindowShortcut
    owned = [action for action in window.actions() if action.shortcutContext() == here]
    for spec in PANELS:
        panel = window.show_panel(spec.id)
        local = [panel, *panel.findChildren(QWidget)]
        mine = [action for widget in local for action in widget.actions() if action not in owned]
        pairs = [
            (action.objectName(), key.toString())
            for action in {id(action): action for action in [*owned, *mine]}.values()
            for key in action.shortcuts()
        ]
        pairs += [
            (short.objectName(), short.key().toString()) for short in panel.findChildren(QShortcut)
        ]
        # Ctrl+Enter is one key on two places of the keyboard.
        assert actions.key_faults(pair for pair in pairs if pair[1] != "Ctrl+Enter") == []


def test_place_and_panel_are_remembered(open_window, opened) -> None:
    first = open_window()
    first.resize(1024, 701)  # the width of the screen of these tests allows no more
    last = PANELS[-1].id
    first.show_panel(last)
    first.close()
    second = open_window()
    assert second.height() == 701
    assert second.navigation.current() == last


def test_closing_ends_the_session_and_keeps_what_was_typed(open_window, keys, paths, clock) -> None:
    first = open_window()
    keys.press(Qt.Key.Key_F2)
    keys.text("139")
    first.close()
    assert not first.session.can_write
    with Session.open(paths, clock=clock) as session:  # the lock is free
        (draft,) = session.local.drafts("call/")
        assert draft.body["phone"] == "139"
    second = open_window()
    assert second.panel.entry.draft.is_blank
    assert [draft.phone for draft in second.panel.entry.parked.drafts] == ["139"]
    assert "1" in second.messages.rows[0].message.what


def test_a_language_on_its_way_when_the_window_closes_does_no_harm(window, qtbot, look) -> None:
    for spec in PANELS:
        window.show_panel(spec.id)
    settle()
    look.set_language("en")
    window.close()
    qtbot.wait(len(PANELS) * 3 * QUIET_MS)  # nothing is read from a closed center


def test_a_change_on_its_way_when_the_window_closes_does_no_harm(window, keys) -> None:
    log_a_call(keys)
    window.close()
    settle()


def test_a_defect_shows_the_crash_dialog_and_the_program_goes_on(window, keys, caplog) -> None:
    error = ValueError("number 13800138000")
    window.crashes.hook(ValueError, error, None)
    settle()
    dialog = window.crashes.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert NUMBER not in dialog.details.toPlainText() + caplog.text
    window.crashes.hook(ValueError, error, None)  # one at a time
    settle()
    assert window.crashes.dialog is dialog
    dialog.accept()
    assert window.crashes.dialog is None
    window.activateWindow()
    settle()
    log_a_call(keys)
    assert window.session.count(Query("inquiry")) == 1


def test_what_is_for_the_person_goes_to_the_message_bar(window) -> None:
    error = StorageError("磁盘已满。", safe="以前的都在。")
    window.crashes.hook(StorageError, error, None)
    settle()
    assert window.crashes.dialog is None
    assert window.messages.rows[0].message.what == "磁盘已满。"


def test_ctrl_f_goes_to_the_filter_of_the_panel(window, keys) -> None:
    window.show_panel("hotline")
    keys.press(Qt.Key.Key_F, CONTROL)
    assert focus().objectName() == "hotline.filter"


def test_messages_do_not_move_the_field_that_is_typed_in(window, keys) -> None:
    phone = window.show_panel("hotline").entry.fields.phone
    before = phone.mapTo(window, phone.rect().topLeft())
    log_a_call(keys)
    settle()
    assert window.messages.rows
    assert phone.mapTo(window, phone.rect().topLeft()) == before
    assert focus() is phone


def test_a_record_is_opened_in_its_panel(window, keys) -> None:
    log_a_call(keys)
    call = window.session.find(Query("inquiry"))[0]
    window.context.open_record("inquiry", call.id)
    assert window.panel.detail.call.id == call.id
    window.context.open_record("center", "nobody shows these")


def test_every_action_has_words_and_says_its_key(window) -> None:
    for action in window.actions():
        assert isinstance(action, QAction)
        assert action.text()
        if action.shortcuts():
            key = actions.key_text([action.shortcuts()[0].toString()])
            assert key in action.toolTip()


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget: its accessible name, or what stands on it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_whatever_the_focus_reaches_has_a_name_to_be_spoken(window, panel) -> None:
    window.show_panel(panel)
    settle()
    unnamed = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not spoken(widget)
        and not widget.objectName().startswith("qt_")
    ]
    assert unnamed == []


def test_read_only_is_said(qtbot, opened, look, paths, clock) -> None:
    session = Session.open(paths, clock=clock, write=False)
    window = MainWindow(session, look)
    opened.append(window)
    window.show()
    assert window.header.read_only.word == "只读"
    with pytest.raises(UserError):
        session.execute(incident.open_incident(name="x"))
    window.show_panel("hotline")
    window.panel.entry.fields.phone.setText(NUMBER)
    window.panel.entry.fields.category.choose_number(1)
    window.panel.entry.save()
    assert window.panel.entry.draft.phone == NUMBER
    assert window.messages.rows


def test_the_keys_named_below_are_those_of_what_a_panel_has_opened(window, monkeypatch) -> None:
    panel = window.show_panel("hotline")
    monkeypatch.setattr(panel, "key_hints", lambda: "Esc")
    assert window.status.hints.text() != "Esc"
    panel.entry.fields.note.setFocus()
    settle()
    assert window.status.hints.text() == "Esc"
