"""One passphrase however it is typed; short ones refused; the hint tells weak from strong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc import i18n
from bankcc.errors import UserError
from bankcc.vault import passphrase
from bankcc.vault.passphrase import Strength


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  abc def12\n", "abc def12"),
        ("\ufeffabc\r\n", "abc"),
        ("\u3000三江\u3000春潮\u3000", "三江 春潮"),
        ("ＡＢＣ１２３", "ABC123"),
        ("e\u0301té", "été"),
        ("a\u200bb\u202ec", "abc"),
    ],
)
def test_the_same_however_typed(typed: str, same: str) -> None:
    assert passphrase.normalised(typed) == same
    assert passphrase.secret_of(typed) == same.encode()


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = passphrase.normalised(text)
    assert passphrase.normalised(once) == once


@given(st.text(max_size=30))
def test_opening_takes_any_text(text: str) -> None:
    try:
        assert passphrase.secret_of(text)
    except UserError:
        assert passphrase.normalised(text) == ""


def test_different_passphrases_stay_different() -> None:
    assert passphrase.secret_of("Passphrase") != passphrase.secret_of("passphrase")
    assert passphrase.secret_of("a b") != passphrase.secret_of("ab")


@pytest.mark.parametrize("typed", ["abcd1234", "三江春潮应急指挥", "x" * 512])
def test_fit(typed: str) -> None:
    passphrase.check_new(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " \u3000", "1234567", "      1      ", "x" * 513, "abcdefg\x00h", "abcdefgh\ud800"],
)
def test_unfit(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        passphrase.check_new(typed)
    assert caught.value.safe
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1234567", Strength.TOO_SHORT),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijkl", Strength.WEAK),
        ("abababababababababab", Strength.WEAK),
        ("13905712210", Strength.WEAK),
        ("k7#Vq9x2w", Strength.FAIR),
        ("correct horse battery", Strength.STRONG),
        ("三江春潮夜渡平安", Strength.STRONG),
    ],
)
def test_strength(typed: str, expected: Strength) -> None:
    assert passphrase.strength(typed) is expected


@given(st.text(max_size=40))
def test_every_strength_has_its_line_in_both_languages(text: str) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert "{" not in passphrase.strength_hint(text)
