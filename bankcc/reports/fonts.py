"""The typefaces of printed reports: Noto Sans SC, embedded as subsets, with a second font behind
it.

reportlab knows one font per piece of text and drops what that font lacks. `Typeface` chooses a
font for each character, and draws a box for what no font has, so that nothing typed disappears
from paper.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bankcc.errors import StorageError
from bankcc.i18n import _
from bankcc.paths import resources
from bankcc.reports.text import BOX

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"

_loading = threading.Lock()


class _Glyphs(dict[str, tuple[str, float]]):
    """Font name and advance (at size 1) of each character met so far."""

    def __init__(self, chain: tuple[Any, ...]) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> tuple[str, float]:
        code = ord(character)
        for font in self._chain:
            if code in font.face.charToGlyph:
                break
        else:
            font = self._chain[0]
            self._give_box(font.face, code)
        found = (font.fontName, font.face.getCharWidth(code) / 1000)
        self[character] = found
        return found

    @staticmethod
    def _give_box(face: Any, code: int) -> None:
        """Draw `code` as a box, yet keep it as itself for whoever copies or searches the text."""
        face.charToGlyph[code] = face.charToGlyph.get(ord(BOX), 0)
        face.charWidths[code] = face.getCharWidth(ord(BOX))


class Typeface:
    """One weight of the report's typeface. Texts are `visible` already, without line ends."""

    def __init__(self, chain: tuple[Any, ...]) -> None:
        self.name: str = chain[0].fontName
        self._glyphs = _Glyphs(chain)

    def advance(self, character: str) -> float:
        """Width of one character at size 1."""
        return self._glyphs[character][1]

    def width(self, text: str, size: float) -> float:
        """Width of `text` in points at `size`."""
        glyphs = self._glyphs
        return sum(glyphs[character][1] for character in text) * size

    def runs(self, text: str) -> list[tuple[str, str]]:
        """`text` cut where the font changes: (font name, piece) in order."""
        glyphs = self._glyphs
        names = {glyphs[character][0] for character in text}
        if len(names) <= 1:
            return [(names.pop(), text)] if text else []
        pieces: list[tuple[str, str]] = []
        for character in text:
            name = glyphs[character][0]
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + character)
            else:
                pieces.append((name, character))
        return pieces


@dataclass(frozen=True, slots=True)
class Fonts:
    """Both weights, and all fonts below them (for `mend_extraction`)."""

    regular: Typeface
    bold: Typeface
    registered: tuple[Any, ...]


def load(folder: Path | None = None) -> Fonts:
    """The typefaces found in `folder` (default: the shipped ones). Loaded once; 0.2 s the first
    time.

    `NotoSansSC-Regular.ttf` and `NotoSansSC-Bold.ttf` come first, every other `.ttf` there is a
    fallback. Raises StorageError if one of the two is missing or not a font.
    """
    with _loading:
        return _load((folder or resources() / "fonts").resolve())


@lru_cache(maxsize=4)
def _load(folder: Path) -> Fonts:
    from reportlab import rl_config

    # Nothing in a report refers to anything outside it; should that ever slip in, it must
    # find nothing.
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = []
    regular = _register(folder / f"{REGULAR}.ttf", REGULAR)
    bold = _register(folder / f"{BOLD}.ttf", BOLD)
    fallbacks = tuple(
        _register(path, path.stem)
        for path in sorted(folder.glob("*.ttf"))
        if path.stem not in (REGULAR, BOLD)
    )
    return Fonts(
        regular=Typeface((regular, *fallbacks)),
        bold=Typeface((bold, regular, *fallbacks)),
        registered=(regular, bold, *fallbacks),
    )


def _register(path: Path, name: str) -> Any:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(name, str(path), shapable=False)
    except (TTFError, OSError) as reason:
        raise StorageError(
            _("The font file {name} is missing or damaged.").format(name=path.name),
            safe=_("Your data is not affected; only printing is."),
            next_step=_("Install the program again, then print once more."),
        ) from reason
    registerFont(font)
    return font


def mend_extraction(document: Any, fonts: Fonts) -> None:
    """Call just before a canvas is saved: makes copied and searched text right.

    reportlab writes characters above U+FFFF into the ToUnicode tables as five hex digits, which
    readers take for something else; the standard wants UTF-16. The fonts' own writer runs first,
    then its tables are replaced.
    """
    for font in fonts.registered:
        state = font.state.get(document)
        if state is None or state.internalName is None:
            continue
        subsets = [list(subset) for subset in state.subsets]
        font.addObjects(document)
        document.delayedFonts.remove(font)
        written = document.idToObject["BasicFonts"].dict
        for number, codes in enumerate(subsets):
            entry = written[f"{state.internalName}+{number}"]
            document.idToObject[f"toUnicodeCMap:{entry.BaseFont}"].content = to_unicode(codes)


def to_unicode(codes: Iterable[int]) -> str:
    """The ToUnicode table of one subset: byte `n` stands for the character `codes[n]`. Unused ones
    are left out.
    """
    entries = [
        f"<{byte:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>"
        for byte, code in enumerate(codes)
        if code
    ]
    blocks = [
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
        for block in (entries[first : first + 100] for first in range(0, len(entries), 100))
    ]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
