"""While a digit is awaited the digits and their words are in sight, whatever the language, the size
of text and the calls that wait; and the words over a field say where one types.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from tests.ui.panels.hotline_keys import CONTROL, ESCAPE, SHIFT, Keys, compose, focus
from tests.ui.requirements.whole_window import settle, wear
from ui import theme
from ui.frame.main_window import MainWindow
from ui.hotline.call_draft import category_field, labels, urgency_field
from ui.hotline.entry_fields import EntryFields
from ui.hotline.entry_head import EntryHead

pytestmark = pytest.mark.usefixtures("guarded")
MOBILE = "13900138000"


@pytest.fixture
def hotline(window: MainWindow) -> MainWindow:
    window.show_panel("hotline")
    settle()
    return window


def head(window: MainWindow) -> EntryHead:
    return window.panel.entry.head


def words() -> tuple[str, ...]:
    return tuple(label for _code, label in labels(category_field()))


@pytest.mark.parametrize("parked", [0, 5])
@pytest.mark.parametrize("scale", [100, 150])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_digits_and_whole_words_while_a_category_is_awaited(
    hotline, language, scale, parked
) -> None:
    wear(hotline, language, scale, (1366, 768))
    keys = Keys()
    for _call in range(parked):
        keys.text("0571876")
        keys.press(Qt.Key.Key_F2)
        settle()
    strip, shown = hotline.panel.entry, head(hotline).digits
    assert len(strip.parked.drafts) == parked
    assert not shown.isVisible()
    before = strip.height()
    keys.text(MOBILE)
    settle()
    assert focus() is strip.fields.category
    assert shown.isVisible()
    assert shown.shown() == words(), "cut off"
    assert strip.rect().contains(shown.geometry().translated(head(hotline).pos()))
    assert strip.height() == before, "the list below jumps"
    keys.text("2")
    settle()
    assert not shown.isVisible()
    assert strip.parked.isVisible() == bool(parked)
    assert strip.height() == before


def test_a_caller_without_a_number_has_the_digits_at_once(hotline) -> None:
    keys = Keys()
    keys.text("0")
    settle()
    assert head(hotline).digits.shown() == words()
    keys.text("5")
    settle()
    assert not head(hotline).digits.isVisible()


def test_urgency_has_its_own(hotline) -> None:
    hotline.panel.entry.fields.urgency.setFocus()
    settle()
    assert head(hotline).digits.words == tuple(label for _c, label in labels(urgency_field()))


def test_the_digits_change_their_language_under_the_caret(hotline) -> None:
    Keys().text(MOBILE)
    hotline.look.set_language("en")
    settle()
    assert focus() is hotline.panel.entry.fields.category
    assert head(hotline).digits.shown() == words()
    assert "Cash withdrawal" in head(hotline).digits.accessibleName()


def test_what_does_not_fit_loses_ends_of_words_and_no_digit(hotline) -> None:
    wear(hotline, "en", 150, (1366, 768))
    digits = head(hotline).digits
    digits.show_choices(words())
    digits.resize(digits.needed() * 2 // 3, digits.height())
    shown = digits.shown()
    assert len(shown) == len(words())
    assert all(shown)
    assert shown != words()
    assert digits._width(shown, 12, 8) <= digits.width()


def here(fields: EntryFields) -> list[str]:
    return [name for name, caption in fields.captions.items() if caption.here]


def test_the_words_over_the_field_with_the_caret_are_marked(hotline) -> None:
    fields, keys = hotline.panel.entry.fields, Keys()
    assert here(fields) == ["phone"]
    keys.text(MOBILE)
    assert here(fields) == ["category"]
    keys.text("2")
    assert here(fields) == ["note"]
    assert "Shift+Tab" in fields.note.placeholderText()
    settle()
    look, accent = theme.tokens(), set()
    for caption in (fields.captions["note"], fields.captions["caller"]):
        picture = caption.grab().toImage()
        colours = {
            picture.pixelColor(x, y).name().upper()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        accent.add(look.primary.upper() in colours)
    assert accent == {True, False}
    hotline.panel.calls.list.view.setFocus()
    assert here(fields) == []


def test_the_name_is_two_keys_back_and_the_request_two_keys_on(hotline) -> None:
    fields, keys = hotline.panel.entry.fields, Keys()
    keys.text(MOBILE + "2")
    keys.press(Qt.Key.Key_Tab, SHIFT)
    keys.press(Qt.Key.Key_Tab, SHIFT)
    assert here(fields) == ["caller"]
    compose("zhang")
    keys.press(ESCAPE)
    compose("", "张女士")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    assert here(fields) == ["note"]
    assert (fields.caller.text(), fields.note.text()) == ("张女士", "")
    keys.press(Qt.Key.Key_Return, CONTROL)
    assert QApplication.focusWidget() is fields.phone
    assert i18n.language() == "zh_CN"
