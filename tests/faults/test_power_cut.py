"""Power loss at any moment, over the writes and syncs of the program's own code: nothing that was
acknowledged is lost. Two planted bugs show that the method finds losses."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bankcc.database import Database, DatabaseError
from bankcc.errors import UserError
from bankcc.log.writer import LogWriter
from bankcc.paths import Paths
from bankcc.session import Session
from bankcc.vault import keyslots
from tests.faults.apsw_disk import Disk, Event
from tests.faults.center_state import Acknowledged, lost, rebuilt_differs
from tests.faults.power_cut import FATES, Machine
from tests.faults.workload import Workload

STATES = 300
LONG_STATES = 2_000
WHOLE_CHECK_EVERY = 50
"""Every so many states the whole program opens the center, instead of its database alone."""


def record(folder: Path, disk: Disk, acknowledge: Callable[[Session], None]) -> None:
    """A day in a center: made, used, closed, opened, rebuilt, used."""
    with disk.attached():
        session, _key = Session.create(Paths(folder), name="示例", passphrase=None, demo=True)
        acknowledge(session)
        workload = Workload(session, 1)
        for step in range(120):
            workload.step()
            acknowledge(session)
            if step == 60:
                session.close()
                session = Session.open(Paths(folder))
                workload.session = session
        session.rebuild()
        for _step in range(60):
            workload.step()
            acknowledge(session)
        session.close()


def recorded(folder: Path) -> list[Event]:
    """The events of a day, each verb's acknowledgement among them."""
    disk = Disk()

    def acknowledge(session: Session) -> None:
        index = folder / "center.db-shm"
        disk.events.append(Event("index", "", 0, index.read_bytes()))
        disk.events.append(Event("ack", "", 0, Acknowledged.head(session)))

    record(folder, disk, acknowledge)
    return disk.events


def losses(folder: Path, events: list[Event], states: int) -> list[str]:
    """Cut the power `states` times; what was lost, one line per state that lost anything."""
    random = Random(states)
    first = next(index for index, event in enumerate(events) if event.kind == "ack")
    moments = sorted(random.randrange(first + 1, len(events) + 1) for _ in range(states))
    machine, acknowledged, found, played = Machine(), [], [], 0
    for number, moment in enumerate(moments):
        for event in events[played:moment]:
            machine.play(event)
            if event.kind == "ack":
                acknowledged.append(event.data)
        played = moment
        fate = FATES[number % len(FATES)]
        machine.crash(fate, random, folder)
        whole = number % WHOLE_CHECK_EVERY == 0
        problems = (look_whole if whole else look)(folder, acknowledged)
        if problems:
            found.append(f"state {number}, {fate}, event {moment}: {problems[:3]}")
    return found


def look(folder: Path, acknowledged: list[Acknowledged]) -> list[str]:
    """Open the database as the program does: what is missing, what is not whole."""
    paths = Paths(folder)
    try:
        database = Database(paths.database, keyslots.load(paths).open_demo())
    except UserError as error:
        return [str(error)]
    try:
        rows = database.writer.execute("SELECT seq, hash FROM op WHERE log = 1")
        found = dict(rows.fetchall())
        missing = [str(ack.seq) for ack in acknowledged if found.get(ack.seq) != ack.hash]
        checked = [str(row[0]) for row in database.writer.execute("PRAGMA quick_check")]
        return missing + [line for line in checked if line != "ok"] + list(database.notices)
    except DatabaseError as error:
        return [str(error)]
    finally:
        database.close()


def look_whole(folder: Path, acknowledged: list[Acknowledged]) -> list[str]:
    """Open the center as the program does; everything, and the views by a rebuild."""
    try:
        with Session.open(Paths(folder)) as session:
            return lost(session, acknowledged) + rebuilt_differs(session)
    except UserError as error:
        return [str(error)]


def cut(folder: Path, states: int) -> list[str]:
    events = recorded(folder / "center")
    assert sum(event.kind == "sync" and event.file == "center.db" for event in events) > 3
    shutil.copytree(folder / "center", folder / "crashed")
    return losses(folder / "crashed", events, states)


def test_power_loss_takes_nothing_acknowledged(folder: Path) -> None:
    assert cut(folder, STATES) == []


@pytest.mark.long
def test_power_loss_takes_nothing_acknowledged_in_many_states(folder: Path) -> None:
    assert cut(folder, LONG_STATES) == []


def test_without_a_sync_per_commit_it_would(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Database.__init__.__kwdefaults__, "synchronous", "NORMAL")
    assert len(cut(folder, 60)) > 10


def test_an_acknowledgement_before_the_commit_is_caught(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many = LogWriter.write_many
    disk = Disk()

    def write_and_acknowledge(writer: LogWriter, *given: Any, **named: Any) -> Any:
        written = write_many(writer, *given, **named)
        disk.events.append(Event("ack", "", 0, Acknowledged(*writer.head)))
        return written

    monkeypatch.setattr(LogWriter, "write_many", write_and_acknowledge)
    record(folder / "center", disk, lambda _session: None)
    shutil.copytree(folder / "center", folder / "crashed")
    assert losses(folder / "crashed", disk.events, 60)
