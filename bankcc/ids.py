"""The only place where chance enters: record ids, log ids, salts, keys. Tests hand in a seeded
source.

A record id is 26 characters of Crockford base32: 48 bits of milliseconds, then 80 random bits, so
that ids sort roughly by creation and two laptops never make the same one.
"""

import secrets
from random import Random
from typing import Protocol

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {char: index for index, char in enumerate(_ALPHABET)}
_PAIRS = [left + right for left in _ALPHABET for right in _ALPHABET]
RECORD_ID_LENGTH = 26


class Chance(Protocol):
    """A source of random bytes."""

    def random_bytes(self, count: int) -> bytes: ...


class SystemChance:
    """The operating system's source."""

    def random_bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)


class SeededChance:
    """Reproducible bytes for tests and benches; never for keys."""

    def __init__(self, seed: int | str = 0) -> None:
        self._random = Random(seed)

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


def new_record_id(now_ms: int, chance: Chance) -> str:
    """A fresh record id for something created at `now_ms`."""
    head = (max(now_ms, 0) & (1 << 48) - 1) << 80
    return base32(head | int.from_bytes(chance.random_bytes(10)), RECORD_ID_LENGTH)


def base32(value: int, length: int) -> str:
    """`value` in Crockford base32, padded to `length` characters."""
    pairs = []
    for _ in range((length + 1) // 2):
        pairs.append(_PAIRS[value & 1023])
        value >>= 10
    pairs.reverse()
    return "".join(pairs)[-length:]


def from_base32(text: str) -> int:
    """Inverse of `base32`; forgives case, O for 0 and I/L for 1. Raises ValueError on other
    characters.
    """
    value = 0
    for char in text.upper().replace("O", "0").replace("I", "1").replace("L", "1"):
        if char not in _VALUES:
            raise ValueError(f"not a base32 character: {char!r}")
        value = value << 5 | _VALUES[char]
    return value


def is_record_id(text: str) -> bool:
    """Whether `text` has the shape of a record id."""
    return len(text) == RECORD_ID_LENGTH and all(char in _VALUES for char in text)
