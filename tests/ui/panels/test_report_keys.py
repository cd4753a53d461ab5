"""On the real window, keys counted: a PDF in two from every panel, a check signed in three."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from bankcc.features import resource
from bankcc.reports.history import history
from bankcc.schema.query import Query
from tests.ui.panels.hotline_keys import ALT, ENTER, SPACE, Keys, focus
from tests.ui.small_center import settle
from tests.ui.small_window import small_window
from ui.frame.main_window import MainWindow
from ui.panels import PANELS


@pytest.fixture
def window(qapp: QApplication, qtbot, tmp_path, clock, chance) -> Iterator[MainWindow]:
    clock.step_ms = 1000
    add = resource.add(name="UPS", required=2, actual=2, check_cycle="每月")
    with small_window(qapp, qtbot, tmp_path, clock, chance, lambda one: one.execute(add)) as made:
        yield made


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
    if panel == "report":  # another language: only the name of the file is said on
        shown = window.panel.result
        assert shown.text() != f"✓ {one.path.name}"
        QApplication.sendEvent(window.panel, QEvent(QEvent.Type.LanguageChange))
        assert shown.text() == f"✓ {one.path.name}"


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
