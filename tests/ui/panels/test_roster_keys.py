"""From another panel of the real window: Alt+6, initials, Enter. Counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bankcc.clock import ManualClock
from bankcc.features import person
from bankcc.ids import SeededChance
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.board_window import Press, keys
from tests.ui.small_window import small_window
from ui.frame.main_window import MainWindow
from ui.panels.roster import RosterPanel

press = pytest.fixture(keys)
ALT = Qt.KeyboardModifier.AltModifier
MOST_KEYS = 5


def fill(session: Session) -> None:
    for name in ("王敏", "刘静", "欧阳明珠"):
        session.execute(person.add(name=name))


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[MainWindow]:
    with small_window(qapp, qtbot, tmp_path, clock, chance, fill) as made:
        yield made


@pytest.mark.parametrize(("initials", "name"), [("wm", "王敏"), ("oym", "欧阳明珠")])
def test_at_most_five_keys_from_the_hotline(
    window: MainWindow, press: Press, qtbot: QtBot, initials: str, name: str
) -> None:
    window.show_panel("hotline")
    press((Qt.Key.Key_6, ALT))
    panel = window.panel
    assert isinstance(panel, RosterPanel)
    # Nobody waits until the roster has been read.
    assert QApplication.focusWidget() is panel.check_in.text
    press(initials, Qt.Key.Key_Return)
    assert press.count <= MOST_KEYS
    someone = window.session.get("person", name).id
    qtbot.waitUntil(lambda: bool(window.session.linked("attendance", "person", someone)))
    turn = window.session.linked("attendance", "person", someone)
    assert [entry["status"] for entry in turn] == ["on_duty"]


def test_somebody_found_by_search_is_opened_here(window: MainWindow, qtbot: QtBot) -> None:
    someone = window.session.get("person", "刘静")
    window.open_record("person", someone.id)
    panel = window.panel
    assert isinstance(panel, RosterPanel)
    qtbot.waitUntil(lambda: panel.view.place() is not None)
    assert panel.view.place().who.name == "刘静"
    assert not panel.detail.isHidden()


def test_what_help_says_of_typing_on_a_row(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press((Qt.Key.Key_6, ALT))
    panel = window.panel
    qtbot.waitUntil(lambda: panel.rows.ready)
    press(Qt.Key.Key_Escape)
    rows, line = panel.rows.view, panel.check_in.text
    assert QApplication.focusWidget() is rows
    press("l")
    assert QApplication.focusWidget() is line
    assert line.text() == "l"
    press(Qt.Key.Key_Escape)
    assert line.text() == ""
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is rows
    press("lj", Qt.Key.Key_Return)
    someone = window.session.get("person", "刘静").id
    qtbot.waitUntil(lambda: bool(window.session.linked("attendance", "person", someone)))
    qtbot.waitUntil(lambda: rows.place().who is not None and rows.place().who.id == someone)


def test_what_help_says_of_finding_a_row(window: MainWindow, press: Press, qtbot: QtBot) -> None:
    press((Qt.Key.Key_6, ALT))
    panel = window.panel
    qtbot.waitUntil(lambda: panel.rows.ready)
    whole = panel.table.rowCount()
    press((Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), "oymz")
    qtbot.waitUntil(lambda: panel.table.rowCount() == 1)
    assert window.session.count(Query("attendance")) == 0
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.table.rowCount() == whole)
