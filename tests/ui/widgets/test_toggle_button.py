"""Pressed, a button has room for its bold words, and nothing beside it moves."""

import pytest
from PySide6.QtGui import QFontMetrics

from ui import theme
from ui.widgets.toggle_button import ToggleButton


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_bold_words_fit_and_the_width_stays(qapp, qtbot, scale: float) -> None:
    theme.apply(qapp, "light", scale)
    button = ToggleButton()
    button.setText("Without a backup 50,150")
    qtbot.addWidget(button)
    button.show()
    before = button.sizeHint()
    around = before.width() - QFontMetrics(theme.font(bold=True)).horizontalAdvance(button.text())
    button.setChecked(True)
    assert button.sizeHint() == before
    assert button.minimumSizeHint() == before
    assert around >= theme.px(24)  # what the sheet keeps free on both sides
    theme.apply(qapp, "light")
