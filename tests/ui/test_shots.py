"""Every panel and dialog is drawn, in every look, and no picture is empty."""

import pytest
from PySide6.QtGui import QImage

from bankcc import i18n
from ui import shots, theme
from ui.panels import PANELS
from ui.shots import DIALOGS, FILE_DIALOGS, LOOKS, SCENES, SIZE, STATES, WALLS, Look
from ui.shots_panels import MAIN


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    monkeypatch.setattr(shots, "SETTLE_MS", 20)
    monkeypatch.setattr(shots, "FILE_SETTLE_MS", 20)


def colours(image: QImage) -> int:
    """How many different colours a coarse grid of points has."""
    return len(
        {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
    )


def test_one_look_has_every_panel_scene_and_dialog(qapp, tmp_path) -> None:
    look = Look("dark", "en")
    files = list(shots.render_all(tmp_path / "pictures", (look,)))
    states = [f"{panel}-{state}" for state in STATES for panel in MAIN]
    names = [*(spec.id for spec in PANELS), *SCENES, *WALLS, *FILE_DIALOGS, *states, *DIALOGS]
    assert [file.name for file in files] == [f"{name}_dark_en.png" for name in names]
    for file in files:
        image = QImage(str(file))
        assert colours(image) > 5, file.name
        if file.name.split("_")[0] not in {*DIALOGS, *FILE_DIALOGS}:
            assert (image.width(), image.height()) == SIZE
    theme.apply(qapp, "light")
    i18n.set_language(i18n.DEFAULT_LANGUAGE)


def test_both_themes_both_languages_and_large_text_are_drawn() -> None:
    assert {look.suffix for look in LOOKS} == {
        "light_zh_CN",
        "light_en",
        "dark_zh_CN",
        "dark_en",
        "light_zh_CN_150",
        "light_en_150",
        "dark_en_150",
    }
