"""The key file: opens with what it should and with nothing else, and survives damage."""

import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcc.errors import (
    Damaged,
    NotFound,
    Refused,
    StorageError,
    TooNew,
    UserError,
    WrongPassphrase,
)
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.vault import checked_file, crypto, keyslots, recovery_key
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.slot import DemoSlot, UnknownSlot
from tests.bankcc.vault import power_loss
from tests.bankcc.vault.light_center import NAMES, contents, light

PASSPHRASE = "三江 春潮 2026"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def test_a_center_opens_with_passphrase_and_recovery_key_and_nothing_else(
    tmp_path: Path, chance: SeededChance
) -> None:
    paths = Paths(tmp_path / "center")
    key, printed = keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    assert printed is not None
    slots = keyslots.load(paths)
    assert slots.kinds == ("passphrase", "recovery")
    assert not slots.is_demo
    assert slots.notices == ()
    assert slots.open_with_passphrase(PASSPHRASE) == key
    assert slots.open_with_passphrase("\u3000三江 春潮 ２０２６\r\n") == key  # full width, blanks
    assert slots.open_with_recovery(printed.lower().replace("-", " ")) == key
    with pytest.raises(WrongPassphrase) as caught:
        slots.open_with_passphrase("三江 春潮 2027")
    assert caught.value.safe
    assert caught.value.next_step
    with pytest.raises(WrongPassphrase):
        slots.open_with_recovery(recovery_key.new_recovery_key(chance))
    with pytest.raises(WrongPassphrase):
        slots.open_demo()


def test_the_files_are_private_equal_and_hold_no_secret(
    tmp_path: Path, chance: SeededChance
) -> None:
    paths = Paths(tmp_path / "center")
    key, printed = keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    assert printed is not None
    one, two = contents(paths).values()
    assert one == two
    assert stat.S_IMODE(paths.root.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths.keyslots)
    text = one.decode()
    for secret in (key.raw.hex(), PASSPHRASE, printed, printed.replace("-", "")):
        assert secret not in text
    body = json.loads(text)["body"]
    slot = body["slots"][0]
    assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (65536, 3, 4)
    assert json.loads(text)["suite"] == "intl-1"


def test_nothing_typed_is_not_a_wrong_passphrase(paths: Paths, chance: SeededChance) -> None:
    keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    with pytest.raises(UserError) as caught:
        keyslots.load(paths).open_with_passphrase(" \u3000")
    assert not isinstance(caught.value, WrongPassphrase)


def test_a_slip_in_the_recovery_key_is_not_a_wrong_key(paths: Paths, chance: SeededChance) -> None:
    _key, printed = light(paths, chance)
    slip = ("B" if printed[0] == "A" else "A") + printed[1:]
    with pytest.raises(UserError) as caught:
        keyslots.load(paths).open_with_recovery(slip)
    assert not isinstance(caught.value, WrongPassphrase)


@pytest.mark.parametrize("unfit", [None, "", "   ", "1234567", "密码"])
def test_an_unfit_passphrase_makes_no_center(
    paths: Paths, chance: SeededChance, unfit: str | None
) -> None:
    with pytest.raises(UserError):
        keyslots.create(paths, passphrase=unfit, chance=chance)
    assert contents(paths) == {}


def test_a_weak_cost_is_a_defect(paths: Paths, chance: SeededChance) -> None:
    with pytest.raises(ValueError, match="cost"):
        keyslots.create(
            paths, passphrase=PASSPHRASE, chance=chance, cost=crypto.Argon2Cost(32 * 1024)
        )


def test_an_existing_center_is_never_overwritten(paths: Paths, chance: SeededChance) -> None:
    light(paths, chance)
    for name in NAMES:
        before = contents(paths)
        with pytest.raises(Refused):
            keyslots.create(paths, passphrase=None, chance=chance, demo=True)
        assert contents(paths) == before
        (paths.root / name).unlink(missing_ok=True)
        if name == NAMES[1]:
            keyslots.create(paths, passphrase=None, chance=chance, demo=True)


def test_a_demo_opens_without_a_passphrase(paths: Paths, chance: SeededChance) -> None:
    key, printed = keyslots.create(paths, passphrase=None, chance=chance, demo=True)
    assert printed is None
    slots = keyslots.load(paths)
    assert slots.is_demo
    assert slots.kinds == ("demo",)
    opened = slots.open_demo()
    assert opened == key
    opened.forget()
    assert slots.open_demo() == key
    assert key.raw.hex() not in repr(slots)
    with pytest.raises(Refused):
        keyslots.change_passphrase(paths, key, PASSPHRASE, chance=chance)
    with pytest.raises(ValueError, match="demo"):
        keyslots.create(paths, passphrase=PASSPHRASE, chance=chance, demo=True)


def test_a_demo_slot_beside_others_is_not_accepted(paths: Paths, chance: SeededChance) -> None:
    key, _printed = light(paths, chance)
    slots = keyslots.load(paths)
    mixed = replace(slots, slots=(*slots.slots, DemoSlot(key)), generation=2)
    for path in paths.keyslots:
        path.write_bytes(mixed.to_bytes())
    with pytest.raises(Damaged):
        keyslots.load(paths)


def test_changing_the_passphrase(paths: Paths, chance: SeededChance) -> None:
    key, printed = keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    assert printed is not None
    changed = keyslots.change_passphrase(paths, key, "另一个更长的密码", chance=chance)
    assert changed.generation == 2
    slots = keyslots.load(paths)
    assert slots == changed
    assert slots.open_with_passphrase("另一个更长的密码") == key
    assert slots.open_with_recovery(printed) == key
    with pytest.raises(WrongPassphrase):
        slots.open_with_passphrase(PASSPHRASE)
    with pytest.raises(UserError):
        keyslots.change_passphrase(paths, key, "short", chance=chance)
    with pytest.raises(ValueError, match="belong"):
        keyslots.change_passphrase(paths, DatabaseKey(b"\0" * 32), PASSPHRASE, chance=chance)
    assert keyslots.load(paths) == changed


def test_a_slot_of_a_newer_version_is_kept(paths: Paths, chance: SeededChance) -> None:
    key, printed = light(paths, chance)
    slots = keyslots.load(paths)
    foreign = UnknownSlot({"kind": "supervisor", "who": "李强", "sealed": "00"})
    keyslots._store(paths, replace(slots, slots=(*slots.slots, foreign), generation=2))
    changed = keyslots.change_passphrase(paths, key, PASSPHRASE, chance=chance)
    assert foreign in changed.slots
    again = keyslots.load(paths)
    assert foreign in again.slots
    assert again.open_with_recovery(printed) == key


def test_a_changed_cost_or_salt_does_not_open(paths: Paths, chance: SeededChance) -> None:
    keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    body = checked_file.read(paths.keyslots[0], keyslots.FORMAT, keyslots.VERSION)
    assert body is not None
    for name, value, expected in (
        ("passes", 4, WrongPassphrase),
        ("passes", 1, Damaged),
        ("memory_kib", 8, Damaged),
        ("memory_kib", 1 << 30, Damaged),
        ("lanes", 0, Damaged),
        ("salt", "00" * 16, WrongPassphrase),
        ("salt", "00", Damaged),
    ):
        slot = body["slots"][0] | {name: value}
        data = checked_file.encode(
            keyslots.FORMAT, keyslots.VERSION, body | {"slots": [slot, body["slots"][1]]}
        )
        for path in paths.keyslots:
            path.write_bytes(data)
        with pytest.raises(expected):
            keyslots.load(paths).open_with_passphrase(PASSPHRASE)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("harm", ["gone", "empty", "torn", "flipped", "older", "folder", "huge"])
def test_one_bad_copy_is_mended(paths: Paths, chance: SeededChance, name: str, harm: str) -> None:
    key, printed = light(paths, chance)
    older = contents(paths)[name]
    keyslots._store(paths, replace(keyslots.load(paths), generation=2))
    path, good = paths.root / name, contents(paths)[name]
    path.unlink()
    match harm:
        case "empty":
            path.write_bytes(b"")
        case "torn":
            path.write_bytes(good[: len(good) // 2])
        case "flipped":
            path.write_bytes(good.replace(b'"generation": 2', b'"generation": 3'))
        case "older":
            path.write_bytes(older)
        case "folder":
            path.mkdir()
        case "huge":
            path.write_bytes(b"[" * (checked_file.SIZE_LIMIT + 1))
    untouched = keyslots.load(paths, repair=False)
    assert untouched.notices == ()
    assert untouched.generation == 2
    slots = keyslots.load(paths)
    assert slots.open_with_recovery(printed) == key
    assert len(slots.notices) == 1
    if harm == "folder":
        assert path.is_dir()  # never removed; the notice says so
    else:
        assert path.read_bytes() == good
        assert keyslots.load(paths).notices == ()


def test_a_copy_that_cannot_be_mended_does_not_stop_opening(
    paths: Paths, chance: SeededChance, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, printed = light(paths, chance)
    paths.keyslots[1].unlink()
    power_loss.install(monkeypatch, power_loss.Fault(1, power_loss.DISK_ERRORS[2]))
    slots = keyslots.load(paths)
    assert slots.open_with_recovery(printed) == key
    assert len(slots.notices) == 1
    assert str(paths.keyslots[1]) in slots.notices[0]


def test_no_usable_copy_is_said(paths: Paths, chance: SeededChance) -> None:
    with pytest.raises(NotFound):
        keyslots.load(paths)
    paths.database.write_bytes(b"data")
    with pytest.raises(StorageError) as gone:
        keyslots.load(paths)
    assert gone.value.safe
    assert str(paths.root) in gone.value.next_step
    for path in paths.keyslots:
        path.write_bytes(b"{}")
    with pytest.raises(Damaged) as damaged:
        keyslots.load(paths)
    assert "keyslots.json" in damaged.value.what
    assert paths.database.read_bytes() == b"data"
    assert all(path.read_bytes() == b"{}" for path in paths.keyslots)


def test_a_newer_format_is_left_alone(paths: Paths, chance: SeededChance) -> None:
    light(paths, chance)
    body = checked_file.read(paths.keyslots[0], keyslots.FORMAT, keyslots.VERSION)
    assert body is not None
    paths.keyslots[0].write_bytes(checked_file.encode(keyslots.FORMAT, 2, body))
    before = contents(paths)
    with pytest.raises(TooNew):
        keyslots.load(paths)
    assert contents(paths) == before


@settings(max_examples=150)
@given(data=st.data())
def test_no_mutation_of_both_copies_crashes_or_opens_wrongly(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    paths = Paths(tmp_path_factory.mktemp("center"))
    key, printed = light(paths, SeededChance(1))
    good = paths.keyslots[0].read_bytes()
    for path in paths.keyslots:
        at = data.draw(st.integers(0, len(good) - 1))
        cut = data.draw(st.integers(0, 40))
        path.write_bytes(good[:at] + data.draw(st.binary(max_size=20)) + good[at + cut :])
    try:
        opened = keyslots.load(paths).open_with_recovery(printed)
    except (Damaged, TooNew, WrongPassphrase):
        return
    assert opened == key


def test_a_new_recovery_key_takes_the_place_of_the_old_one(
    paths: Paths, chance: SeededChance
) -> None:
    key, old = keyslots.create(paths, passphrase=PASSPHRASE, chance=chance)
    new = keyslots.renew_recovery(paths, key, chance=chance)
    slots = keyslots.load(paths)
    assert slots.kinds == ("passphrase", "recovery")
    assert slots.open_with_recovery(new) == slots.open_with_passphrase(PASSPHRASE) == key
    with pytest.raises(WrongPassphrase):
        slots.open_with_recovery(str(old))


def test_a_demo_gets_no_recovery_key(paths: Paths, chance: SeededChance) -> None:
    key, _none = keyslots.create(paths, passphrase=None, chance=chance, demo=True)
    with pytest.raises(Refused):
        keyslots.renew_recovery(paths, key, chance=chance)
    assert keyslots.load(paths).kinds == ("demo",)
