"""Exceptions nobody caught: what is for the person goes to the message bar, a defect to the crash
dialog. The program goes on in both cases.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from ui.feedback import CrashDialog, redact

_log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Takes the place of `sys.excepthook` and of the one for threads."""

    _arrived = Signal(object)

    def __init__(
        self,
        tell: Callable[[UserError], None],
        window: Callable[[], QWidget | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tell, self._window = tell, window
        self.dialog: CrashDialog | None = None
        self._before = sys.excepthook, threading.excepthook
        self._arrived.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on unexpected exceptions come here."""
        sys.excepthook = self.hook
        threading.excepthook = lambda args: self._in_thread(args.exc_value)

    def remove(self) -> None:
        """Put the hooks of before back."""
        sys.excepthook, threading.excepthook = self._before

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """As `sys.excepthook`: Qt comes here for exceptions in slots."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error, trace)
            return
        self._arrived.emit(error)

    def show(self, error: BaseException) -> None:
        """Show what happened. While a crash is on screen, later ones are only logged."""
        if isinstance(error, UserError):
            self._tell(error)
            return
        _log.error("unexpected: %s", redact(repr(error)))
        if self.dialog is not None:
            return
        self.dialog = CrashDialog.of(error, self._window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _in_thread(self, error: BaseException | None) -> None:
        if error is not None:
            self._arrived.emit(error)

    def _closed(self) -> None:
        self.dialog = None
