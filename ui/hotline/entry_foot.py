"""Below the fields of the entry strip: what is known of the number, what is staged, the commands.

Rule: where there is room all of it is one line; where there is none, what is said stands beside
what is staged, or has its own.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from bankcc.session import Session
from ui import actions, theme
from ui.actions import ActionId
from ui.hotline.repeat_hint import RepeatHint
from ui.hotline.staged_call import StageKind
from ui.hotline.staged_chips import StagedChips
from ui.theme import Level
from ui.widgets.chip import Chip

COMMANDS = {
    ActionId.MAKE_URGENT: StageKind.URGENT,
    ActionId.CALLBACK: StageKind.CALLBACK,
    ActionId.MAKE_TASK: StageKind.TASK,
    ActionId.ANSWER: StageKind.CARD,
    ActionId.ASSIGN: StageKind.AGENT,
}
"""The commands with a button and the step each of them stages, in the order of the buttons."""
LARGE = 1.2
"""Above this font scale height is dear."""


class EntryFoot(QWidget):
    """`wanted(StageKind)`: a button was pressed. `save_button` saves."""

    wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.repeat = RepeatHint(session, self)
        self.hint = Chip(Level.WARNING, "", self)
        self.hint.setObjectName("hotline.hint")
        self.hint.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.staged = StagedChips(session, self)
        self.buttons = {action: self._button(action) for action in COMMANDS}
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("hotline.save_next")
        self.save_button.setProperty("kind", "primary")
        self._home: QHBoxLayout | None = None
        self._tight = False
        self._lay_out()
        theme.hub().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        for action, button in self._all().items():
            button.setText(self._label(action))
            button.setAccessibleName(actions.text_of(action))
            button.setToolTip(actions.tip_of(action))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Something is said, or no longer: it may not fit beside the buttons."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _resize(self) -> None:
        """In large letters the list below needs the height."""
        self.save_button.setProperty("small", theme.hub().scale > LARGE)
        theme.repolish(self.save_button)

    def _all(self) -> dict[ActionId, QPushButton]:
        return {**self.buttons, ActionId.SAVE_NEXT: self.save_button}

    def _label(self, action: ActionId) -> str:
        """Words and key; the words alone where there is no room, the key is in the tooltip."""
        short = self._tight and action is not ActionId.SAVE_NEXT
        return actions.text_of(action) if short else actions.label_of(action)

    def _spell(self) -> None:
        """The keys stand on the buttons if all of it fits in one line."""
        needed = 0
        for action, button in self._all().items():
            width = button.fontMetrics().horizontalAdvance
            frame = button.sizeHint().width() - width(button.text())
            needed += frame + width(actions.label_of(action)) + theme.px(8)
        tight = needed > self.width()
        if tight != self._tight:
            self._tight = tight
            self.retranslate()

    def _arrange(self) -> None:
        self._spell()
        said = [widget for widget in (self.repeat, self.hint) if not widget.isHidden()]
        shown = [*said, *self._all().values()]
        home = self._line
        if said and self._wide(shown) > self.width():
            staged = [] if self.staged.isHidden() else [self.staged]
            beside = bool(staged) and self._wide([*staged, *said]) <= self.width()
            home = self._top if beside else self._above
        if home is not self._home:
            self._home = home
            for at, widget in enumerate((self.repeat, self.hint)):
                home.insertWidget(at + (home is self._top), widget)

    @staticmethod
    def _wide(shown: Sequence[QWidget]) -> int:
        return sum(widget.sizeHint().width() + theme.px(8) for widget in shown)

    def _button(self, action: ActionId) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"hotline.do.{COMMANDS[action]}")
        made.setProperty("small", True)
        # Reached with Tab, but a click leaves the caret in the field that is being typed in.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.wanted.emit(COMMANDS[action]))
        return made

    def _lay_out(self) -> None:
        self._top, self._above, self._line = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        # Placed while they are empty, as what they hold moves from one to the other: Python would
        # go on knowing the items of a full one after Qt has deleted them.
        for line in (self._top, self._above, self._line):
            line.setSpacing(theme.px(8))
            column.addLayout(line)
        self._top.addWidget(self.staged)
        self._top.addStretch(1)
        self._above.addStretch(1)
        for widget in (self.repeat, self.hint):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        for button in (*self.buttons.values(), self.save_button):
            self._line.addWidget(button)
