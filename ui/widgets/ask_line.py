"""A question with one line for the answer, beside the card that it is about.

Rule: Enter answers, Esc goes away and throws nothing away: what was typed stands there again when
the same is asked next time, also after the program was killed.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from bankcc.i18n import _
from ui.drafts import DraftKeeper
from ui.widgets.ask_box import ENTER, AskBox

WIDTH = 380
Accept = Callable[[str], str]
"""Takes the answer; returns why it will not do, empty when all is well."""


class AskLine(AskBox):
    """`closed`: answered or left. One question at a time."""

    def __init__(self, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__("board.ask", parent)
        self._keeper = keeper
        self._kept = {name: str(body.get("text", "")) for name, body in keeper.found()}
        self._key, self._again = "", False
        self._accept: Accept = lambda _text: ""
        self.text = QLineEdit(self)
        self.text.setObjectName("board.ask.text")
        self.text.setMaxLength(2_000)
        self.text.installEventFilter(self)
        self.text.textEdited.connect(self._typed)
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
        QWidget.setTabOrder(self.leave, self.answer)
        for widget in (self.caption, self.text, self.fault):
            self.column.addWidget(widget)
        self.column.addLayout(buttons)
        self.retranslate()

    def ask(
        self, key: str, caption: str, anchor: QRect, accept: Accept, *, hint: str = "",
        again: bool = False,
    ) -> None:  # fmt: skip
        """Ask beside `anchor` (on the screen). `key` names the question, so that its unfinished
        answer is found again; with `again` it is asked once more after each answer."""
        self._key, self._accept, self._again = key, accept, again
        self.text.setAccessibleName(caption)
        self.hint.setText(hint)
        self.text.setText(self._kept.get(key, ""))
        self.show_beside(caption, anchor, self.text, WIDTH)

    def retranslate(self) -> None:
        """Words in the language in force; the question keeps the language it was asked in."""
        self.setAccessibleName(_("Question"))
        for button, words in ((self.answer, _("OK Enter")), (self.leave, _("Leave Esc"))):
            button.setText(words)
            button.setAccessibleName(words)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in ENTER:
                self._answer()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self.say("")
        self._kept[self._key] = text
        self._keeper.note(self._key, {"text": text})

    def _answer(self) -> None:
        fault = self._accept(self.text.text().strip())
        if fault:
            self.say(fault)
            self.text.setFocus()
            return
        if self._kept.pop(self._key, None) is not None:
            self._keeper.drop(self._key)
        if self._again:
            self.text.clear()
        else:
            self.close_question()
