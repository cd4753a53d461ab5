"""`kill -9` at any moment: what was acknowledged is there, the center opens and verifies."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bankcc.errors import NotFound
from bankcc.paths import Paths
from bankcc.session import Session
from tests.faults.center_state import Acknowledged, lost, rebuilt_differs
from tests.faults.kill import Victims

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and SIGKILL")
ROUNDS = 25
LONG_ROUNDS = 200
MEAN_SECONDS = 0.03
ENUMERATED = 12
"""Boundaries tried per job in the default run, spread evenly; all of them with --long."""


@pytest.fixture
def victims() -> Iterator[Victims]:
    started = Victims()
    yield started
    started.close()


def make(folder: Path) -> Path:
    """A new center, closed."""
    session, _key = Session.create(Paths(folder), name="示例", passphrase=None, demo=True)
    session.close()
    return folder


def rounds_of_killing(victims: Victims, folder: Path, rounds: int) -> int:
    """Kill `rounds` processes; the number of acknowledged verbs. Every third dies right after
    another, so that a log is also recovered from what a killed process recovered."""
    random = Random(rounds)
    acknowledged: list[Acknowledged] = []
    for number in range(rounds):
        process = victims.start("work", folder, seed=number)
        acknowledged += victims.kill_after(process, random.expovariate(1 / MEAN_SECONDS))
        if number % 3 == 1 and number < rounds - 1:
            continue
        with Session.open(Paths(folder)) as session:
            assert lost(session, acknowledged) == []
            if number % 5 == 0 or number == rounds - 1:
                assert rebuilt_differs(session) == []
    return len(acknowledged)


def test_no_acknowledged_verb_is_lost(tmp_path: Path, victims: Victims) -> None:
    assert rounds_of_killing(victims, make(tmp_path / "center"), ROUNDS) > ROUNDS


@pytest.mark.long
def test_no_acknowledged_verb_is_lost_in_many_rounds(tmp_path: Path, victims: Victims) -> None:
    total = 0
    for part in range(LONG_ROUNDS // ROUNDS):
        total += rounds_of_killing(victims, make(tmp_path / str(part)), ROUNDS)
    assert total > LONG_ROUNDS


def boundaries(count: int, most: int) -> list[int]:
    """Which boundaries to die at: all, or an even choice of `most` with the first and the last."""
    step = max(1.0, (count - 1) / (most - 1))
    return sorted({min(count, 1 + round(index * step)) for index in range(most)})


@pytest.fixture
def most(request: pytest.FixtureRequest) -> int:
    """How many boundaries of a job are tried."""
    return 200 if request.config.getoption("--long") else ENUMERATED


def test_a_center_whose_making_was_killed_is_made_again(
    tmp_path: Path, victims: Victims, most: int
) -> None:
    outcomes = set()
    for at in boundaries(victims.count("create", tmp_path / "whole"), most):
        folder = tmp_path / str(at)
        victims.start("create", folder, die_at=at)
        acknowledged, status = victims.wait()
        assert os.WIFSIGNALED(status)
        try:
            session = Session.open(Paths(folder))
            outcomes.add("opened")
        except NotFound:
            assert acknowledged == []
            session, _key = Session.create(Paths(folder), name="示例", passphrase=None, demo=True)
            outcomes.add("made again")
        with session:
            assert lost(session, acknowledged) == []
            assert session.center is not None
            assert rebuilt_differs(session) == []
    assert "made again" in outcomes


def dying_at_boundaries(job: str, folder: Path, victims: Victims, most: int) -> None:
    """Kill the job before each boundary in turn and look at the center after each."""
    victims.kill_after(victims.start("work", make(folder)), MEAN_SECONDS)
    with Session.open(Paths(folder)) as session:
        before = [Acknowledged.head(session)]
    for at in boundaries(victims.count(job, folder), most):
        victims.start(job, folder, die_at=at)
        acknowledged, status = victims.wait()
        if not os.WIFSIGNALED(status):  # what lies in the center decides how long a job is
            acknowledged.pop()
        with Session.open(Paths(folder)) as session:
            assert lost(session, before + acknowledged) == []
            if at % 5 == 0:
                assert rebuilt_differs(session) == []


@pytest.mark.parametrize("job", ["verbs", "load", "rebuild", "close"])
def test_a_killed_job_leaves_a_whole_center(
    job: str, tmp_path: Path, victims: Victims, most: int
) -> None:
    dying_at_boundaries(job, tmp_path / "center", victims, most)


def test_an_acknowledgement_before_the_commit_is_caught(tmp_path: Path, victims: Victims) -> None:
    with pytest.raises(AssertionError, match="was acknowledged"):
        dying_at_boundaries("early", tmp_path / "center", victims, 200)
