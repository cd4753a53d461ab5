"""The printed key that opens a center whose passphrase is lost: 130 random bits and a check number,
as six groups of five characters. The check tells a typing slip (any one character, any two swapped)
from a key that is simply another center's.
"""

import unicodedata

from bankcc import ids
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.ids import Chance

_SECRET_CHARS = 26
_CHECK_CHARS = 4
LENGTH = _SECRET_CHARS + _CHECK_CHARS
_GROUP = 5
_SECRET_BITS = 5 * _SECRET_CHARS
SECRET_BYTES = 17
# The largest prime below 32**4. A slip at place k changes the value by d * 32**k with 0 < |d| < 32,
# and swapping two places by d * (32**j - 32**k); neither is a multiple of this prime, so both are
# always found.
_CHECK_PRIME = 1_048_573


def new_recovery_key(chance: Chance) -> str:
    """A fresh key as it is printed: `ABCDE-…`."""
    value = int.from_bytes(chance.random_bytes(SECRET_BYTES)) >> (8 * SECRET_BYTES - _SECRET_BITS)
    text = ids.base32(value, _SECRET_CHARS) + ids.base32(value % _CHECK_PRIME, _CHECK_CHARS)
    return "-".join(text[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def secret_of(typed: str) -> bytes:
    """The secret in a typed key; forgives case, blanks, dashes, full width, O for 0, I and L for 1.

    Raises UserError saying what is wrong with the typing: a character, the length, or a slip.
    """
    folded = unicodedata.normalize("NFKC", typed)
    chars = "".join(
        char for char in folded if not char.isspace() and unicodedata.category(char) not in _IGNORED
    )
    if not chars:
        raise _typing_error(_("Type the recovery key."))
    for char in chars:
        if not _is_known(char):
            raise _typing_error(
                _("“{character}” is never part of a recovery key.").format(character=char)
            )
    if len(chars) != LENGTH:
        raise _typing_error(
            _("A recovery key has {expected} characters; this one has {count}.").format(
                expected=LENGTH, count=len(chars)
            )
        )
    value = ids.from_base32(chars[:_SECRET_CHARS])
    if ids.from_base32(chars[_SECRET_CHARS:]) != value % _CHECK_PRIME:
        raise _typing_error(_("There is a typing slip in the recovery key."))
    return value.to_bytes(SECRET_BYTES)


_IGNORED = {"Pd", "Cf"}  # dashes of every kind; invisible characters that come along when pasting


def _is_known(char: str) -> bool:
    try:
        ids.from_base32(char)
    except ValueError:
        return False
    return True


def _typing_error(what: str) -> UserError:
    return UserError(
        what,
        safe=_("Nothing was changed."),
        next_step=_("Compare it group by group with the printed sheet and type it again."),
    )
