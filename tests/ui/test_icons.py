"""Icons exist, take the colours of the theme, and follow it when it changes."""

import gc
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from bankcc.paths import resources
from ui import icons, theme


def has_ink(image: QImage, colour: str) -> bool:
    """Whether the most opaque point has this colour; thin lines are never fully opaque."""
    spots = [(x, y) for x in range(image.width()) for y in range(image.height())]
    best = max((image.pixelColor(x, y) for x, y in spots), key=QColor.alpha)
    want = QColor(colour)
    pairs = zip(best.getRgb()[:3], want.getRgb()[:3], strict=True)
    return best.alpha() > 100 and all(abs(one - other) <= 4 for one, other in pairs)


def test_every_icon_is_recolourable_and_licensed() -> None:
    assert len(icons.names()) >= 60
    assert (resources() / "icons" / "LICENSE").read_text(encoding="utf-8").startswith("MIT")
    for name in icons.names():
        text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).get("stroke") == "currentColor", name
        assert "#" not in text, f"{name} has a colour of its own"


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_pixmap_is_sharp_at_every_ratio(ratio: float) -> None:
    made = icons.pixmap("headset", "#FF0000", 20, ratio)
    assert made.width() == round(20 * ratio)
    assert made.devicePixelRatio() == ratio
    assert has_ink(made.toImage(), "#FF0000")


def test_states_have_their_own_colour() -> None:
    look = theme.tokens()
    made = icons.icon("player-stop")
    for mode, colour in (
        (QIcon.Mode.Normal, look.text2),
        (QIcon.Mode.Disabled, look.disabled),
        (QIcon.Mode.Selected, look.on_selected),
    ):
        assert has_ink(made.pixmap(QSize(20, 20), mode).toImage(), colour)


def test_unknown_icon_is_said() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_follows_the_theme(qapp: QApplication, qtbot) -> None:
    button, action = QPushButton(), QAction()
    qtbot.addWidget(button)
    icons.put(button, "player-stop", "on_primary")
    icons.put(action, "player-stop")
    theme.apply(qapp, "dark")
    dark = theme.tokens()
    for made, colour in ((button.icon(), dark.on_primary), (action.icon(), dark.text2)):
        assert has_ink(made.pixmap(QSize(20, 20)).toImage(), colour)
    icons.put(button, "usb", "focus")
    theme.apply(qapp, "light")
    assert has_ink(button.icon().pixmap(20, 20).toImage(), theme.tokens().focus)


def test_a_deleted_button_does_not_hold_the_theme_back(qapp: QApplication, qtbot) -> None:
    for _round in range(20):
        button = QPushButton()
        icons.put(button, "usb")
        button.deleteLater()
        del button
    gc.collect()
    qapp.processEvents()
    theme.apply(qapp, "dark")
