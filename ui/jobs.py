"""Work that takes longer than 50 ms: in a worker thread, with progress and a cancel button.

Rule: `work` runs in the worker and must not touch a widget; `done` and `failed` run in the GUI
thread, and never after their `owner` is gone.
"""

import logging
from collections.abc import Callable
from threading import Event
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bankcc.i18n import _
from ui import theme
from ui.widgets.plain_label import PlainLabel

T = TypeVar("T")
log = logging.getLogger(__name__)


class JobCancelled(Exception):
    """Raised by `Progress.check`; ends the work quietly."""


class Progress:
    """Given to the work. `report` may be called as often as one likes: the screen looks ten times
    a second and sees only the latest."""

    def __init__(self) -> None:
        self._cancel = Event()
        self._state: tuple[int, int, str] = (0, 0, "")

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """`done` of `total` units (0: unknown), with a translated text of what is being done."""
        self._state = (done, total, text)

    @property
    def state(self) -> tuple[int, int, str]:
        """The latest report."""
        return self._state

    @property
    def cancelled(self) -> bool:
        """Whether the person pressed cancel. Work that may be cancelled looks between units."""
        return self._cancel.is_set()

    def check(self) -> None:
        """Raise `JobCancelled` if cancel was pressed."""
        if self.cancelled:
            raise JobCancelled

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancel.set()


class Job(QObject, Generic[T]):
    """One piece of work under way. `finished` fires exactly once, whatever the outcome."""

    finished = Signal(QObject)
    _ended = Signal(object, object)

    def __init__(self, jobs: "Jobs", title: str, cancellable: bool) -> None:
        super().__init__(jobs)
        self.title, self.cancellable = title, cancellable
        self.progress = Progress()
        self.running = True
        self.quiet = False

    def cancel(self) -> None:
        """Ask the work to stop; it ends when it next looks."""
        if self.cancellable:
            self.progress.cancel()


class _Run(QRunnable):
    """Carries the work into the pool; hands over only plain Python objects."""

    def __init__(self, job: Job[Any], work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job, self._work = job, work

    def run(self) -> None:
        result: Any = None
        error: BaseException | None = None
        try:
            result = self._work(self._job.progress)
        except BaseException as caught:  # noqa: BLE001  every failure belongs to `failed`
            error = caught
        if shiboken6.isValid(self._job):
            self._job._ended.emit(result, error)


class Jobs(QObject):
    """Starts work and knows what is running. `unhandled` carries failures nobody asked for."""

    started = Signal(QObject)
    unhandled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Job[Any]] = []
        self._open = True
        # Its own pool: the last wait must be for our work only, and a read never queues behind Qt.
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(2, self._pool.maxThreadCount()))

    @property
    def running(self) -> list[Job[Any]]:
        """What is under way, oldest first."""
        return list(self._running)

    def start(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        cancellable: bool = True,
        owner: QObject | None = None,
        cancelled: Callable[[], None] | None = None,
        quiet: bool = False,
    ) -> Job[T]:
        """Run `work(progress)` in a worker; `title` is translated. Afterwards one of
        `done(result)`, `failed(error)`, `cancelled()` runs in the GUI thread, unless `owner` was
        deleted meanwhile. Work that finishes although cancel was pressed is done. `quiet`: nobody
        asked for it, so the strip of running work does not speak of it."""
        job: Job[T] = Job(self, title, cancellable)
        job.quiet = quiet
        self._running.append(job)

        def settle(result: T, error: BaseException | None) -> None:
            self._settle(job)
            if not self._open or (owner is not None and not shiboken6.isValid(owner)):
                return  # who would be told reads from a session that is closed
            if isinstance(error, JobCancelled):
                if cancelled:
                    cancelled()
            elif error is None:
                if done:
                    done(result)
            elif failed and isinstance(error, Exception):
                failed(error)
            else:
                log.info("job %s failed: %r", title, error)
                self.unhandled.emit(error)

        if not self._open:
            # The session may be closed, and a thread that outlives the program ends it badly.
            self._settle(job)
            return job
        job._ended.connect(_Relay(job, settle).deliver, Qt.ConnectionType.QueuedConnection)
        self._pool.start(_Run(job, work))
        self.started.emit(job)
        return job

    def _settle(self, job: Job[Any]) -> None:
        job.running = False
        if job in self._running:
            self._running.remove(job)
        job.finished.emit(job)
        job.deleteLater()

    def shut_down(self, wait_ms: int = 30_000) -> bool:
        """Cancel what may be cancelled and wait for the rest; False if something still runs. From
        now on nothing is begun, and nobody is told of what ended."""
        self._open = False
        for job in self._running:
            job.cancel()
        return self._pool.waitForDone(wait_ms)


class _Relay(QObject):
    """Receives in the GUI thread: a bare function would be called in the worker."""

    def __init__(self, job: Job[Any], act: Callable[[Any, Any], None]) -> None:
        super().__init__(job)
        self._act = act

    @Slot(object, object)
    def deliver(self, result: Any, error: Any) -> None:
        self._act(result, error)


class _Row(QWidget):
    """One running job: title, what it is doing, bar, cancel."""

    def __init__(self, job: Job[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.job = job
        self.label = PlainLabel(job.title, self)
        self.text = PlainLabel("", self)
        self.text.setProperty("role", "meta")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(job.title)
        self.bar.setMinimumWidth(theme.px(160))
        self.button = QPushButton(self)
        self.button.setObjectName("jobs.cancel")
        self.button.setProperty("small", True)
        self.button.clicked.connect(self._cancel)
        self.button.setVisible(job.cancellable)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        line.setSpacing(theme.px(8))
        line.addWidget(self.label)
        line.addWidget(self.bar, 1)
        line.addWidget(self.text, 2)
        line.addWidget(self.button)
        self.retranslate()

    def retranslate(self) -> None:
        stopping = self.job.progress.cancelled
        self.button.setText(_("Stopping…") if stopping else _("Cancel"))
        self.button.setAccessibleName(_("Cancel: {title}").format(title=self.job.title))

    def _cancel(self) -> None:
        self.job.cancel()
        self.button.setEnabled(False)
        self.retranslate()

    def look(self) -> None:
        done, total, text = self.job.progress.state
        # Per mille: a count of bytes does not fit the bar's 32 bits. A range of nothing is "busy".
        self.bar.setRange(0, 1000 if total > 0 else 0)
        if total > 0:
            self.bar.setValue(min(1000, done * 1000 // total))
        self.text.setText(text)


class JobStrip(QWidget):
    """Shows every running job; hidden while there is none and for the first 300 ms of a job."""

    DELAY_MS = 300
    LOOK_MS = 100

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.jobs")
        self.setAccessibleName(_("Work in progress"))
        self._rows: dict[Job[Any], _Row] = {}
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self._clock = QTimer(self, interval=self.LOOK_MS)
        self._clock.timeout.connect(self._look)
        self.hide()
        jobs.started.connect(self._wait)
        for job in jobs.running:
            self._wait(job)

    @property
    def rows(self) -> list[_Row]:
        """The rows on screen."""
        return list(self._rows.values())

    def _wait(self, job: Job[Any]) -> None:
        if job.quiet:
            return
        delay = QTimer(job, singleShot=True, interval=self.DELAY_MS)
        # The dialog this strip is in may have been closed meanwhile.
        delay.timeout.connect(lambda: shiboken6.isValid(self) and self._add(job))
        delay.start()

    def _add(self, job: Job[Any]) -> None:
        if not job.running:
            return
        row = _Row(job, self)
        self._rows[job] = row
        self._stack.addWidget(row)
        job.finished.connect(self._remove)
        self._look()
        self._clock.start()
        self.show()

    def _remove(self, job: Job[Any]) -> None:
        row = self._rows.pop(job, None)
        if row is not None:
            self._stack.removeWidget(row)
            row.hide()
            row.deleteLater()
        if not self._rows:
            self._clock.stop()
            self.hide()

    def _look(self) -> None:
        for row in self._rows.values():
            row.look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(_("Work in progress"))
            for row in self._rows.values():
                row.retranslate()
        super().changeEvent(event)
