"""What people type is in no file in the clear: while open, after kill -9, after close."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.paths import Paths
from bankcc.session import Session
from tests.faults.canary import NAMES, NOTE, PASSPHRASE, PHONES, canaries, found_in

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """All places a process may write to: center, home, temporary files, working folder."""
    for name in ("center", "home", "temporary", "working"):
        (tmp_path / "world" / name).mkdir(parents=True)
    return tmp_path / "world"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """The contact list to import; it lies outside, for it is itself in the clear."""
    path = tmp_path / "通讯录.csv"
    rows = [f"{name},{phone}" for name, phone in zip(NAMES, PHONES, strict=True)]
    path.write_text("\n".join(["姓名,手机", *rows]), encoding="utf-8-sig")
    return path


@pytest.fixture
def typist(world: Path, table: Path) -> Iterator[subprocess.Popen[str]]:
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), "home")
    temps = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"), "temporary")
    places = {name: str(world / place) for name, place in (homes | temps).items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.canary", str(world / "center"), str(table)],
        env=os.environ | places | {"PYTHONPATH": str(ROOT)},
        cwd=world / "working",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, process.communicate()[1]
    return line


def test_nothing_typed_lies_in_the_clear(world: Path, typist: subprocess.Popen[str]) -> None:
    wanted = canaries(answer(typist))
    assert (world / "center" / "center.db-wal").stat().st_size
    assert list(found_in(world, wanted)) == []
    typist.kill()
    typist.wait()
    assert list(found_in(world, wanted)) == []
    with Session.open(Paths(world / "center"), passphrase=PASSPHRASE) as session:
        assert session.search(NAMES[3])
        assert session.local.drafts()
        assert session.local.journal()
        assert list(found_in(world, wanted)) == []
    assert list(found_in(world, wanted)) == []


def test_nothing_typed_is_left_by_an_ordinary_end(
    world: Path, typist: subprocess.Popen[str]
) -> None:
    wanted = canaries(answer(typist))
    said, complaints = typist.communicate("close\n")
    assert said == "closed\n"
    assert complaints.strip() == "refused"
    assert not (world / "center" / "center.db-wal").exists()
    assert list(found_in(world, wanted)) == []


@pytest.mark.parametrize("text", [NAMES[0], PHONES[0], PHONES[1][-8:], NOTE, "鸑鷟"])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
def test_a_database_in_the_clear_would_be_found(tmp_path: Path, text: str, encoding: str) -> None:
    with sqlite3.connect(tmp_path / "center.db") as connection:
        connection.execute(f"PRAGMA encoding = '{encoding}'")
        connection.execute("CREATE TABLE call (note TEXT)")
        connection.execute("INSERT INTO call VALUES (?)", [f"来电 {text} 已记"])
    connection.close()
    assert list(found_in(tmp_path, canaries("鸑鷟")))


def test_a_text_file_or_a_file_name_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "old.log").write_text(f"x{NAMES[0]}y", encoding="gbk")
    assert list(found_in(tmp_path, canaries()))
    (tmp_path / "old.log").rename(tmp_path / f"{NAMES[1]}.txt")
    (tmp_path / f"{NAMES[1]}.txt").write_text("")
    assert list(found_in(tmp_path, canaries()))
