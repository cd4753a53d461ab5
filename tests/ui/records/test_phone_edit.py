"""Digits are found in whatever is typed or pasted, grouped while typing, and a complete mobile
moves on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.records.phone_edit import PhoneEdit, dialled, grouped, is_mobile


@pytest.mark.parametrize(
    ("typed", "digits", "extension"),
    [
        ("13800138000", "13800138000", ""),
        ("138 0013 8000", "13800138000", ""),
        ("138-0013/8000", "13800138000", ""),
        ("+8613800138000", "13800138000", ""),
        ("+86 138 0013 8000", "13800138000", ""),
        ("(+86)138-0013-8000", "13800138000", ""),
        ("008613800138000", "13800138000", ""),
        ("8613800138000", "13800138000", ""),
        ("１３８００１３８０００", "13800138000", ""),
        ("＋８６ １３８ ００１３ ８０００", "13800138000", ""),
        ("0571-88887777", "057188887777", ""),
        ("+86 571 8888 7777", "057188887777", ""),
        ("+86 10 8888 7777", "01088887777", ""),
        ("0571-88887777 转 8001", "057188887777", "8001"),
        ("0571-88887777#8001", "057188887777", "8001"),
        ("88887777 ext. 12", "88887777", "12"),
        ("+86 400 888 7777", "4008887777", ""),
        ("95588", "95588", ""),
        ("8610", "8610", ""),
        ("无", "", ""),
        ("", "", ""),
    ],
)
def test_dialled(typed: str, digits: str, extension: str) -> None:
    assert dialled(typed) == (digits, extension)


@pytest.mark.parametrize(
    ("digits", "shown"),
    [
        ("138", "138"),
        ("1380", "138 0"),
        ("13800138000", "138 0013 8000"),
        ("057188887777", "0571 88887777"),
        ("01088887777", "010 88887777"),
        ("95588", "95588"),
        ("12345", "12345"),
        ("4008887777", "400 888 7777"),
        ("", ""),
    ],
)
def test_grouped(digits: str, shown: str) -> None:
    assert grouped(digits) == shown


@given(st.from_regex(r"[0-9]{0,12}", fullmatch=True))
def test_grouping_loses_nothing(digits: str) -> None:
    assert grouped(digits).replace(" ", "") == digits


@pytest.mark.parametrize(
    ("digits", "mobile"),
    [("13800138000", True), ("12800138000", False), ("1380013800", False), ("057188887777", False)],
)
def test_is_mobile(digits: str, mobile: bool) -> None:
    assert is_mobile(digits) is mobile


@pytest.fixture
def edit(qtbot) -> PhoneEdit:
    made = PhoneEdit()
    qtbot.addWidget(made)
    made.show()
    made.completions = []
    made.completed.connect(made.completions.append)
    return made


def paste(edit: PhoneEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    edit.paste()


def test_typing_eleven_digits_completes_once(edit) -> None:
    QTest.keyClicks(edit, "1380013800")
    assert edit.completions == []
    QTest.keyClicks(edit, "0")
    assert edit.text() == "138 0013 8000"
    assert edit.completions == ["13800138000"]
    assert edit.cursorPosition() == len(edit.text())


@pytest.mark.parametrize("text", ["+86 138-0013-8000", "１３８００１３８０００", " 13800138000\n"])
def test_pasting_completes_and_again_after_clearing(edit, text: str) -> None:
    for _call in range(2):
        paste(edit, text)
        edit.set_digits("")
    assert edit.completions == ["13800138000"] * 2


def test_land_lines_and_short_numbers_wait_for_enter(edit) -> None:
    for number in ("057188887777", "95588", "0"):
        edit.clear()
        QTest.keyClicks(edit, number)
        assert edit.digits() == number
    assert edit.completions == []


def test_setting_a_number_is_not_typing(qtbot, edit) -> None:
    with qtbot.waitSignal(edit.digits_changed) as changed:
        edit.set_digits("13800138000")
    assert changed.args == ["13800138000"]
    assert edit.text() == "138 0013 8000"
    assert edit.completions == []


def test_caret_stays_at_its_digit(edit) -> None:
    edit.set_digits("13800138000")
    edit.setCursorPosition(2)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert (edit.text(), edit.cursorPosition()) == ("180 0138 000", 1)
    QTest.keyClicks(edit, "3")
    assert (edit.text(), edit.cursorPosition()) == ("138 0013 8000", 2)
    edit.setCursorPosition(4)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.digits() == "1300138000"


def test_letters_and_signs_vanish(edit) -> None:
    QTest.keyClicks(edit, "1a3x-8 ")
    assert edit.text() == "138"


def test_extension_is_kept(edit) -> None:
    QTest.keyClicks(edit, "057188887777#8001")
    assert edit.text() == "0571 88887777 转8001"
    assert (edit.digits(), edit.extension()) == ("057188887777", "8001")


@given(st.text(max_size=30))
def test_any_text_is_harmless_and_stable(qapp, text: str) -> None:
    edit = PhoneEdit()
    edit.setText(text)
    shown = edit.text()
    edit.setText(shown)
    assert edit.text() == shown
    assert edit.digits().isascii()
    edit.deleteLater()


def test_input_method_is_off_and_name_is_spoken(edit) -> None:
    assert not edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert edit.accessibleName() == "电话"
