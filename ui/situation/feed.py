"""Counts the situation beside the screen and hands the figures over.

Rule: many changes in a row are counted once, at most four times a second; while one count is under
way no second one begins.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.reports.current import SituationFigures, situation_figures
from ui.context import UiContext

PAUSE_MS = 250


class SituationFeed(QObject):
    """`changed(SituationFigures)` some time after `ask()`; `failed(UserError)` if it could not be
    counted: then the last figures are what there is."""

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = self._again = False
        self._open = True
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.count)

    def ask(self) -> None:
        """Something changed, or time passed."""
        if self._open and not self._timer.isActive():
            self._timer.start()

    def count(self) -> None:
        """Begin at once, or as soon as the count under way ends."""
        self._timer.stop()
        if not self._open:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        session = self._context.session
        self._context.jobs.start(
            _("Counting"),
            lambda _progress: situation_figures(session),
            done=self._arrive,
            failed=self._fail,
            cancellable=False,
            owner=self,
            quiet=True,
        )

    def close(self) -> None:
        """Before the session is closed: ask no more."""
        self._open = False
        self._timer.stop()

    def _arrive(self, figures: SituationFigures) -> None:
        self._settle()
        if self._open:
            self.changed.emit(figures)

    def _fail(self, error: Exception) -> None:
        self._settle()
        if not isinstance(error, UserError):
            raise error
        if self._open:
            self.failed.emit(error)

    def _settle(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.ask()
