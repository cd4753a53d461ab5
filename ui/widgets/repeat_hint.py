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
from ui.theme import Level
from ui.widgets.chip import Chip

FROM_DIGITS = 7
MOST = 20
PAUSE_MS = 40
"""A number typed in one go is looked up once, not four times."""


class RepeatHint(QWidget):
    """`look(digits)` looks up; the button (or Enter on it) emits `open_call(id)`."""

    open_call = Signal(str)

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
        """Enter on the button opens, as it does on a row of the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
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
        self._show(sorted(same or alike, key=_when, reverse=True))

    def _show(self, calls: list[Record]) -> None:
        self.calls = calls
        self.setVisible(bool(calls))
        if not calls:
            self.chip.set_status(Level.WARNING, "")
            return
        last = calls[0]
        now = local(self._session.clock.now_ms())
        came = local(_when(last))
        moment = f"{came:%H:%M}" if came.date() == now.date() else f"{came:%m-%d %H:%M}"
        if last.text("phone") == self._digits:
            count, words = len(calls) + 1, _("Call no. {count} of this number: {latest}")
        else:
            count, words = len(calls), _("Number begins alike ({count}): {latest}")
        status = self._session.display(last, "status")
        latest = f"{moment} {last.number} {status}"
        self.chip.set_status(Level.WARNING, words.format(count=count, latest=latest))
        self.button.setText(_("Open ↓ Enter"))
        self.button.setAccessibleName(_("Open call {number}").format(number=last.number))

    def _open(self) -> None:
        if self.calls:
            self.open_call.emit(self.calls[0].id)


def _when(call: Record) -> int:
    at = call["at"]
    return at if isinstance(at, int) else call.created
