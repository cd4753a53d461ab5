"""The views of a real center are a function of its operations: verbs, undo, redo, other laptops."""

from pathlib import Path

import pytest

from tests.properties import view_checks


@pytest.mark.parametrize("seed", [1, 2])
def test_incremental_equals_scratch_equals_any_order(tmp_path: Path, seed: int) -> None:
    with view_checks.meet(tmp_path / "one", seed, 1_000) as meeting:
        view_checks.check_numbers(meeting)
        view_checks.check_promise(meeting)
        view_checks.check_other_center(meeting, tmp_path / "two")
        view_checks.check_rebuild(meeting)
        for step in view_checks.random_steps(seed + 50, 150):
            meeting.step(step)
        view_checks.check_promise(meeting)
        view_checks.check_rebuild(meeting)
        assert meeting.session.verify().problems == []
        view_checks.check_erasure(meeting)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_meetings(tmp_path: Path, seed: int) -> None:
    with view_checks.meet(tmp_path / "one", seed, 1_500) as meeting:
        view_checks.check_numbers(meeting)
        view_checks.check_promise(meeting)
        view_checks.check_other_center(meeting, tmp_path / "two")
        view_checks.check_rebuild(meeting)
