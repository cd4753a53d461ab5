"""A question with one line for the answer, beside the card that it is about.

Rule: Enter answers, Esc goes away and throws nothing away: what was typed stands there again when
the same is asked next time, also after the program was killed.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bankcc.i18n import _
from ui import theme
from ui.drafts import DraftKeeper
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

WIDTH = 380
Accept = Callable[[str], str]
"""Takes the answer; returns why it will not do, empty when all is well."""


def put_beside(panel: QWidget, widget: QWidget, anchor: QRect) -> None:
    """Place `widget`, a child of `panel`, below `anchor` (on the screen), or above it where there
    is no room; never outside the panel."""
    size = widget.sizeHint().expandedTo(widget.minimumSize())
    width = min(size.width(), panel.width() - theme.px(16))
    at = panel.mapFromGlobal(anchor.topLeft())
    y = at.y() + anchor.height() + theme.px(4)
    if y + size.height() > panel.height():
        y = max(theme.px(4), at.y() - size.height() - theme.px(4))
    x = max(theme.px(8), min(at.x(), panel.width() - width - theme.px(8)))
    widget.setGeometry(QRect(QPoint(x, y), size).adjusted(0, 0, width - size.width(), 0))


class AskLine(QFrame):
    """`closed`: answered or left. One question at a time."""

    closed = Signal()

    def __init__(self, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.ask")
        self.setProperty("card", True)
        self._keeper = keeper
        self._kept = {name: str(body.get("text", "")) for name, body in keeper.found()}
        self._key, self._again = "", False
        self._accept: Accept = lambda _text: ""
        self.caption = PlainLabel("", self, wrap=True)
        self.caption.setStyleSheet("font-weight: bold;")
        self.text = QLineEdit(self)
        self.text.setObjectName("board.ask.text")
        self.text.setMaxLength(2_000)
        self.text.installEventFilter(self)
        self.text.textEdited.connect(self._typed)
        self.fault = PlainLabel("", self, wrap=True)
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        self.answer = QPushButton(self)
        self.answer.setObjectName("board.ask.answer")
        self.answer.setProperty("kind", "primary")
        self.answer.clicked.connect(self._answer)
        self.leave = QPushButton(self)
        self.leave.setObjectName("board.ask.leave")
        self.leave.clicked.connect(self.close_question)
        buttons = QHBoxLayout()
        buttons.addWidget(self.hint, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        for widget in (self.caption, self.text, self.fault):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.retranslate()
        self.hide()

    def ask(
        self, key: str, caption: str, anchor: QRect, accept: Accept, *, hint: str = "",
        again: bool = False,
    ) -> None:  # fmt: skip
        """Ask beside `anchor` (on the screen). `key` names the question, so that its unfinished
        answer is found again; with `again` it is asked once more after each answer."""
        self._key, self._accept, self._again = key, accept, again
        self.caption.setText(caption)
        self.text.setAccessibleName(caption)
        self.hint.setText(hint)
        self.text.setText(self._kept.get(key, ""))
        self._say("")
        self.setFixedWidth(min(theme.px(WIDTH), self.parentWidget().width() - theme.px(16)))
        self.show()
        self.raise_()
        put_beside(self.parentWidget(), self, anchor)
        self.text.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def asking(self) -> bool:
        """Whether a question stands there."""
        return not self.isHidden()

    def close_question(self) -> None:
        """Go away; what was typed is kept."""
        if self.asking:
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Words in the language in force; the question keeps the language it was asked in."""
        self.setAccessibleName(_("Question"))
        for button, words in ((self.answer, _("OK Enter")), (self.leave, _("Leave Esc"))):
            button.setText(words)
            button.setAccessibleName(words)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._answer()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _typed(self, text: str) -> None:
        self._say("")
        self._kept[self._key] = text
        self._keeper.note(self._key, {"text": text})

    def _answer(self) -> None:
        fault = self._accept(self.text.text().strip())
        if fault:
            self._say(fault)
            self.text.setFocus()
            return
        if self._kept.pop(self._key, None) is not None:
            self._keeper.drop(self._key)
        if self._again:
            self.text.clear()
        else:
            self.close_question()

    def _say(self, fault: str) -> None:
        self.fault.setText(f"{SHAPES[Level.CRITICAL]} {fault}" if fault else "")
        self.fault.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")
        self.fault.setVisible(bool(fault))
        self.fault.setAccessibleName(fault)
        self.adjustSize()
        if fault:
            announce(self.fault)
