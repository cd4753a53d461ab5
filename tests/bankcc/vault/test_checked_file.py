"""A damaged small file is never taken for a whole one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import Damaged, TooNew
from bankcc.vault import checked_file

BODY = {"label": "甲", "epoch": 1, "list": [1, {"a": None}]}
PATH = Path("x.json")
WHOLE = checked_file.encode("test", 3, BODY)


def decode(data: bytes) -> checked_file.Body:
    return checked_file.decode(data, PATH, "test", 3)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(WHOLE)
    assert checked_file.read(tmp_path / "x", "test", 3) == BODY
    assert checked_file.read(tmp_path / "none", "test", 3) is None
    assert json.loads(WHOLE)["suite"] == "intl-1"


def test_every_changed_byte_is_noticed() -> None:
    for at in range(len(WHOLE)):
        for flip in (1, 0x20, 0x80):
            data = WHOLE[:at] + bytes([WHOLE[at] ^ flip]) + WHOLE[at + 1 :]
            try:
                assert decode(data) == BODY  # only where JSON gives no meaning to the byte
            except Damaged:
                continue
            assert json.loads(data) == json.loads(WHOLE)


@given(st.binary(max_size=200))
def test_any_other_bytes_are_damage(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"{}", b"[" * 60_000, b'{"a":' * 10_000, b"\xff\xfe", b"9" * 9999]
)
def test_odd_json_is_damage(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data)


def test_another_format_is_damage_a_newer_one_is_not() -> None:
    with pytest.raises(Damaged):
        checked_file.decode(WHOLE, PATH, "other", 3)
    with pytest.raises(TooNew):
        checked_file.decode(WHOLE, PATH, "test", 2)
    assert checked_file.decode(WHOLE, PATH, "test", 4) == BODY


def test_another_suite_is_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checked_file.crypto, "SUITE", "cn-1")
    other = checked_file.encode("test", 3, BODY)
    monkeypatch.undo()
    with pytest.raises(TooNew):
        decode(other)


def test_fields_are_what_they_should_be() -> None:
    body = {"hex": "00ff", "number": 1, "text": "t", "truth": True}
    assert checked_file.hex_field(body, "hex", 2) == b"\0\xff"
    assert checked_file.int_field(body, "number") == 1
    assert checked_file.text_field(body, "text") == "t"
    for read in (
        lambda: checked_file.hex_field(body, "hex", 3),
        lambda: checked_file.hex_field(body, "number", 1),
        lambda: checked_file.hex_field({"h": "0 0 f"}, "h", 2),
        lambda: checked_file.int_field(body, "truth"),
        lambda: checked_file.int_field(body, "text"),
        lambda: checked_file.text_field(body, "number"),
    ):
        with pytest.raises(ValueError):  # noqa: PT011  the kind is what callers rely on
            read()
