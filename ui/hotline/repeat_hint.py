"""Tells while the number is typed that this caller has called before, and opens that call.

Rule: only a whole number that is equal counts as a repeat; before that, beginnings are alike.
"""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.record import Record
from bankcc.session import Session
from ui import theme
from ui.hotline.call_table import status_words
from ui.hotline.staged_call import when
from ui.theme import Level
from ui.widgets.chip import Chip

FROM_DIGITS = 7
MOST = 20
PAUSE_MS = 40
"""A number typed in one go is looked up once, not four times."""


class RepeatHint(QWidget):
    """`look(digits)` looks up; the button (or Enter on it) emits `open_call(id)`; `left`: Esc."""

    open_call = Signal(str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.repeat")
        self._session = session
        self._digits = ""
        self.calls: list[Record] = []
        self.chip = Chip(Level.WARNING, "", self)
        self.button = QPushButton(self)
        self.button.setObjectName("hotline.repeat.open")
        self.button.setProperty("small", True)
        self.button.clicked.connect(self._open)
        self.button.installEventFilter(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        line.addWidget(self.chip)
        line.addWidget(self.button)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._search)
        self.hide()

    def look(self, digits: str) -> None:
        """Look for earlier calls of a number, from seven digits on."""
        self._digits = digits if len(digits) >= FROM_DIGITS else ""
        if self._digits:
            self._timer.start()
        else:
            self._timer.stop()
            self._show([])

    def stop(self) -> None:
        """Before the session is closed."""
        self._timer.stop()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """Enter on the button opens, as it does on a row of the list; Ctrl+Enter belongs to the
        strip. What both do is said while the keys are here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._say_keys(focused=event.type() == QEvent.Type.FocusIn)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
            self.left.emit()
            return True
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._open()
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self.calls)
        super().changeEvent(event)

    def _search(self) -> None:
        try:
            hits = self._session.search(self._digits, kinds=("inquiry",), limit=MOST)
        except UserError:
            hits = []  # the hint is a courtesy; the call is entered without it
        alike = [hit.record for hit in hits if hit.record.text("phone").startswith(self._digits)]
        same = [call for call in alike if call.text("phone") == self._digits]
        self._show(sorted(same or alike, key=_came, reverse=True))

    def _show(self, calls: list[Record]) -> None:
        self.calls = calls
        self.setVisible(bool(calls))
        if not calls:
            self.chip.set_status(Level.WARNING, "")
            return
        self.chip.set_status(Level.WARNING, self._words(calls))
        self._say_keys(focused=self.button.hasFocus())
        self.button.setAccessibleName(_("Open call {number}").format(number=calls[0].number))

    def _words(self, calls: list[Record]) -> str:
        """Which call of this number this one is, and the state of the last one."""
        last, now = calls[0], self._session.clock.now_ms()
        status = status_words(self._session.display(last, "status"), last, now)
        latest = f"{when(_came(last), now)} {last.number} {status}"
        if last.text("phone") != self._digits:
            words = _("Number begins alike ({count}): {latest}")
            return words.format(count=len(calls), latest=latest)
        today = sum(local(_came(call)).date() == local(now).date() for call in calls)
        words = _("Call no. {count} of this number: {latest}")
        if today:
            words = _("Call no. {count} of this number today: {latest}")
        return words.format(count=(today or len(calls)) + 1, latest=latest)

    def _say_keys(self, *, focused: bool) -> None:
        words = _("Open Enter · link Ctrl+Enter") if focused else _("Open ↓ Enter")
        self.button.setText(words)

    def _open(self) -> None:
        if self.calls:
            self.open_call.emit(self.calls[0].id)


def _came(call: Record) -> int:
    at = call["at"]
    return at if isinstance(at, int) else call.created
