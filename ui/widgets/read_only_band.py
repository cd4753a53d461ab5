"""A line above a panel that says why nothing can be changed in it, and what can be done still."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from bankcc.i18n import _
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel


class ReadOnlyBand(PlainLabel):
    """`message` is a message id; seen only where `read_only` is true."""

    def __init__(self, message: str, parent: QWidget, *, read_only: bool) -> None:
        super().__init__("", parent, role="meta", wrap=True)
        self._message = message
        self.setVisible(read_only)
        self._say()

    def _say(self) -> None:
        self.setText(f"{SHAPES[Level.NEUTRAL]} {_(self._message)}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
        super().changeEvent(event)
