"""The first set-up is killed at every step: there is no center or a whole one, and the next start
goes on with what is left. Alone, it ends in the situation panel."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.dialogs.set_up_keys import NAME, PASSPHRASE
from ui.first_start import set_up

ROOT = Path(__file__).resolve().parents[2]
Until = Callable[..., list[str]]


@pytest.fixture
def until(tmp_path: Path, home: Path) -> Iterator[Until]:
    """Starts the program in an empty home, lets a person press keys up to a step, kills it there;
    the steps that were seen."""
    started: list[subprocess.Popen[bytes]] = []

    def go(step: str, passphrase: str = "") -> list[str]:
        given = [str(tmp_path), step, *([passphrase] if passphrase else [])]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.set_up_driver", *given],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        seen: list[str] = []
        while not seen or seen[-1] != step:
            line = process.stdout.readline().decode().strip()
            assert line, f"ended after {seen}"
            seen.append(line)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        return seen

    yield go
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("step", ["language", "choose", "make"])
def test_killed_before_the_center_is_made_there_is_none(until, tmp_path, step) -> None:
    until(step)
    assert not Paths(tmp_path / "center").exists()


LEFT = {
    "key": ("key", "outlets", "people"),
    "you": ("outlets", "people"),
    "outlets": ("outlets", "people"),
    "people": ("people",),
}


@pytest.mark.parametrize("step", LEFT)
def test_killed_later_the_center_is_whole_and_the_rest_is_left(until, tmp_path, step) -> None:
    until(step)
    with Session.open(Paths(tmp_path / "center"), passphrase=PASSPHRASE) as session:
        assert session.center.text("name") == NAME
        assert session.verify().ok
        assert set_up.left(session) == LEFT[step]


def test_by_enter_alone_it_ends_in_the_situation(until) -> None:
    steps = ["language", "choose", "make", "key", "you", "outlets", "people"]
    assert until("window:situation") == [*steps, "window:situation"]


def test_a_killed_one_goes_on_and_ends_there(until, tmp_path) -> None:
    until("outlets")
    assert until("window:situation", PASSPHRASE) == ["you", "outlets", "people", "window:situation"]
    with Session.open(Paths(tmp_path / "center"), passphrase=PASSPHRASE) as session:
        assert set_up.left(session) == ()
