"""What is done to every text a person types or a file brings in, before it is stored or searched.

Stored text is NFC without control or direction characters; searched text is NFKC, lower case and
split into characters, because Chinese has no blanks and SQLite's tokenizer needs them.
"""

import re
import unicodedata
from functools import lru_cache

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_WIDE_SCRIPTS = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\u3105-\u312f\uac00-\ud7af"
    "\U00020000-\U0003ffff"
)
_TOKENS = re.compile(rf"[{_WIDE_SCRIPTS}]|[^\W_{_WIDE_SCRIPTS}]+")
BREAK = "\ue000"
"""Stands where punctuation stood, so that a phrase never matches across it."""


def clean(text: str, *, one_line: bool = False) -> str:
    """`text` as it is stored: NFC, no control, direction or half characters, no blanks around it.
    """
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    if one_line:
        text = " ".join(text.split())
    return text.strip()


def fold_width(text: str) -> str:
    """NFKC: full-width digits and letters become plain ones."""
    return unicodedata.normalize("NFKC", text)


def search_tokens(text: str) -> str:
    """`text` as it goes into the index: tokens separated by blanks, punctuation as `BREAK`."""
    folded = fold_width(text).lower()
    parts: list[str] = []
    end = 0
    for match in _TOKENS.finditer(folded):
        if parts and folded[end : match.start()].strip():
            parts.append(BREAK)
        parts.append(match.group())
        end = match.end()
    return " ".join(parts)


def search_phrases(text: str) -> list[str]:
    """The FTS5 phrases that must all match for what a person typed; the last word may be a
    beginning.
    """
    phrases = []
    for word in fold_width(text).lower().split():
        tokens = _TOKENS.findall(word)
        if tokens:
            latin = not re.match(rf"[{_WIDE_SCRIPTS}]", tokens[-1])
            phrases.append(f'"{" ".join(tokens)}"' + ("*" if latin else ""))
    return phrases


@lru_cache(maxsize=20_000)
def pinyin_tokens(name: str) -> str:
    """Ways to type `name` in Latin letters: initials and full pinyin, for every reading of each
    character.

    At most eight readings, because a name with several polyphones (曾, 单, 解) multiplies.
    """
    from pypinyin import Style, pinyin

    han = "".join(re.findall(rf"[{_WIDE_SCRIPTS}]", name))
    if not han:
        return ""
    readings: list[tuple[str, str]] = [("", "")]
    for options in pinyin(han, style=Style.NORMAL, heteronym=True, errors="default"):
        unique = list(dict.fromkeys(options))[:3]
        readings = [(i + o[:1], f + o) for i, f in readings for o in unique][:8]
    return " ".join(dict.fromkeys(part for pair in readings for part in pair))
