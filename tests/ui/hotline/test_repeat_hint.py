"""Only a whole number that is equal is a repeated call; before that numbers begin alike."""

import pytest

from bankcc.features import inquiry
from ui.hotline.entry_strip import EntryStrip
from ui.hotline.repeat_hint import RepeatHint


@pytest.fixture
def strip(context, clock, qtbot) -> EntryStrip:
    clock.step_ms = 0
    for number in ("13800138000", "13800138001"):
        context.session.execute(inquiry.log_call(phone=number, category="cash"))
    made = EntryStrip(context)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.start()
    return made


@pytest.fixture
def hint(strip: EntryStrip) -> RepeatHint:
    return strip.repeat


def test_only_an_equal_number_counts_as_a_repeat(strip, hint, qtbot) -> None:
    qtbot.keyClicks(strip.fields.phone, "1380013800")
    qtbot.waitUntil(lambda: hint.chip.word.startswith("号码开头相同（2 个）："))
    assert "次来电" not in hint.chip.word
    assert len(hint.calls) == 2
    qtbot.keyClicks(strip.fields.phone, "0")
    qtbot.waitUntil(lambda: hint.chip.word.startswith("该号码今天第 2 次来电："))
    assert [call["phone"] for call in hint.calls] == ["13800138000"]
    assert hint.calls[0].number in hint.chip.word


def test_a_number_that_nobody_called_from_says_nothing(strip, hint, qtbot) -> None:
    qtbot.keyClicks(strip.fields.phone, "1380013")
    qtbot.waitUntil(hint.isVisible)
    qtbot.keyClicks(strip.fields.phone, "9")
    qtbot.waitUntil(lambda: not hint.isVisible())
