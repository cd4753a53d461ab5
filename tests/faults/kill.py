"""A process that is meant to be killed: works on a center and says what was acknowledged.

`Victims` starts one warm server (`python -m tests.faults.kill`) that forks a fresh process for each
round before anything is opened, so that a round costs milliseconds and not an interpreter's start.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from bankcc.log.writer import LogWriter, Written
from bankcc.paths import Paths
from bankcc.session import Session
from tests.faults.center_state import Acknowledged
from tests.faults.workload import Workload

ROOT = Path(__file__).resolve().parents[2]
BOUNDARIES = {
    *("open", "write", "close", "fsync", "truncate", "flush", "replace", "rename", "unlink"),
    *("mkdir", "chmod", "flock", "connect", "execute", "executemany"),
}
"""Calls into C that touch the disk; a process may die before each of them."""


class Victims:
    """Starts processes one after another, kills them, and hands back what they acknowledged."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kill"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, job: str, folder: Path, *, seed: int = 0, die_at: int = 0) -> int:
        """Begin a round; returns the process id once the process is about to work. With `die_at` it
        kills itself before that boundary; otherwise it works until `kill`, or until it is done."""
        request = {"job": job, "folder": str(folder), "seed": seed, "die_at": die_at}
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(request) + "\n")
        self._server.stdin.flush()
        return int(self._line().removeprefix("ready "))

    def kill_after(self, process: int, seconds: float) -> list[Acknowledged]:
        """SIGKILL after a while; what it had acknowledged by then."""
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        acknowledged, status = self.wait()
        assert os.WIFSIGNALED(status), "the process ended before it was killed"
        return acknowledged

    def wait(self) -> tuple[list[Acknowledged], int]:
        """Until the process is gone: what it acknowledged, and how it ended (as `os.wait` says)."""
        acknowledged = []
        while not (line := self._line()).startswith("end "):
            seq, hash_ = line.split()
            acknowledged.append(Acknowledged(int(seq), bytes.fromhex(hash_)))
        return acknowledged, int(line.removeprefix("end "))

    def count(self, job: str, folder: Path) -> int:
        """How many boundaries the job has when nobody kills it."""
        self.start(job, folder)
        acknowledged, status = self.wait()
        assert status == 0, "the job does not work even when nobody kills it"
        return acknowledged.pop().seq

    def _line(self) -> str:
        assert self._server.stdout is not None
        line = self._server.stdout.readline()
        assert line.endswith("\n"), "the server of victims died"
        return line.rstrip()

    def close(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        assert self._server.wait() == 0
        self._server.stdout.close()


class Boundaries:
    """Counts the calls that touch the disk and dies before number `die_at`; 0: never."""

    def __init__(self, die_at: int) -> None:
        self.die_at = die_at
        self.seen = 0

    def __call__(self, _frame: FrameType, event: str, call: Any) -> None:
        if event == "c_call" and getattr(call, "__name__", "") in BOUNDARIES:
            self.seen += 1
            if self.seen == self.die_at:
                os.kill(os.getpid(), signal.SIGKILL)


def say(seq: int, hash_: bytes) -> None:
    """One line past every buffer: it counts as said even if the process dies at once."""
    os.write(1, f"{seq} {hash_.hex()}\n".encode())


def say_head(session: Session) -> None:
    head = Acknowledged.head(session)
    say(head.seq, head.hash)


def work(folder: Path, seed: int, ready: Callable[[], None]) -> None:
    """Verbs until killed."""
    session = Session.open(Paths(folder))
    workload = Workload(session, seed)
    workload.step()  # the first one also imports and opens
    ready()
    while True:
        workload.step()
        say_head(session)


def new_center(folder: Path, _seed: int, ready: Callable[[], None]) -> None:
    ready()
    session, _key = Session.create(Paths(folder), name="示例", passphrase=None, demo=True)
    say_head(session)


def bulk(folder: Path, seed: int, ready: Callable[[], None]) -> None:
    """One bulk load of several commits."""
    session = Session.open(Paths(folder))
    workload = Workload(session, seed)
    ready()
    session.load(
        [workload.new_call() for _ in range(30)], per_commit=10, progress=lambda _done: True
    )
    say_head(session)


def verbs(folder: Path, seed: int, ready: Callable[[], None]) -> None:
    """A few verbs."""
    session = Session.open(Paths(folder))
    workload = Workload(session, seed)
    ready()
    for _step in range(3):
        workload.step()
        say_head(session)


def early(folder: Path, seed: int, ready: Callable[[], None]) -> None:
    """A planted bug: verbs are acknowledged before they are committed."""
    write_many = LogWriter.write_many

    def write_and_say(writer: LogWriter, *given: Any, **named: Any) -> Written:
        written = write_many(writer, *given, **named)
        say(*writer.head)
        return written

    LogWriter.write_many = write_and_say  # type: ignore[method-assign]
    verbs(folder, seed, ready)


def rebuild(folder: Path, _seed: int, ready: Callable[[], None]) -> None:
    session = Session.open(Paths(folder))
    ready()
    session.rebuild()


def close(folder: Path, _seed: int, ready: Callable[[], None]) -> None:
    """Open, one verb, close: the whole life of a command."""
    ready()
    session = Session.open(Paths(folder))
    Workload(session, 0).task()
    say_head(session)
    session.close()


JOBS = {
    "work": work,
    "create": new_center,
    "load": bulk,
    "verbs": verbs,
    "early": early,
    "rebuild": rebuild,
    "close": close,
}


def be_victim(job: str, folder: str, seed: int, die_at: int) -> None:
    """Do the job, in a process of its own."""
    boundaries = Boundaries(die_at)

    def ready() -> None:
        os.write(1, f"ready {os.getpid()}\n".encode())
        if job != "work":
            sys.setprofile(boundaries)

    JOBS[job](Path(folder), seed, ready)
    sys.setprofile(None)
    say(boundaries.seen, b"\0")


def serve() -> None:
    """Fork one process per line of standard input and report how it ended."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            be_victim(**json.loads(line))
            os._exit(0)
        _process, status = os.waitpid(process, 0)
        os.write(1, f"end {status}\n".encode())


if __name__ == "__main__":
    serve()
