"""What the program says by itself: the message bar for texts the person can act on, the crash
dialog for defects.

Rule: neither takes the focus from a field that is being typed in, and both show text as plain text.
"""

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.i18n import N_, _
from ui import theme
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

TIMEOUTS = {Level.OK: 8_000, Level.INFO: 8_000, Level.NEUTRAL: 8_000, Level.WARNING: 20_000}
WORDS = {
    Level.CRITICAL: N_("Error"),
    Level.WARNING: N_("Warning"),
    Level.INFO: N_("Information"),
    Level.OK: N_("Done"),
    Level.NEUTRAL: N_("Information"),
    Level.DRILL: N_("Drill"),
}
MAX_ROWS = 3

_DIGITS = re.compile(r"(?<![\w.])\+?\d(?:[ \-()]{0,2}\d){6,}|\d{7,}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d)?")
_HOMES = re.compile(r"(?i)(?:[a-z]:)?[\\/](?:users|home|documents and settings)[\\/][^\\/\s\"']+")


def announce(widget: QWidget) -> None:
    """Let a screen reader speak the accessible name of `widget` without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def redact(text: str, home: Path | None = None) -> str:
    """`text` without numbers of seven or more digits (however grouped; dates stay) and without the
    name of the person in home folders. For everything that may leave the laptop."""
    for folder in {str(home or Path.home()), (home or Path.home()).as_posix()} - {"/", "\\"}:
        text = text.replace(folder, "~")
    text = _HOMES.sub("~", text)
    return _DIGITS.sub(lambda hit: hit[0] if _MOMENT.fullmatch(hit[0]) else "***", text)


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the message bar. Texts are translated. `timeout_ms` None: by level (critical and
    drill stay until closed); 0: stays. `more`: further buttons, words and what they do."""

    level: Level
    what: str
    safe: str = ""
    next_step: str = ""
    action: str = ""
    act: Callable[[], object] | None = None
    timeout_ms: int | None = None
    more: tuple[tuple[str, Callable[[], object]], ...] = ()

    @property
    def text(self) -> str:
        """The message as one plain text."""
        return " ".join(part for part in (self.what, self.safe, self.next_step) if part)

    @property
    def stays_ms(self) -> int:
        """How long it stays, 0 for until closed."""
        return TIMEOUTS.get(self.level, 0) if self.timeout_ms is None else self.timeout_ms


class MessageRow(QFrame):
    """A message on screen, with its action and a close button."""

    closed = Signal(QWidget)

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName("app.message")
        self.setProperty("message", str(message.level))
        self.shape = PlainLabel(SHAPES[message.level], self)
        self.what = PlainLabel(message.what, self, wrap=True)
        self.what.setStyleSheet("font-weight: bold;")
        rest = " ".join(part for part in (message.safe, message.next_step) if part)
        self.rest = PlainLabel(rest, self, wrap=True)
        self.rest.setVisible(bool(rest))
        self.action = QPushButton(message.action, self)
        self.action.setObjectName("app.message.action")
        self.close_button = QPushButton(self)
        self.close_button.setObjectName("app.message.close")
        self.more = [self._button(words, act) for words, act in message.more]
        for button in (self.action, *self.more, self.close_button):
            button.setProperty("small", True)
            # Reached with Tab, but a click does not take the caret out of the field being typed in.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action.setVisible(bool(message.action))
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self._close)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=message.stays_ms)
        self._timer.timeout.connect(self._close)
        if message.stays_ms:
            self._timer.start()
        self.recolour()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(self.what)
        words.addWidget(self.rest)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(8))
        line.addWidget(self.shape)
        line.addLayout(words, 1)
        for button in (self.action, *self.more, self.close_button):
            line.addWidget(button)

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        made = QPushButton(words, self)
        made.setAccessibleName(words)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def recolour(self) -> None:
        """Colour the shape for the theme in force."""
        colour = theme.tokens().levels[self.message.level].text
        self.shape.setStyleSheet(f"color: {colour}; font-weight: bold;")

    def retranslate(self) -> None:
        """Words of the frame; the message itself keeps the language it was said in."""
        word = _(WORDS[self.message.level])
        self.shape.setAccessibleName(word)
        self.setAccessibleName(f"{word}: {self.message.text}")
        self.action.setAccessibleName(self.message.action or _("Action"))
        self.close_button.setText(_("Close"))
        self.close_button.setAccessibleName(_("Close this message"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def enterEvent(self, event: QEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        if self.message.stays_ms:
            self._timer.start()
        super().leaveEvent(event)

    def _act(self) -> None:
        # Closed afterwards: undo takes away the message of what it undid, and this may be the one.
        if self.message.act:
            self.message.act()
        self._close()

    def _close(self) -> None:
        self._timer.stop()
        self.closed.emit(self)


class MessageBar(QWidget):
    """Up to three messages, newest on top. A critical one is never pushed out by a lesser one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.messages")
        self.setAccessibleName(_("Messages"))
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme.px(4))
        # Asked of the layout, its items would stay known to Python after Qt has deleted them, and
        # be taken for whatever comes to lie at their address.
        self._rows: list[MessageRow] = []
        theme.hub().changed.connect(self._recolour)
        self.hide()

    @property
    def rows(self) -> list[MessageRow]:
        """What is shown, newest first."""
        return list(self._rows)

    def show_message(self, message: Message) -> MessageRow:
        """Show `message`; the same text again replaces the earlier one."""
        for row in self.rows:
            if row.message.text == message.text and row.message.level == message.level:
                self._remove(row)
        row = MessageRow(message, self)
        row.closed.connect(self._remove)
        self._stack.insertWidget(0, row)
        self._rows.insert(0, row)
        lesser = [r for r in self.rows if r.message.level != Level.CRITICAL]
        for old in self.rows[::-1]:
            if len(self.rows) > MAX_ROWS:
                self._remove(lesser.pop() if len(lesser) > 1 else old)
        self.show()
        announce(row)
        return row

    def say(
        self,
        level: Level,
        what: str,
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        more: tuple[tuple[str, Callable[[], object]], ...] = (),
    ) -> MessageRow:
        """Show a plain sentence, with an optional button such as Undo, and `more` beside it."""
        return self.show_message(Message(level, what, action=action, act=act, more=more))

    def show_error(
        self, error: UserError, *, action: str = "", act: Callable[[], object] | None = None
    ) -> MessageRow:
        """Show what happened, whether the data is safe and what to do next."""
        return self.show_message(
            Message(Level.CRITICAL, error.what, error.safe, error.next_step, action, act)
        )

    def take_away(self, row: MessageRow) -> None:
        """Close a message that is true no more, if it still stands there."""
        if row in self._rows:
            self._remove(row)

    def clear(self) -> None:
        """Close all messages."""
        for row in self.rows:
            self._remove(row)

    def _remove(self, row: QWidget) -> None:
        if row in self._rows:
            self._rows.remove(row)
        self._stack.removeWidget(row)
        row.hide()
        row.deleteLater()
        if not self.rows:
            self.hide()

    def _recolour(self) -> None:
        for row in self.rows:
            row.recolour()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Messages"))
        super().changeEvent(event)


class CrashDialog(QDialog):
    """A defect: what it means for the data, and a redacted text to copy for support."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.crash")
        self.setWindowTitle(_("Something went wrong in the program"))
        self.setMinimumSize(theme.px(560), theme.px(360))
        saved = _("Everything that was shown as saved is safe on disk. You can go on working.")
        send = _("Please copy the text below and give it to support. Long numbers are removed.")
        self.details = QPlainTextEdit(redact(details), self)
        self.details.setObjectName("app.crash.details")
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Technical details"))
        copy = QPushButton(_("Copy"), self)
        copy.setObjectName("app.crash.copy")
        copy.clicked.connect(self.copy)
        go_on = QPushButton(_("Go on"), self)
        go_on.setObjectName("app.crash.close")
        go_on.setProperty("kind", "primary")
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(20)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel(self.windowTitle(), self, role="section"))
        column.addWidget(PlainLabel(saved, self, wrap=True))
        column.addWidget(PlainLabel(send, self, wrap=True))
        column.addWidget(self.details, 1)
        column.addLayout(buttons)

    @classmethod
    def of(cls, error: BaseException, parent: QWidget | None = None) -> "CrashDialog":
        """The dialog for an exception nobody expected."""
        return cls("".join(traceback.format_exception(error)), parent)

    def copy(self) -> None:
        """Put the redacted text on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
