"""One writer: the second is told in one line; a lock does not outlive its process."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bankcc.center.writer_lock import WriterLock
from bankcc.clock import ManualClock
from bankcc.errors import Busy, StorageError

HOLD = """
import sys, time
from pathlib import Path
from bankcc.clock import SystemClock
from bankcc.center.writer_lock import WriterLock
lock = WriterLock(Path(sys.argv[1]), holder=sys.argv[2], clock=SystemClock())
print("held", flush=True)
sys.stdin.read()
"""
"""A process that holds the lock until its input ends."""


class PatientClock(ManualClock):
    """Counts how long it was asked to wait."""

    waited = 0.0

    def sleep(self, seconds: float) -> None:
        self.waited += seconds
        super().sleep(seconds)


@pytest.fixture
def waiting() -> PatientClock:
    return PatientClock()


def hold(path: Path, holder: str) -> subprocess.Popen[str]:
    """Another process with the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), holder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_the_second_waits_its_patience_and_is_told_who(
    tmp_path: Path, waiting: PatientClock
) -> None:
    other = hold(tmp_path / "lock", "command")
    with pytest.raises(Busy) as caught:
        WriterLock(tmp_path / "lock", holder="command", clock=waiting, patience=3.0)
    end(other)
    assert waiting.waited == pytest.approx(3.0, abs=0.1)
    assert str(other.pid) in caught.value.what
    assert "\n" not in str(caught.value)
    assert caught.value.safe
    assert caught.value.next_step


def test_beside_a_window_nobody_waits(tmp_path: Path, waiting: PatientClock) -> None:
    other = hold(tmp_path / "lock", "window")
    with pytest.raises(Busy):
        WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    end(other)
    assert waiting.waited == 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("holder", ["window", "command"])
def test_a_killed_holder_holds_nothing(tmp_path: Path, waiting: PatientClock, holder: str) -> None:
    other = hold(tmp_path / "lock", holder)
    other.send_signal(signal.SIGKILL)
    end(other)
    WriterLock(tmp_path / "lock", holder="command", clock=waiting).release()
    assert waiting.waited == 0


def test_released_is_free_and_names_nobody(tmp_path: Path, waiting: PatientClock) -> None:
    """A name left behind would make the next one, before it wrote its own, look like a window."""
    lock = WriterLock(tmp_path / "lock", holder="window", clock=waiting)
    assert json.loads((tmp_path / "lock").read_bytes())["holder"] == "window"
    lock.release()
    assert (tmp_path / "lock").read_bytes() == b""
    WriterLock(tmp_path / "lock", holder="command", clock=waiting).release()


def test_releasing_twice_is_harmless(tmp_path: Path, waiting: PatientClock) -> None:
    lock = WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    lock.release()
    lock.release()


def test_one_process_cannot_hold_it_twice(tmp_path: Path, waiting: PatientClock) -> None:
    lock = WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    with pytest.raises(Busy):
        WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    lock.release()


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"[1]", b'{"pid": 1', b"{" * 5000])
def test_what_lies_in_the_file_does_not_matter(
    tmp_path: Path, waiting: PatientClock, content: bytes
) -> None:
    (tmp_path / "lock").write_bytes(content)
    WriterLock(tmp_path / "lock", holder="command", clock=waiting).release()
    lock = WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    (tmp_path / "lock").write_bytes(content)
    with pytest.raises(Busy):
        WriterLock(tmp_path / "lock", holder="command", clock=waiting)
    lock.release()


def test_no_place_for_it(tmp_path: Path, waiting: PatientClock) -> None:
    with pytest.raises(StorageError) as caught:
        WriterLock(tmp_path / "missing" / "lock", holder="command", clock=waiting)
    assert caught.value.safe
