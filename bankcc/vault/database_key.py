"""The one secret everything else hangs on: 32 random bytes that open the database. The wrapper
keeps it out of logs, tracebacks and crash reports, and lets a lock overwrite it as far as Python
allows.
"""

from typing import NoReturn

from bankcc.ids import Chance
from bankcc.vault import crypto
from bankcc.vault.crypto import KEY_BYTES, Purpose


class DatabaseKey:
    """Holds the database key. Its text form never shows the bytes; it cannot be pickled or
    hashed."""

    __slots__ = ("_bytes",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a database key has 32 bytes")
        self._bytes = bytearray(raw)

    @property
    def raw(self) -> bytes:
        """The 32 bytes: for opening the database and deriving from, never for storing or
        showing."""
        if not self._bytes:
            raise ValueError("this key has been forgotten")
        return bytes(self._bytes)

    def derive(self, purpose: Purpose, *, salt: bytes = b"") -> bytes:
        """A 32-byte key for one purpose."""
        return crypto.derive(self.raw, purpose=purpose, salt=salt)

    def forget(self) -> None:
        """Overwrite the bytes; afterwards the key is of no use. Copies made through `raw`
        remain."""
        self._bytes[:] = bytes(len(self._bytes))
        self._bytes.clear()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DatabaseKey) and crypto.equal(self._bytes, other._bytes)

    def __repr__(self) -> str:
        return "DatabaseKey(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a database key is never stored")


def new_database_key(chance: Chance) -> DatabaseKey:
    """A fresh random key."""
    return DatabaseKey(chance.random_bytes(KEY_BYTES))
