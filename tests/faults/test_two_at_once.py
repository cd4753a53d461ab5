"""Two programs on one center: one writes, the others are told or read the last commit at once."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import Busy, Refused
from bankcc.paths import Paths
from bankcc.schema.change import create
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.faults.center_state import lost
from tests.faults.kill import Victims


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made, _key = Session.create(
        Paths(tmp_path), name="示例", passphrase=None, demo=True, holder="window"
    )
    with made:
        yield made


def titles(session: Session) -> list[object]:
    return [record["title"] for record in session.find(Query("task", order="row"))]


def test_a_second_writer_is_told_and_the_first_goes_on(session: Session) -> None:
    with pytest.raises(Busy) as caught:
        Session.open(session.paths, clock=ManualClock())
    assert "\n" not in str(caught.value)
    session.execute(create("task", title="照常"))
    assert titles(session) == ["照常"]


def test_a_second_making_does_not_clear_the_first(tmp_path: Path) -> None:
    """The marker of an unfinished making stands; who comes second waits instead of clearing."""
    first, _key = Session.create(Paths(tmp_path), name="示例", passphrase=None, demo=True)
    (tmp_path / "creating").write_text("")
    with first:
        with pytest.raises(Busy):
            Session.create(
                Paths(tmp_path), name="另一", passphrase=None, demo=True, clock=ManualClock()
            )
        first.execute(create("task", title="还在"))
        (tmp_path / "creating").unlink()
    with Session.open(Paths(tmp_path)) as again:
        assert titles(again) == ["还在"]


def test_a_reader_sees_each_commit_at_once_and_waits_for_nothing(session: Session) -> None:
    with Session.open(session.paths, write=False) as reader:
        for number in range(5):
            session.execute(create("task", title=str(number)))
            assert titles(reader) == [str(earlier) for earlier in range(number + 1)]
        with session._opened.database.transaction() as connection:
            connection.execute("INSERT INTO local_value VALUES ('half', 1)")
            assert len(titles(reader)) == 5
            assert reader.local.value("half") is None
        with pytest.raises(Refused):
            reader.execute(create("task", title="nein"))
        with pytest.raises(Refused):
            reader.undo()


def test_a_thread_reads_while_another_writes(session: Session) -> None:
    """In the middle of a transaction of one thread, another one's read comes back."""
    seen: list[int] = []
    with session._opened.database.transaction() as connection:
        connection.execute("INSERT INTO local_value VALUES ('half', 1)")
        thread = threading.Thread(target=lambda: seen.append(session.count(Query("task"))))
        thread.start()
        thread.join(10)
    assert seen == [0]


def test_threads_write_one_after_another(session: Session) -> None:
    def write(name: str) -> None:
        for number in range(10):
            session.execute(create("task", title=f"{name}{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in "甲乙丙"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [record.number for record in session.find(Query("task"))]
    assert len(set(numbers)) == 30
    assert session.verify().ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_killed_writer_leaves_the_lock_free(tmp_path: Path) -> None:
    victims = Victims()
    folder = tmp_path / "center"
    Session.create(Paths(folder), name="示例", passphrase=None, demo=True)[0].close()
    process = victims.start("work", folder)
    with pytest.raises(Busy):
        Session.open(Paths(folder), clock=ManualClock())
    with Session.open(Paths(folder), write=False) as reader:
        assert reader.head_code()
    os.kill(process, signal.SIGKILL)
    _acknowledged, status = victims.wait()
    assert os.WTERMSIG(status) == signal.SIGKILL
    victims.close()
    with Session.open(Paths(folder), clock=ManualClock()) as session:
        session.execute(create("task", title="可写"))
        assert session.verify().ok


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_reader_that_opens_beside_a_writer_leaves_its_locks_alone(tmp_path: Path) -> None:
    """A writer that lost its locks dies when the next one to come cuts its shared memory."""
    victims = Victims()
    folder = tmp_path / "center"
    Session.create(Paths(folder), name="示例", passphrase=None, demo=True)[0].close()
    process = victims.start("work", folder)
    for _turn in range(5):
        with Session.open(Paths(folder), write=False) as reader:
            assert reader.head_code()
    acknowledged = victims.kill_after(process, 0.05)
    victims.close()
    with Session.open(Paths(folder)) as session:
        assert lost(session, acknowledged) == []
