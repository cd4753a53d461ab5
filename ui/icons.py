"""Icons from `resources/icons` in the colours of the theme, sharp at any screen scale.

A QIconEngine written in Python crashes PySide6, so icons are pixmaps; `put` renders them again
when the theme changes.
"""

import atexit
from collections.abc import Iterator
from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QObject, Qt, Slot
from PySide6.QtGui import QAction, QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from bankcc.paths import resources
from ui import theme
from ui.turns import in_turn

SIZES = (16, 20)
MODES = (QIcon.Mode.Normal, QIcon.Mode.Disabled, QIcon.Mode.Selected)
KEPT = 1_000
"""Pictures; those of a look that is no longer in force are forgotten in time."""


def names() -> list[str]:
    """Every icon that is shipped."""
    return sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


@cache
def _shape(name: str, pixels: int) -> QImage:
    """The icon drawn once in black; colouring it is ten times cheaper than drawing it again.
    Raises FileNotFoundError for a name that is not shipped."""
    source = (resources() / "icons" / f"{name}.svg").read_bytes()
    made = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(source.replace(b"currentColor", b"#000"))).render(painter)
    painter.end()
    return made


@lru_cache(maxsize=KEPT)
def _coloured(name: str, pixels: int, colour: str) -> QImage:
    # A deep copy: an image made of the shape itself would share its points and its cache key.
    image = _shape(name, pixels).copy()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), QColor(colour))
    painter.end()
    return image


def pixmap(name: str, colour: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """One picture of an icon, `size` logical pixels wide, in `colour`."""
    made = QPixmap.fromImage(_coloured(name, round(size * ratio), colour))
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: str = "") -> QIcon:
    """An icon in the theme in force, for every screen here; `colour` overrides the normal state."""
    sizes = tuple(theme.px(size) for size in SIZES)
    return _icon(name, _shades(colour), sizes, ratios())


def _shades(colour: str = "") -> tuple[str, ...]:
    """The colour of each of `MODES`."""
    look = theme.tokens()
    return (colour or look.text2, look.disabled, look.on_selected)


def ratios() -> tuple[float, ...]:
    """The scales of the screens that are here."""
    return tuple(sorted({screen.devicePixelRatio() for screen in QGuiApplication.screens()}))


@lru_cache(maxsize=KEPT)
def _icon(
    name: str, shades: tuple[str, ...], sizes: tuple[int, ...], scales: tuple[float, ...]
) -> QIcon:
    """The same button stands on several panels: its icon is drawn once."""
    made = QIcon()
    for ratio in scales:
        for size in sizes:
            for mode, shade in zip(MODES, shades, strict=True):
                made.addPixmap(pixmap(name, shade, size, ratio), mode)
    return made


atexit.register(_icon.cache_clear)  # before the application goes, without which none may exist


def draw_all() -> Iterator[None]:
    """Draw all icons in the look in force; a step for each."""
    for name in names():
        icon(name)
        yield


class _Keeper(QObject):
    """Lives and dies with an action or button, and renders its icon again on a theme change."""

    def __init__(self, target: QAction | QAbstractButton, name: str, token: str) -> None:
        super().__init__(target)
        self.setObjectName("icon.keeper")
        self._target, self.name, self.token = target, name, token
        theme.hub().changed.connect(self._changed)
        QGuiApplication.instance().screenAdded.connect(self._changed)

    @Slot()
    def _changed(self) -> None:
        button = self._target if isinstance(self._target, QAbstractButton) else None
        in_turn(self, self.render, button)

    def render(self) -> None:
        """The icon in the colours in force."""
        colour = getattr(theme.tokens(), self.token) if self.token else ""
        self._target.setIcon(icon(self.name, colour))


def put(target: QAction | QAbstractButton, name: str, token: str = "") -> None:
    """Give `target` the icon and keep it in step with the theme. `token` names the colour to use
    (for example `on_primary` on a primary button)."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    keeper = target.findChild(_Keeper, "icon.keeper", direct)
    if keeper is None:
        keeper = _Keeper(target, name, token)
    keeper.name, keeper.token = name, token
    keeper.render()
