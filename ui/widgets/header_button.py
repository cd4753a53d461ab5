"""A small button in the header of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QPushButton, QWidget


class HeaderButton(QPushButton):
    """`act()` when it is pressed. `words()`: what stands on it, what is spoken, and the tooltip, in
    the language in force. A click does not take the caret out of the field being typed in."""

    def __init__(
        self,
        name: str,
        words: Callable[[], tuple[str, str, str]],
        act: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("small", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked=False: act())
        self._words = words
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        text, spoken, tip = self._words()
        self.setText(text)
        self.setAccessibleName(spoken)
        self.setToolTip(tip)
