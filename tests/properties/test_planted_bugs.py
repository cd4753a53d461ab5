"""The checks can fail: every planted bug is caught, and without one they pass."""

from pathlib import Path
from random import Random

import pytest

from tests.properties import chain_checks, clock_checks, fold_checks, undo_checks, view_checks
from tests.properties.planted_bugs import PLANTED, Bug
from tests.properties.play import Play
from tests.properties.view_checks import random_steps

NOTICED = (AssertionError, pytest.fail.Exception)
"""What a failing check raises; anything else would be a mistake in the planting."""


def fold_suite(_folder: Path) -> None:
    for seed in range(60):
        play = Play(skew=seed % 2 == 0, seed=seed).run(random_steps(seed, 120))
        for check in fold_checks.CHECKS:
            check(play, Random(seed))


def views_suite(folder: Path) -> None:
    for seed in (1, 2, 3):
        with view_checks.meet(folder / f"one{seed}", seed, 300) as meeting:
            view_checks.check_promise(meeting)
            view_checks.check_rebuild(meeting)
            view_checks.check_other_center(meeting, folder / f"two{seed}")


def undo_suite(folder: Path) -> None:
    for check in undo_checks.CHECKS:
        for seed in (1, 2):
            check(folder / f"{check.__name__}{seed}", seed)


def chain_suite(folder: Path) -> None:
    with chain_checks.signed_center(folder / "chain") as session:
        for tampering in chain_checks.TAMPERINGS:
            for seed in range(8):
                chain_checks.check_reported(session, tampering, seed)


def clock_suite(_folder: Path) -> None:
    for seed in range(20):
        for check in clock_checks.CHECKS:
            check(Random(seed))


SUITES = {
    "fold": fold_suite,
    "views": views_suite,
    "undo": undo_suite,
    "chain": chain_suite,
    "clock": clock_suite,
}


@pytest.mark.parametrize("suite", SUITES)
def test_nothing_is_reported_without_a_bug(suite: str, tmp_path: Path) -> None:
    SUITES[suite](tmp_path)


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: f"{bug.suite}-{bug.name}")
def test_bug_is_caught(bug: Bug, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bug.plant(monkeypatch)
    with pytest.raises(NOTICED):
        SUITES[bug.suite](tmp_path)
