"""The first set-up by key events: an own center with a key that is written down once, outlets, who
is at work; what is cut short goes on at the next start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n, settings
from bankcc.clock import ManualClock
from bankcc.errors import WrongPassphrase
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.small_center import settle
from ui import set_up
from ui.appearance import Appearance
from ui.dialogs.welcome import ALL, WelcomeDialog
from ui.enter_press import EnterPress

PASSPHRASE = "滨江 秋天 梧桐 三棵"
NAME = "滨江支行应急指挥中心"
TABLE = (
    "网点名称\t电话\t地址\r\n江南支行\t0571-88880001\t江南路 1 号\r\n解放路支行\t\t解放路 2 号\r\n"
)
Make = Callable[..., WelcomeDialog]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "center")


@pytest.fixture
def look(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    presses = EnterPress(qapp)
    yield made
    made.stop()
    presses.leave()
    made.deleteLater()
    presses.deleteLater()


@pytest.fixture
def make(qtbot, paths: Paths, tmp_path: Path, clock: ManualClock, look) -> Iterator[Make]:
    """Makes dialogs that are shown and, at the end, closed with their sessions."""
    shown: list[WelcomeDialog] = []

    def show(**given: object) -> WelcomeDialog:
        made = WelcomeDialog(paths, Paths(tmp_path / "demo"), clock, look, **given)
        shown.append(made)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        made.step.start()
        return made

    yield show
    for made in shown:
        made._let_go()
        if made.session is not None:
            made.session.close()
        made.hide()
        made.deleteLater()
    settle()


@pytest.fixture
def dialog(make: Make) -> WelcomeDialog:
    return make()


def press(key: Qt.Key, *, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyPress(target, key, modifier)


def enter() -> None:
    press(Qt.Key.Key_Return)


def typed(text: str) -> None:
    """Words into the field that has the focus, as an input method commits them."""
    target = QApplication.focusWidget()
    assert isinstance(target, QWidget)
    if text.isascii():
        QTest.keyClicks(target, text)
    else:
        target.insert(text)


def to_key(dialog: WelcomeDialog, qtbot) -> str:
    """Enter, and what must be filled, up to the recovery key."""
    enter()
    enter()
    for text in (NAME, "", PASSPHRASE, PASSPHRASE):
        typed(text) if text else None
        enter()
    qtbot.waitUntil(lambda: dialog.step.name == "key", timeout=20_000)
    return dialog.step.key.text()


def to_outlets(dialog: WelcomeDialog, qtbot) -> str:
    key = to_key(dialog, qtbot)
    enter()
    enter()
    typed("王敏")
    enter()
    typed("值班长")
    enter()
    assert dialog.step.name == "outlets"
    return key


def test_by_enter_alone_and_what_must_be_filled(dialog, paths, qtbot, clock) -> None:
    key = to_outlets(dialog, qtbot)
    enter()
    assert dialog.step.name == "people"
    enter()
    assert not dialog.isVisible()
    session = dialog.session
    assert session.user == "王敏 · 值班长"
    assert set_up.left(session) == ()
    session.close()
    for secret in ({"passphrase": PASSPHRASE}, {"recovery_key": key}):
        with Session.open(paths, clock=clock, **secret) as again:
            assert again.center["name"] == NAME
            assert not again.is_demo


def test_the_steps_are_counted_in_a_line(dialog, qtbot) -> None:
    assert dialog.count.text() == "①/⑦"
    to_outlets(dialog, qtbot)
    assert dialog.count.text() == "⑥/⑦"
    assert dialog.count.accessibleName() == "第 6 步，共 7 步"


def test_the_language_is_switched_under_the_dialog_and_kept(dialog, look, tmp_path) -> None:
    assert "语言" in dialog.step.findChildren(QWidget)[0].text()
    press(Qt.Key.Key_Down)
    assert i18n.language() == "en"
    assert settings.load(tmp_path / "settings.json").language == "en"
    settle()
    assert dialog.windowTitle() == "Set-up"
    enter()
    assert dialog.step.make.text() == "Make our own center"
    press(Qt.Key.Key_Escape)
    assert dialog.step.boxes["en"].isChecked()
    press(Qt.Key.Key_Up)
    settle()
    enter()
    assert "中心" in dialog.step.make.text()


# -- the key ---------------------------------------------------------------------------------------


def test_nobody_leaves_the_key_before_it_is_written_down(dialog, qtbot) -> None:
    key = to_key(dialog, qtbot)
    step = dialog.step
    assert len(key.split("-")) == 6
    press(Qt.Key.Key_Escape)
    assert dialog.step is step
    assert "抄" in dialog.error.text() or "记" in dialog.error.text()
    dialog.close()
    assert dialog.isVisible()
    assert not step.open.isEnabled()
    enter()
    assert step.open.isEnabled()
    assert dialog.step is step
    enter()
    assert dialog.step.name == "you"
    assert step.key.text() == ""


def test_a_key_held_down_does_not_run_through_the_steps(dialog, qtbot) -> None:
    to_key(dialog, qtbot)
    event = QEvent.Type.KeyPress
    target = dialog.step.written
    for _time in range(3):
        QApplication.sendEvent(
            target,
            QKeyEvent(event, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True),
        )
    assert dialog.step.name == "key"
    assert not dialog.step.written.isChecked()


def test_the_key_goes_where_it_is_sent_and_nowhere_else(dialog, paths, qtbot, tmp_path) -> None:
    key = to_key(dialog, qtbot)
    step = dialog.step
    assert dialog.steps["make"].first.text() == dialog.steps["make"].second.text() == ""
    step.copy.click()
    assert QGuiApplication.clipboard().text() == key
    target = tmp_path / "key.pdf"
    step.save_sheet(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in dialog.error.text()
    for file in (file for file in tmp_path.rglob("*") if file.is_file() and file != target):
        data = file.read_bytes()
        assert key.encode() not in data
        assert key.replace("-", "").encode() not in data


def test_a_sheet_that_cannot_be_saved_is_said(dialog, qtbot, tmp_path) -> None:
    to_key(dialog, qtbot)
    dialog.step.save_sheet(tmp_path / "none" / "key.pdf")
    assert dialog.error.text().startswith("▲")


def test_the_sheet_is_printed_without_a_file_in_between(dialog, qtbot, tmp_path) -> None:
    to_key(dialog, qtbot)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    dialog.step.print_sheet(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


# -- making ----------------------------------------------------------------------------------------


def at_make(dialog: WelcomeDialog, first: str = PASSPHRASE, second: str = PASSPHRASE):
    step = dialog.go("make")
    step.center.setText(NAME)
    step.first.setText(first)
    step.second.setText(second)
    return step


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [("short", "short", "短"), (PASSPHRASE, PASSPHRASE + "x", "不一致"), ("", "", "空")],
)
def test_an_unfit_passphrase_is_said_and_nothing_is_made(
    dialog, paths, first, second, word
) -> None:
    at_make(dialog, first, second).create.click()
    assert word in dialog.error.text()
    assert not paths.exists()
    assert dialog.isEnabled()


def test_a_name_and_a_short_name_are_needed(dialog, paths) -> None:
    step = at_make(dialog)
    step.center.clear()
    step.create.click()
    assert "名称" in dialog.error.text()
    step.center.setText("滨江")
    step.label.clear()
    step.create.click()
    assert "简称" in dialog.error.text()
    assert not paths.exists()


def test_strength_is_said_while_typing_by_shape_and_word(dialog) -> None:
    step = dialog.go("make")
    said = []
    for text in ("abc", "12345678", PASSPHRASE):
        step.first.setText(text)
        said.append(step.strength.text()[0])
    assert said == ["▲", "◆", "✓"]


def test_a_folder_that_refuses_is_said_and_can_be_tried_again(dialog, paths, qtbot) -> None:
    paths.root.write_text("a file, not a folder", encoding="utf-8")
    at_make(dialog).create.click()
    qtbot.waitUntil(dialog.isEnabled, timeout=20_000)
    assert dialog.error.text().startswith("▲")
    assert dialog.session is None
    assert dialog.step.name == "make"


def test_escape_goes_back_and_keeps_what_was_typed(dialog, paths) -> None:
    enter()
    enter()
    typed(NAME)
    press(Qt.Key.Key_Escape)
    assert dialog.step.name == "choose"
    enter()
    assert dialog.step.center.text() == NAME
    for _step in range(3):
        press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.session is None
    assert not paths.exists()


def test_the_example_opens_without_a_passphrase(dialog, qtbot, tmp_path) -> None:
    enter()
    press(Qt.Key.Key_Tab)
    enter()
    qtbot.waitUntil(lambda: dialog.session is not None, timeout=60_000)
    assert dialog.session.is_demo
    assert dialog.session.count(Query("inquiry")) > 100
    assert dialog.session.paths.root == tmp_path / "demo"
    assert not dialog.isVisible()


# -- outlets, people, you --------------------------------------------------------------------------


def test_outlets_are_pasted_by_their_headings_and_stored_once(dialog, qtbot) -> None:
    to_outlets(dialog, qtbot)
    typed("东海银行")
    dialog.step.table.setFocus()
    QGuiApplication.clipboard().setText(TABLE)
    press(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    assert dialog.step.model.rowCount() == 3
    enter()  # the row below the last one is empty: Enter goes on
    assert dialog.step.name == "people"
    session = dialog.session
    found = session.find(Query("outlet", order="row"))
    assert [record["name"] for record in found] == ["江南支行", "解放路支行"]
    assert [record["phone"] for record in found] == ["057188880001", None]
    assert found[0].created_by == "王敏 · 值班长"
    assert session.center.text("bank") == "东海银行"
    dialog.step.back_button.click()
    QGuiApplication.clipboard().setText(TABLE)
    dialog.step.table.setFocus()
    press(Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    dialog.step.forward.click()
    assert session.count(Query("outlet")) == 2


def test_a_bad_cell_is_named_and_nothing_is_stored(dialog, qtbot) -> None:
    to_outlets(dialog, qtbot)
    dialog.step.model.paste("江南支行\t江南路\t12\n解放路支行\t\t", 0, 0)
    dialog.step.forward.click()
    assert dialog.step.name == "outlets"
    assert "第 1 行" in dialog.error.text()
    assert "电话" in dialog.error.text()
    assert dialog.step.table.currentIndex().column() == 2
    assert dialog.session.count(Query("outlet")) == 0


def test_typed_outlets_are_not_thrown_away_by_one_escape(dialog, qtbot) -> None:
    to_outlets(dialog, qtbot)
    dialog.step.table.setFocus()
    QTest.keyClicks(dialog.step.table, "J")
    QTest.keyClicks(QApplication.focusWidget(), "iangnan")
    enter()
    settle()
    assert dialog.step.model.filled == [["Jiangnan", "", ""]]
    press(Qt.Key.Key_Escape)
    assert dialog.step.name == "outlets"
    assert "没有保存" in dialog.error.text()
    press(Qt.Key.Key_Escape)
    assert dialog.step.name == "people"
    assert dialog.session.count(Query("outlet")) == 0


def test_each_later_step_is_skipped_by_one_key(dialog, qtbot) -> None:
    to_key(dialog, qtbot)
    enter()
    enter()
    for step in ("you", "outlets", "people"):
        assert dialog.step.name == step
        press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.session.user == "电脑甲"
    assert set_up.left(dialog.session) == ()


def test_people_are_imported_and_counted(dialog, qtbot, tmp_path) -> None:
    to_outlets(dialog, qtbot)
    enter()
    step = dialog.step
    file = tmp_path / "people.csv"
    file.write_text("姓名,手机\n王敏,13900000001\n李雷,13900000002\n", encoding="utf-8-sig")
    opened = step._import("person", file)
    qtbot.waitUntil(lambda: opened.plan is not None, timeout=20_000)
    opened.import_rows()
    qtbot.waitUntil(lambda: opened.report is not None, timeout=20_000)
    opened.reject()
    settle()
    assert step.counts["person"].text() == "已有 2 条"
    assert dialog.focusWidget() is step.forward


# -- cut short -------------------------------------------------------------------------------------


def cut(dialog: WelcomeDialog, paths: Paths, clock: ManualClock) -> Session:
    """The program ends here; the next start opens the center with its passphrase."""
    dialog._let_go()
    dialog.session.close()
    dialog.session = None
    return Session.open(paths, passphrase=PASSPHRASE, clock=clock)


def go_on(make: Make, session: Session) -> WelcomeDialog:
    steps = tuple(name for name in ALL if name in (*set_up.left(session), "you"))
    return make(session=session, steps=steps)


def test_cut_short_at_the_key_a_new_one_is_made(make, dialog, paths, qtbot, clock) -> None:
    old = to_key(dialog, qtbot)
    session = cut(dialog, paths, clock)
    assert set_up.left(session) == ("key", "outlets", "people")
    again = go_on(make, session)
    assert again.count.text() == "①/④"
    typed("wrong one")
    enter()
    qtbot.waitUntil(again.isEnabled, timeout=20_000)
    assert again.error.text().startswith("▲")
    again.step.passphrase.clear()
    typed(PASSPHRASE)
    enter()
    qtbot.waitUntil(lambda: bool(again.step.key.text()), timeout=20_000)
    new = again.step.key.text()
    assert new != old
    enter()
    enter()
    assert again.step.name == "you"
    again.session.close()
    with pytest.raises(WrongPassphrase):
        Session.open(paths, recovery_key=old, clock=clock)
    Session.open(paths, recovery_key=new, clock=clock).close()


def test_cut_short_later_only_the_rest_is_asked(make, dialog, paths, qtbot, clock) -> None:
    to_outlets(dialog, qtbot)
    enter()
    session = cut(dialog, paths, clock)
    again = go_on(make, session)
    assert again.order == ("you", "people")
    assert again.step.person.text() == "王敏"
    enter()
    assert again.step.name == "people"
    enter()
    assert set_up.left(session) == ()


def test_the_cross_ends_it_and_keeps_what_is_left(dialog, qtbot) -> None:
    to_outlets(dialog, qtbot)
    dialog.close()
    assert not dialog.isVisible()
    assert dialog.result() == dialog.DialogCode.Rejected
    assert set_up.left(dialog.session) == ("outlets", "people")


@pytest.mark.parametrize("name", ALL)
def test_everything_has_a_name_and_tab_comes_round(dialog, qtbot, name) -> None:
    to_outlets(dialog, qtbot)
    dialog.go(name)
    if name == "key":
        dialog.step.show_key(dialog.session, "AAAAA-BBBBB")
        dialog.step.start()
    step = dialog.step
    stops = [
        each
        for each in step.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
    ]
    unnamed = [each.objectName() for each in stops if not each.accessibleName()]
    assert [name for name in unnamed if name and not name.startswith("qt_")] == []
    first = QApplication.focusWidget()
    for _stop in range(len(stops) + 3):
        press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return
    raise AssertionError("Tab does not come round")
