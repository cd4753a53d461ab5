"""The real window on a real (virtual) screen: fourteen keys, a kill in the middle of a sentence, a
second start."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bankcc.clock import SystemClock
from bankcc.paths import Paths
from bankcc.session import Session

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
Start = Callable[[str], subprocess.Popen[str]]

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None, reason="needs Xvfb, which the set-up installs on Debian"
)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A virtual screen that chose its own number."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    screen.terminate()
    screen.wait(PATIENCE)


@pytest.fixture
def center(tmp_path: Path) -> Path:
    """A center with nothing in it, closed."""
    session, _key = Session.create(
        Paths(tmp_path / "center"), name="滨江支行", passphrase=None, demo=True, clock=SystemClock()
    )
    session.close()
    return tmp_path / "center"


@pytest.fixture
def start(display: str, center: Path) -> Iterator[Start]:
    """Starts the program with a plan of keys; nothing outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def run(plan: str) -> subprocess.Popen[str]:
        started.append(program(display, center, plan))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait(PATIENCE)
        if process.stdout is not None:
            process.stdout.close()


def program(display: str, center: Path, plan: str) -> subprocess.Popen[str]:
    """A process of the program."""
    environment = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONWARNINGS": "error",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.window_driver", str(center), *plan.split()],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def lines(process: subprocess.Popen[str]) -> list[str]:
    """Everything it said, after it ended well."""
    output, _errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return output.splitlines()


def test_fourteen_keys_make_one_call(start: Start) -> None:
    assert lines(start("fourteen")) == [
        "platform xcb",
        "keys 14",
        "new 1",
        "focus hotline.phone",
    ]


def test_ctrl_e_makes_urgent_while_a_sentence_is_typed(start: Start) -> None:
    """On X11 the key goes to the end of the line, in every field that is left to itself."""
    assert lines(start("urgent_in_a_sentence")) == ["status escalated"]


def test_a_kill_in_the_middle_of_a_sentence_loses_no_word(start: Start) -> None:
    process = start("type_and_wait")
    assert process.stdout is not None
    assert process.stdout.readline() == "typed\n"
    SystemClock().sleep(2.0)
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    assert lines(start("what_came_back")) == [
        "blank True",
        "parked 13800138000 transfer half a sentence",
        "resumed half a sentence",
        "stored 1",
    ]


def test_a_second_start_raises_the_first_window_and_ends(start: Start) -> None:
    first = start("stay")
    assert first.stdout is not None
    assert first.stdout.readline() == "open\n"
    second = start("stay")
    assert lines(second) == []
    assert lines(first) == ["raised"]


@pytest.mark.parametrize("ms", [0, 400, 800, 1_200, 1_800, 2_500])
def test_a_window_closed_while_much_is_still_loaded_ends_well(start: Start, ms: int) -> None:
    assert lines(start(f"close_after {ms}")) == []
