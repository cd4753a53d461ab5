"""Every typing slip is told from a wrong key; every way of copying the sheet is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.errors import UserError, WrongPassphrase
from bankcc.ids import SeededChance, SystemChance
from bankcc.vault import recovery_key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Fixed:
    """The same byte for ever: the ends of the range."""

    def __init__(self, byte: int) -> None:
        self.byte = byte

    def random_bytes(self, count: int) -> bytes:
        return bytes([self.byte]) * count


def refused(text: str) -> bool:
    try:
        recovery_key.secret_of(text)
    except UserError as error:
        return bool(error.next_step) and not isinstance(error, WrongPassphrase)
    return False


def test_its_form() -> None:
    printed = recovery_key.new_recovery_key(SystemChance())
    groups = printed.split("-")
    assert [len(group) for group in groups] == [5] * 6
    assert set("".join(groups)) <= set(ALPHABET)
    assert printed != recovery_key.new_recovery_key(SystemChance())


@pytest.mark.parametrize("byte", [0, 0xFF, 0x5A])
def test_it_carries_130_bits(byte: int) -> None:
    secret = recovery_key.secret_of(recovery_key.new_recovery_key(Fixed(byte)))
    assert int.from_bytes(secret) == int.from_bytes(bytes([byte]) * 17) >> 6


@pytest.mark.parametrize("seed", range(3))
def test_every_single_wrong_character_is_a_slip(seed: int) -> None:
    chars = list(recovery_key.new_recovery_key(SeededChance(seed)).replace("-", ""))
    for at in range(len(chars)):
        for other in ALPHABET:
            if other != chars[at]:
                assert refused("".join([*chars[:at], other, *chars[at + 1 :]])), (at, other)


@pytest.mark.parametrize("seed", range(20))
def test_any_two_swapped_characters_of_the_secret_are_a_slip(seed: int) -> None:
    chars = list(recovery_key.new_recovery_key(SeededChance(seed)).replace("-", ""))
    for one in range(30):
        for two in range(one + 1, 30):
            if chars[one] != chars[two] and (two < 26 or two == one + 1):
                swapped = list(chars)
                swapped[one], swapped[two] = swapped[two], swapped[one]
                assert refused("".join(swapped)), (one, two)


def test_a_lost_or_doubled_character_is_a_slip() -> None:
    printed = recovery_key.new_recovery_key(SeededChance(1))
    for at, char in enumerate(printed):
        if char != "-":
            assert refused(printed[:at] + printed[at + 1 :])
            assert refused(printed[:at] + char + printed[at:])


@given(st.text(max_size=60))
def test_any_text_is_a_slip_not_a_crash(text: str) -> None:
    assert refused(text)


def test_what_people_and_editors_do_to_it_is_forgiven() -> None:
    printed = recovery_key.new_recovery_key(SeededChance(3))
    secret = recovery_key.secret_of(printed)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in printed)
    for variant in (
        printed.lower(),
        printed.replace("-", ""),
        printed.replace("-", " \u3000"),
        printed.replace("-", "—"),
        "\ufeff" + printed + "\r\n",
        wide,
        printed.replace("0", "O").replace("1", "l"),
        printed.replace("0", "o").replace("1", "I"),
    ):
        assert recovery_key.secret_of(variant) == secret


def test_the_message_names_what_is_wrong() -> None:
    printed = recovery_key.new_recovery_key(SeededChance(3))
    for typed, part in ((printed[:-1], "29"), ("U" + printed[1:], "U"), (" ", "恢复密钥")):
        with pytest.raises(UserError, match=part):
            recovery_key.secret_of(typed)
