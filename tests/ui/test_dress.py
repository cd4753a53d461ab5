"""Parts wear the sheet: what is seen changes at once, what is hidden when it is shown."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
import shiboken6
from PySide6 import QtWidgets
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSplitter, QStackedWidget, QWidget

from tests.ui.small_center import settle
from ui import dress, theme, turns


def delete(window: QWidget) -> None:
    """Destroy it, and let what waits for that happen."""
    shiboken6.delete(window)
    settle()


@pytest.fixture
def stack(qapp: QApplication, qtbot) -> Iterator[QStackedWidget]:
    """Two pages that are dressed, each with a button; the first one is shown."""
    made = QStackedWidget()
    dress.by_parts(qapp, made)
    for name in ("seen", "hidden"):
        page = QWidget(made)
        page.setObjectName(name)
        QPushButton(name, page)
        dress.dress(page)
        made.addWidget(page)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    if shiboken6.isValid(made):
        delete(made)


def test_the_application_itself_wears_nothing_meanwhile(qapp, stack) -> None:
    assert qapp.styleSheet() == ""
    theme.apply(qapp, "dark")
    assert qapp.styleSheet() == ""
    delete(stack)
    assert qapp.styleSheet() == theme.hub(qapp).sheet != ""


def test_only_what_is_seen_changes_at_once(qapp, stack, qtbot) -> None:
    seen, hidden = stack.widget(0), stack.widget(1)
    light = theme.hub(qapp).sheet
    assert (seen.styleSheet(), hidden.styleSheet()) == (light, "")
    qtbot.waitUntil(lambda: hidden.styleSheet() == light)
    theme.apply(qapp, "dark")
    dark = theme.hub(qapp).sheet
    assert dark != light
    assert (seen.styleSheet(), hidden.styleSheet()) == (dark, light)
    stack.setCurrentWidget(hidden)
    assert hidden.styleSheet() == dark


def test_what_is_hidden_changes_in_a_quiet_moment_one_after_the_other(
    qapp, stack, qtbot, monkeypatch
) -> None:
    monkeypatch.setattr(turns, "SLICE_MS", 0)
    for _each in range(3):
        page = QWidget(stack)
        dress.dress(page)
        stack.addWidget(page)
    hidden = [stack.widget(at) for at in range(1, 5)]
    theme.apply(qapp, "dark")
    sheet, seen = theme.hub(qapp).sheet, []

    def all_dressed() -> bool:
        seen.append(sum(page.styleSheet() == sheet for page in hidden))
        return seen[-1] == 4

    qtbot.waitUntil(all_dressed)
    assert seen[0] == 0
    assert max(b - a for a, b in pairwise(seen)) <= 2


def test_gradually_no_two_parts_change_without_keys_between_them(qapp, stack, qtbot) -> None:
    hub, told = theme.hub(qapp), []
    other = QWidget()
    dress.dress(other)
    qtbot.waitUntil(lambda: all(w.styleSheet() == hub.sheet for w in (other, stack.widget(1))))
    hub.changed.connect(lambda: told.append(True))
    with qtbot.waitExposed(other):
        other.show()
    hub.gradual = True
    try:
        theme.apply(qapp, "dark")
    finally:
        hub.gradual = False
    seen = [other, stack.widget(0)]
    assert [page.styleSheet() == hub.sheet for page in seen] == [False, False]
    assert told == []
    qtbot.waitUntil(lambda: all(page.styleSheet() == hub.sheet for page in seen))
    qtbot.waitUntil(lambda: told == [True])
    shiboken6.delete(other)


def test_the_size_of_text_reaches_a_hidden_part_when_it_is_shown(qapp, stack) -> None:
    button = stack.widget(1).findChild(QPushButton)
    stack.setCurrentIndex(1)
    before = button.sizeHint().height()
    stack.setCurrentIndex(0)
    theme.apply(qapp, "light", 1.5)
    stack.setCurrentIndex(1)
    assert button.sizeHint().height() > before * 1.3


def test_dressed_twice_it_wears_one_sheet(qapp, stack) -> None:
    page = stack.widget(0)
    dress.dress(page)
    assert sum(child.objectName() == dress.NAME for child in page.children()) == 1


def test_a_large_part_is_dressed_in_small_ones_also_what_comes_later(qapp, stack) -> None:
    page = QWidget(stack)
    boxes = [QWidget(page) for _each in range(3)]
    for box in boxes:
        for at in range(12):
            QPushButton(str(at), box)
    dress.dress(page)
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    sheet = theme.hub(qapp).sheet
    assert page.styleSheet() == ""
    assert [box.styleSheet() for box in boxes] == [sheet] * 3
    late = QPushButton("late", page)
    late.show()
    settle()
    assert late.styleSheet() == sheet


def test_the_language_comes_to_a_part_in_its_turn(qapp, stack, qtbot) -> None:
    told = []

    class Page(QWidget):
        def changeEvent(self, event) -> None:  # noqa: N802  Qt's name
            if event.type() == event.Type.LanguageChange:
                told.append(event.type())

    page = Page(stack)
    dress.dress(page)
    stack.addWidget(page)
    stack.setCurrentWidget(page)
    theme.hub(qapp).gradual = True
    try:
        QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
        assert told == []
        qtbot.waitUntil(lambda: len(told) == 1)
    finally:
        theme.hub(qapp).gradual = False
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert len(told) == 2


def test_a_handle_keeps_the_colour_that_the_sheet_gives_it(qapp, qtbot) -> None:
    made = QSplitter()
    qtbot.addWidget(made)
    for _each in range(2):
        made.addWidget(QWidget())
    made.resize(200, 100)
    dress.dress(made)
    with qtbot.waitExposed(made):
        made.show()
    picture, bar = made.grab().toImage(), made.handle(1).geometry()
    seen = {picture.pixelColor(bar.center().x(), y).name() for y in range(bar.height())}
    assert seen == {theme.tokens().hairline.lower()}


def test_every_class_that_the_sheet_names_wears_it_itself() -> None:
    sheet = re.sub(r"\{[^}]*\}|/\*.*?\*/", "", theme.style_sheet(theme.load("light"), 1.0))
    named = {name for name in re.findall(r"\bQ[A-Z]\w+", sheet) if hasattr(QtWidgets, name)}
    inside = {"QHeaderView", "QTableCornerButton", "QToolTip", "QSplitter", "QFrame", "QWidget"}
    for name in named - inside:
        classes = {each.__name__ for each in getattr(QtWidgets, name).__mro__}
        assert classes & set(dress.STYLED), name


def test_what_a_part_says_of_itself_goes_before_the_sheet_also_later(qapp, qtbot) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.setProperty("role", "hint")
    label.setStyleSheet("color: #ff0000")
    dress.dress(label)
    with qtbot.waitExposed(label):
        label.show()
    for colour in ("#ff0000", "#00ff00"):
        label.setStyleSheet(f"color: {colour}; font-weight: bold;")
        settle()
        assert label.palette().color(label.foregroundRole()).name() == colour
        assert label.font().pixelSize() == theme.px(12)
    theme.apply(qapp, "dark")
    assert label.palette().color(label.foregroundRole()).name() == "#00ff00"
    label.setStyleSheet("")
    settle()
    own = label.palette().color(label.foregroundRole()).name()
    assert own == theme.tokens().text3.lower()
