"""The place of the second medium in the header. While there is none it says so, quietly; a press
says what can be done today.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from bankcc.i18n import _
from ui.theme import SHAPES, Level


class SecondCopyMark(QPushButton):
    """Neutral: nothing is wrong, only one disk holds everything."""

    def __init__(self, act: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.second_copy")
        self.setProperty("small", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked=False: act())
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = _("No second copy")
        self.setText(f"{SHAPES[Level.NEUTRAL]} {words}")
        self.setAccessibleName(words)
        self.setToolTip(_("The center lies on this disk only. Press to see how it is copied."))
