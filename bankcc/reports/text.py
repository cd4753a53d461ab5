"""From what people typed to what stands on paper: harmless characters, lines, and no full phone
number.

Reports hold no markup at all: text is drawn character by character, so `<b>` or `<img src=…>` has
no way to mean anything. Everything that is drawn or measured goes through `visible` first.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from bankcc.schema.phones import mask_in_text

BOX = "□"

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), "\n")
_COMPATIBILITY_HAN = "\uf900-\ufaff\U0002f800-\U0002fa1f"
_COMPOSABLE = re.compile(f"[^{_COMPATIBILITY_HAN}]+")
_BIDI = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
# As people write mobile numbers: 13800138000, 138-0013-8000, 138 0013 8000, +86 138…
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ \-]?)?1[3-9]\d(?:[ \-.]?\d{4}){2}(?!\d)")

_NO_START = frozenset("、。，．：；！？）》」』】〕〉〗］｝”’…—～·％‰℃°ー々〻‼⁇!),.:;?]}%>»›")
_NO_END = frozenset("（《「『【〔〈〖［｛“‘￥＄￡([{<$¥£«‹#@＠")
_JOINED = frozenset("—…")


class _Shown(dict[int, str]):
    """What each character becomes; filled as characters are met, for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = shown = self._decide(code)
        return shown

    def _decide(self, code: int) -> str:
        if code == 0x0A:
            return "\n"
        if code in _LINE_ENDS:
            return _LINE_ENDS[code]
        if code == 0x09:
            return "    "
        if code in _BIDI:
            return BOX
        character = chr(code)
        match unicodedata.category(character):
            case "Cc" | "Cs" | "Co" | "Cn":
                return BOX
            case "Cf":
                return ""
            case "Zs" if code != 0x3000:
                return " "
        return "" if _is_variation(code) else character


def _is_variation(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or code == 0x034F


_SHOWN = _Shown()


def visible(text: str) -> str:
    """`text` with nothing in it that could hide, reorder or break what is printed.

    Control, private and direction-changing characters become a box, so that one sees something was
    there; zero-width ones go, all line ends become `\\n`, accents are composed. Never raises,
    whatever the input.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_SHOWN)
    return _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)


def has_full_mobile(text: str) -> bool:
    """Whether an unmasked mainland mobile number stands in `text`, in any of the ways people write
    it.
    """
    if len(text) < 11 or sum(map(str.isdigit, text)) < 11:
        return False
    return _MOBILE.search(unicodedata.normalize("NFKC", visible(text))) is not None


def masked_text(text: str) -> str:
    """`text` with every telephone number in it masked."""
    shown = mask_in_text(text)
    if not has_full_mobile(shown):
        return shown
    # Something invisible stood between the digits, or they were written in other ways.
    return mask_in_text(unicodedata.normalize("NFKC", visible(shown)))


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` (already `visible`) cut into lines of at most `width` by the rules of Chinese
    typesetting.

    `measure` gives the width of one character. Closing marks never start a line and opening marks
    never end one, Latin words and numbers stay whole where they fit in a line. A single character
    wider than `width` gets its own line. At least one line is returned; spaces at a break are
    dropped.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_break_paragraph(paragraph, width, measure))
    return lines


def _break_paragraph(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    advances = [measure(character) for character in text]
    if sum(advances) <= width + 0.01:
        yield text.rstrip(" ")
        return
    start, end, length = 0, 0, len(text)
    used = 0.0
    while end < length:
        if used + advances[end] <= width + 0.01 or end == start or text[end] == " ":
            used += advances[end]
            end += 1
            continue
        cut = _last_break(text, start, end)
        yield text[start:cut].rstrip(" ")
        while cut < length and text[cut] == " ":
            cut += 1
        start = end = cut
        used = 0.0
    if start < length:
        yield text[start:].rstrip(" ")


def _last_break(text: str, start: int, end: int) -> int:
    """The last place in `text[start:end]` where a line may end; `end` itself if there is none."""
    for place in range(end, start, -1):
        if may_break(text, place):
            return place
    for place in range(end, start, -1):
        if text[place] not in _NO_START and text[place - 1] not in _NO_END:
            return place
    return end


def may_break(text: str, place: int) -> bool:
    """Whether a line may end between `text[place - 1]` and `text[place]`."""
    before, after = text[place - 1], text[place]
    if after in _NO_START or before in _NO_END or after == " ":
        return False
    if before == " ":
        return True
    if unicodedata.combining(after) or (before in _JOINED and after == before):
        return False
    if after in "-/_+*'\"":
        return False
    return _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    """Whether lines may break on either side of `character`: Han, full-width forms, symbols."""
    return character >= "\u2500" or character in "—…”’·"
