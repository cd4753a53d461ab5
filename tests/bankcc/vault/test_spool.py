"""What the database refused lies sealed in the first place that takes it, for its center alone."""

import errno
from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.ids import SeededChance
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.spool import Spool

TEXT = "张女士 13800138000 交押金".encode()


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "first", tmp_path / "second"


def spool_of(places: tuple[Path, ...], key: bytes = bytes(range(32)), *, now: int = 1_000) -> Spool:
    return Spool(DatabaseKey(key), places, SeededChance(1), ManualClock(now))


def kept(places: tuple[Path, ...], key: bytes = bytes(range(32))) -> list[tuple[str, bytes]]:
    """Name and text of what another run finds."""
    return [(name, text) for name, _number, text in spool_of(places, key).found()]


def blocked(place: Path) -> None:
    """A file where the folder should be: it refuses even root."""
    place.write_text("")


def test_what_is_kept_comes_back_and_is_unreadable_on_disk(places) -> None:
    file = spool_of(places).put("A1", TEXT)
    assert places[0] in file.parents
    assert b"13800138000" not in file.read_bytes()
    assert TEXT[:6] not in file.read_bytes()
    assert kept(places) == [("A1", TEXT)]


def test_a_place_that_refuses_is_passed_over(places) -> None:
    blocked(places[0])
    file = spool_of(places).put("A1", TEXT)
    assert places[1] in file.parents
    assert [name for name, _text in kept(places)] == ["A1"]


def test_where_no_place_takes_it_that_is_said(places) -> None:
    for place in places:
        blocked(place)
    with pytest.raises(StorageError):
        spool_of(places).put("A1", TEXT)
    assert kept(places) == []


def test_the_later_text_counts_wherever_the_earlier_one_lay(places) -> None:
    blocked(places[0])
    spool_of(places).put("A1", b"early")
    places[0].unlink()
    spool_of(places).put("A1", b"late")
    assert kept(places) == [("A1", b"late")]


@pytest.mark.parametrize("now", [500, 1_000, 2_000])
def test_an_earlier_copy_that_could_not_be_removed_does_not_win(places, monkeypatch, now) -> None:
    """Whatever the clock says by then, and whichever of the two places comes first."""

    def keep(_file: Path, **_how: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    spool_of(places[:1]).put("A1", b"early")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", keep)
        spool_of(places[::-1], now=now).put("A1", b"late")
    assert len([*places[0].rglob("*.sealed"), *places[1].rglob("*.sealed")]) == 2
    assert kept(places) == [("A1", b"late")]
    assert kept(places[::-1]) == [("A1", b"late")]


def test_a_copy_out_of_reach_meanwhile_does_not_win_when_it_comes_back(places) -> None:
    spool = spool_of(places)
    spool.put("A1", b"early")
    places[0].rename(places[0].with_name("away"))
    blocked(places[0])
    spool._clock.advance(minutes=-1)
    spool.put("A1", b"late")
    places[0].unlink()
    places[0].with_name("away").rename(places[0])
    assert kept(places) == [("A1", b"late")]


def test_another_center_sees_none_of_it(places) -> None:
    spool_of(places).put("A1", TEXT)
    assert kept(places, bytes(32)) == []


def test_a_file_that_was_changed_or_renamed_is_passed_over(places) -> None:
    spool = spool_of(places)
    changed, renamed = spool.put("A1", TEXT), spool.put("B2", TEXT)
    changed.write_bytes(changed.read_bytes()[:-1] + b"x")
    renamed.rename(renamed.with_stem("C3"))
    assert kept(places) == []


def test_what_was_stored_is_dropped(places) -> None:
    spool = spool_of(places)
    spool.put("A1", TEXT)
    spool.drop("A1")
    spool.drop("A1")
    assert kept(places) == []


@pytest.mark.parametrize("name", ["", "../A", "a/b", "一"])
def test_a_name_is_no_path(places, name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        spool_of(places).put(name, TEXT)


def test_a_place_that_cannot_be_listed_hides_no_other(places, monkeypatch) -> None:
    blocked(places[0])
    spool = spool_of(places)
    spool.put("A1", TEXT)
    listed = Path.glob

    def glob(folder: Path, pattern: str) -> object:
        if places[0] in folder.parents:
            raise OSError(errno.EIO, "input/output error")
        return listed(folder, pattern)

    monkeypatch.setattr(Path, "glob", glob)
    assert kept(places) == [("A1", TEXT)]
