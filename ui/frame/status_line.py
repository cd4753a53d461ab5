"""The line at the foot of the window: what was done last, and the keys that work here."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from bankcc.i18n import _
from ui import theme
from ui.widgets.plain_label import ElidedLabel


class StatusLine(QFrame):
    """`say` shows what was done; `set_hints` the keys of the panel that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.status")
        self.setProperty("bar", "status")
        self.last = ElidedLabel("", self, role="meta")
        self.last.setObjectName("app.status.last")
        self.hints = ElidedLabel("", self, role="meta")
        self.hints.setObjectName("app.status.hints")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        line.addWidget(self.last, 1)
        line.addWidget(self.hints)
        theme.hub().changed.connect(self._resize)
        self._resize()
        self._retranslate()

    def say(self, text: str) -> None:
        """What was done last, already translated."""
        self.last.setText(text)

    def set_hints(self, hints: str) -> None:
        """Keys and what they do, already translated."""
        if hints != self.hints.text():
            self.hints.setText(hints)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Status line"))

    def _resize(self) -> None:
        self.setFixedHeight(theme.size("status"))
