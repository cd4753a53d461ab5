"""One digit chooses and moves on; arrows choose; letters and the wheel do nothing."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from ui.records.category_field import CategoryField

CHOICES = [(f"c{n}", f"类别{n}") for n in range(1, 12)]


@pytest.fixture
def field(qtbot) -> CategoryField:
    made = CategoryField(CHOICES)
    qtbot.addWidget(made)
    made.log = []
    made.completed.connect(lambda code: made.log.append(("completed", code)))
    made.chosen.connect(lambda code: made.log.append(("chosen", code)))
    made.show()
    return made


def test_starts_empty_and_says_how(field) -> None:
    assert field.code() == ""
    assert field.placeholderText() == "数字 1–9"
    assert field.accessibleName() == "类别"
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_digit_chooses_and_completes(field) -> None:
    QTest.keyClicks(field, "2")
    assert field.currentText() == "2 类别2"
    assert field.log == [("chosen", "c2"), ("completed", "c2")]


def test_the_same_digit_again_moves_on_too(field) -> None:
    field.set_code("c2")
    QTest.keyClicks(field, "2")
    assert ("completed", "c2") in field.log


def test_full_width_and_keypad_digits(field) -> None:
    press = QEvent.Type.KeyPress
    none, pad = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
    QApplication.sendEvent(field, QKeyEvent(press, 0, none, "３"))
    assert field.code() == "c3"
    QApplication.sendEvent(field, QKeyEvent(press, Qt.Key.Key_4, pad, "4"))
    assert field.code() == "c4"


def test_digits_without_choice_and_letters_do_nothing(field) -> None:
    field.set_choices(CHOICES[:3])
    QTest.keyClicks(field, "90a")
    assert (field.code(), field.log) == ("", [])


def test_ctrl_digit_is_left_to_the_window(field) -> None:
    QTest.keyClick(field, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert field.code() == ""


def test_arrows_choose_without_moving_on(field) -> None:
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.code() == "c1"
    assert [kind for kind, _code in field.log] == ["chosen"] * 3


def test_delete_clears(field) -> None:
    field.set_code("c5")
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert field.code() == ""


def test_digit_in_the_open_list(qtbot, field) -> None:
    field.showPopup()
    QTest.keyClick(field.view(), Qt.Key.Key_5)
    assert field.code() == "c5"
    assert ("completed", "c5") in field.log
    qtbot.waitUntil(lambda: not field.view().isVisible())


def test_setting_is_silent_and_unknown_is_none(field) -> None:
    field.set_code("c3")
    field.set_code("gone")
    assert (field.code(), field.log) == ("", [])


def test_choice_survives_new_labels(field) -> None:
    field.set_code("c3")
    field.set_choices([(code, f"{label}!") for code, label in reversed(CHOICES)])
    assert field.currentText() == "9 类别3!"
    assert field.log == []
    field.set_choices(CHOICES[:2])
    assert field.code() == ""


def test_tenth_has_no_digit(field) -> None:
    assert field.itemText(9).startswith("–")
    assert not field.choose_number(10)


def test_wheel_changes_nothing(field) -> None:
    field.set_code("c3")
    middle = QPointF(5, 5)
    wheel = QWheelEvent(
        middle,
        middle,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, wheel)
    assert field.code() == "c3"


def test_follows_the_language(field) -> None:
    i18n.set_language("en")
    QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))
    assert field.placeholderText() == "Digit 1–9"
