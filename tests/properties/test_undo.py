"""Undo and redo on a real center, also between changes of other laptops."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.properties import undo_checks


@pytest.mark.parametrize("check", undo_checks.CHECKS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_undo(check: Callable[[Path, int], None], tmp_path: Path, seed: int) -> None:
    check(tmp_path / "center", seed)


@pytest.mark.long
@pytest.mark.parametrize("check", undo_checks.CHECKS)
@pytest.mark.parametrize("seed", range(10, 60))
def test_undo_many(check: Callable[[Path, int], None], tmp_path: Path, seed: int) -> None:
    check(tmp_path / "center", seed)
