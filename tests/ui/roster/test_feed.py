"""The roster is read again after what touches it, never twice at once, never half."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from bankcc.errors import StorageError
from bankcc.features import person, task
from bankcc.session import Session
from ui.context import UiContext
from ui.roster import feed as roster_feed
from ui.roster.feed import RosterFeed
from ui.roster.posts import Roster, read_roster


@pytest.fixture
def feed(context: UiContext, qtbot: QtBot) -> Iterator[RosterFeed]:
    owner = QObject()
    made = RosterFeed(context, owner)
    with qtbot.waitSignal(made.arrived):
        made.reload()
    yield made
    owner.deleteLater()


def test_a_change_of_people_is_followed(feed: RosterFeed, context, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.arrived):
        context.session.execute(person.add(name="王敏"))
    assert [someone.name for someone in feed.roster.people] == ["王敏"]
    with qtbot.assertNotEmitted(feed.arrived, wait=80):
        context.session.execute(task.add(title="换电池"))


def test_many_wishes_are_one_more_read(feed: RosterFeed, context, qtbot: QtBot) -> None:
    seen: list[int] = []
    feed.arrived.connect(lambda roster: seen.append(len(roster.people)))
    feed.reload()
    for name in ("王敏", "李强", "刘倩"):
        context.session.execute(person.add(name=name))
        feed.reload()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == 3)
    qtbot.wait(50)
    assert len(seen) <= 4
    assert seen[-1] == 3  # the last read saw everything


def test_what_changes_during_a_read_is_read_again(
    feed: RosterFeed, context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(session: Session) -> Roster:
        found = read_roster(session)
        begun.set()
        go_on.wait(5)
        return found

    monkeypatch.setattr(roster_feed, "read_roster", slow)
    feed.reload()
    assert begun.wait(5)
    context.session.execute(person.add(name="王敏"))
    qtbot.wait(20)  # the change set has come
    assert feed.roster.people == ()
    go_on.set()
    qtbot.waitUntil(lambda: len(feed.roster.people) == 1)


def test_a_fault_is_said_and_gone_after_the_next_read(
    feed: RosterFeed, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_session: object) -> None:
        raise StorageError("磁盘读不出来")

    with monkeypatch.context() as patch:
        patch.setattr(roster_feed, "read_roster", broken)
        with qtbot.waitSignal(feed.looked):
            feed.reload()
    assert feed.error is not None
    assert feed.loaded  # what was read before is still known
    with qtbot.waitSignal(feed.arrived):
        feed.reload()
    assert feed.error is None


def test_a_defect_is_not_hidden(
    feed: RosterFeed, context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def defect(_session: object) -> None:
        raise ValueError("a defect")

    monkeypatch.setattr(roster_feed, "read_roster", defect)
    with qtbot.waitSignal(context.jobs.unhandled) as told:
        feed.reload()
    assert isinstance(told.args[0], ValueError)
