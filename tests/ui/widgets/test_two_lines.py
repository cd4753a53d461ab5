"""Two parts side by side where both fit, else one below the other."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.small_center import settle
from ui.widgets.two_lines import TwoLines


@pytest.fixture
def window(qtbot) -> QWidget:
    """A bar that is a window itself would not become narrower than its parts."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(window: QWidget) -> TwoLines:
    made = TwoLines(window)
    for line, words in ((made.left_line, "one part " * 6), (made.right_line, "the other " * 6)):
        line.addWidget(QLabel(words))
    window.show()
    return made


def beside(bar: TwoLines) -> bool:
    return bar.second.x() > bar.first.x() and bar.second.y() == bar.first.y()


def below(bar: TwoLines) -> bool:
    return bar.second.y() > bar.first.y() and bar.second.x() == bar.first.x()


def test_side_by_side_as_long_as_both_fit(bar, qtbot) -> None:
    bar.resize(2_000, 40)
    qtbot.waitUntil(lambda: beside(bar))


def test_one_below_the_other_where_it_is_narrow(bar, qtbot) -> None:
    bar.resize(2_000, 80)
    qtbot.waitUntil(lambda: beside(bar))
    bar.resize(bar.minimumSizeHint().width(), 80)
    qtbot.waitUntil(lambda: below(bar))


def test_it_asks_for_no_more_than_the_wider_part(bar) -> None:
    widest = max(part.minimumSizeHint().width() for part in (bar.first, bar.second))
    assert bar.minimumSizeHint().width() == widest


def test_what_grows_is_arranged_anew(bar, qtbot) -> None:
    bar.resize(bar.first.sizeHint().width() + bar.second.sizeHint().width() + 20, 80)
    qtbot.waitUntil(lambda: beside(bar))
    bar.left_line.itemAt(0).widget().setText("one part more " * 8)
    settle()
    bar.arrange()
    qtbot.waitUntil(lambda: below(bar))
