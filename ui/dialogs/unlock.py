"""Opens a center with its passphrase or its recovery key.

Rule: a wrong one makes the next try wait, up to 30 seconds; nothing is ever locked or deleted.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from bankcc.clock import Clock
from bankcc.errors import UserError, WrongPassphrase
from bankcc.i18n import _
from bankcc.session import Session
from bankcc.vault.delay import UnlockDelay
from ui.dialogs.frame import ErrorLine, button, field, frame
from ui.jobs import Jobs
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel
from ui.widgets.toggle_button import ToggleButton

Attempt = Callable[..., Session]


class UnlockDialog(QDialog):
    """`attempt(passphrase=…)` or `attempt(recovery_key=…)` opens; it runs beside the screen because
    a passphrase is stretched on purpose."""

    def __init__(self, attempt: Attempt, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._attempt = attempt
        self._delay = UnlockDelay(clock)
        self._jobs = Jobs(self)
        self._by_recovery = False
        self._trying = False
        self.session: Session | None = None
        column = frame(self, "unlock", _("Open the center"), 500)
        column.addWidget(PlainLabel(_("Open the center"), self, role="page"))
        self.secret = field(column, self, "unlock.secret", _("Passphrase"), secret=True)
        self.label = self.findChildren(PlainLabel)[-1]
        self.show_text = ToggleButton(self)
        self.show_text.setObjectName("unlock.show")
        self.show_text.setText(_("Show"))
        self.show_text.setAccessibleName(_("Show"))
        self.show_text.setAutoDefault(False)
        self.error = ErrorLine(self)
        column.addWidget(self.error)
        self.other = button(self, "unlock.other", _("Use the recovery key"))
        self.other.setProperty("kind", "quiet")
        self.leave = button(self, "unlock.quit", _("Quit"))
        self.go = button(self, "unlock.open", _("Open"), primary=True)
        line = QHBoxLayout()
        for widget in (self.other, self.show_text):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.leave)
        line.addWidget(self.go)
        for before, after in ((self.secret, self.other), (self.other, self.show_text)):
            self.setTabOrder(before, after)
        column.addLayout(line)
        self._timer = QTimer(self, interval=200)
        self._timer.timeout.connect(self._count_down)
        self.go.clicked.connect(self.try_open)
        self.leave.clicked.connect(self.reject)
        self.other.clicked.connect(self._switch)
        self.show_text.toggled.connect(self._show_or_hide)

    @classmethod
    def ask(
        cls,
        attempt: Attempt,
        clock: Clock,
        *,
        first: UserError | None = None,
        parent: QWidget | None = None,
    ) -> Session | None:
        """The opened session; None if the person gave up. `first`: a try that failed already."""
        dialog = cls(attempt, clock, parent)
        if first is not None:
            dialog.failed(first)
        dialog.exec()
        session = dialog.session
        dialog.deleteLater()
        return session

    def try_open(self) -> None:
        """Try what stands in the field, if the wait is over."""
        text = self.secret.text()
        if self._trying or self._delay.remaining() > 0:
            return
        if not text.strip():
            self.error.say(
                _("Type the passphrase.") if not self._by_recovery else _("Type the recovery key.")
            )
            return
        self._trying = True
        self.go.setEnabled(False)
        self.error.say(_("Opening…"), Level.INFO)
        secret = {"recovery_key" if self._by_recovery else "passphrase": text}
        self._jobs.start(
            _("Opening…"),
            lambda _progress: self._attempt(**secret),
            done=self._opened,
            failed=self.failed,
            cancellable=False,
            owner=self,
        )

    def failed(self, error: Exception) -> None:
        """Say why, and wait if it was a wrong guess."""
        self._trying = False
        self.go.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.error.say_error(error)
        self.secret.selectAll()
        self.secret.setFocus()
        if isinstance(error, WrongPassphrase):
            self._delay.failed()
            self._count_down()
            self._timer.start()

    def reject(self) -> None:
        """Quit; not while a try is under way, which could leave a center open unseen."""
        if not self._trying:
            super().reject()

    def _opened(self, session: Session) -> None:
        self._trying = False
        self._delay.succeeded()
        self.session = session
        self.accept()

    def _count_down(self) -> None:
        left = self._delay.remaining()
        self.go.setEnabled(left <= 0)
        if left <= 0:
            self._timer.stop()
            self.go.setText(_("Open"))
        else:
            self.go.setText(_("Open in {seconds} s").format(seconds=int(left) + 1))

    def _switch(self) -> None:
        self._by_recovery = not self._by_recovery
        name = _("Recovery key") if self._by_recovery else _("Passphrase")
        self.label.setText(name)
        self.secret.setAccessibleName(name)
        self.secret.clear()
        self.secret.setFocus()
        self.show_text.setChecked(self._by_recovery)
        self.other.setText(
            _("Use the passphrase") if self._by_recovery else _("Use the recovery key")
        )
        self.error.say("")

    def _show_or_hide(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.secret.setEchoMode(mode)
        self.show_text.setText(_("Hide") if shown else _("Show"))
