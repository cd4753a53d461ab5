"""Every character is drawn, with an embedded font, and comes out of the file as it went in."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bankcc.errors import StorageError
from bankcc.reports.document import Letterhead
from bankcc.reports.fonts import BOLD, REGULAR, Fonts, load, to_unicode
from bankcc.reports.listing import ListReport, render_list
from bankcc.reports.situation import SituationReport, render_situation
from bankcc.reports.table import Column
from bankcc.reports.text import BOX, visible

NASTY = (
    "一支行客户 𬭎㛃𠮷 叚镕喆",
    "<b>加粗</b><font size=99>&amp;</font>",
    '<img src="file:///etc/passwd"/><a href="http://192.0.2.1/">x</a>',
    "<font color=\"[[[getattr(pow,'__globals__')]]]\">",
    "\\\\host\\share (括号) \\n \\101",
    "他说：“您好”——‘嗯’……",
    "a\u202eb\u2066c",
    "零\u200b宽\ufeff",
    "\x00\x07响铃\x1b[31m",
    "😀 emoji 👩🏽 ☎️",
    "é ü Ω Я ① ㎡ ℃ № ▲◆●✓■ □",
    "ไทย ½ ¤ ¬",
    "全角ＡＢＣ１２３，。！",
    "{title} %s $HOME `x`",
)


@pytest.fixture(scope="module")
def nasty_pdf(
    tmp_path_factory: pytest.TempPathFactory, letterhead: Callable[..., Letterhead]
) -> Path:
    report = ListReport(
        letterhead(title="清单"), (Column("内容"),), [(text,) for text in NASTY], filters=NASTY[1]
    )
    return render_list(report, tmp_path_factory.mktemp("pdf") / "nasty.pdf")


def fonts_in(path: Path) -> Iterator[Any]:
    """Every font the file names, in pages and in what pages refer to."""
    for page in pypdf.PdfReader(path).pages:
        for font in page["/Resources"]["/Font"].values():
            yield font.get_object()


@pytest.mark.parametrize("text", NASTY)
def test_texts_come_out_as_they_are_shown(
    nasty_pdf: Path, text_of: Callable[[Path], str], text: str
) -> None:
    assert visible(text) in [line.strip() for line in text_of(nasty_pdf).splitlines()]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("text", NASTY)
def test_a_second_reader_agrees(nasty_pdf: Path, text: str) -> None:
    command = ["pdftotext", "-layout", str(nasty_pdf), "-"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")
    assert "".join(visible(text).split()) in "".join(found.split())


def test_right_to_left_scripts_lose_nothing(
    tmp_path: Path, letterhead: Callable[..., Letterhead], text_of: Callable[[Path], str]
) -> None:
    """Readers put these letters in their own order; what matters is that all are there."""
    text = "مرحبا שלום"
    report = ListReport(letterhead(title="清单"), (Column("内容"),), [(text,)])
    found = text_of(render_list(report, tmp_path / "r.pdf"))
    assert set(text) <= set(found)


def test_all_fonts_are_embedded_subsets(
    nasty_pdf: Path, tmp_path: Path, situation: Callable[..., SituationReport]
) -> None:
    charts = render_situation(situation(), tmp_path / "s.pdf")
    for path in (nasty_pdf, charts):
        found = list(fonts_in(path))
        assert found
        for font in found:
            assert "bankcc" in font["/BaseFont"]
            assert font["/FontDescriptor"]["/FontFile2"].get_data()
            assert font["/ToUnicode"]
        assert path.stat().st_size < 300_000


def test_a_second_font_for_rare_characters(fonts: Fonts) -> None:
    runs = fonts.regular.runs("田𠮷田")
    assert [text for _name, text in runs] == ["田", "𠮷", "田"]
    assert runs[0][0] == runs[2][0] == REGULAR
    assert runs[1][0] not in (REGULAR, BOLD)
    assert fonts.bold.runs("田𠮷")[0][0] == BOLD
    assert fonts.regular.runs("") == []


def test_a_box_for_what_no_font_has(fonts: Fonts) -> None:
    face = fonts.registered[0].face
    assert fonts.regular.runs("a😀b") == [(REGULAR, "a😀b")]
    assert face.charToGlyph[ord("😀")] == face.charToGlyph[ord(BOX)] != 0
    assert fonts.regular.width("😀", 10) == fonts.regular.width(BOX, 10) > 0


def test_no_font_maps_radicals_in_place_of_characters(fonts: Fonts) -> None:
    """U+2F00 looks like 一 but is another character: a font that has both may give out the wrong
    one.
    """
    for font in fonts.registered:
        assert not [code for code in font.face.charToGlyph if 0x2E80 <= code <= 0x2FDF]


def test_figures_are_equally_wide(fonts: Fonts) -> None:
    for face in (fonts.regular, fonts.bold):
        assert len({face.advance(digit) for digit in "0123456789"}) == 1


def test_to_unicode_is_utf_16() -> None:
    table = to_unicode([0, 0x41, 0x20BB7])
    assert "<01> <0041>" in table
    assert "<02> <D842DFB7>" in table
    assert "<00> <0000>" not in table
    assert to_unicode(range(1, 256)).count("beginbfchar") == 3  # 100 entries at most in each


def test_missing_or_damaged_fonts(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=f"{REGULAR}.ttf"):
        load(tmp_path)
    (tmp_path / f"{REGULAR}.ttf").write_bytes(b"not a font")
    with pytest.raises(StorageError, match=f"{REGULAR}.ttf"):
        load(tmp_path)


def test_nothing_outside_is_trusted(fonts: Fonts) -> None:
    from reportlab import rl_config
    from reportlab.lib.utils import rlUrlRead

    assert rl_config.trustedHosts == rl_config.trustedSchemes == []
    for address in ("file:///etc/hostname", "http://127.0.0.1:9/", "data:text/plain,x"):
        with pytest.raises(OSError, match="Cannot open resource"):
            rlUrlRead(address)


_watched: list[tuple[str, str]] = []


def test_payloads_open_nothing(tmp_path: Path, letterhead: Callable[..., Letterhead]) -> None:
    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if recording and (event == "open" or event.startswith(("socket.", "subprocess", "exec"))):
            _watched.append((event, str(arguments[0])))

    recording = True
    sys.addaudithook(watch)  # stays for the life of the process: `recording` silences it
    try:
        report = ListReport(letterhead(), (Column("内容"),), [(text,) for text in NASTY])
        render_list(report, tmp_path / "r.pdf")
    finally:
        recording = False
    foreign = [seen for seen in _watched if not seen[1].startswith(str(tmp_path))]
    assert any(seen[1].startswith(str(tmp_path)) for seen in _watched)
    assert [seen for seen in foreign if not seen[1].isdigit() and "zoneinfo" not in seen[1]] == []
