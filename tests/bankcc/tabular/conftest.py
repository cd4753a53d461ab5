"""A center to import into, and a way to zip parts into a workbook."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Zip parts into a file."""

    def make(content: dict[str, str | bytes], name: str = "表.xlsx") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in content.items():
                archive.writestr(part, text)
        return path

    return make


@pytest.fixture
def center(tmp_path: Path, clock: ManualClock, chance: SeededChance) -> Iterator[Session]:
    """An empty center."""
    session, _key = Session.create(
        Paths(tmp_path / "center"),
        name="试",
        passphrase=None,
        demo=True,
        clock=clock,
        chance=chance,
    )
    yield session
    session.close()
