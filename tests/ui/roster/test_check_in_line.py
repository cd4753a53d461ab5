"""The check-in line alone: what is heard early, what is said, what never happens."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bankcc import i18n
from ui.roster.check_in_line import CheckInLine
from ui.roster.posts import Roster, Someone, names_of
from ui.theme import Level

ENTER = Qt.Key.Key_Return


def someone(name: str, staff_no: str = "") -> Someone:
    initials, readings = names_of(name)
    return Someone(name, name, initials, readings, staff_no, "组", "岗", "", ())


ROSTER = Roster(people=(someone("刘静", "BJ1"), someone("王敏", "BJ2"), someone("吴萌", "BJ3")))


@pytest.fixture
def line(qtbot: QtBot) -> CheckInLine:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 400)
    made = CheckInLine(lambda _someone: "在岗", over)
    made.resize(900, 40)
    over.show()
    over.activateWindow()
    made.text.setFocus()
    made.set_roster(ROSTER)
    made.over = over
    return made


def test_one_line_says_whom_enter_means(line: CheckInLine) -> None:
    QTest.keyClicks(line.text, "lj")
    assert line.names.stringList() == ["↵   LJ   刘静   岗   在岗"]
    assert line.text.accessibleDescription() == line.names.stringList()[0]
    QTest.keyClicks(line.text, "x")
    assert not line.popup.isVisible()


@pytest.mark.parametrize(
    ("typed", "shown", "name"),
    [
        ("sxx", "SXX", "单雄信"),
        ("dxx", "SXX", "单雄信"),
        ("ycg", "YCG", "尉迟恭"),
        ("qy", "QY", "仇英"),
    ],
)
def test_people_are_checked_in_as_they_are_called(
    line: CheckInLine, qtbot: QtBot, typed: str, shown: str, name: str
) -> None:
    line.set_roster(Roster(people=tuple(map(someone, ("单雄信", "尉迟恭", "仇英", "刘静")))))
    QTest.keyClicks(line.text, typed)
    assert line.names.stringList() == [f"↵   {shown}   {name}   岗   在岗"]
    with qtbot.waitSignal(line.chosen) as heard:
        QTest.keyClick(line.text, ENTER)
    assert heard.args == [name]


def test_enter_before_the_roster_is_read_is_heard_afterwards(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    line = CheckInLine(lambda _someone: "", over)
    over.show()
    heard: list[str] = []
    line.chosen.connect(heard.append)
    QTest.keyClicks(line.text, "lj")
    QTest.keyClick(line.text, ENTER)
    assert heard == []
    line.set_roster(ROSTER)
    assert heard == ["刘静"]
    line.set_roster(ROSTER)
    assert heard == ["刘静"]  # once


def test_letters_after_an_early_enter_take_it_back(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    line = CheckInLine(lambda _someone: "", over)
    heard: list[str] = []
    line.chosen.connect(heard.append)
    QTest.keyClicks(line.text, "l")
    QTest.keyClick(line.text, ENTER)
    QTest.keyClicks(line.text, "j")
    line.set_roster(ROSTER)
    assert heard == []


def test_enter_in_the_empty_line_does_nothing(line: CheckInLine, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(line.chosen):
        QTest.keyClick(line.text, ENTER)
        QTest.keyClick(line.text, ENTER, Qt.KeyboardModifier.ControlModifier)


def test_a_new_roster_keeps_what_is_typed(line: CheckInLine) -> None:
    QTest.keyClicks(line.text, "wm")
    line.set_roster(Roster(people=ROSTER.people[:2]))
    assert line.text.text() == "wm"
    assert line.found.certain is ROSTER.people[1]


def test_the_input_method_is_off(line: CheckInLine) -> None:
    assert not line.text.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_what_is_said_has_shape_and_word(line: CheckInLine) -> None:
    assert line.answer.text() == "再输一次即签退"
    line.say(Level.OK, "刘静 到岗 14:00")
    assert line.answer.text() == "✓ 刘静 到岗 14:00"
    line.say(None, "")
    assert line.answer.text() == "再输一次即签退"


def test_nothing_said_stands_on_in_the_other_language(line: CheckInLine) -> None:
    line.say(Level.OK, "刘静 到岗 14:00")
    i18n.set_language("en")
    QApplication.sendEvent(line, QEvent(QEvent.Type.LanguageChange))
    assert line.answer.text() == "typed again, it checks out"


def test_a_click_chooses_and_leaving_closes_the_list(line: CheckInLine, qtbot: QtBot) -> None:
    QTest.keyClicks(line.text, "w")
    assert line.popup.isVisible()
    with qtbot.waitSignal(line.chosen) as told:
        line.list.clicked.emit(line.names.index(1))
    assert told.args == ["吴萌"]
    QTest.keyClicks(line.text, "w")
    line.text.clearFocus()
    assert not line.popup.isVisible()
