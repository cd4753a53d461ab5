"""Contrast and colour-blind limits are computed from the token file; themes switch live."""

from itertools import combinations

import pytest
from PySide6.QtGui import QFontInfo, QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from bankcc.paths import resources
from tests.ui.colour import VISIONS, ciede2000, contrast, difference
from ui import theme
from ui.theme import SHAPES, Level

GROUNDS = ("bg", "surface", "surface2", "row_alt", "selected")
TOLD_APART = (Level.CRITICAL, Level.WARNING, Level.INFO, Level.OK)


def ratio_at_least(least: float, what: str, one: str, other: str) -> None:
    found = contrast(one, other)
    assert found >= least, f"{what}: {one} on {other} is {found:.2f}:1, needs {least}:1"


@pytest.mark.parametrize("name", theme.THEMES)
class TestTokens:
    @pytest.mark.parametrize("ground", GROUNDS)
    @pytest.mark.parametrize("ink", ["text", "text2", "text3"])
    def test_text_can_be_read(self, name: str, ink: str, ground: str) -> None:
        look = theme.load(name)
        label = f"{name}.{ink} on {ground}"
        ratio_at_least(4.5, label, getattr(look, ink), getattr(look, ground))

    @pytest.mark.parametrize("line", ["border", "focus", "primary"])
    @pytest.mark.parametrize("ground", ["bg", "surface", "surface2", "row_alt"])
    def test_controls_can_be_seen(self, name: str, line: str, ground: str) -> None:
        look = theme.load(name)
        label = f"{name}.{line} on {ground}"
        ratio_at_least(3, label, getattr(look, line), getattr(look, ground))

    def test_text_on_filled_grounds(self, name: str) -> None:
        look = theme.load(name)
        for ink, ground in (
            ("on_primary", "primary"),
            ("on_primary", "primary_hover"),
            ("on_selected", "selected"),
        ):
            label = f"{name}.{ink} on {ground}"
            ratio_at_least(4.5, label, getattr(look, ink), getattr(look, ground))
        ratio_at_least(3, f"{name}: focus on a selected row", look.focus, look.selected)

    @pytest.mark.parametrize("level", Level)
    def test_status_can_be_read(self, name: str, level: Level) -> None:
        look = theme.load(name)
        colours = look.levels[level]
        ratio_at_least(4.5, f"{name}.{level} chip", colours.on_chip, colours.chip)
        for ground in ("bg", "surface", "surface2", "row_alt"):
            label = f"{name}.{level} text on {ground}"
            ratio_at_least(4.5, label, colours.text, getattr(look, ground))

    @pytest.mark.parametrize("part", ["text", "chip"])
    @pytest.mark.parametrize("vision", VISIONS)
    def test_levels_are_told_apart_by_every_eye(self, name: str, vision: str, part: str) -> None:
        levels = theme.load(name).levels
        for one, other in combinations(TOLD_APART, 2):
            found = difference(getattr(levels[one], part), getattr(levels[other], part), vision)
            assert found >= 15, (
                f"{name}: {part} of {one} and {other} differ by {found:.1f} under {vision}"
            )


def test_the_arithmetic_itself() -> None:
    """Against published values: Sharma's test data for CIEDE2000, WCAG's extremes."""
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514)) == pytest.approx(
        0.9082, abs=1e-4
    )
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # The usual green and gold, which one man in a hundred cannot tell apart: the limit must bite.
    assert difference("#52c41a", "#faad14", "protanopia") < 15


def test_every_level_has_its_own_shape() -> None:
    assert set(SHAPES) == set(Level)
    assert len(set(SHAPES.values())) == len(Level)


class TestApply:
    def test_switches_live(self, qapp: QApplication) -> None:
        seen = []
        theme.hub().changed.connect(lambda: seen.append(theme.tokens().name))
        theme.apply(qapp, "dark", 1.5)
        assert seen[-1] == "dark"
        assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == "#11161D"
        assert qapp.font().pixelSize() == round(13 * 1.5)
        assert theme.size("control") == 48
        theme.apply(qapp, "light")
        assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == "#F5F7FA"
        assert theme.size("control") == 32

    @pytest.mark.parametrize(("asked", "given"), [(0.2, 1.0), (1.25, 1.25), (9, 2.0)])
    def test_scale_is_held_within_bounds(
        self, qapp: QApplication, asked: float, given: float
    ) -> None:
        theme.apply(qapp, "light", asked)
        assert theme.hub().scale == given

    def test_unknown_theme_is_light(self, qapp: QApplication) -> None:
        assert theme.apply(qapp, "mauve").name == "light"
        assert theme.resolve(qapp, theme.SYSTEM) in theme.THEMES

    def test_controls_are_32_high(self, qtbot) -> None:
        edit = QLineEdit()
        qtbot.addWidget(edit)
        assert edit.sizeHint().height() == 32

    @pytest.mark.parametrize("name", theme.THEMES)
    @pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
    def test_sheet_is_complete(self, name: str, scale: float) -> None:
        sheet = theme.style_sheet(theme.load(name), scale)
        assert "$" not in sheet
        for level in Level:
            assert f'chip="{level}"' in sheet
            assert f'message="{level}"' in sheet
        for part in sheet.split('url("')[1:]:
            path = part.split('"')[0]
            assert (resources() / "theme" / path.rsplit("/", 1)[1]).exists(), path


class TestFonts:
    def test_bundled_family_is_used_and_never_simsun(self, qapp: QApplication) -> None:
        family = QFontInfo(qapp.font()).family()
        assert family not in theme.NEVER
        assert family == theme.FAMILY

    def test_simsun_is_refused(self, qapp: QApplication, monkeypatch) -> None:
        monkeypatch.setattr(theme, "NEVER", (theme.FAMILY,))
        with pytest.raises(RuntimeError, match="font"):
            theme.apply(qapp, "light")

    def test_windows_has_its_own_fonts_first(self) -> None:
        assert theme.families("win32")[:2] == ["Segoe UI", "Microsoft YaHei UI"]
        assert theme.FAMILY in theme.families("win32")
        assert theme.families("linux")[0] == theme.FAMILY

    @pytest.mark.parametrize("bold", [False, True])
    @pytest.mark.parametrize("pixels", [12, 13, 15, 22, 30])
    def test_digits_are_equally_wide(self, pixels: int, bold: bool) -> None:
        metrics = QFontMetrics(theme.font(pixels, bold=bold))
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1

    @pytest.mark.parametrize("file", theme.FONT_FILES[:2])
    def test_no_radicals_but_all_names(self, file: str) -> None:
        raw = QRawFont(str(resources() / "fonts" / file), 13)
        assert raw.isValid()
        radicals = [c for c in range(0x2E80, 0x2FE0) if raw.supportsCharacter(c)]
        assert radicals == [], f"{file}: U+{radicals[0]:04X} would come out of a PDF as text"
        for character in "一支行客户㛃𬭎䶮〇▲◆●✓■▨①→Aa0。，" + "".join(SHAPES.values()):
            assert raw.supportsCharacter(ord(character)), f"{file} lacks {character}"

    def test_fallback_has_what_the_main_font_lacks(self) -> None:
        folder = resources() / "fonts"
        main = QRawFont(str(folder / "NotoSansSC-Regular.ttf"), 13)
        fallback = QRawFont(str(folder / "HanFallback-Regular.ttf"), 13)
        assert not main.supportsCharacter(0x20BB7)
        assert fallback.supportsCharacter(0x20BB7)
        assert not fallback.supportsCharacter(ord("一"))

    def test_rare_character_is_drawn_on_screen(self, qtbot) -> None:
        """𠮷 through the fallback: not the empty box that an unknown character gives."""
        drawn = []
        for text in ("𠮷", "\U000e1234"):
            label = QLabel(text)
            qtbot.addWidget(label)
            label.setFont(theme.font(30))
            label.resize(60, 60)
            drawn.append(label.grab().toImage())
        assert drawn[0] != drawn[1]

    def test_size_stays_within_bounds(self) -> None:
        total = sum(path.stat().st_size for path in (resources() / "fonts").glob("*.ttf"))
        assert total < 25_000_000
        assert (resources() / "fonts" / "OFL.txt").exists()
