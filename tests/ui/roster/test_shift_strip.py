"""The strip draws what is, hatches what is hoped for, and says both in words."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from bankcc.i18n import set_language
from ui import theme
from ui.roster.shift_bars import HOUR_MS, Bar
from ui.roster.shift_strip import ShiftStrip
from ui.theme import Level

START = 1_795_392_000_000  # 8:00 in the center's zone


def bars(*counts: tuple[int, int]) -> list[Bar]:
    filled = [*counts, *[(0, 0)] * (12 - len(counts))]
    return [
        Bar(START + at * HOUR_MS, 8 + at, here, expected)
        for at, (here, expected) in enumerate(filled)
    ]


@pytest.fixture
def strip(qtbot: QtBot) -> ShiftStrip:
    made = ShiftStrip()
    qtbot.addWidget(made)
    made.resize(900, 130)
    made.show()
    return made


def share(image: QImage, colour: str, column: int) -> float:
    """How much of one of the twelve columns has that very colour."""
    wide = image.width() // 12
    points = [
        image.pixelColor(x, y) == QColor(colour)
        for x in range(column * wide + 10, (column + 1) * wide - 10)
        for y in range(image.height() - 40, image.height() - 20)
    ]
    return sum(points) / len(points)


@pytest.mark.parametrize("name", theme.THEMES)
def test_known_is_filled_and_expected_is_hatched(strip: ShiftStrip, qapp, name: str) -> None:
    theme.apply(qapp, name)
    strip.show_bars(bars((5, 0), (0, 5), (0, 0)), 5, START + HOUR_MS // 2)
    image = strip.picture.grab().toImage()
    colour = theme.tokens().levels[Level.OK].text
    known, expected, nobody = (share(image, colour, column) for column in range(3))
    assert known > 0.95
    assert 0.02 < expected < 0.6
    assert nobody == 0


def test_nobody_and_nothing_needed_is_drawn_too(strip: ShiftStrip) -> None:
    strip.show_bars(bars(), 0, START)
    assert not strip.picture.grab().isNull()
    assert "现在岗 0 人" in strip.heading.text()


def test_words_and_language(strip: ShiftStrip) -> None:
    strip.show_bars(bars((5, 0), (0, 6)), 7, START + 60_000)
    assert strip.heading.text() == "班次 08–20 时：现在岗 5 人，应到 7 岗；斜线为预计"
    assert "09 时预计 6 人" in strip.picture.accessibleDescription()
    set_language("en")
    strip.retranslate()
    assert strip.button.text() == "As text"
    assert "09:00 6 expected" in strip.words.text()
