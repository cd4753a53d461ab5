"""Why a card could not be moved, said beside the card until the next step."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from bankcc.errors import UserError
from ui import theme
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.ask_box import put_beside
from ui.widgets.plain_label import PlainLabel

WIDTH = 320
STAYS_MS = 20_000


class BoardNote(QFrame):
    """Takes no focus: the keys stay on the card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.note")
        self.setProperty("message", str(Level.CRITICAL))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.shape = PlainLabel(SHAPES[Level.CRITICAL], self)
        self.text = PlainLabel("", self, wrap=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(*[theme.px(8)] * 4)
        line.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, error: UserError, anchor: QRect) -> None:
        """Show what `error` says beside `anchor` (on the screen)."""
        self.text.setText(str(error))
        self.setAccessibleName(str(error))
        red = theme.tokens().levels[Level.CRITICAL].text
        self.shape.setStyleSheet(f"color: {red}; font-weight: bold;")
        self.setFixedWidth(min(theme.px(WIDTH), self.parentWidget().width() - theme.px(16)))
        # A wrapped text is as high as its width makes it.
        room = self.width() - theme.px(16) - theme.px(6) - self.shape.sizeHint().width() - 8
        self.setFixedHeight(self.text.heightForWidth(room) + theme.px(20))
        put_beside(self.parentWidget(), self, anchor)
        self.show()
        self.raise_()
        announce(self)
        self._timer.start()
