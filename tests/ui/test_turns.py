"""What waits takes turns: what is seen first, keys between the slices, nothing for what is gone."""

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.small_center import settle
from ui import theme, turns


@pytest.fixture
def part(qapp: QApplication, qtbot) -> QWidget:
    """Something that is seen."""
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_what_is_seen_comes_first_and_asked_twice_it_is_done_once(part, qtbot) -> None:
    told: list[str] = []
    queue, hidden = turns.turns(), QObject(part)

    def seen() -> None:
        told.append("seen")

    queue.add(hidden, lambda: told.append("hidden"))
    queue.add(part, seen, part)
    queue.add(part, seen, part)
    assert told == []
    qtbot.waitUntil(lambda: "hidden" in told)
    assert told == ["seen", "hidden"]


def test_keys_come_between_two_slices(part, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "SLICE_MS", 0)
    passes, seen = [0], []
    ticker = QTimer(part, interval=0)
    ticker.timeout.connect(lambda: passes.append(passes[-1] + 1))
    ticker.start()
    for _each in range(3):
        turns.turns().add(QObject(part), lambda: seen.append(passes[-1]), part)
    qtbot.waitUntil(lambda: len(seen) == 3)
    ticker.stop()
    assert len(set(seen)) == 3


def test_a_part_is_painted_again_when_all_of_it_is_done(part, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "SLICE_MS", 0)
    seen: list[bool] = []
    for _each in range(3):
        turns.turns().add(QObject(part), lambda: seen.append(part.updatesEnabled()), part)
    qtbot.waitUntil(lambda: len(seen) == 3 and part.updatesEnabled())
    assert seen == [False] * 3


def test_who_is_gone_has_no_turn(part, qtbot) -> None:
    told: list[str] = []
    owner = QObject()
    turns.turns().add(owner, lambda: told.append("gone"), part)
    turns.turns().add(part, lambda: told.append("here"), part)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: bool(told))
    settle()
    assert told == ["here"]


def test_without_a_window_to_keep_awake_it_is_done_at_once(part) -> None:
    told: list[str] = []
    theme.hub().gradual = False
    turns.in_turn(part, lambda: told.append("now"), part)
    assert told == ["now"]
    theme.hub().gradual = True
    try:
        turns.in_turn(part, lambda: told.append("later"), part)
        assert told == ["now"]
    finally:
        theme.hub().gradual = False
