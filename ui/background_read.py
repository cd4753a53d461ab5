"""A read that may take long: done beside the screen, once for many changes in a row.

Rule: while one is under way no second begins; the last question asked is always answered, and an
answer to the same question is told even if something changed meanwhile: a burst may last.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from bankcc.errors import UserError
from ui.jobs import Jobs

PAUSE_MS = 120


class BackgroundRead(QObject):
    """`answered(object)` some time after `ask()`; `failed(UserError)` if it could not be read.
    `question()` is called in the GUI thread and gives the work, which must not touch a widget."""

    answered = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        title: str,
        question: Callable[[], Callable[[], Any]],
        parent: QObject | None = None,
        *,
        quiet: bool = False,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        """`quiet`: nobody asked for it, so the strip of running work does not speak of it.
        `pause_ms`: so long after a change it is read, with whatever changes meanwhile."""
        super().__init__(parent)
        self._quiet = quiet
        self._jobs, self._title, self._question = jobs, title, question
        self._busy = self._again = self._other = False
        self._open = True
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self.read)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy or self._timer.isActive()

    def ask(self) -> None:
        """Something changed; what is asked is the same."""
        if self._open and not self._timer.isActive():
            self._timer.start()

    def read(self) -> None:
        """Begin at once, or as soon as the read under way ends."""
        self._timer.stop()
        if not self._open:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        work = self._question()
        self._jobs.start(
            self._title,
            lambda _progress: work(),
            done=self._arrive,
            failed=self._fail,
            cancellable=False,
            owner=self,
            quiet=self._quiet,
        )

    def read_other(self) -> None:
        """The same, but something else is asked now: of a read under way nothing is told."""
        self._other = self._busy
        self.read()

    def close(self) -> None:
        """Before the session is closed: ask no more."""
        self._open = False
        self._timer.stop()

    def _arrive(self, answer: object) -> None:
        wanted = not self._other
        self._settle()
        if self._open and wanted:
            self.answered.emit(answer)

    def _fail(self, error: Exception) -> None:
        self._settle()
        if not isinstance(error, UserError):
            raise error
        if self._open:
            self.failed.emit(error)

    def _settle(self) -> None:
        """The read has ended."""
        self._busy = self._other = False
        if self._again:
            self._again = False
            self.read()
