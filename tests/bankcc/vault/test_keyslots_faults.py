"""The key file under failing disks, dying processes and power cuts, enumerated call by call."""

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bankcc.errors import NotFound, StorageError
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.vault import keyslots
from bankcc.vault.keyslots import Slots
from tests.bankcc.vault import power_loss
from tests.bankcc.vault.light_center import NAMES, contents, light

PASSPHRASE = "三江 春潮 2026"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def run_change(paths: Paths, before: Slots, monkeypatch: Any, stand_in: Any) -> None:
    power_loss.install(monkeypatch, stand_in)
    keyslots._store(paths, replace(before, generation=before.generation + 1))


STARTS = ["both", "first damaged", "second gone"]


def harmed(good: dict[str, bytes], start: str) -> dict[str, bytes]:
    one, two = NAMES
    return {
        "both": good,
        "first damaged": {one: b"torn", two: good[two]},
        "second gone": {one: good[one]},
    }[start]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("code", [None, *power_loss.DISK_ERRORS])
def test_a_change_may_fail_or_die_at_every_call(
    paths: Paths,
    chance: SeededChance,
    monkeypatch: pytest.MonkeyPatch,
    start: str,
    code: int | None,
) -> None:
    key, printed = light(paths, chance)
    before, good = keyslots.load(paths), contents(paths)
    counter = power_loss.Fault(10_000, 5)
    run_change(paths, before, monkeypatch, counter)
    assert counter.count >= 16
    for at in range(1, counter.count + 1):
        power_loss.lay_out(paths.root, harmed(good, start))
        with suppress(StorageError, power_loss.PowerLost):
            run_change(paths, before, monkeypatch, power_loss.Fault(at, code, half_write=True))
        power_loss.install(monkeypatch, os)
        after = keyslots.load(paths)
        assert after.generation in (1, 2)
        assert after.open_with_recovery(printed) == key
        assert len(contents(paths)) == 2
        assert keyslots.load(paths).notices == ()


def power_cuts(
    paths: Paths, start: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, **skip: bool
) -> tuple[list[dict[str, bytes]], list[dict[str, bytes]]]:
    """Folder contents after a cut at any moment of a change, and after an acknowledged change."""
    power_loss.lay_out(paths.root, start)
    before = keyslots.load(paths, repair=False)
    recorder = power_loss.Recorder()
    stand_in: Any = power_loss.NoSync(recorder, **skip) if skip else recorder
    run_change(paths, before, monkeypatch, stand_in)
    power_loss.install(monkeypatch, os)
    during = [
        state
        for length in range(len(recorder.steps) + 1)
        for state in power_loss.states(start, recorder.steps[:length])
    ]
    return during, list(power_loss.states(start, recorder.steps))


def unopened(
    states: list[dict[str, bytes]], folder: Path, printed: str, generations: set[int]
) -> int:
    """How many of the states do not open, or show another generation than they may."""
    bad, paths = 0, Paths(folder)
    for state in states:
        power_loss.lay_out(folder, state)
        try:
            slots = keyslots.load(paths)
            slots.open_with_recovery(printed)
            bad += slots.generation not in generations
        except (StorageError, NotFound):
            bad += 1
    return bad


@pytest.mark.parametrize("start", STARTS)
def test_power_may_fail_at_every_moment_of_a_change(
    paths: Paths,
    chance: SeededChance,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
    start: str,
) -> None:
    _key, printed = light(paths, chance)
    during, after = power_cuts(paths, harmed(contents(paths), start), monkeypatch)
    folder = tmp_path_factory.mktemp("after")
    assert len(during) > 20
    assert unopened(during, folder, printed, {1, 2}) == 0
    assert unopened(after, folder, printed, {2}) == 0


def test_missing_syncs_would_be_caught(
    paths: Paths,
    chance: SeededChance,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    _key, printed = light(paths, chance)
    start, folder = contents(paths), tmp_path_factory.mktemp("after")
    during, _after = power_cuts(paths, start, monkeypatch, skip_files=True, skip_folders=True)
    assert unopened(during, folder, printed, {1, 2}) > 0
    _during, after = power_cuts(paths, start, monkeypatch, skip_files=False, skip_folders=True)
    assert unopened(after, folder, printed, {2}) > 0


def test_the_second_copy_is_not_touched_before_the_first_is_read_back(
    paths: Paths, chance: SeededChance, monkeypatch: pytest.MonkeyPatch
) -> None:
    light(paths, chance)
    before, good = keyslots.load(paths), contents(paths)
    monkeypatch.setattr(
        keyslots.safe_file, "write_bytes", lambda path, data: path.write_bytes(b"?")
    )
    with pytest.raises(StorageError):
        keyslots._store(paths, replace(before, generation=2))
    assert sum(content != good[name] for name, content in contents(paths).items()) == 1


def test_a_failed_creation_leaves_no_center(
    paths: Paths, chance: SeededChance, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(1, 17):
        power_loss.install(monkeypatch, power_loss.Fault(at, power_loss.DISK_ERRORS[0]))
        refusal = None
        try:
            keyslots.create(paths, passphrase=None, chance=chance, demo=True)
        except StorageError as error:
            refusal = error
        if refusal is None:
            assert len(contents(paths)) == 2
            for path in paths.keyslots:
                path.unlink()
        else:
            assert refusal.safe == "没有建立中心。"
            assert list(paths.root.iterdir()) == []


def test_a_failed_change_says_what_opens(
    paths: Paths, chance: SeededChance, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, printed = light(paths, chance)
    power_loss.install(monkeypatch, power_loss.Fault(3, power_loss.DISK_ERRORS[0]))
    with pytest.raises(StorageError) as caught:
        keyslots.change_passphrase(paths, key, PASSPHRASE, chance=chance)
    assert "口令" in caught.value.safe
    power_loss.install(monkeypatch, os)
    assert keyslots.load(paths).open_with_recovery(printed) == key


@pytest.mark.parametrize("bad", NAMES)
def test_the_only_good_copy_is_replaced_last(
    paths: Paths, chance: SeededChance, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    light(paths, chance)
    before = keyslots.load(paths)
    (paths.root / bad).write_bytes(b"torn")
    recorder = power_loss.Recorder()
    run_change(paths, before, monkeypatch, recorder)
    replaced = [step[2] for step in recorder.steps if step[0] == "replace"]
    assert replaced == [bad, *(name for name in NAMES if name != bad)]
