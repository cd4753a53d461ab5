"""Key slots: each holds the database key wrapped in its own way, and any one of them opens the
center. A slot of a kind this version does not know is kept as it is.
"""

from dataclasses import dataclass

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.ids import Chance
from bankcc.vault import crypto, passphrase, recovery_key
from bankcc.vault.checked_file import Body, canonical, hex_field, int_field, text_field
from bankcc.vault.crypto import KEY_BYTES, NONCE_BYTES, SALT_BYTES, Argon2Cost, Purpose
from bankcc.vault.database_key import DatabaseKey

PASSPHRASE = "passphrase"
RECOVERY = "recovery"
DEMO = "demo"
_SEALED_BYTES = NONCE_BYTES + KEY_BYTES + 16


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """The key under what a person remembers, stretched by Argon2id at `cost`."""

    cost: Argon2Cost
    salt: bytes
    sealed: bytes
    kind = PASSPHRASE

    @classmethod
    def make(
        cls, key: DatabaseKey, typed: str, chance: Chance, cost: Argon2Cost
    ) -> "PassphraseSlot":
        """Wrap `key`. Raises UserError if the passphrase may not be used, ValueError on a weak
        cost."""
        passphrase.check_new(typed)
        if not cost.within_bounds():
            raise ValueError(f"Argon2id cost out of bounds: {cost}")
        salt = chance.random_bytes(SALT_BYTES)
        wrapping = _stretched(passphrase.secret_of(typed), salt, cost)
        context = _passphrase_context(cost, salt)
        return cls(cost, salt, _wrap(key, wrapping, Purpose.SLOT_PASSPHRASE, context, chance))

    def open(self, typed: str) -> DatabaseKey:
        """The key. Raises NotOpened if the passphrase is another, UserError if it is empty."""
        wrapping = _stretched(passphrase.secret_of(typed), self.salt, self.cost)
        context = _passphrase_context(self.cost, self.salt)
        return _unwrap(self.sealed, wrapping, Purpose.SLOT_PASSPHRASE, context)

    def to_body(self) -> Body:
        """As stored."""
        return _passphrase_fields(self.cost, self.salt) | {"sealed": self.sealed.hex()}

    @classmethod
    def from_body(cls, body: Body) -> "PassphraseSlot":
        """As read. Raises KeyError, ValueError or TypeError if it is not such a slot."""
        cost = Argon2Cost(*(int_field(body, name) for name in ("memory_kib", "passes", "lanes")))
        if not cost.within_bounds():
            raise ValueError("cost")
        salt = hex_field(body, "salt", SALT_BYTES)
        return cls(cost, salt, hex_field(body, "sealed", _SEALED_BYTES))


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """The key under the printed recovery key, which is random and needs no stretching."""

    salt: bytes
    sealed: bytes
    kind = RECOVERY

    @classmethod
    def make(cls, key: DatabaseKey, printed: str, chance: Chance) -> "RecoverySlot":
        """Wrap `key`."""
        salt = chance.random_bytes(SALT_BYTES)
        wrapping = _recovery_wrapping(printed, salt)
        context = canonical({"kind": RECOVERY})
        return cls(salt, _wrap(key, wrapping, Purpose.SLOT_RECOVERY, context, chance))

    def open(self, typed: str) -> DatabaseKey:
        """The key. Raises NotOpened if it is another center's, UserError if it was mistyped."""
        wrapping = _recovery_wrapping(typed, self.salt)
        context = canonical({"kind": RECOVERY})
        return _unwrap(self.sealed, wrapping, Purpose.SLOT_RECOVERY, context)

    def to_body(self) -> Body:
        """As stored."""
        return {"kind": RECOVERY, "salt": self.salt.hex(), "sealed": self.sealed.hex()}

    @classmethod
    def from_body(cls, body: Body) -> "RecoverySlot":
        """As read. Raises KeyError, ValueError or TypeError if it is not such a slot."""
        return cls(hex_field(body, "salt", SALT_BYTES), hex_field(body, "sealed", _SEALED_BYTES))


@dataclass(frozen=True, slots=True)
class DemoSlot:
    """The key in the clear: invented data that anyone may open. Always the only slot."""

    key: DatabaseKey
    kind = DEMO

    def to_body(self) -> Body:
        """As stored."""
        return {"kind": DEMO, "key": self.key.raw.hex()}

    @classmethod
    def from_body(cls, body: Body) -> "DemoSlot":
        """As read. Raises KeyError, ValueError or TypeError if it is not such a slot."""
        return cls(DatabaseKey(hex_field(body, "key", KEY_BYTES)))


@dataclass(frozen=True, slots=True)
class UnknownSlot:
    """A slot of a newer version: kept, never opened."""

    body: Body
    kind = "unknown"

    def to_body(self) -> Body:
        """As it was read."""
        return self.body


Slot = PassphraseSlot | RecoverySlot | DemoSlot | UnknownSlot
_KINDS: dict[str, type[PassphraseSlot] | type[RecoverySlot] | type[DemoSlot]] = {
    PASSPHRASE: PassphraseSlot,
    RECOVERY: RecoverySlot,
    DEMO: DemoSlot,
}


def slot_from_body(body: Body) -> Slot:
    """Read one slot. Raises KeyError, ValueError or TypeError if it is malformed."""
    known = _KINDS.get(text_field(body, "kind"))
    return UnknownSlot(body) if known is None else known.from_body(body)


def _passphrase_fields(cost: Argon2Cost, salt: bytes) -> Body:
    return {
        "kind": PASSPHRASE,
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": salt.hex(),
    }


def _passphrase_context(cost: Argon2Cost, salt: bytes) -> bytes:
    return canonical(_passphrase_fields(cost, salt))


def _stretched(secret: bytes, salt: bytes, cost: Argon2Cost) -> bytes:
    try:
        return crypto.argon2id(secret, salt=salt, cost=cost)
    except MemoryError as error:
        raise UserError(
            _("There is not enough free memory to check the passphrase."),
            safe=_("Nothing was changed."),
            next_step=_("Close other programs and try again."),
        ) from error


def _recovery_wrapping(text: str, salt: bytes) -> bytes:
    return crypto.derive(recovery_key.secret_of(text), purpose=Purpose.SLOT_RECOVERY, salt=salt)


def _wrap(
    key: DatabaseKey, wrapping: bytes, purpose: Purpose, context: bytes, chance: Chance
) -> bytes:
    return crypto.seal(wrapping, key.raw, purpose=purpose, context=context, chance=chance)


def _unwrap(sealed: bytes, wrapping: bytes, purpose: Purpose, context: bytes) -> DatabaseKey:
    return DatabaseKey(crypto.unseal(wrapping, sealed, purpose=purpose, context=context))
