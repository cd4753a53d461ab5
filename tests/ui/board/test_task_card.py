"""Cards: two lines at most, as many side by side as fit, everything painted in both themes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import theme
from ui.board.card_text import Card
from ui.board.cell import CellView
from ui.board.model import Board
from ui.board.task_card import NARROWEST, card_height, cards_across, face, two_lines
from ui.theme import Level

NOW = 1_795_400_000_000
CARD = Card("a", "甲-T-0001", "换电池", "tech", "doing", "normal")
TEXT = st.text("任务 work𠮷😀a一二三", max_size=60)


@given(TEXT, st.integers(20, 400))
def test_two_lines_hold_the_beginning_and_no_more_than_fits(text: str, width: int) -> None:
    lines = two_lines(text, 13, width)
    assert len(lines) <= 2
    plain = "".join(text.split())
    kept = "".join("".join(lines).split()).removesuffix("…")
    assert plain.startswith(kept)
    if len(lines) == 2:
        # One wide character cannot be narrower than itself; half points are rounded.
        room = max(width, face(13)[1].horizontalAdvance("😀…"))
        assert face(13)[1].horizontalAdvance(lines[1]) <= room + 1


def test_short_titles_are_whole(qapp: QApplication) -> None:
    assert two_lines("换电池", 13, 200) == ("换电池",)
    assert "".join(two_lines("解放路支行确认延时营业", 13, 90)) == "解放路支行确认延时营业"


def test_how_many_stand_side_by_side(qapp: QApplication) -> None:
    assert cards_across(NARROWEST - 1, False) == 1
    assert cards_across(2 * NARROWEST, False) == 2
    assert cards_across(2 * NARROWEST, True) == 1
    theme.apply(qapp, "light", 1.5)
    assert cards_across(2 * NARROWEST, False) == 1


def test_height_follows_the_font(qapp: QApplication) -> None:
    full, line = card_height(False), card_height(True)
    assert line < full / 2
    theme.apply(qapp, "light", 2.0)
    assert card_height(False) > 1.8 * full


def painted(qtbot: QtBot, card: Card, *, compact: bool = False) -> QImage:
    board = Board()
    board.tell_time(NOW)
    board.load([card])
    view = CellView(board.cells["tech", "doing"])
    view.cards.compact = compact
    qtbot.addWidget(view)
    view.resize(240, 110)
    view.show()
    view.fit(overflows=False)
    image = view.grab().toImage()
    view.board_kept = board
    return image


def has(image: QImage, colour: str) -> bool:
    wanted = QColor(colour).rgb()
    return any(
        image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("compact", [False, True])
def test_what_is_blocked_is_hatched(
    qapp: QApplication, qtbot: QtBot, name: str, compact: bool
) -> None:
    theme.apply(qapp, name)
    red = theme.tokens().levels[Level.CRITICAL].chip
    assert not has(painted(qtbot, CARD, compact=compact), red)
    blocked = replace(CARD, blocked=True, obstacle="等批准")
    assert has(painted(qtbot, blocked, compact=compact), red)


def test_what_is_late_differs_from_what_is_not(qtbot: QtBot) -> None:
    late = replace(CARD, due=NOW - 1, who="王敏", initials="WM", items=5, source="x")
    assert painted(qtbot, late) != painted(qtbot, replace(late, due=NOW + 10**7))
