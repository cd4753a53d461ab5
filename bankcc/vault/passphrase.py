"""What a passphrase may be and how strong it looks. The same passphrase typed on another keyboard,
with another input method or in full width is the same passphrase.
"""

import unicodedata
from enum import StrEnum
from itertools import pairwise

from bankcc.errors import UserError
from bankcc.i18n import N_, _

MINIMUM = 8
"""Characters. With Argon2id at 0.2 s a guess, six digits (a PIN) fall in days on one laptop and in
minutes on a cracking machine; eight mixed characters or Chinese words do not. Longer demands are
met by writing the passphrase on the laptop, so beyond this there is a hint, not a gate."""
MAXIMUM = 512

# Distinct symbols a guesser must consider once one of the kind is used. Chinese: the common
# characters.
_POOLS = {"digit": 10, "lower": 26, "upper": 26, "other": 33, "wide": 2500}
_FAIR_BITS = 45
_STRONG_BITS = 64


class Strength(StrEnum):
    """How long a guesser needs, roughly."""

    TOO_SHORT = "too_short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


_HINTS = {
    Strength.TOO_SHORT: N_("Too short: at least {minimum} characters."),
    Strength.WEAK: N_("Weak: add a few words, or mix letters, digits and Chinese."),
    Strength.FAIR: N_("Fair: one more word makes it strong."),
    Strength.STRONG: N_("Strong."),
}


def normalised(text: str) -> str:
    """`text` as it is used: no invisible format characters (they come along when pasting), NFKC, no
    blanks around it."""
    visible = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFKC", visible).strip()


def secret_of(typed: str) -> bytes:
    """The bytes that are stretched into a key. Raises UserError if nothing was typed."""
    text = normalised(typed)
    if not text:
        raise UserError(_("Type the passphrase."), safe=_("Nothing was changed."))
    return text.encode("utf-8", "surrogatepass")


def check_new(typed: str) -> None:
    """Raise UserError, saying why, if `typed` may not become a passphrase."""
    text = normalised(typed)
    if not text:
        raise _unfit(_("The passphrase is empty."))
    if len(text) < MINIMUM:
        raise _unfit(
            _("The passphrase is too short: {count} of at least {minimum} characters.").format(
                count=len(text), minimum=MINIMUM
            )
        )
    if len(text) > MAXIMUM:
        raise _unfit(
            _("The passphrase is too long: {count} of at most {maximum} characters.").format(
                count=len(text), maximum=MAXIMUM
            )
        )
    if any(unicodedata.category(char) in {"Cc", "Cs", "Cn"} for char in text):
        raise _unfit(_("The passphrase contains a character that cannot be typed again."))


def _unfit(what: str) -> UserError:
    return UserError(
        what,
        safe=_("Nothing was changed."),
        next_step=_("Choose a few words that you can remember and others cannot guess."),
    )


def strength(typed: str) -> Strength:
    """A rough judgement from the kinds of characters and how many of them are not mere
    repetition."""
    text = normalised(typed)
    if len(text) < MINIMUM:
        return Strength.TOO_SHORT
    pool = sum(_POOLS[kind] for kind in {_kind(char) for char in text})
    bits = _surprises(text) * (pool.bit_length() - 1)
    if bits < _FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < _STRONG_BITS else Strength.STRONG


def strength_hint(typed: str) -> str:
    """One translated line to show below the field while a passphrase is being chosen."""
    return _(_HINTS[strength(typed)]).format(minimum=MINIMUM)


def _kind(char: str) -> str:
    if ord(char) > 0x7F:
        return "wide"
    if char.isdigit():
        return "digit"
    if char.isalpha():
        return "lower" if char.islower() else "upper"
    return "other"


def _surprises(text: str) -> int:
    """Characters that neither repeat nor count on from the one before, nor repeat an earlier
    pair."""
    count, pairs = 1, set[str]()
    for before, char in pairwise(text):
        if ord(char) - ord(before) not in (-1, 0, 1) and before + char not in pairs:
            count += 1
        pairs.add(before + char)
    return count
