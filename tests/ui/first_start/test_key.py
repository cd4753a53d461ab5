"""The recovery key is written down once; what is cut short goes on at the next start."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from bankcc.clock import ManualClock
from bankcc.errors import WrongPassphrase
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.dialogs.set_up_keys import PASSPHRASE, enter, press, to_key, to_outlets, typed
from ui.first_start import set_up
from ui.first_start.dialog import ALL, WelcomeDialog

Make = Callable[..., WelcomeDialog]


def test_nobody_leaves_the_key_before_it_is_written_down(wizard, qtbot) -> None:
    key = to_key(wizard, qtbot)
    step = wizard.step
    assert len(key.split("-")) == 6
    press(Qt.Key.Key_Escape)
    assert wizard.step is step
    assert "抄" in wizard.error.text() or "记" in wizard.error.text()
    wizard.close()
    assert wizard.isVisible()
    assert not step.open.isEnabled()
    enter()
    assert step.open.isEnabled()
    assert step.written.hasFocus()
    enter()
    assert wizard.step is step  # two in a row do not pass the key
    enter()
    assert wizard.step.name == "you"
    assert step.key.text() == ""


def test_a_key_held_down_does_not_run_through_the_steps(wizard, qtbot) -> None:
    to_key(wizard, qtbot)
    event = QEvent.Type.KeyPress
    target = wizard.step.written
    for _time in range(3):
        QApplication.sendEvent(
            target,
            QKeyEvent(event, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True),
        )
    assert wizard.step.name == "key"
    assert not wizard.step.written.isChecked()


def test_the_key_goes_where_it_is_sent_and_nowhere_else(
    wizard, center_paths, qtbot, tmp_path
) -> None:
    key = to_key(wizard, qtbot)
    step = wizard.step
    assert wizard.steps["make"].first.text() == wizard.steps["make"].second.text() == ""
    step.copy.click()
    assert QGuiApplication.clipboard().text() == key
    target = tmp_path / "key.pdf"
    step.save_sheet(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert str(target) in wizard.error.text()
    for file in (file for file in tmp_path.rglob("*") if file.is_file() and file != target):
        data = file.read_bytes()
        assert key.encode() not in data
        assert key.replace("-", "").encode() not in data


def test_a_sheet_that_cannot_be_saved_is_said(wizard, qtbot, tmp_path) -> None:
    to_key(wizard, qtbot)
    wizard.step.save_sheet(tmp_path / "none" / "key.pdf")
    assert wizard.error.text().startswith("▲")


def test_the_sheet_is_printed_without_a_file_in_between(wizard, qtbot, tmp_path) -> None:
    to_key(wizard, qtbot)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    wizard.step.print_sheet(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


def cut(wizard: WelcomeDialog, paths: Paths, clock: ManualClock) -> Session:
    """The program ends here; the next start opens the center with its passphrase."""
    wizard._let_go()
    wizard.session.close()
    wizard.session = None
    return Session.open(paths, passphrase=PASSPHRASE, clock=clock)


def go_on(make_wizard: Make, session: Session) -> WelcomeDialog:
    steps = tuple(name for name in ALL if name in (*set_up.left(session), "you"))
    return make_wizard(session=session, steps=steps)


def test_cut_short_at_the_key_a_new_one_is_made(
    make_wizard, wizard, center_paths, qtbot, clock
) -> None:
    old = to_key(wizard, qtbot)
    session = cut(wizard, center_paths, clock)
    assert set_up.left(session) == ("key", "outlets", "people")
    again = go_on(make_wizard, session)
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
    for _tick_go_and_press in range(3):
        enter()
    assert again.step.name == "you"
    again.session.close()
    with pytest.raises(WrongPassphrase):
        Session.open(center_paths, recovery_key=old, clock=clock)
    Session.open(center_paths, recovery_key=new, clock=clock).close()


def test_cut_short_later_only_the_rest_is_asked(
    make_wizard, wizard, center_paths, qtbot, clock
) -> None:
    to_outlets(wizard, qtbot)
    enter()
    session = cut(wizard, center_paths, clock)
    again = go_on(make_wizard, session)
    assert again.order == ("you", "people")
    assert again.step.person.text() == "王敏"
    enter()
    assert again.step.name == "people"
    enter()
    assert set_up.left(session) == ()


def test_the_cross_ends_it_and_keeps_what_is_left(wizard, qtbot) -> None:
    to_outlets(wizard, qtbot)
    wizard.close()
    assert not wizard.isVisible()
    assert wizard.result() == wizard.DialogCode.Rejected
    assert set_up.left(wizard.session) == ("outlets", "people")
