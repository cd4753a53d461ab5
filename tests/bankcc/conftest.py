"""An open center for tests of the core: a demo center needs no passphrase, so none is stretched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session


@pytest.fixture
def new_center(
    tmp_path: Path, clock: ManualClock, chance: SeededChance
) -> Iterator[Callable[..., Session]]:
    """Makes centers in folders of their own; closes what the test left open."""
    made: list[Session] = []

    def make(label: str = "甲", **options: object) -> Session:
        session, _recovery = Session.create(
            Paths(tmp_path / f"center-{len(made)}"),
            name="东海银行滨江支行",
            label=label,
            passphrase=None,
            demo=True,
            clock=clock,
            chance=chance,
            **options,
        )
        session.user = "王敏 · 热线坐席"
        made.append(session)
        return session

    yield make
    for session in made:
        session.close()


@pytest.fixture
def center(new_center: Callable[..., Session], clock: ManualClock) -> Session:
    """One open center; every reading of its clock is a millisecond later."""
    clock.step_ms = 1
    return new_center()
