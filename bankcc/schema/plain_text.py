"""What is done to every text a person types or a file brings in, before it is stored or searched.

Stored text is NFC without control or direction characters; searched text is NFKC, lower case and
split into characters, because Chinese has no blanks and SQLite's tokenizer needs them.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TypeAlias

from bankcc.schema.surnames import surname_readings

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_WIDE_SCRIPTS = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\u3105-\u312f\uac00-\ud7af"
    "\U00020000-\U0003ffff"
)
_WIDE = re.compile(f"[{_WIDE_SCRIPTS}]")
_RUN = re.compile(f"[{_WIDE_SCRIPTS}]+")
_GAP = re.compile(r"\s*(?:[^\w\s]|_)[\W_]*")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
BREAK = "\ue000"
"""Stands where punctuation stood, so that a phrase never matches across it."""
_SPACED_BREAK = f" {BREAK} "
BEGINNING = "\ue003"
SHORT = 2
"""Beginnings of up to this many letters stand in the index themselves, behind `BEGINNING`: to
collect the thousands of words that begin so would take a tenth of a second."""
_LETTERS = re.compile(rf"[^\s\ue000-\ue003{_WIDE_SCRIPTS}]+")
_NAME = 4
"""Characters up to which a text is taken for a name, whose readings are those of its characters."""
_WAYS_OF_NAME = 12
"""Enough for every reading of each of four characters, the others read as usual."""
_WAYS_OF_TEXT = 8
_Way: TypeAlias = tuple[int, int, str, str]
"""Characters read otherwise than usual, how rare that is, initials, full pinyin."""


def clean(text: str, *, one_line: bool = False) -> str:
    """`text` as stored: NFC, no control, direction or half characters, no blanks around it."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    if one_line:
        text = " ".join(text.split())
    return text.strip()


def fold_width(text: str) -> str:
    """NFKC: full-width digits and letters become plain ones."""
    return unicodedata.normalize("NFKC", text)


def _searched(text: str) -> str:
    """`text` as it is compared: narrow, lower case, Latin letters without accents."""
    folded = fold_width(text).lower()
    if folded.isascii():
        return folded
    return _ACCENTED.sub(lambda letter: unicodedata.normalize("NFD", letter[0])[0], folded)


def search_tokens(text: str) -> str:
    """`text` as it goes into the index: tokens separated by blanks, punctuation as `BREAK`."""
    apart = _RUN.sub(lambda run: f" {' '.join(run[0])} ", _GAP.sub(_SPACED_BREAK, _searched(text)))
    tokens = apart.split()
    if tokens and tokens[0] == BREAK:
        del tokens[0]
    if tokens and tokens[-1] == BREAK:
        del tokens[-1]
    return " ".join(tokens)


def beginnings(line: str) -> str:
    """How the Latin words and numbers of an index line begin, as tokens."""
    words = _LETTERS.findall(line)
    short = {word[:length] for word in words for length in range(1, SHORT + 1)}
    return " ".join(BEGINNING + letters for letters in sorted(short))


def search_words(text: str) -> list[tuple[str, bool]]:
    """The words of what a person typed, as tokens that follow each other; True: the last token may
    go on.
    """
    words = []
    for word in fold_width(text).split():
        tokens = search_tokens(word)
        if tokens:
            words.append((tokens, not _WIDE.match(tokens.rpartition(" ")[2])))
    return words


def pinyin_tokens(name: str) -> str:
    """Ways to type `name` in Latin letters: initials and full pinyin, for every reading of each
    character; the way people are called stands first, because its initials are shown.

    Names with several polyphones (曾, 单, 解) multiply: first come the ways in which one character
    is read otherwise, and a limited number of those that differ more.
    """
    han = "".join(_WIDE.findall(name))
    if not han:
        return ""
    is_name = len(han) <= _NAME
    most = _WAYS_OF_NAME if is_name else _WAYS_OF_TEXT
    ways: list[_Way] = [(0, 0, "", "")]
    for options in _readings_of_name(han) if is_name else _pinyin(han):
        ways = [
            (others + (rank > 0), far + rank, initials + said[:1], full + said)
            for others, far, initials, full in ways
            for rank, said in enumerate(options)
        ]
        ways = sorted(ways, key=lambda way: way[:2])[:most]
    return " ".join(dict.fromkeys(part for way in ways for part in way[2:]))


def _readings_of_name(han: str) -> list[list[str]]:
    surname = surname_readings(han)
    found = []
    for at, char in enumerate(han):
        usual = surname[at] if at < len(surname) else ()
        found.append(list(dict.fromkeys((*usual, *_readings(char)))))
    return found


@lru_cache(maxsize=20_000)
def _readings(char: str) -> list[str]:
    return _pinyin(char)[0]


def _pinyin(han: str) -> list[list[str]]:
    """At most three readings of each character; those of a known word are told apart."""
    from pypinyin import Style, pinyin

    found = pinyin(han, style=Style.NORMAL, heteronym=True, errors="default")
    return [list(dict.fromkeys(options))[:3] for options in found]
