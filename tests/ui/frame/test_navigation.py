"""The navigation shows panels, keys and badges, speaks them, and asks the window to switch."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from ui import theme
from ui.frame.navigation import Navigation, NavItem

ITEMS = (
    NavItem("situation", "Situation", "layout-dashboard", "Alt+1"),
    NavItem("hotline", "Hotline", "headset", "Alt+2"),
    NavItem("task", "Tasks", "layout-kanban", "Alt+4"),
)
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def nav(qtbot) -> Navigation:
    made = Navigation(ITEMS)
    made.resize(150, 400)
    qtbot.addWidget(made)
    made.show()
    return made


def spoken(nav: Navigation) -> list[str]:
    return [nav.model().index(row, 0).data(SPOKEN) for row in range(len(ITEMS))]


def test_words_keys_and_badges_are_spoken(nav) -> None:
    nav.set_badge("task", 7)
    assert spoken(nav) == ["态势, Alt+1", "热线, Alt+2", "任务, 7 项待处理, Alt+4"]
    assert nav.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == "热线 (Alt+2)"
    nav.set_badge("task", 0)
    assert spoken(nav)[2] == "任务, Alt+4"
    assert nav.accessibleName() == "面板"


def test_keys_move_and_enter_chooses(qtbot, nav) -> None:
    nav.set_current("situation")
    QTest.keyClick(nav, Qt.Key.Key_Down)
    assert nav.current() == "situation"
    with qtbot.waitSignal(nav.chosen) as chosen:
        QTest.keyClick(nav, Qt.Key.Key_Return)
    assert chosen.args == ["hotline"]
    assert nav.current() == "situation", "the window decides"


def test_click_chooses(qtbot, nav) -> None:
    spot = nav.visualRect(nav.model().index(2, 0)).center()
    with qtbot.waitSignal(nav.chosen) as chosen:
        QTest.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert chosen.args == ["task"]


def test_set_current_is_silent_and_checks(qtbot, nav) -> None:
    with qtbot.assertNotEmitted(nav.chosen):
        nav.set_current("hotline")
    assert nav.current() == "hotline"
    with pytest.raises(KeyError):
        nav.set_current("nowhere")
    with pytest.raises(KeyError):
        nav.set_badge("nowhere", 1)


def test_letters_do_nothing(qtbot, nav) -> None:
    nav.set_current("situation")
    QTest.keyClicks(nav, "task")
    assert nav.currentIndex().row() == 0


def test_collapses_below_1200_at_every_scale(qapp, nav) -> None:
    nav.follow_width(1366)
    assert (nav.collapsed, nav.width()) == (False, 150)
    nav.follow_width(1199)
    assert (nav.collapsed, nav.width()) == (True, 48)
    theme.apply(qapp, "light", 1.5)
    assert nav.width() == 72
    nav.follow_width(1366)
    assert nav.collapsed


def test_larger_letters_collapse_it_in_the_same_window(qapp, nav) -> None:
    nav.follow_width(1366)
    assert not nav.collapsed
    theme.apply(qapp, "light", 1.5)
    assert nav.collapsed
    theme.apply(qapp, "light")
    assert not nav.collapsed


def test_current_has_a_bar_not_only_a_colour(nav) -> None:
    nav.set_current("hotline")
    image = nav.viewport().grab().toImage()
    box = nav.visualRect(nav.model().index(1, 0))
    ratio = image.devicePixelRatio()
    at = int(box.center().y() * ratio)
    assert image.pixelColor(int(1 * ratio), at).name().upper() == theme.tokens().primary
    assert image.pixelColor(int(5 * ratio), at).name().upper() == theme.tokens().selected


@pytest.mark.parametrize("collapsed", [False, True])
@pytest.mark.parametrize("name", theme.THEMES)
def test_badge_is_painted(qapp, nav, name: str, collapsed: bool) -> None:
    theme.apply(qapp, name)
    nav.set_collapsed(collapsed)
    before = nav.viewport().grab().toImage()
    nav.set_badge("task", 120)
    assert nav.viewport().grab().toImage() != before


def test_follows_the_language(nav) -> None:
    i18n.set_language("en")
    QApplication.sendEvent(nav, QEvent(QEvent.Type.LanguageChange))
    assert nav.model().index(0, 0).data() == "Situation"
    assert nav.accessibleName() == "Panels"
