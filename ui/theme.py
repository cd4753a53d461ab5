"""The look of the program: tokens from `resources/theme`, one palette, one style sheet, one font.

Rule: no widget names a colour or a pixel size of its own; it asks `tokens()` and `px()`, and paints
again on PaletteChange or when `hub().changed` fires. Status is shape + word + colour, never colour
alone.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from string import Template
from types import MappingProxyType

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from bankcc.paths import resources

THEMES = ("light", "dark")
SYSTEM = "system"
FAMILY = "bankcc Sans SC"
HAN_FALLBACK = "bankcc Han Fallback"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanFallback-Regular.ttf")
NEVER = ("SimSun", "NSimSun", "宋体", "新宋体")
MIN_SCALE, MAX_SCALE = 1.0, 2.0


class Level(StrEnum):
    """How pressing something is. The first four must be told apart by every eye (tested)."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"
    OK = "ok"
    NEUTRAL = "neutral"
    DRILL = "drill"


SHAPES: Mapping[Level, str] = MappingProxyType(
    {
        Level.CRITICAL: "▲",
        Level.WARNING: "◆",
        Level.INFO: "●",
        Level.OK: "✓",
        Level.NEUTRAL: "■",
        Level.DRILL: "▨",
    }
)


@dataclass(frozen=True, slots=True)
class LevelColours:
    """`text` on a plain ground; `chip` with `on_chip` upon it."""

    text: str
    chip: str
    on_chip: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All colours of one theme as `#RRGGBB`, with spaces and sizes in pixels at font scale 1."""

    name: str
    bg: str
    surface: str
    surface2: str
    row_alt: str
    text: str
    text2: str
    text3: str
    disabled: str
    border: str
    hairline: str
    primary: str
    on_primary: str
    primary_hover: str
    focus: str
    selected: str
    on_selected: str
    levels: Mapping[Level, LevelColours]
    space: Mapping[str, int]
    size: Mapping[str, int]


class ThemeHub(QObject):
    """Holds what is in force and says when it changes. One per application, found with `hub()`.
    `by_parts`: parts wear the sheet, not the application; `gradual`: one after the other, so that
    keys are taken between them."""

    changed = Signal()
    sheet_changed = Signal()
    """Before `changed`, for those who wear the sheet (`ui.dress`)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("theme.hub")
        self.sheet = ""
        self.by_parts = False
        self.gradual = False
        self.tokens = load(THEMES[0])
        self.scale = 1.0
        self.fonts_loaded = False
        self.fusion = False


_known: list[ThemeHub] = []


@cache
def load(name: str) -> Tokens:
    """The tokens of the theme `name`; raises KeyError for a theme that does not exist."""
    raw = json.loads((resources() / "theme" / "tokens.json").read_text(encoding="utf-8"))
    colours = dict(raw["themes"][name])
    levels = {Level(key): LevelColours(**value) for key, value in colours.pop("levels").items()}
    return Tokens(
        name=name,
        levels=MappingProxyType(levels),
        space=MappingProxyType(raw["space"]),
        size=MappingProxyType(raw["size"]),
        **colours,
    )


def hub(app: QApplication | None = None) -> ThemeHub:
    """The theme hub of the running application."""
    # Kept: every colour and every pixel asks for it, thousands of times in one painting.
    if _known and shiboken6.isValid(_known[0]):
        return _known[0]
    owner = app or QApplication.instance()
    if owner is None:
        raise RuntimeError("the theme needs a QApplication")
    _known[:] = [ThemeHub(owner)]
    return _known[0]


def tokens() -> Tokens:
    """The tokens in force."""
    return hub().tokens


def px(pixels: float) -> int:
    """`pixels` at 100 % in the font scale in force."""
    return round(pixels * hub().scale)


def size(name: str) -> int:
    """A named size of the tokens (`control`, `chip`, `row` …) in the font scale in force."""
    return px(tokens().size[name])


def resolve(app: QApplication, name: str) -> str:
    """`light` or `dark` for `name`, which may be `system`; unknown names fall back to light."""
    if name == SYSTEM:
        dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"
    return name if name in THEMES else THEMES[0]


def apply(app: QApplication, name: str = "light", font_scale: float = 1.0) -> Tokens:
    """Put a theme in force, at start or live. `font_scale` is held within 1.0 and 2.0."""
    centre = hub(app)
    centre.scale = min(MAX_SCALE, max(MIN_SCALE, font_scale))
    # The request to the platform comes first: it resets the palette that is set below.
    scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(scheme.get(name, Qt.ColorScheme.Unknown))
    centre.tokens = load(resolve(app, name))
    if not centre.fusion:  # asked of the hub: under a style sheet the style has no name
        centre.fusion = True
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette(centre.tokens))
    app.setFont(font())
    centre.sheet = style_sheet(centre.tokens, centre.scale)
    if not centre.by_parts:
        app.setStyleSheet(centre.sheet)
    _refuse_simsun(app)
    centre.sheet_changed.emit()
    if centre.gradual:
        QTimer.singleShot(0, centre, centre.changed.emit)
    else:
        centre.changed.emit()
    return centre.tokens


def families(platform: str = sys.platform) -> list[str]:
    """Font families in order. Windows has fonts hinted for its screens; elsewhere ours comes first:
    system CJK fonts print Kangxi radicals in place of common characters."""
    ours = [FAMILY, HAN_FALLBACK]
    if platform == "win32":
        return ["Segoe UI", "Microsoft YaHei UI", *ours]
    return [*ours, "Noto Sans CJK SC", "Source Han Sans SC"]


def load_fonts() -> None:
    """Register the bundled fonts, once per application; RuntimeError if a file does not load."""
    centre = hub()
    if centre.fonts_loaded:
        return
    centre.fonts_loaded = True
    for file in FONT_FILES:
        path = resources() / "fonts" / file
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"font does not load: {path.name}")


def font(pixels: float = 13, *, bold: bool = False) -> QFont:
    """The font of the interface, `pixels` high at 100 %."""
    load_fonts()
    made = QFont()
    made.setFamilies(families())
    made.setPixelSize(px(pixels))
    made.setBold(bold)
    return made


def _refuse_simsun(app: QApplication) -> None:
    """Chinese Windows takes SimSun where no family is found; it is unreadable at this size."""
    if QFontInfo(app.font()).family() in NEVER:
        raise RuntimeError("no usable font: the bundled font is missing")


def palette(theme: Tokens) -> QPalette:
    """The palette of a theme; the disabled group has its own text colours."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.bg,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.row_alt,
        role.Text: theme.text,
        role.Button: theme.surface2,
        role.ButtonText: theme.text,
        role.BrightText: theme.levels[Level.CRITICAL].text,
        role.Highlight: theme.selected,
        role.HighlightedText: theme.on_selected,
        role.Accent: theme.primary,
        role.Link: theme.primary,
        role.LinkVisited: theme.primary,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.surface,
        role.PlaceholderText: theme.text3,
        role.Light: theme.surface,
        role.Midlight: theme.surface2,
        role.Mid: theme.hairline,
        role.Dark: theme.border,
        role.Shadow: theme.border,
    }
    made = QPalette()
    for which, colour in colours.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.disabled))
    return made


class _Words(dict[str, str]):
    """Answers `pxN` for any N, scaled."""

    def __init__(self, scale: float, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._scale = scale

    def __missing__(self, key: str) -> str:
        if key.startswith("px") and key[2:].isdigit():
            return f"{round(int(key[2:]) * self._scale)}px"
        raise KeyError(key)


def style_sheet(theme: Tokens, scale: float) -> str:
    """The style sheet of a theme at a font scale."""
    words = {f.name: getattr(theme, f.name) for f in fields(theme)}
    plain = {key: value for key, value in words.items() if isinstance(value, str)}
    control = round(theme.size["control"] * scale)
    plain |= {
        # Style sheet heights leave the border out: 1 px twice, 2 px twice with focus.
        "control": f"{control - 2}px",
        "control_inner": f"{control - 4}px",
        "chip": f"{round(theme.size['chip'] * scale)}px",
        "critical": theme.levels[Level.CRITICAL].text,
        "images": (resources() / "theme" / theme.name).as_posix(),
        "chips": "\n".join(
            f'QLabel[chip="{level}"] {{ background: {c.chip}; color: {c.on_chip}; }}'
            for level, c in theme.levels.items()
        ),
        "messages": "\n".join(
            f'QFrame[message="{level}"] {{ border-left-color: {c.text}; }}'
            for level, c in theme.levels.items()
        ),
    }
    text = (resources() / "theme" / "bankcc.qss").read_text(encoding="utf-8")
    return Template(text).substitute(_Words(scale, plain))


def repolish(widget: QWidget) -> None:
    """Make the style sheet look again after a property it selects by has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
