"""The database key does not leak through text, pickling or copying, and can be forgotten."""

import copy
import pickle
import traceback

import pytest

from bankcc.ids import SystemChance
from bankcc.vault.crypto import Purpose
from bankcc.vault.database_key import DatabaseKey, new_database_key

RAW = bytes(range(100, 132))


def test_its_text_never_shows_the_bytes() -> None:
    key = DatabaseKey(RAW)
    texts = [repr(key), str(key), f"{key}", f"{[key]}"]
    try:
        raise ValueError(key)
    except ValueError as error:
        texts += traceback.format_exception(error)
    for text in texts:
        assert RAW.hex() not in text
        assert repr(RAW)[2:-1] not in text


def test_it_is_never_stored() -> None:
    key = DatabaseKey(RAW)
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.copy(key)
    with pytest.raises(TypeError):
        hash(key)


def test_it_is_compared_by_its_bytes() -> None:
    assert DatabaseKey(RAW) == DatabaseKey(RAW)
    assert DatabaseKey(RAW) != DatabaseKey(bytes(32))
    assert DatabaseKey(RAW) != RAW


def test_it_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        DatabaseKey(RAW[:-1])
    assert new_database_key(SystemChance()) != new_database_key(SystemChance())


def test_a_forgotten_key_is_of_no_use() -> None:
    key = DatabaseKey(RAW)
    inside = key._bytes
    assert key.derive(Purpose.SPOOL) != key.derive(Purpose.SPOOL, salt=b"x")
    key.forget()
    key.forget()
    assert not any(inside)
    with pytest.raises(ValueError, match="forgotten"):
        _ = key.raw
    with pytest.raises(ValueError, match="forgotten"):
        key.derive(Purpose.SPOOL)
