"""A card is one button: mouse, Enter and Space open the list behind its number."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from ui import theme
from ui.situation.card import SituationCard
from ui.situation.words import CardWords
from ui.theme import Level

WORDS = CardWords(Level.CRITICAL, "逾期", "3", "最久 42 分 · 甲-R-0143")


@pytest.fixture
def card(qtbot) -> SituationCard:
    made = SituationCard("situation.card.late")
    qtbot.addWidget(made)
    made.show_words(WORDS)
    made.resize(220, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def test_shape_word_number_and_line(card) -> None:
    assert card.chip.text() == "▲ 逾期"
    assert card.number.text() == "3"
    assert card.accessibleName() == "逾期：3；最久 42 分 · 甲-R-0143"


def test_the_number_can_be_read_from_across_the_room(card) -> None:
    assert card.number.font().pixelSize() >= 30
    digits = card.number.fontMetrics().tightBoundingRect("0123456789/–")
    assert digits.height() < card.number.height()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_it(card, qtbot, key) -> None:
    pressed = QSignalSpy(card.clicked)
    qtbot.keyClick(card, key)
    assert pressed.count() == 1


def test_a_click_anywhere_on_it_presses_it(card, qtbot) -> None:
    pressed = QSignalSpy(card.clicked)
    for label in (card.chip, card.number, card.line):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=label.geometry().center())
        assert card.childAt(label.geometry().center()) is None, "labels let the mouse through"
    assert pressed.count() == 3


def test_stale_figures_are_hatched(card) -> None:
    fresh = card.grab().toImage()
    card.set_stale(True)
    assert card.grab().toImage() != fresh


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_two_lines_fit_at_every_size(card, qapp, scale) -> None:
    theme.apply(qapp, "dark", scale)
    assert card.line.height() >= 2 * card.line.fontMetrics().height()
    parts = (card.chip, card.number, card.line)
    assert sum(part.height() for part in parts) <= card.sizeHint().height()
