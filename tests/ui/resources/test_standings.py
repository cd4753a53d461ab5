"""Every bar has words that say the same."""

import pytest
from PySide6.QtCore import Qt

from ui.resources.rows import Standing
from ui.resources.standings import StandingList, figures

ROWS = (Standing(None, 12, 7, 2, 1, 4), Standing("通信", 10, 5, 2, 1, 2))


@pytest.fixture
def bars(qapp, qtmodeltester):
    made = StandingList()
    made.show_standings(ROWS)
    qtmodeltester.check(made)
    return made


def test_the_bar_in_words(bars) -> None:
    words = bars.data(bars.index(1), Qt.ItemDataRole.AccessibleTextRole)
    for part in ("通信", "50%", "10", "缺 5", "逾期 1"):
        assert part in words
    assert figures(ROWS[1]) == "10/5"


def test_new_figures_of_the_same_classes_keep_the_rows(bars, qtbot) -> None:
    with qtbot.waitSignal(bars.dataChanged, timeout=100):
        bars.show_standings((ROWS[0], Standing("通信", 10, 9, 1, 0, 2)))
    with qtbot.waitSignal(bars.modelReset, timeout=100):
        bars.show_standings((ROWS[0],))
