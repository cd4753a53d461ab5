"""The form of an operation: its bytes, its hashes, and what they hold fast."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.log.op import (
    START,
    Body,
    Header,
    Op,
    StoredOp,
    decode,
    decode_header,
    encode_body,
    encode_header,
    fits,
    header_hash,
    payload_hash,
)

REF = st.binary(min_size=16, max_size=16)
HASH = st.binary(min_size=32, max_size=32)
NUMBER = st.integers(0, (1 << 63) - 1)
NAME = st.text(max_size=8)
VALUE = st.one_of(st.none(), st.text(max_size=8), st.integers(-(1 << 62), 1 << 62), st.lists(NAME))
HEADERS = st.builds(
    Header,
    version=st.just(1),
    log=NAME,
    seq=NUMBER,
    previous=HASH,
    payload_hash=HASH,
    hlc=NUMBER,
    wall=st.integers(-(1 << 40), 1 << 50),
    offset=st.integers(-720, 840),
    verb=NAME,
    action=NAME,
    kind=NAME,
    record=NAME,
    number=NAME,
    first=NUMBER,
    undoes=NUMBER,
    seen=st.dictionaries(NAME, st.lists(REF, max_size=3), max_size=3),
)
BODIES = st.builds(Body, user=NAME, values=st.dictionaries(NAME, VALUE, max_size=3), origin=NAME)


@given(HEADERS)
def test_a_header_survives_its_bytes(header: Header) -> None:
    data = encode_header(header)
    assert decode_header(data) == header
    assert encode_header(decode_header(data)) == data


@given(HEADERS, BODIES, st.binary(min_size=16, max_size=16))
def test_a_stored_operation_fits_and_nothing_else_does(
    header: Header, body: Body, salt: bytes
) -> None:
    content = encode_body(body)
    header = msgspec.structs.replace(header, payload_hash=payload_hash(salt, content))
    data = encode_header(header)
    stored = StoredOp(data, header_hash(data), salt, content)
    assert decode(stored) == Op(header, stored.hash[:16], body)
    assert fits(stored, header, header.previous)
    assert fits(stored._replace(salt=None, body=None), header, header.previous)
    assert not fits(stored, header, bytes(31) + b"\1" + header.previous)
    assert not fits(stored._replace(body=content + b"\0"), header, header.previous)
    assert not fits(stored._replace(salt=bytes(15)), header, header.previous)
    assert not fits(stored._replace(hash=START), header, header.previous)
    assert decode(stored._replace(salt=None, body=None)).body is None


@given(HEADERS, st.lists(VALUE, min_size=1, max_size=3))
def test_later_versions_may_add_positions(header: Header, more: list[object]) -> None:
    """An old program must be able to verify and forward what a newer one wrote."""
    positions = msgspec.msgpack.decode(encode_header(header))
    data = msgspec.msgpack.encode([*positions, *more])
    assert decode_header(data) == header
    assert fits(StoredOp(data, header_hash(data), None, None), header, header.previous)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_header_or_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - a subclass; what matters is that nothing else comes
        decode_header(b"\x91" + data)


def test_equal_contents_have_different_hashes() -> None:
    """The salt keeps an erased telephone number from being guessed."""
    body = encode_body(Body("王敏", {"phone": "13912345678"}))
    assert payload_hash(bytes(16), body) != payload_hash(bytes(15) + b"\1", body)


def test_pinned_hashes() -> None:
    """The bytes of version 1 never change."""
    header = Header(
        1, "L.1", 1, START, START, 5, 6, 480, "v", "edit", "k", "r", "", 1, 0, {"t": [b"x"]}
    )
    data = encode_header(header)
    assert data.hex().startswith("dc0010 01 a34c2e31 01 c420".replace(" ", ""))
    assert header_hash(data).hex() == PINNED_HEADER
    assert payload_hash(bytes(16), encode_body(Body("u", {"t": "值"}))).hex() == PINNED_PAYLOAD


PINNED_HEADER = "210d4e8f406630497c6fbb20d1f4f68fe359290b1b997c684998f90e83f19f09"
PINNED_PAYLOAD = "0bad81778d95f30053b518ebcada87ceaa289cb54a5a712aff3f744db63a4fae"
