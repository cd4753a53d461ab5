"""Parked calls are told apart, and the mark of those that wait for long blinks slowly."""

import pytest

from ui.hotline import parked_calls
from ui.hotline.call_draft import CallDraft
from ui.hotline.parked_calls import BLINK_MS, LOOK_MS, ParkedCalls
from ui.hotline.staged_call import Stage, StageKind


@pytest.fixture
def parked(qtbot, clock) -> ParkedCalls:
    clock.step_ms = 0
    made = ParkedCalls(clock)
    qtbot.addWidget(made)
    made.park(CallDraft("a", clock.ms, phone="13800138000", stages=(Stage(StageKind.URGENT),)))
    return made


def marks(parked: ParkedCalls, looks: int) -> str:
    """The first characters of the tab, one per look at the clock."""
    seen = ""
    for _look in range(looks):
        parked._look()
        seen += parked._buttons[0].text()[0]
    return seen


def test_for_a_minute_nothing_blinks(parked, clock) -> None:
    clock.advance(seconds=59)
    assert marks(parked, 3) == "■■■"
    assert parked._timer.interval() == LOOK_MS


def test_then_it_blinks_no_faster_than_once_a_second(parked, clock, monkeypatch) -> None:
    monkeypatch.setattr(parked_calls, "moves", lambda _widget: True)
    clock.advance(seconds=61)
    assert marks(parked, 4) == "◇◆◇◆"
    assert parked._timer.interval() == BLINK_MS
    assert 2 * BLINK_MS >= 1_000


def test_with_reduced_motion_it_stands_still(parked, clock, monkeypatch) -> None:
    monkeypatch.setattr(parked_calls, "moves", lambda _widget: False)
    clock.advance(seconds=61)
    assert marks(parked, 4) == "◆◆◆◆"


def test_a_call_taken_back_keeps_its_stages(parked, qtbot) -> None:
    with qtbot.waitSignal(parked.chosen) as chosen:
        parked._buttons[0].click()
    (draft,) = chosen.args
    parked.take(draft)
    assert parked.drafts == []
    assert draft.stages == (Stage(StageKind.URGENT),)
    assert not parked._timer.isActive()
