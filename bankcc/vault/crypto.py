"""The only place that names a cipher, a hash or a key derivation. Everything is bound to a
`Purpose`, so that bytes made for one use are never accepted for another. Files record the `SUITE`
they were made with; another suite (for instance one of national algorithms) is another value, never
a silent change.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum, unique

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bankcc.ids import Chance

SUITE = "intl-1"
"""ChaCha20-Poly1305, HKDF-SHA256, Argon2id, SHA-256, Ed25519."""

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
HASH_BYTES = 32
SIGNATURE_BYTES = 64


@unique
class Purpose(StrEnum):
    """What bytes are for. When adding one: a new tag, never a used one, with a version at its
    end."""

    SLOT_PASSPHRASE = "CC/slot/passphrase/1"
    SLOT_RECOVERY = "CC/slot/recovery/1"
    KEY_CHECK = "CC/key-check/1"
    DEVICE_KEY = "CC/device-key/1"
    HEAD = "CC/head/1"
    SPOOL = "CC/spool/1"


class NotOpened(Exception):
    """The key is wrong, or the sealed bytes or their context were changed. Callers say it in
    words."""


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What one guess costs: memory in KiB, passes over it, lanes computed side by side."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def within_bounds(self) -> bool:
        """Whether guessing is dear enough (RFC 9106, second choice) and opening is still possible.

        The ceiling keeps a changed file from asking for more memory than laptops have.
        """
        return (
            64 * 1024 <= self.memory_kib <= 1024 * 1024
            and 3 <= self.passes <= 32
            and 1 <= self.lanes <= 16
        )


def seal(
    key: bytes, plaintext: bytes, *, purpose: Purpose, context: bytes, chance: Chance
) -> bytes:
    """Encrypt and authenticate `plaintext`; `context` is authenticated but not stored.

    The nonce is random and leads the result: keep one key below 2**32 messages.
    """
    nonce = chance.random_bytes(NONCE_BYTES)
    return nonce + chacha20_poly1305(key, nonce, plaintext, _associated(purpose, context))


def unseal(key: bytes, sealed: bytes, *, purpose: Purpose, context: bytes) -> bytes:
    """Inverse of `seal`. Raises NotOpened if key, bytes, purpose or context differ."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, body, _associated(purpose, context))
    except (InvalidTag, ValueError) as error:
        raise NotOpened(purpose.value) from error


def chacha20_poly1305(key: bytes, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """RFC 8439, ciphertext then tag. Only for `seal` and the known answers: the nonce is yours to
    keep unique."""
    return ChaCha20Poly1305(key).encrypt(nonce, plaintext, associated)


def _associated(purpose: Purpose, context: bytes) -> bytes:
    """Tag and context with the tag's length before it, so that no two pairs give the same bytes."""
    tag = purpose.value.encode("ascii")
    return len(tag).to_bytes(2) + tag + context


def derive(secret: bytes, *, purpose: Purpose, salt: bytes = b"", length: int = KEY_BYTES) -> bytes:
    """A key for one purpose from a secret that is already random. Never for passphrases."""
    return hkdf_sha256(secret, salt, purpose.value.encode("ascii"), length)


def hkdf_sha256(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869. Call `derive` instead, which fixes `info` by purpose."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def argon2id(secret: bytes, *, salt: bytes, cost: Argon2Cost) -> bytes:
    """A key from something a person remembers (RFC 9106). About 0.2 s at the default cost.

    Raises MemoryError if the laptop cannot give the memory.
    """
    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    return kdf.derive(secret)


def sha256(*parts: bytes) -> bytes:
    """SHA-256 of the parts one after another; give parts fixed lengths or put lengths between
    them."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def equal(left: bytes | bytearray, right: bytes | bytearray) -> bool:
    """Compare secret or authenticating bytes without telling by time where they differ."""
    return hmac.compare_digest(left, right)


def public_key(seed: bytes) -> bytes:
    """The 32-byte Ed25519 public key of a 32-byte private seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes, *, purpose: Purpose) -> bytes:
    """64-byte Ed25519 signature of purpose and message. The same input gives the same signature."""
    return ed25519(seed, _associated(purpose, message))


def ed25519(seed: bytes, message: bytes) -> bytes:
    """RFC 8032 signature of the bare message. Call `sign` instead, which fixes the purpose."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes, *, purpose: Purpose) -> bool:
    """Whether `signature` was made by `sign` for this purpose and message. False on any malformed
    input."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _associated(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True
