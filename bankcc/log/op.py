"""The form of an operation: an immutable header, chained by hash, and a payload that can be
erased.

What is hashed is the stored bytes, never a re-encoding. The first positions of a header never
change their meaning, so an old program can store, verify and forward what a newer one wrote.
"""

from typing import Any, NamedTuple

import msgspec

from bankcc.vault.crypto import sha256

OP_VERSION = 1
REF_LENGTH = 16
SALT_LENGTH = 16
START = bytes(32)
"""`previous` of the first operation of a log."""
DELETED = "_deleted"
COVERED = "*"
"""Keys of `seen` beside field names: tombstones, and all heads that a deletion has seen."""
DEVICE_KIND = "_device"
"""First operation of every log: who writes it. Not a record."""


class Header(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Ids, times and hashes; no personal data. Times in UTC ms, `offset` in minutes.

    `first`: sequence of the first operation of the same verb. `undoes`: sequence that an undo or
    redo reverses, else 0. `seen`: for every field an edit sets, the heads its author saw.
    """

    version: int
    log: str
    seq: int
    previous: bytes
    payload_hash: bytes
    hlc: int
    wall: int
    offset: int
    verb: str
    action: str
    kind: str
    record: str
    number: str
    first: int
    undoes: int
    seen: dict[str, list[bytes]]


class Body(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What an operation says: who acts, the values it sets, the file row it came from."""

    user: str
    values: dict[str, Any]
    origin: str = ""


class StoredOp(NamedTuple):
    """An operation as it lies in the log and travels between laptops. `salt` and `body` None:
    erased.
    """

    header: bytes
    hash: bytes
    salt: bytes | None
    body: bytes | None


class Op(NamedTuple):
    """A decoded operation. `ref` names it in `seen`; `body` None: erased."""

    header: Header
    ref: bytes
    body: Body | None


_encoder = msgspec.msgpack.Encoder()
_header_decoder = msgspec.msgpack.Decoder(Header)
_body_decoder = msgspec.msgpack.Decoder(Body)


def payload_hash(salt: bytes, body: bytes) -> bytes:
    """Salted, so that an erased phone number cannot be guessed from what stays."""
    return sha256(b"bankcc/payload/1" + salt + body)


def header_hash(header: bytes) -> bytes:
    """The hash that the next operation of the log carries."""
    return sha256(b"bankcc/op/1" + header)


def encode_body(body: Body) -> bytes:
    return _encoder.encode(body)


def encode_header(header: Header) -> bytes:
    return _encoder.encode(header)


def decode_header(data: bytes) -> Header:
    """Raises msgspec.DecodeError (a ValueError) on anything that is no header."""
    return _header_decoder.decode(data)


def decode(stored: StoredOp) -> Op:
    """Decode header and payload. Raises ValueError on damage."""
    body = None if stored.body is None else _body_decoder.decode(stored.body)
    return Op(_header_decoder.decode(stored.header), stored.hash[:REF_LENGTH], body)


def fits(stored: StoredOp, header: Header, previous: bytes) -> bool:
    """Whether the stored bytes hash to what they claim and follow `previous`."""
    if header_hash(stored.header) != stored.hash or header.previous != previous:
        return False
    if stored.body is None or stored.salt is None:
        return stored.body is stored.salt
    return payload_hash(stored.salt, stored.body) == header.payload_hash
