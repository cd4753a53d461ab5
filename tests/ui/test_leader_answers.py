"""L1 and L2 on the real window: six answers without scrolling or a key, and one key behind each
card and one back.
"""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from bankcc import i18n
from tests.ui.leader_window import leader_window
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, focus
from tests.ui.small_center import settle
from ui import theme
from ui.situation.list import BEHIND

window = pytest.fixture(leader_window)


def open_situation(window, qtbot):
    panel = window.show_panel("situation")
    qtbot.waitUntil(
        lambda: panel.figures is not None and panel.flow.canvas is not None, timeout=20_000
    )
    settle()
    return panel


def seen(part: QWidget, window: QWidget) -> bool:
    """Wholly inside the window, and nothing scrolls it out of sight."""
    box = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
    clear = part.visibleRegion().boundingRect().size() == part.size()
    inside = part.parentWidget()
    while inside is not window:
        if isinstance(inside, QScrollArea):
            return False
        inside = inside.parentWidget()
    return part.isVisible() and clear and window.rect().contains(box)


def answers(panel, window) -> dict[str, list[QWidget]]:
    """The widgets that answer each of the six questions, and the age of the answers."""
    late, calls, staff, *_rest = panel.cards
    return {
        "real or drill, which level, how long": [panel.level, panel.facts],
        "what is worst": [late.chip, late.number, late.line],
        "are calls rising, how many open": [calls.number, calls.line, panel.calls],
        "enough people": [staff.number, staff.line],
        "what must I decide": [panel.waiting.title, panel.waiting.view],
        "what happened": [panel.timeline.list, panel.timeline.entry],
        "how old is this": [panel.age],
    }


def set_look(window, language: str, name: str, scale: int) -> None:
    window.look.settings.font_scale = scale
    window.look.set_theme(name)
    window.look.set_language(language)
    settle()


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_six_answers_at_1366_by_768(window, qtbot, language, name) -> None:
    set_look(window, language, name, 100)
    panel = open_situation(window, qtbot)
    assert (window.width(), window.height()) == (1366, 768)
    for question, parts in answers(panel, window).items():
        for part in parts:
            assert seen(part, window), f"{question}: {part.objectName() or part}"
    for part in (*panel.cards, panel.flow, *panel.timeline.chips.values()):
        assert seen(part, window), part.objectName()
    for card in panel.cards:
        assert card.line.heightForWidth(card.line.width()) <= card.line.height() + 2
        assert card.number.fontInfo().pixelSize() >= 30
    row = panel.waiting.view.verticalHeader().defaultSectionSize()
    assert panel.waiting.view.viewport().height() >= 2 * row
    assert panel.timeline.list.viewport().height() >= 3 * row
    assert panel.facts.width() >= panel.facts.fontMetrics().horizontalAdvance(panel.facts.text())


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_large_text_keeps_the_answers_and_lets_one_chart_go(window, qtbot, language) -> None:
    set_look(window, language, "light", 150)
    panel = open_situation(window, qtbot)
    settle()
    assert not panel.flow.isVisible()  # a button leads to it
    assert panel.calls.other.isVisible()
    for question, parts in answers(panel, window).items():
        for part in parts:
            assert seen(part, window), f"{question}: {part.objectName() or part}"
    assert (
        panel.waiting.view.viewport().height() >= panel.waiting.view.verticalHeader().sectionSize(0)
    )


def test_the_six_answers_are_right(window, qtbot) -> None:
    panel = open_situation(window, qtbot)
    numbers = [card.number.text() for card in panel.cards]
    assert numbers[:4] == ["2", "6", "0/1", "0/6"]
    assert "Ⅱ级" in panel.level.text()
    assert "已启动" in panel.facts.text()
    reasons = {item.reason for item in panel.waiting.model.items}
    assert reasons == {"blocked", "approval", "confirm"}
    assert "更新于" in panel.age.text()


@pytest.mark.parametrize("at", range(5), ids=[behind.name for behind in BEHIND])
def test_one_key_behind_each_card_and_one_back(window, qtbot, keys, at) -> None:
    panel = open_situation(window, qtbot)
    panel.start()
    for _step in range(at):
        keys.press(Qt.Key.Key_Right)
    assert focus() is panel.cards[at]
    keys.count = 0
    keys.press(ENTER)
    settle()
    assert panel.pages.currentWidget() is panel.behind
    rows = panel.behind.list.model.rowCount()
    expected = (1, 6, 1, 6, 1)[at]  # the first list of the two behind what is late
    assert rows == expected
    assert focus() is panel.behind.list.view
    keys.press(ESCAPE)
    settle()
    assert focus() is panel.cards[at]
    assert keys.count == 2


@pytest.mark.parametrize("at", range(5), ids=[behind.name for behind in BEHIND])
def test_one_click_behind_each_card(window, qtbot, at) -> None:
    panel = open_situation(window, qtbot)
    qtbot.mouseClick(panel.cards[at], Qt.MouseButton.LeftButton)
    assert panel.pages.currentWidget() is panel.behind
    assert panel.behind.shown in BEHIND[at].lists
    qtbot.mouseClick(panel.behind.back, Qt.MouseButton.LeftButton)
    assert panel.pages.currentWidget() is panel.overview
