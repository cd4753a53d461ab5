"""A question stands beside its card and inside the panel; what was typed is not thrown away."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.widgets.ask_box import put_beside
from ui.widgets.ask_line import AskLine


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def keeper(context: UiContext, panel: QWidget) -> Iterator[DraftKeeper]:
    made = DraftKeeper(context.session, "board:", panel)
    yield made
    made.close()


@pytest.mark.parametrize("x", [-50, 0, 300, 790])
@pytest.mark.parametrize("y", [-50, 0, 250, 480])
def test_it_is_inside_the_panel_and_leaves_the_card_free(panel: QWidget, x: int, y: int) -> None:
    box = QWidget(panel)
    box.setMinimumSize(QSize(300, 120))
    anchor = QRect(panel.mapToGlobal(QPoint(x, y)), QSize(150, 90))
    put_beside(panel, box, anchor)
    assert panel.rect().contains(box.geometry())
    card = QRect(panel.mapFromGlobal(anchor.topLeft()), anchor.size())
    if 0 < y < 400:
        assert not box.geometry().intersects(card)


def test_an_answer_that_will_not_do_stays(panel: QWidget, keeper: DraftKeeper) -> None:
    ask, heard = AskLine(keeper, panel), []

    def accept(text: str) -> str:
        heard.append(text)
        return "too short" if len(text) < 3 else ""

    ask.ask("why", "Why?", QRect(0, 0, 10, 10), accept)
    QTest.keyClicks(ask.text, "no")
    QTest.keyClick(ask.text, Qt.Key.Key_Return)
    assert ask.asking
    assert "too short" in ask.fault.text()
    QTest.keyClicks(ask.text, "!")
    assert ask.fault.text() == ""
    ask.answer.click()
    assert (ask.asking, heard) == (False, ["no", "no!"])


def test_another_question_begins_empty_and_the_same_goes_on(
    panel: QWidget, keeper: DraftKeeper
) -> None:
    ask = AskLine(keeper, panel)
    ask.ask("a", "A?", QRect(), lambda _text: "")
    QTest.keyClicks(ask.text, "half")
    QTest.keyClick(ask.text, Qt.Key.Key_Escape)
    ask.ask("b", "B?", QRect(), lambda _text: "")
    assert ask.text.text() == ""
    ask.close_question()
    keeper.flush()
    later = AskLine(keeper, panel)  # after the program was started again
    later.ask("a", "A?", QRect(), lambda _text: "")
    assert later.text.text() == "half"
    QTest.keyClick(later.text, Qt.Key.Key_Return)
    keeper.flush()
    assert keeper.found() == []
