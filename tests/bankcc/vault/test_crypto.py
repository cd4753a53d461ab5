"""What is made for one purpose, key, context or message is refused for every other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.ids import SeededChance, SystemChance
from bankcc.vault import crypto
from bankcc.vault.crypto import Argon2Cost, NotOpened, Purpose

KEY = bytes(range(32))


@given(st.binary(max_size=300), st.binary(max_size=40), st.sampled_from(Purpose), st.integers(0))
def test_sealed_bytes_open_again(
    plaintext: bytes, context: bytes, purpose: Purpose, seed: int
) -> None:
    sealed = crypto.seal(
        KEY, plaintext, purpose=purpose, context=context, chance=SeededChance(seed)
    )
    assert len(sealed) == len(plaintext) + crypto.NONCE_BYTES + 16
    assert crypto.unseal(KEY, sealed, purpose=purpose, context=context) == plaintext


def test_sealed_bytes_open_with_nothing_else() -> None:
    sealed = crypto.seal(
        KEY, b"secret", purpose=Purpose.SPOOL, context=b"ab", chance=SystemChance()
    )
    assert b"secret" not in sealed
    for key, purpose, context in (
        (bytes(32), Purpose.SPOOL, b"ab"),
        (KEY, Purpose.DEVICE_KEY, b"ab"),
        (KEY, Purpose.SPOOL, b"abc"),
        (KEY, Purpose.SPOOL, b""),
    ):
        with pytest.raises(NotOpened):
            crypto.unseal(key, sealed, purpose=purpose, context=context)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(NotOpened):
            crypto.unseal(KEY, changed, purpose=Purpose.SPOOL, context=b"ab")
    for length in range(len(sealed)):
        with pytest.raises(NotOpened):
            crypto.unseal(KEY, sealed[:length], purpose=Purpose.SPOOL, context=b"ab")


def test_nonces_differ() -> None:
    chance = SystemChance()
    nonces = {
        crypto.seal(KEY, b"", purpose=Purpose.SPOOL, context=b"", chance=chance)[:12]
        for _ in range(20_000)
    }
    assert len(nonces) == 20_000


def test_purposes_are_versioned_and_none_begins_another() -> None:
    tags = [purpose.value for purpose in Purpose]
    assert len(set(tags)) == len(tags)
    for tag in tags:
        assert tag.startswith("CC/")
        assert tag.rsplit("/", 1)[1].isdigit()
        assert not any(other != tag and other.startswith(tag) for other in tags)


def test_derived_keys_differ_by_purpose_salt_and_secret() -> None:
    keys = [crypto.derive(KEY, purpose=purpose) for purpose in Purpose]
    keys += [crypto.derive(KEY, purpose=Purpose.HEAD, salt=b"salt")]
    keys += [crypto.derive(bytes(32), purpose=Purpose.HEAD)]
    assert len(set(keys)) == len(keys)
    assert crypto.derive(KEY, purpose=Purpose.HEAD) == crypto.derive(KEY, purpose=Purpose.HEAD)
    assert len(crypto.derive(KEY, purpose=Purpose.HEAD, length=16)) == 16


def test_a_signature_holds_for_its_message_purpose_and_key_only() -> None:
    public = crypto.public_key(KEY)
    signature = crypto.sign(KEY, b"head", purpose=Purpose.HEAD)
    assert len(signature) == crypto.SIGNATURE_BYTES
    assert crypto.verify(public, b"head", signature, purpose=Purpose.HEAD)
    assert not crypto.verify(public, b"heaD", signature, purpose=Purpose.HEAD)
    assert not crypto.verify(public, b"head", signature, purpose=Purpose.SPOOL)
    assert not crypto.verify(crypto.public_key(bytes(32)), b"head", signature, purpose=Purpose.HEAD)
    assert not crypto.verify(public, b"head", crypto.ed25519(KEY, b"head"), purpose=Purpose.HEAD)
    for malformed in (b"", signature[:-1], signature + b"\0", bytes(64)):
        assert not crypto.verify(public, b"head", malformed, purpose=Purpose.HEAD)
    for malformed in (b"", public[:-1], b"\xff" * 32):
        assert not crypto.verify(malformed, b"head", signature, purpose=Purpose.HEAD)


@pytest.mark.parametrize(
    ("cost", "fits"),
    [
        (Argon2Cost(), True),
        (Argon2Cost(64 * 1024 - 1), False),
        (Argon2Cost(passes=2), False),
        (Argon2Cost(lanes=0), False),
        (Argon2Cost(1024 * 1024 + 1), False),
        (Argon2Cost(passes=33), False),
        (Argon2Cost(lanes=17), False),
    ],
)
def test_bounds_of_the_cost(cost: Argon2Cost, fits: bool) -> None:
    assert cost.within_bounds() is fits


def test_hash_of_parts_is_hash_of_the_whole() -> None:
    assert crypto.sha256(b"ab", b"c") == crypto.sha256(b"abc")
    assert len(crypto.sha256()) == crypto.HASH_BYTES


def test_equal() -> None:
    assert crypto.equal(b"ab", bytearray(b"ab"))
    assert not crypto.equal(b"ab", b"ac")
    assert not crypto.equal(b"ab", b"abc")
