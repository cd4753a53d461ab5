"""A center of its own for every test of a panel."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from tests.ui.small_center import opened
from ui.context import UiContext


@pytest.fixture
def context(
    qapp: object, tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[UiContext]:
    clock.step_ms = 1000
    with opened(tmp_path / "center", clock, chance) as made:
        yield made
