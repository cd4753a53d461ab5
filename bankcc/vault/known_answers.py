"""Checks the ciphers against published answers, so that a broken library is met before any data is.
The same answers serve the tests; a quick part is run at every start (about a millisecond).
"""

from bankcc.errors import Damaged
from bankcc.i18n import _
from bankcc.vault import crypto
from bankcc.vault.crypto import Argon2Cost

_SUNSCREEN = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)


def _sha256() -> tuple[bytes, str]:
    """FIPS 180-4, the message abc."""
    return crypto.sha256(b"a", b"bc"), (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def _hkdf() -> tuple[bytes, str]:
    """RFC 5869 A.1."""
    secret, salt = b"\x0b" * 22, bytes(range(13))
    return crypto.hkdf_sha256(secret, salt, bytes(range(0xF0, 0xFA)), 42), (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def _chacha20_poly1305() -> tuple[bytes, str]:
    """RFC 8439 2.8.2, whole ciphertext and tag."""
    key = bytes(range(0x80, 0xA0))
    nonce = bytes.fromhex("070000004041424344454647")
    associated = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
    return crypto.chacha20_poly1305(key, nonce, _SUNSCREEN, associated), (
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
        "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
        "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
        "3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691"
    )


def _ed25519() -> tuple[bytes, str]:
    """RFC 8032 7.1, test 2."""
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    return crypto.public_key(seed) + crypto.ed25519(seed, b"\x72"), (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )


QUICK = {
    "SHA-256": _sha256,
    "HKDF-SHA256": _hkdf,
    "ChaCha20-Poly1305": _chacha20_poly1305,
    "Ed25519": _ed25519,
}


def argon2id() -> tuple[bytes, str]:
    """The reference implementation's own test: 64 MiB, two passes, one lane. Slow, so not at
    start."""
    return crypto.argon2id(b"password", salt=b"somesalt", cost=Argon2Cost(65536, 2, 1)), (
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
    )


def check() -> None:
    """Raise Damaged if any quick answer is wrong. Call once at start, before a key is made or
    used."""
    for name, answer in QUICK.items():
        found, expected = answer()
        if found.hex() != expected:
            raise Damaged(
                _("The installed encryption library gives a wrong result ({name}).").format(
                    name=name
                ),
                safe=_("Nothing was opened or changed."),
                next_step=_("Install the program again."),
            )
