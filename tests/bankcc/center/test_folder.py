"""A center on disk: made once, opened with its key, never cleared by mistake."""

from pathlib import Path

import pytest

from bankcc.center import folder as center
from bankcc.center.folder import OpenCenter
from bankcc.clock import ManualClock
from bankcc.errors import Busy, Damaged, NotFound, Refused, StorageError, WrongPassphrase
from bankcc.ids import SeededChance
from bankcc.paths import Paths

PASSPHRASE = "鸲鹆栖庭前七二九"


def make(paths: Paths, *, passphrase: str | None = None, finish: bool = True) -> str | None:
    """Make a center and close it; its recovery key."""
    opened, recovery = begin(paths, passphrase=passphrase)
    if finish:
        with opened.database.transaction() as connection:
            connection.execute("CREATE TABLE kept (text)")
        center.finish_making(paths)
    let_go(opened)
    return recovery


def begin(paths: Paths, *, passphrase: str | None = None) -> tuple[OpenCenter, str | None]:
    return center.make(
        paths,
        label="甲",
        passphrase=passphrase,
        demo=passphrase is None,
        clock=ManualClock(),
        chance=SeededChance(5),
        holder="command",
    )


def let_go(opened: OpenCenter) -> None:
    opened.database.close()
    assert opened.lock is not None
    opened.lock.release()


def reopen(paths: Paths) -> OpenCenter:
    key, slots = center.unlock(paths, passphrase=None, recovery_key=None)
    return center.open_existing(
        paths, key, slots, write=True, clock=ManualClock(), holder="command"
    )


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "center")


def test_made_and_opened(paths: Paths) -> None:
    make(paths)
    opened = reopen(paths)
    assert opened.is_demo
    assert opened.device.label == "甲"
    assert opened.notices == ()
    assert opened.database.writer.execute("SELECT name FROM sqlite_master").fetchall()
    let_go(opened)
    assert paths.root.stat().st_mode & 0o077 == 0
    assert {path.name for path in paths.root.iterdir()} == {
        *("center.db", "keyslots.json", "keyslots.copy.json", "device.json"),
        *("backups", "logs", "lock"),
    }


def test_passphrase_and_recovery_key_open_it_and_nothing_else(paths: Paths) -> None:
    recovery = make(paths, passphrase=PASSPHRASE)
    assert recovery
    first, _slots = center.unlock(paths, passphrase=PASSPHRASE, recovery_key=None)
    second, _slots = center.unlock(paths, passphrase=None, recovery_key=recovery)
    assert first == second
    for passphrase in (None, "", "another passphrase"):
        with pytest.raises(WrongPassphrase):
            center.unlock(paths, passphrase=passphrase, recovery_key=None)


def test_a_second_center_in_the_folder_is_refused(paths: Paths) -> None:
    make(paths)
    before = {path: path.read_bytes() for path in paths.root.iterdir() if path.is_file()}
    with pytest.raises(Refused) as caught:
        begin(paths)
    assert caught.value.safe
    assert before == {path: path.read_bytes() for path in before}


@pytest.mark.parametrize("left", ["database", "keyslots"])
def test_what_is_left_of_a_center_is_never_made_over(paths: Paths, left: str) -> None:
    make(paths)
    if left == "database":
        for path in paths.keyslots:
            path.unlink()
    else:
        paths.database.unlink()
    with pytest.raises(Refused):
        begin(paths)


def test_an_interrupted_making_is_no_center_and_is_made_again(paths: Paths) -> None:
    make(paths, finish=False)
    with pytest.raises(NotFound):
        center.unlock(paths, passphrase=None, recovery_key=None)
    make(paths)
    let_go(reopen(paths))


def test_what_another_process_is_making_is_not_cleared(paths: Paths) -> None:
    first, _recovery = begin(paths)
    with pytest.raises(Busy):
        begin(paths)
    assert paths.database.exists()
    center.finish_making(paths)
    let_go(first)
    let_go(reopen(paths))


def test_no_center(paths: Paths) -> None:
    with pytest.raises(NotFound):
        center.unlock(paths, passphrase=None, recovery_key=None)
    assert not paths.root.exists()


@pytest.mark.parametrize("harm", ["removed", "empty"])
def test_a_center_without_its_database_is_not_begun_anew(paths: Paths, harm: str) -> None:
    """SQLite would make an empty database there, and delete the write-ahead file beside it."""
    make(paths)
    paths.database.write_bytes(b"")
    log = paths.root / "center.db-wal"
    log.write_bytes(b"commits")
    if harm == "removed":
        paths.database.unlink()
    with pytest.raises(Damaged) as caught:
        reopen(paths)
    assert caught.value.safe
    assert log.read_bytes() == b"commits"


@pytest.mark.parametrize("name", ["center.db", "device.json"])
def test_after_a_failed_opening_the_lock_is_free(paths: Paths, name: str) -> None:
    make(paths)
    whole = (paths.root / name).read_bytes()
    (paths.root / name).write_bytes(b"x" * len(whole))
    for _turn in range(2):
        with pytest.raises(StorageError):
            reopen(paths)
    (paths.root / name).write_bytes(whole)
    let_go(reopen(paths))


def test_opening_for_reading_takes_no_lock(paths: Paths) -> None:
    make(paths)
    writer = reopen(paths)
    key, slots = center.unlock(paths, passphrase=None, recovery_key=None)
    reader = center.open_existing(
        paths, key, slots, write=False, clock=ManualClock(), holder="command"
    )
    assert reader.lock is None
    reader.database.close()
    let_go(writer)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as caught:
        begin(Paths(tmp_path / "file" / "center"))
    assert caught.value.safe


def test_an_example_is_removed_whole_and_nothing_else(paths: Paths) -> None:
    make(paths)
    report = paths.root / "reports" / "甲-E-0001"
    report.mkdir(parents=True)
    (report / "1.pdf").write_bytes(b"%PDF")
    own = paths.root / "我的笔记.txt"
    own.write_text("自己的", encoding="utf-8")
    center.remove_example(paths, clock=ManualClock(), holder="window")
    assert [path.name for path in paths.root.iterdir()] == [own.name]
    own.unlink()
    make(paths)  # the folder is free again
    center.remove_example(paths, clock=ManualClock(), holder="window")
    assert not paths.root.exists()


def test_a_real_center_is_not_removed(paths: Paths) -> None:
    make(paths, passphrase=PASSPHRASE)
    before = sorted(path.name for path in paths.root.iterdir())
    with pytest.raises(Refused):
        center.remove_example(paths, clock=ManualClock(), holder="window")
    assert sorted(path.name for path in paths.root.iterdir()) == before


def test_an_example_that_is_open_is_not_removed(paths: Paths) -> None:
    make(paths)
    opened = reopen(paths)
    with pytest.raises(Busy):
        center.remove_example(paths, clock=ManualClock(), holder="command")
    let_go(opened)
    let_go(reopen(paths))


@pytest.mark.parametrize("step", range(1, 7))
def test_a_removal_cut_short_leaves_no_half_center(
    paths: Paths, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(paths)
    unlink, left = Path.unlink, [step]

    def cut(path: Path, missing_ok: bool = False) -> None:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", cut)
    with pytest.raises(KeyboardInterrupt):
        center.remove_example(paths, clock=ManualClock(), holder="window")
    monkeypatch.undo()
    with pytest.raises(NotFound):
        center.unlock(paths, passphrase=None, recovery_key=None)
    make(paths)
    let_go(reopen(paths))
