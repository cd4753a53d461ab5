"""The place of the second medium in the header. While there is none it says so, quietly; a press
says what can be done today.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from bankcc.i18n import _
from ui.theme import SHAPES, Level
from ui.widgets.header_button import HeaderButton


def second_copy_mark(act: Callable[[], object], parent: QWidget | None = None) -> HeaderButton:
    """Neutral: nothing is wrong, only one disk holds everything."""
    return HeaderButton("app.second_copy", _mark_words, act, parent)


def _mark_words() -> tuple[str, str, str]:
    words = _("No second copy")
    tip = _("The center lies on this disk only. Press to see how it is copied.")
    return f"{SHAPES[Level.NEUTRAL]} {words}", words, tip
