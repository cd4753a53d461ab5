"""On the real window, keys counted: a PDF in two from every panel, a check signed in three."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from bankcc import settings
from bankcc.features import resource
from bankcc.paths import Paths
from bankcc.reports.history import history
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.ui.panels.hotline_keys import ALT, ENTER, SPACE, Keys, focus
from tests.ui.small_center import USER, settle
from ui.appearance import Appearance
from ui.frame.main_window import MainWindow
from ui.panels import PANELS


@pytest.fixture
def window(qapp: QApplication, qtbot, tmp_path, clock, chance) -> Iterator[MainWindow]:
    clock.step_ms = 1000
    look = Appearance(qapp, settings.load(tmp_path / "settings.json"))
    look.start()
    session, _key = Session.create(
        Paths(tmp_path / "center"),
        name="滨江",
        passphrase=None,
        demo=True,
        clock=clock,
        chance=chance,
    )
    session.user = USER
    session.execute(resource.add(name="UPS", required=2, actual=2, check_cycle="每月"))
    made = MainWindow(session, look)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    settle()
    yield made
    made.close()
    made.deleteLater()
    settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.stop()
    look.deleteLater()


@pytest.mark.parametrize("panel", [spec.id for spec in PANELS])
def test_a_pdf_in_two_keys_from_every_panel(window, qtbot, panel) -> None:
    window.show_panel(panel)
    settle()
    keys = Keys()
    keys.press(Qt.Key.Key_9, ALT)
    keys.press(ENTER)
    qtbot.waitUntil(lambda: bool(history(window.session)), timeout=20_000)
    assert keys.count == 2
    one = history(window.session)[0]
    assert (one.report, one.number) == ("situation", 1)
    assert one.path.read_bytes().startswith(b"%PDF")
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=20_000)


def test_a_check_in_three_keys(window, qtbot) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_8, ALT)
    panel = window.panel
    qtbot.waitUntil(lambda: bool(panel.list.table.rows))
    assert focus() is panel.list
    assert window.navigation.current() == "resource"
    keys.press(SPACE)
    keys.save()
    qtbot.waitUntil(lambda: window.session.count(Query("check")) == 1)
    assert keys.count == 3
    qtbot.waitUntil(lambda: not window.jobs.running)
    keys.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.session.count(Query("check")) == 0
