"""A file is on disk whole or not at all."""

import errno
from pathlib import Path
from typing import BinaryIO

import pytest

from bankcc import whole_file
from bankcc.errors import StorageError
from bankcc.whole_file import Unconfirmed, is_in_use, unused_name, write_whole


def write(file: BinaryIO) -> None:
    file.write(b"new")


def fail(file: BinaryIO) -> None:
    file.write(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "报告.pdf"
    target.write_bytes(b"old")
    assert write_whole(target, write) == target
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"old")
    with pytest.raises(StorageError, match="No space left") as refusal:
        write_whole(target, fail)
    assert refusal.value.safe
    assert refusal.value.next_step
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_a_file_that_is_there_is_not_called_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"old")

    def refuse(_folder: Path) -> None:
        raise OSError(number, "not now")

    monkeypatch.setattr(whole_file, "sync_folder", refuse)
    with pytest.raises(Unconfirmed, match="已写好") as told:
        write_whole(target, write)
    assert target.read_bytes() == b"new"
    assert "完整" in told.value.safe
    assert not is_in_use(told.value, target), "it must not be written a second time beside it"
    assert list(tmp_path.iterdir()) == [target]


def test_a_defect_leaves_the_old_file_and_stays_a_defect(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"old")

    def defect(file: BinaryIO) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_whole(target, defect)
    assert [path.name for path in tmp_path.iterdir()] == ["r.pdf"]


def test_a_file_open_elsewhere_offers_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"old")

    def locked(_part: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(StorageError) as refusal:
        write_whole(target, write)
    assert "r (2).pdf" in refusal.value.next_step
    assert is_in_use(refusal.value, target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_options: object) -> None:
        raise PermissionError(errno.EACCES, "read-only")

    monkeypatch.setattr("bankcc.whole_file.tempfile.mkstemp", refuse)
    with pytest.raises(StorageError, match="只读") as refusal:
        write_whole(tmp_path / "r.pdf", write)
    assert not is_in_use(refusal.value, tmp_path / "r.pdf")


def test_no_folder_or_a_folder_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="不存在"):
        write_whole(tmp_path / "none" / "r.pdf", write)
    (tmp_path / "r.pdf").mkdir()
    with pytest.raises(StorageError, match="是文件夹"):
        write_whole(tmp_path / "r.pdf", write)


def test_unused_name(tmp_path: Path) -> None:
    target = tmp_path / "态势报告.第3期.pdf"
    assert unused_name(target) == target
    target.touch()
    assert unused_name(target).name == "态势报告.第3期 (2).pdf"
    unused_name(target).touch()
    assert unused_name(target).name == "态势报告.第3期 (3).pdf"
