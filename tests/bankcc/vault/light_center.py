"""A center whose only slot is a recovery slot, so that a test opens it in no time."""

from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.vault import keyslots, recovery_key
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.keyslots import Slots
from bankcc.vault.slot import RecoverySlot

NAMES = ("keyslots.json", "keyslots.copy.json")


def light(paths: Paths, chance: SeededChance) -> tuple[DatabaseKey, str]:
    """Write its key file; the key and the printed recovery key."""
    key = DatabaseKey(chance.random_bytes(32))
    printed = recovery_key.new_recovery_key(chance)
    slot = RecoverySlot.make(key, printed, chance)
    keyslots._store(paths, Slots(1, keyslots._key_check(key), (slot,)))
    return key, printed


def contents(paths: Paths) -> dict[str, bytes]:
    """The copies that are there, by name."""
    return {path.name: path.read_bytes() for path in paths.keyslots if path.exists()}
