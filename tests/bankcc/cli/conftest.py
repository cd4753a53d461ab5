"""Runs command lines as a person would, on centers that need no passphrase: keys cost time."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bankcc import cli, demo
from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example center, made once; tests get copies of the closed folder."""
    folder = tmp_path_factory.mktemp("demo") / "center"
    demo.create(Paths(folder), clock=ManualClock(), chance=SeededChance(7))
    return folder


@pytest.fixture
def example(played: Path, tmp_path: Path) -> Path:
    """A copy of the example center."""
    return Path(shutil.copytree(played, tmp_path / "example"))


@pytest.fixture
def center(tmp_path: Path, clock: ManualClock) -> Path:
    """An empty center that opens without a passphrase."""
    folder = tmp_path / "center"
    session, _key = Session.create(
        Paths(folder), name="测试中心", passphrase=None, demo=True, clock=clock
    )
    session.close()
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], clock: ManualClock) -> Run:
    """Runs a command line on a folder: `run(folder, "list", "task")`; None for no folder."""

    def call(folder: Path | None, *words: str | Path) -> Result:
        capsys.readouterr()
        clock.advance(seconds=1)
        place = ["--data-dir", str(folder)] if folder else []
        code = cli.run([*place, "--as", "王敏 · 热线坐席", *map(str, words)], clock=clock)
        said = capsys.readouterr()
        return Result(code, said.out, said.err)

    return call


@pytest.fixture
def journal(clock: ManualClock) -> Callable[[Path], list[tuple[str, str]]]:
    """(what, detail) of a center's journal, newest first."""

    def read(folder: Path) -> list[tuple[str, str]]:
        with Session.open(Paths(folder), write=False, clock=clock) as session:
            return [(what, detail) for _at, _who, what, detail in session.local.journal()]

    return read
