"""A device signs its heads; its file hides the private key and tells when it was changed."""

import json
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import Damaged, FieldError, Refused, StorageError, TooNew
from bankcc.ids import SeededChance, SystemChance
from bankcc.paths import Paths
from bankcc.vault import checked_file, crypto, identity
from bankcc.vault.crypto import Purpose
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.identity import Device, create_device, load_device, start_epoch, verify_head
from tests.bankcc.vault import power_loss

KEY = DatabaseKey(bytes(range(32)))
HASH = bytes(range(32))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


@pytest.fixture
def device(paths: Paths, chance: SeededChance) -> Device:
    return create_device(paths, KEY, label="甲", chance=chance)


def test_a_device_is_the_same_after_loading(paths: Paths, device: Device) -> None:
    loaded = load_device(paths, KEY)
    assert loaded == device
    assert loaded.label == "甲"
    assert loaded.log_id == f"{device.device_id}.1"
    assert loaded.sign_head("log", 7, HASH) == device.sign_head("log", 7, HASH)
    assert stat.S_IMODE(paths.device.stat().st_mode) == 0o600


def test_the_private_key_is_nowhere_in_the_clear(paths: Paths, device: Device) -> None:
    text = paths.device.read_text()
    assert "甲" in text
    assert device._seed.hex() not in text
    assert device._seed.hex() not in repr(device)
    assert repr(device._seed)[2:-1] not in repr(device)
    assert KEY.raw.hex() not in text


def test_two_devices_differ(tmp_path: Path) -> None:
    made = []
    for name in "ab":
        (tmp_path / name).mkdir()
        made.append(create_device(Paths(tmp_path / name), KEY, label=name, chance=SystemChance()))
    assert made[0].device_id != made[1].device_id
    assert made[0].public_key != made[1].public_key
    assert not verify_head(made[1].public_key, "l", 1, HASH, made[0].sign_head("l", 1, HASH))


def test_a_head_signature_holds_for_that_head_only(device: Device) -> None:
    signature = device.sign_head("log.1", 7, HASH)
    public = device.public_key
    assert verify_head(public, "log.1", 7, HASH, signature)
    assert not verify_head(public, "log.2", 7, HASH, signature)
    assert not verify_head(public, "log.1", 8, HASH, signature)
    assert not verify_head(public, "log.1", 7, bytes(32), signature)
    assert not verify_head(public, "log.1", 7, HASH[:-1], signature)
    assert not verify_head(public, "log.1", -7, HASH, signature)
    assert not verify_head(public, "log.1", 1 << 64, HASH, signature)
    assert not verify_head(public[:-1], "log.1", 7, HASH, signature)
    assert not verify_head(public, "log.1", 7, HASH, signature[:-1])
    message = identity._head("log.1", 7, HASH)
    assert not crypto.verify(public, message, signature, purpose=Purpose.DEVICE_KEY)


@given(
    st.tuples(st.text(max_size=5), st.integers(0, 2**64 - 1)),
    st.tuples(st.text(max_size=5), st.integers(0, 2**64 - 1)),
)
def test_no_two_heads_share_a_message(one: tuple[str, int], two: tuple[str, int]) -> None:
    same = identity._head(*one, HASH) == identity._head(*two, HASH)
    assert same == (one == two)


@pytest.mark.parametrize(("typed", "label"), [("甲", "甲"), (" Ａ１ ", "A1"), ("丁机2", "丁机2")])
def test_labels(typed: str, label: str) -> None:
    assert identity.clean_label(typed) == label


@pytest.mark.parametrize("typed", ["", "  ", "甲-1", "a b", "12345", "甲\n乙", "<b>", "\u202e甲"])
def test_labels_that_cannot_stand_in_a_number(
    paths: Paths, chance: SeededChance, typed: str
) -> None:
    with pytest.raises(FieldError):
        create_device(paths, KEY, label=typed, chance=chance)
    assert not paths.device.exists()


def test_a_device_is_not_overwritten_unless_told(
    paths: Paths, device: Device, chance: SeededChance
) -> None:
    with pytest.raises(Refused):
        create_device(paths, KEY, label="乙", chance=chance)
    assert load_device(paths, KEY) == device
    fresh = create_device(paths, KEY, label="乙", chance=chance, replace=True)
    assert load_device(paths, KEY) == fresh
    assert fresh.device_id != device.device_id


def test_a_new_epoch_is_a_new_log_of_the_same_device(
    paths: Paths, device: Device, chance: SeededChance
) -> None:
    later = start_epoch(paths, KEY, device, chance=chance)
    assert load_device(paths, KEY) == later
    assert later.epoch == 2
    assert later.log_id != device.log_id
    assert (later.device_id, later.label, later.public_key) == (
        device.device_id,
        device.label,
        device.public_key,
    )
    assert verify_head(device.public_key, "l", 1, HASH, later.sign_head("l", 1, HASH))


def test_absent_damaged_and_foreign_files_are_said(paths: Paths, device: Device) -> None:
    good = paths.device.read_bytes()
    with pytest.raises(Damaged):
        load_device(paths, DatabaseKey(bytes(32)))
    for content in (b"", b"{}", good[:-40], good.replace("甲".encode(), "乙".encode())):
        paths.device.write_bytes(content)
        with pytest.raises(Damaged) as caught:
            load_device(paths, KEY)
        assert caught.value.safe
        assert caught.value.next_step
        assert paths.device.read_bytes() == content
    paths.device.unlink()
    with pytest.raises(Damaged):
        load_device(paths, KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("label", "乙"),
        ("epoch", 2),
        ("device_id", "0" * 16),
        ("public_key", "00" * 32),
        ("sealed", "00" * 60),
        ("sealed", "00"),
        ("epoch", "1"),
        ("label", None),
    ],
)
def test_a_changed_field_is_noticed_even_with_a_fresh_checksum(
    paths: Paths, device: Device, name: str, value: object
) -> None:
    body = json.loads(paths.device.read_bytes())["body"]
    paths.device.write_bytes(
        checked_file.encode(identity.FORMAT, identity.VERSION, body | {name: value})
    )
    with pytest.raises(Damaged):
        load_device(paths, KEY)


def test_a_newer_file_is_said(paths: Paths, device: Device) -> None:
    body = json.loads(paths.device.read_bytes())["body"]
    paths.device.write_bytes(checked_file.encode(identity.FORMAT, 2, body))
    with pytest.raises(TooNew):
        load_device(paths, KEY)


@pytest.mark.parametrize("code", [None, *power_loss.DISK_ERRORS])
def test_a_new_epoch_may_fail_or_die_at_every_call(
    paths: Paths,
    device: Device,
    chance: SeededChance,
    monkeypatch: pytest.MonkeyPatch,
    code: int | None,
) -> None:
    start = {"device.json": paths.device.read_bytes()}
    for at in range(1, 10):
        power_loss.lay_out(paths.root, start)
        power_loss.install(monkeypatch, power_loss.Fault(at, code, half_write=True))
        with suppress(StorageError, power_loss.PowerLost):
            start_epoch(paths, KEY, device, chance=chance)
        power_loss.install(monkeypatch, os)
        assert load_device(paths, KEY).epoch in (1, 2)
