"""The roster as it is seen: why there is nothing, both languages, large text, names for readers,
the forms beside it, files in and out.
"""

import re
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bankcc import demo
from bankcc.errors import StorageError
from bankcc.features import attendance, person
from bankcc.i18n import set_language
from bankcc.session import Session
from tests.ui.board_window import CTRL, Press, keys
from tests.ui.roster_window import (
    SIZE,
    fill_roster,
    go,
    place,
    roster_panel,
    shown_roster,
    shown_state,
    status,
    titles,
)
from tests.ui.small_center import settle
from ui import actions, theme
from ui.context import UiContext
from ui.panels.roster import RosterPanel
from ui.widgets.state_view import State

press = pytest.fixture(keys)
fill = pytest.fixture(fill_roster)
panel = pytest.fixture(roster_panel)

HAN = re.compile(r"[\u4e00-\u9fff]")
NONE = Qt.KeyboardModifier.NoModifier


# -- why there is nothing ------------------------------------------------------------------------


def test_nobody_yet(context: UiContext, qtbot: QtBot) -> None:
    panel = shown_roster(context, qtbot)
    assert shown_state(panel) is State.EMPTY
    assert "通讯录" in panel.rows.state.hint.text()
    assert panel.rows.state.button.isEnabled()
    assert panel.check_in.isHidden()
    assert QApplication.focusWidget() is panel.rows.state.button
    with qtbot.waitSignal(panel.feed.arrived):
        context.session.execute(person.add(name="王敏"))
    assert shown_state(panel) is None
    assert not panel.check_in.isHidden()


def test_nobody_fits_the_filter(panel: RosterPanel, press: Press) -> None:
    panel.focus_filter()
    press("zzz")
    panel.head.text.seek()
    assert shown_state(panel) is State.FILTERED
    panel.rows.state.button.click()
    assert shown_state(panel) is None
    assert panel.head.text.text() == ""


def test_what_cannot_be_read_can_be_tried_again(
    context: UiContext, qtbot: QtBot, fill: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: object, _query: object) -> None:
        raise StorageError("磁盘读不出来", safe="数据没有改动。")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "find", broken)
        panel = shown_roster(context, qtbot)
        assert shown_state(panel) is State.ERROR
        assert "磁盘读不出来" in panel.rows.state.text.text()
    with qtbot.waitSignal(panel.feed.arrived):
        panel.rows.state.button.click()
    assert shown_state(panel) is None


def test_a_reader_changes_nothing(
    context: UiContext, qtbot: QtBot, fill: None, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Session, "can_write", property(lambda _self: False))
    panel = shown_roster(context, qtbot)
    assert panel.band.isVisible()
    assert panel.check_in.isHidden()
    assert QApplication.focusWidget() is panel.view
    go(panel, "现金调拨")
    press(Qt.Key.Key_Space, (Qt.Key.Key_B, CTRL), (Qt.Key.Key_M, CTRL), Qt.Key.Key_Menu)
    panel.add_new()
    assert place(panel, "现金调拨").who.name == "蒋小川"
    assert status(panel, "蒋小川") == ""
    assert panel.picker.isHidden()
    assert panel.detail.isHidden()
    assert not panel.acceptDrops()
    offered = {act.text(): act.isEnabled() for act in panel.head.more.menu().actions()}
    assert list(offered.values()) == [False, True]  # nothing comes in, the list may go out


def test_a_refused_check_in_is_said_and_nothing_is_lost(
    panel: RosterPanel, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: object, _verb: object) -> None:
        raise StorageError("磁盘已满", safe="没有写入。")

    monkeypatch.setattr(Session, "execute", full)
    press("lj", Qt.Key.Key_Return)
    assert panel.check_in.answer.text() == "▲ 磁盘已满"
    assert "磁盘已满" in panel.context.messages.rows[0].message.text


# -- languages, sizes, readers -------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_cut_off(
    panel: RosterPanel, qapp: QApplication, qtbot: QtBot, language: str, scale: float
) -> None:
    set_language(language)
    theme.apply(qapp, "dark", scale)
    with qtbot.waitSignal(panel.feed.arrived):
        panel.feed.reload()
    panel.retranslate()
    panel.head.retranslate()
    panel.resize(*SIZE)
    qtbot.wait(10)
    assert panel.width() == SIZE[0]
    assert panel.height() == SIZE[1]
    for widget in panel.findChildren(QPushButton):
        if widget.isVisible():
            assert widget.width() >= widget.sizeHint().width(), widget.objectName()
            assert widget.height() >= widget.sizeHint().height(), widget.objectName()
            corner = widget.mapTo(panel, widget.rect().bottomRight())
            assert panel.rect().contains(corner), widget.objectName()
    header = panel.view.horizontalHeader()
    assert header.length() <= panel.view.viewport().width() + 1
    assert panel.view.rowAt(theme.px(140)) >= 3  # at least four rows are seen


def test_the_words_follow_the_language_at_once(panel: RosterPanel, qtbot: QtBot) -> None:
    set_language("en")
    with qtbot.waitSignal(panel.feed.arrived):
        QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
    for button in panel.findChildren(QAbstractButton):
        assert not HAN.search(button.text()), button.objectName()
    heads = [panel.table.headerData(at, Qt.Orientation.Horizontal) for at in range(9)]
    assert not HAN.search("".join(heads))
    assert panel.head.counts.text() == "▲ 0/5 filled"
    assert "on duty now" in panel.strip.heading.text()
    assert "vacant" in panel.side.lines.stringList()[0]


def test_every_stop_of_the_tab_key_has_a_name(panel: RosterPanel, press: Press) -> None:
    panel.start()
    seen: list[QWidget] = []
    for _step in range(40):
        here = QApplication.focusWidget()
        if here in seen:
            break
        seen.append(here)
        assert here.accessibleName(), here.objectName()
        assert panel.isAncestorOf(here)
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is seen[0]  # the round closes
    names = [widget.objectName() for widget in seen]
    assert names[:7] == [
        "roster.check_in",
        "roster.search",
        "roster.kiosk",
        "roster.groups",
        "roster.faults",
        "roster.table",
        "roster.shift.words",
    ]
    assert names[-2:] == ["roster.poster", "roster.more"]


def test_the_keys_are_free(panel: RosterPanel) -> None:
    made = [a for a in panel.actions() if not a.shortcut().isEmpty()]
    faults = actions.key_faults((a.objectName(), a.shortcut().toString()) for a in made)
    assert faults == []
    assert {a.shortcut().toString() for a in made} == {"Ctrl+M", "Ctrl+I", "Ctrl+B"}
    assert all(a.toolTip() for a in made)


def test_no_full_number_is_seen_or_copied(panel: RosterPanel, press: Press) -> None:
    panel.view.setFocus()
    panel.view.selectAll()
    press((Qt.Key.Key_C, CTRL))
    text = QApplication.clipboard().text()
    assert text.splitlines()[0].startswith("岗位\t主岗")
    assert "139****1012" in text
    assert not re.search(r"\d{11}", text)
    assert "<table>" in QApplication.clipboard().mimeData().html()
    shown = "".join(widget.text() for widget in panel.findChildren(QLineEdit))
    assert not re.search(r"\d{11}", shown)


def test_the_strip_has_a_twin_in_words(panel: RosterPanel, qtbot: QtBot, press: Press) -> None:
    with qtbot.waitSignal(panel.feed.arrived):
        press("lj", Qt.Key.Key_Return)
    assert "应到 5 人" in panel.strip.picture.accessibleDescription()
    panel.strip.button.click()
    assert panel.strip.words.isVisible()
    assert panel.strip.words.text() == panel.strip.picture.accessibleDescription()
    assert not panel.strip.picture.isVisible()


def test_the_badge_counts_posts_nobody_comes_to(panel: RosterPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.waiting_changed) as told:
        panel.session.execute(attendance.check_in("王敏"))
    assert told.args == [4]


# -- the forms beside it -------------------------------------------------------------------------


def test_ctrl_i_shows_the_post_then_the_person(panel: RosterPanel, press: Press) -> None:
    go(panel, "热线坐席3")
    press((Qt.Key.Key_I, CTRL))
    form = panel.detail._form()
    assert form.record["title"] == "热线坐席3"
    panel.detail.buttons["person"].click()
    assert panel.detail._form().record["name"] == "刘静"
    go(panel, "现金调拨")
    assert panel.detail._form().record["name"] == "蒋小川"
    press((Qt.Key.Key_I, CTRL))
    assert panel.detail.isHidden()
    assert QApplication.focusWidget() is panel.view


def test_a_record_is_opened_wherever_it_is(panel: RosterPanel) -> None:
    panel.side.choose("紧急业务组")
    panel.open_record("person", panel.session.get("person", "刘静").id)
    assert panel.view.place().title == "热线坐席3"
    assert panel.detail.kind == "person"
    panel.open_record("post", panel.session.get("post", "现金调拨").id)
    assert panel.detail._form().record["title"] == "现金调拨"


def test_a_new_person_is_entered_beside_the_roster(
    panel: RosterPanel, press: Press, qtbot: QtBot
) -> None:
    panel.add_new()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("新来")
    editor.textEdited.emit("新来")
    with qtbot.waitSignal(panel.feed.arrived):
        press((Qt.Key.Key_S, CTRL))
    assert "新来" in titles(panel)


# -- files ---------------------------------------------------------------------------------------


def test_a_dropped_contact_list_is_brought_in(
    panel: RosterPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Path | None] = []
    monkeypatch.setattr(panel.files, "bring_in", lambda path=None: given.append(path))

    def dropped(name: str) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(f"/x/{name}")])
        button, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        enter = QDragEnterEvent(panel.rect().center(), action, data, button, NONE)
        QApplication.sendEvent(panel, enter)
        assert enter.isAccepted() == (name != "照片.png")
        QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), action, data, button, NONE))
        settle()

    dropped("照片.png")
    dropped("应急通讯录.xlsx")
    assert given == [Path("/x/应急通讯录.xlsx")]


def test_the_poster_is_written_in_the_background(
    panel: RosterPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = panel.files.poster()
    dialog.target.set_path(tmp_path / "图.pdf")
    with qtbot.waitSignal(dialog.written, timeout=20_000):
        dialog.write_button.click()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "图.pdf").pages)
    assert "热线坐席1" in text
    assert "5 个岗位" in dialog.result.text()
    dialog.reject()


def test_the_example_fits(context: UiContext, qtbot: QtBot) -> None:
    demo.play(context.session, context.session.clock)
    panel = shown_roster(context, qtbot)
    assert len(titles(panel)) == 41  # 32 posts, 8 without one, one who is relieved
    assert panel.head.counts.text() == "▲ 在岗 30/32"
    assert panel.side.tree_model.rowCount() == 9
