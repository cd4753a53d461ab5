"""What a data area shows when it has no rows: why, and the next step. Never a blank field."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from bankcc.i18n import N_, _
from ui import icons, theme
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel

LOW = 140
"""Pixels at 100 %: below this height the picture goes."""


class State(StrEnum):
    """Why there is nothing to show."""

    LOADING = "loading"
    EMPTY = "empty"
    FILTERED = "filtered"
    ERROR = "error"
    READ_ONLY = "read_only"


ICONS = {
    State.LOADING: "clock",
    State.EMPTY: "notes",
    State.FILTERED: "filter-off",
    State.ERROR: "alert-triangle",
    State.READ_ONLY: "eye",
}
TEXTS = {
    State.LOADING: N_("Loading…"),
    State.EMPTY: N_("Nothing here yet"),
    State.FILTERED: N_("Nothing matches"),
    State.ERROR: N_("This could not be shown"),
    State.READ_ONLY: N_("Read only"),
}


class StateView(QWidget):
    """Icon, sentence, hint, a button and perhaps a quiet second one, in the middle of the area."""

    ICON = 40

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel.state")
        self.state = State.LOADING
        self._act: Callable[[], object] | None = None
        self._own_text = ""
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text = PlainLabel("", self, role="section", wrap=True)
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        for label in (self.text, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(self)
        self.button.setObjectName("panel.state.action")
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(self._clicked)
        self.other = QPushButton(self)
        self.other.setObjectName("panel.state.other")
        self.other.setProperty("kind", "quiet")
        self.other.clicked.connect(self._other_clicked)
        self._other_act: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(2)
        for widget in (self.picture, self.text, self.hint):
            column.addWidget(widget)
        column.addSpacing(theme.px(4))
        for button in (self.button, self.other):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        theme.hub().changed.connect(self._recolour)
        self.show_state(State.LOADING)

    def show_state(
        self,
        state: State,
        text: str = "",
        hint: str = "",
        *,
        action: str = "",
        act: Callable[[], object] | QAction | None = None,
        other: str = "",
        other_act: Callable[[], object] | None = None,
    ) -> None:
        """Show why there is nothing. Texts are translated; without `text` a general one is shown.
        `act` is called, or triggered, by the button labelled `action`; `other_act` by the quiet
        one."""
        self.state, self._own_text = state, text
        self._act = act.trigger if isinstance(act, QAction) else act
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(action)
        self.button.setAccessibleName(action)
        self.button.setVisible(bool(action))
        self._other_act = other_act
        self.other.setText(other)
        self.other.setAccessibleName(other)
        self.other.setVisible(bool(other))
        self._retranslate()
        self._recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is dear the words and the way out have it, and not the picture."""
        super().resizeEvent(event)
        self.picture.setVisible(event.size().height() >= theme.px(LOW))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.text.setText(self._own_text or _(TEXTS[self.state]))
        self.setAccessibleName(f"{self.text.text()} {self.hint.text()}".strip())

    def _recolour(self) -> None:
        look = theme.tokens()
        error = self.state == State.ERROR
        colour = look.levels[Level.CRITICAL].text if error else look.text3
        ratio = self.devicePixelRatioF()
        self.picture.setPixmap(icons.pixmap(ICONS[self.state], colour, theme.px(self.ICON), ratio))

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()

    def _other_clicked(self) -> None:
        if self._other_act is not None:
            self._other_act()
