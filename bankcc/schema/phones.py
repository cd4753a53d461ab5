"""Telephone numbers as people write them in mainland China, reduced to digits and shown grouped or
masked.
"""

import re

from bankcc.i18n import _, ngettext
from bankcc.schema.plain_text import fold_width

_SEPARATORS = re.compile(r"[\s\-‐-―−.·/()（）_ㅡ]+")
_BETWEEN = re.compile(r"\s*(?:/|、|;|；|,|，|\||或|\n)\s*|\s{2,}")
_PLAIN_MOBILE = re.compile("1[3-9][0-9]{9}")
_PERSONAL = re.compile(
    r"1[3-9][0-9]{9}"  # mobile
    r"|0[0-9]{9,11}"  # area code and number
    r"|[2-8][0-9]{6,7}"  # local number
    r"|[48]00[0-9]{7}"  # free-call
    r"|\+[0-9]{6,15}"
)
_SERVICE = re.compile(r"95[0-9]{3,6}|9[46][0-9]{3,6}|10[0-9]{3}|1[0-2][0-9]{1,3}")
_FEWEST_IN_TEXT = 10
_IN_TEXT = re.compile(
    r"(?<![0-9*])(?:(?:\+|00)?86[ \-]?)?"
    r"(?P<number>1[3-9][0-9](?:[ \-.]?[0-9]{4}){2}"
    r"|0[1-9][0-9]{1,2}[ \-)]?[0-9]{3,4}[ \-]?[0-9]{4})(?![0-9])"
)
_NARROW = str.maketrans("０１２３４５６７８９＋－　．", "0123456789+- .")


def normalise(text: str, *, lenient: bool = False, personal: bool = False) -> str | None:
    """The digits of `text` (with + for a foreign number). None for no number: blank, 0, “未提供”.

    Raises ValueError with a translated reason; `lenient` keeps any string of 3–20 digits instead.
    `personal`: somebody's own number, which no service such as 95588 or 110 is.
    """
    if _PLAIN_MOBILE.fullmatch(text):
        return text  # most of them are written so
    folded = fold_width(text).strip()
    if folded in {"", "0", "-", "无", "未提供", "none", "None"}:
        return None
    if re.fullmatch(r"[0-9]+\.0", folded):
        folded = folded[:-2]
    bare = _SEPARATORS.sub("", folded)
    bare = re.sub(r"^(\+|00)86(?=[0-9]{7,})", "", bare)
    bare = re.sub(r"^86(?=1[3-9][0-9]{9}$)", "", bare)
    if not re.fullmatch(r"\+?[0-9]+", bare):
        raise ValueError(_("“{text}” is not a telephone number").format(text=folded[:40]))
    if lenient and 3 <= len(bare) <= 20:
        return bare
    if _PERSONAL.fullmatch(bare) or (not personal and _SERVICE.fullmatch(bare)):
        return bare
    raise ValueError(
        ngettext(
            "“{text}” has {count} digit; a mobile number has 11",
            "“{text}” has {count} digits; a mobile number has 11",
            len(bare),
        ).format(text=folded[:40], count=len(bare))
    )


def looks_complete(digits: str) -> bool:
    """Whether `digits` has a known shape; a caller's number without one is marked to be checked."""
    return bool(_PERSONAL.fullmatch(digits) or _SERVICE.fullmatch(digits))


def split(text: str) -> list[str]:
    """The numbers written in one cell: “18492083124 / 13234483478”. One number stays whole."""
    folded = fold_width(text).strip()
    parts = [part for part in _BETWEEN.split(folded) if part]
    if len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 7 for part in parts):
        return parts
    return [folded] if folded else []


def grouped(digits: str) -> str:
    """3-4-4 for a mobile number, area code apart for a landline."""
    if re.fullmatch(r"1[0-9]{10}", digits):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if re.fullmatch(r"0[0-9]{9,11}", digits):
        area = 3 if digits.startswith(("01", "02")) else 4
        return f"{digits[:area]}-{digits[area:]}"
    return digits


def masked(digits: str) -> str:
    """First three and last four, the rest as stars; short numbers keep the last two."""
    if re.fullmatch(r"0[0-9]{9,11}", digits):
        return f"{digits[:4]}****{digits[-4:]}"
    if len(digits) >= 9:
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:]


def mask_in_text(text: str) -> str:
    """`text` with every telephone number in it masked as `masked` does; the rest stays as it is.

    Callers dictate numbers into notes. Mobile numbers and landlines with area code are recognised
    in the ways people write them, full-width digits included.
    """
    if sum(map(str.isdigit, text)) < _FEWEST_IN_TEXT:
        return text
    parts: list[str] = []
    end = 0
    for found in _IN_TEXT.finditer(text.translate(_NARROW)):
        digits = "".join(filter(str.isdigit, found["number"]))
        parts += [text[end : found.start()], masked(digits)]
        end = found.end()
    return "".join(parts) + text[end:]
