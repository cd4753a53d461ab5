"""A small file is old or new and complete after every failing call and every power cut."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import Damaged, StorageError
from bankcc.vault import safe_file
from tests.bankcc.vault import power_loss

OLD, NEW = b"old " * 500, b"new " * 700


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "slots"
    target.write_bytes(OLD)
    return target


def calls_of_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    counter = power_loss.Fault(at=10_000, error=errno.EIO)
    power_loss.install(monkeypatch, counter)
    safe_file.write_bytes(path, OLD)
    return counter.count


def test_writes_for_the_owner_only_and_leaves_nothing_else(path: Path) -> None:
    safe_file.write_bytes(path, NEW)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["slots"]


def test_a_public_file_follows_the_umask(path: Path) -> None:
    before = os.umask(0o022)
    try:
        safe_file.write_bytes(path, NEW, private=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("code", power_loss.DISK_ERRORS)
def test_every_call_may_fail(path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    total = calls_of_one_write(path, monkeypatch)
    assert total >= 8
    refused = 0
    for at in range(1, total + 1):
        power_loss.lay_out(path.parent, {"slots": OLD})
        power_loss.install(monkeypatch, power_loss.Fault(at, code))
        refusal = None
        try:
            safe_file.write_bytes(path, NEW)
        except StorageError as error:
            refusal = error
        if refusal is None:
            assert path.read_bytes() == NEW
        else:
            refused += 1
            assert str(path) in refusal.what
            assert refusal.safe
            assert refusal.next_step
            assert path.read_bytes() in (OLD, NEW)
        assert [entry.name for entry in path.parent.iterdir()] == ["slots"], at
    assert refused >= total - 1


@pytest.mark.parametrize("half", [False, True])
def test_the_process_may_die_at_every_call(
    path: Path, monkeypatch: pytest.MonkeyPatch, half: bool
) -> None:
    total = calls_of_one_write(path, monkeypatch)
    for at in range(1, total + 1):
        power_loss.lay_out(path.parent, {"slots": OLD})
        power_loss.install(monkeypatch, power_loss.Fault(at, None, half_write=half))
        with pytest.raises(power_loss.PowerLost):
            safe_file.write_bytes(path, NEW)
        assert path.read_bytes() in (OLD, NEW)
        power_loss.install(monkeypatch, os)
        safe_file.remove_leftovers(path.parent)
        safe_file.write_bytes(path, NEW)
        assert [entry.name for entry in path.parent.iterdir()] == ["slots"]


def lost_states(path: Path, monkeypatch: pytest.MonkeyPatch, **skip: bool) -> list[bytes | None]:
    """What `slots` may hold after a power cut at any moment; last, after an acknowledged write."""
    recorder = power_loss.Recorder()
    stand_in: Any = power_loss.NoSync(recorder, **skip) if skip else recorder
    power_loss.install(monkeypatch, stand_in)
    safe_file.write_bytes(path, NEW)
    found = []
    for length in range(len(recorder.steps) + 1):
        for state in power_loss.states({"slots": OLD}, recorder.steps[:length]):
            found.append(state.get("slots"))
    return found


def acknowledged(path: Path, monkeypatch: pytest.MonkeyPatch, **skip: bool) -> set[bytes | None]:
    recorder = power_loss.Recorder()
    stand_in: Any = power_loss.NoSync(recorder, **skip) if skip else recorder
    power_loss.install(monkeypatch, stand_in)
    safe_file.write_bytes(path, NEW)
    return {state.get("slots") for state in power_loss.states({"slots": OLD}, recorder.steps)}


def test_power_may_fail_at_every_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(lost_states(path, monkeypatch)) == {OLD, NEW}
    assert acknowledged(path, monkeypatch) == {NEW}


def test_forgetting_to_sync_the_file_would_be_caught(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = lost_states(path, monkeypatch, skip_files=True, skip_folders=False)
    assert not set(found) <= {OLD, NEW}


def test_forgetting_to_sync_the_folder_would_be_caught(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert OLD in acknowledged(path, monkeypatch, skip_files=False, skip_folders=True)


class Scanner:
    """`os` in whose way a virus scanner stands for the first `times` renames."""

    def __init__(self, times: int, code: int) -> None:
        self.left, self.code = times, code

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def replace(self, source: Path, target: Path) -> None:
        if self.left:
            self.left -= 1
            error = PermissionError(errno.EACCES, "held")
            error.winerror = self.code  # type: ignore[attr-defined]
            raise error
        os.replace(source, target)


@pytest.mark.parametrize("code", [5, 32, 33])
def test_waits_for_a_virus_scanner(
    path: Path, monkeypatch: pytest.MonkeyPatch, clock: ManualClock, code: int
) -> None:
    power_loss.install(monkeypatch, Scanner(6, code))
    safe_file.write_bytes(path, NEW, clock=clock)
    assert path.read_bytes() == NEW
    assert clock.slept == pytest.approx(2.55)


def test_gives_up_on_a_scanner_and_keeps_the_old(
    path: Path, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    power_loss.install(monkeypatch, Scanner(7, 32))
    with pytest.raises(StorageError):
        safe_file.write_bytes(path, NEW, clock=clock)
    assert path.read_bytes() == OLD


def test_other_errors_are_not_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    power_loss.install(monkeypatch, Scanner(1, 19))
    with pytest.raises(StorageError):
        safe_file.write_bytes(path, NEW, clock=clock)
    assert clock.slept == 0


def test_a_folder_that_cannot_be_synced_is_accepted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoFolderSync:
        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        def fsync(self, handle: int) -> None:
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                raise OSError(errno.EINVAL, "no")
            os.fsync(handle)

    power_loss.install(monkeypatch, NoFolderSync())
    safe_file.write_bytes(path, NEW)
    assert path.read_bytes() == NEW


def test_reads_what_is_there(path: Path, tmp_path: Path) -> None:
    assert safe_file.read_bytes(path, limit=len(OLD)) == OLD
    assert safe_file.read_bytes(tmp_path / "none", limit=10) is None
    with pytest.raises(Damaged):
        safe_file.read_bytes(path, limit=len(OLD) - 1)
    with pytest.raises(Damaged):
        safe_file.read_bytes(tmp_path, limit=10)


def test_an_unreadable_file_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StorageError) as caught:
        safe_file.read_bytes(path, limit=10_000)
    assert not isinstance(caught.value, Damaged)
    assert "Input/output error" in caught.value.what


def test_new_and_empty_folders_become_private_others_stay(tmp_path: Path) -> None:
    fresh, empty, shared = tmp_path / "a" / "b", tmp_path / "empty", tmp_path / "shared"
    for folder in (empty, shared):
        folder.mkdir()
        folder.chmod(0o755)
    (shared / "other.txt").write_text("theirs")
    for folder in (fresh, empty, shared):
        safe_file.make_private_folder(folder)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755


def test_a_folder_below_a_file_is_refused(path: Path) -> None:
    with pytest.raises(StorageError):
        safe_file.make_private_folder(path / "center")


def test_leftovers_go_and_nothing_else(tmp_path: Path) -> None:
    for name in (".keyslots.json.new-7-1", "keyslots.json", ".hidden", "a.new-1-1"):
        (tmp_path / name).write_text("x")
    safe_file.remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"keyslots.json", ".hidden", "a.new-1-1"}
