"""Slots read back as they were written; what is malformed is refused."""

import pytest

from bankcc.errors import UserError
from bankcc.ids import SeededChance
from bankcc.vault import crypto, recovery_key
from bankcc.vault.crypto import Argon2Cost, NotOpened
from bankcc.vault.database_key import DatabaseKey
from bankcc.vault.slot import DemoSlot, PassphraseSlot, RecoverySlot, UnknownSlot, slot_from_body

KEY = DatabaseKey(bytes(range(32)))


def test_each_kind_reads_back(chance: SeededChance) -> None:
    printed = recovery_key.new_recovery_key(chance)
    made = [
        PassphraseSlot.make(KEY, "long enough", chance, Argon2Cost()),
        RecoverySlot.make(KEY, printed, chance),
        DemoSlot(KEY),
        UnknownSlot({"kind": "supervisor", "x": 1}),
    ]
    for slot in made:
        assert slot_from_body(slot.to_body()) == slot
    assert made[1].open(printed) == KEY  # type: ignore[union-attr]
    with pytest.raises(NotOpened):
        made[0].open("long enougH")  # type: ignore[union-attr]


def test_a_slot_of_one_kind_does_not_open_as_another(chance: SeededChance) -> None:
    printed = recovery_key.new_recovery_key(chance)
    slot = RecoverySlot.make(KEY, printed, chance)
    with pytest.raises(NotOpened):
        PassphraseSlot(Argon2Cost(), slot.salt, slot.sealed).open(printed)


def test_two_slots_for_one_passphrase_share_nothing(chance: SeededChance) -> None:
    printed = recovery_key.new_recovery_key(chance)
    one, two = (RecoverySlot.make(KEY, printed, chance) for _ in range(2))
    assert one.salt != two.salt
    assert one.sealed != two.sealed


@pytest.mark.parametrize("kind", ["passphrase", "recovery", "demo", None, 7])
def test_a_malformed_slot_is_refused(kind: object) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        slot_from_body({"kind": kind})


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch, chance: SeededChance) -> None:
    def exhausted(*_positional: object, **_named: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(crypto, "argon2id", exhausted)
    with pytest.raises(UserError, match="内存"):
        PassphraseSlot.make(KEY, "long enough", chance, Argon2Cost())
