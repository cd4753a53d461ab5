"""Many changes are counted once; one count at a time; a failure is handed on."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QSignalSpy

from bankcc.errors import StorageError
from bankcc.reports.current import SituationFigures
from tests.ui.small_center import opened
from ui.context import UiContext
from ui.situation import feed as situation_feed
from ui.situation.feed import SituationFeed


@pytest.fixture
def context(qapp, tmp_path, clock, chance) -> Iterator[UiContext]:
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


@pytest.fixture
def feed(context) -> Iterator[SituationFeed]:
    made = SituationFeed(context)
    yield made
    made.close()


def test_many_asks_are_counted_once(feed, context, qtbot) -> None:
    started, came = QSignalSpy(context.jobs.started), QSignalSpy(feed.changed)
    for _each in range(50):
        feed.ask()
    qtbot.waitUntil(lambda: came.count() == 1)
    assert started.count() == 1
    assert isinstance(came.at(0)[0], SituationFigures)


def test_a_change_during_a_count_is_counted_afterwards(feed, context, qtbot) -> None:
    started, came = QSignalSpy(context.jobs.started), QSignalSpy(feed.changed)
    feed.count()
    feed.count()
    feed.count()
    assert started.count() == 1
    qtbot.waitUntil(lambda: came.count() == 2)
    assert started.count() == 2


def test_a_failure_is_told_and_the_next_count_works(feed, context, qtbot, monkeypatch) -> None:
    def refuse(_session: object) -> None:
        raise StorageError("磁盘读不出。")

    monkeypatch.setattr(situation_feed, "situation_figures", refuse)
    with qtbot.waitSignal(feed.failed) as told:
        feed.count()
    assert told.args[0].what == "磁盘读不出。"
    monkeypatch.undo()
    with qtbot.waitSignal(feed.changed):
        feed.count()


def test_after_closing_nothing_is_asked(feed, context) -> None:
    started = QSignalSpy(context.jobs.started)
    feed.close()
    feed.ask()
    feed.count()
    assert started.count() == 0
