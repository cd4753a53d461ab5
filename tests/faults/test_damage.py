"""Damaged files: never a crash, never silently wrong. Either everything is as it was, or the person
is told: the opening is refused in words, a read is refused in words, or `verify` names it."""

import shutil
from pathlib import Path
from random import Random

import pytest

from bankcc.errors import UserError
from bankcc.paths import Paths
from bankcc.schema.change import create
from bankcc.session import Session
from tests.faults.center_state import Acknowledged, lost, views
from tests.faults.damage import harm
from tests.faults.workload import Workload

ROUNDS = 300
LONG_ROUNDS = 10_000
FILES = ("center.db", "center.db", "center.db-wal", "center.db-shm")
KEY_FILES = ("keyslots.json", "keyslots.copy.json", "device.json", "lock")

pytestmark = pytest.mark.usefixtures("caplog")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A center with history in the database, and more in the write-ahead file."""
    folder = tmp_path_factory.mktemp("damage")
    session, _key = Session.create(Paths(folder / "live"), name="示例", passphrase=None, demo=True)
    workload = Workload(session, 7)
    for _step in range(60):
        workload.step()
    session.close()
    session = Session.open(Paths(folder / "live"))
    workload.session = session
    for _step in range(20):
        workload.step()
    shutil.copytree(folder / "live", folder / "whole")
    session.close()
    return folder / "whole"


def outcome(folder: Path, expected: dict[str, list[tuple[object, ...]]], head: Acknowledged) -> str:
    """What the person meets: `same`, `told`, or `silently wrong`."""
    try:
        with Session.open(Paths(folder)) as session:
            report = session.verify()
            if not report.ok or session.notices:
                return "told"
            same = views(session) == expected and lost(session, [head]) == []
            session.execute(create("task", title="接着干"))
            return "same" if same else "silently wrong"
    except UserError:
        return "told"


def damaged_rounds(
    whole: Path, folder: Path, files: tuple[str, ...], rounds: int
) -> dict[str, int]:
    random = Random(rounds)
    shutil.copytree(whole, folder / "reference")
    with Session.open(Paths(folder / "reference")) as session:
        expected, head = views(session), Acknowledged.head(session)
    found: dict[str, int] = {}
    wrong = []
    for number in range(rounds):
        target = folder / "damaged"
        shutil.copytree(whole, target)
        done = harm(target / random.choice(files), random)
        result = outcome(target, expected, head)
        found[result] = found.get(result, 0) + 1
        if result == "silently wrong":
            wrong.append(f"{number}: {done}")
        shutil.rmtree(target)
    assert wrong == [], found
    return found


def test_a_damaged_database_is_never_silently_wrong(whole: Path, folder: Path) -> None:
    found = damaged_rounds(whole, folder, FILES, ROUNDS)
    assert found["told"] > ROUNDS // 5


@pytest.mark.long
def test_ten_thousand_damages(whole: Path, folder: Path) -> None:
    assert damaged_rounds(whole, folder, FILES + KEY_FILES, LONG_ROUNDS)["told"]


def test_damaged_key_files_are_mended_or_named(whole: Path, folder: Path) -> None:
    found = damaged_rounds(whole, folder, KEY_FILES, ROUNDS // 5)
    assert found["same"] + found["told"] == ROUNDS // 5
