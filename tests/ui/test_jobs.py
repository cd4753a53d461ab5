"""Work runs outside the GUI thread; results, errors and cancellation come back into it once."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from bankcc.errors import UserError
from ui.jobs import Jobs, JobStrip, Progress


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    assert made.shut_down(5_000)


class Outcome(QObject):
    """Writes down what came back, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[object] = []

    def done(self, value: object) -> None:
        assert QThread.currentThread() is self.thread()
        self.events.append(("done", value))

    def failed(self, error: Exception) -> None:
        assert QThread.currentThread() is self.thread()
        self.events.append(("failed", type(error).__name__, str(error)))

    def cancelled(self) -> None:
        self.events.append("cancelled")


def test_result_comes_back_in_the_gui_thread(qtbot, jobs) -> None:
    seen, worker = Outcome(), []

    def work(_progress: Progress) -> int:
        worker.append(threading.current_thread() is threading.main_thread())
        return 42

    job = jobs.start("t", work, seen.done, seen.failed)
    with qtbot.waitSignal(job.finished):
        pass
    assert (worker, seen.events) == ([False], [("done", 42)])
    assert jobs.running == []


@pytest.mark.parametrize("error", [UserError("no disk", safe="safe"), ValueError("x")])
def test_error_goes_to_failed(qtbot, jobs, error: Exception) -> None:
    seen = Outcome()

    def work(_progress: Progress) -> None:
        raise error

    job = jobs.start("t", work, seen.done, seen.failed)
    with qtbot.waitSignal(job.finished):
        pass
    assert seen.events == [("failed", type(error).__name__, str(error))]


def test_error_nobody_takes_is_not_lost(qtbot, jobs) -> None:
    def work(_progress: Progress) -> None:
        raise KeyError("k")

    with qtbot.waitSignal(jobs.unhandled) as caught:
        jobs.start("t", work)
    assert isinstance(caught.args[0], KeyError)


def wait_for(gate: threading.Event, reached: threading.Event | None = None):
    """Work that reports, then waits for cancel or the gate."""

    def work(progress: Progress) -> str:
        progress.report(3, 10, "3/10")
        if reached:
            reached.set()
        while not gate.wait(0.005):
            progress.check()
        return "through"

    return work


def test_cancel_ends_quietly(qtbot, jobs) -> None:
    seen, reached = Outcome(), threading.Event()
    work = wait_for(threading.Event(), reached)
    job = jobs.start("t", work, seen.done, seen.failed, cancelled=seen.cancelled)
    assert reached.wait(5)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert seen.events == ["cancelled"]


def test_work_that_finished_anyway_is_done(qtbot, jobs) -> None:
    seen, gate = Outcome(), threading.Event()

    def work(_progress: Progress) -> str:
        gate.wait(5)
        return "whole"

    job = jobs.start("t", work, seen.done, cancelled=seen.cancelled)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert seen.events == [("done", "whole")]


def test_what_may_not_be_cancelled_is_not(qtbot, jobs) -> None:
    seen, gate = Outcome(), threading.Event()
    job = jobs.start("t", wait_for(gate), seen.done, cancellable=False)
    job.cancel()
    assert not job.progress.cancelled
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert seen.events == [("done", "through")]


def test_nothing_is_delivered_to_a_deleted_owner(qtbot, jobs) -> None:
    seen, gate, owner = Outcome(), threading.Event(), QObject()
    job = jobs.start("t", wait_for(gate), seen.done, owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    with qtbot.waitSignal(job.finished):
        gate.set()
    assert seen.events == []


def test_many_at_once_each_come_back(qtbot, jobs) -> None:
    seen = Outcome()
    for number in range(50):
        jobs.start("t", lambda _progress, number=number: number, seen.done)
    qtbot.waitUntil(lambda: len(seen.events) == 50)
    assert sorted(value for _kind, value in seen.events) == list(range(50))


class TestStrip:
    @pytest.fixture
    def strip(self, qtbot, jobs, monkeypatch):
        monkeypatch.setattr(JobStrip, "DELAY_MS", 0)
        made = JobStrip(jobs)
        qtbot.addWidget(made)
        return made

    def test_says_nothing_of_work_that_nobody_asked_for(self, qtbot, jobs, strip) -> None:
        go = threading.Event()
        quiet = jobs.start("统计", lambda _progress: go.wait(10), quiet=True)
        asked = jobs.start("导入", lambda _progress: go.wait(10))
        qtbot.waitUntil(lambda: strip.rows != [])
        assert [row.label.text() for row in strip.rows] == ["导入"]
        go.set()
        qtbot.waitUntil(lambda: not asked.running and not quiet.running)

    def test_shows_progress_and_cancels(self, qtbot, jobs, strip) -> None:
        seen = Outcome()
        work = wait_for(threading.Event())
        jobs.start("导入", work, seen.done, cancelled=seen.cancelled)
        qtbot.waitUntil(lambda: strip.rows != [] and strip.rows[0].text.text() == "3/10")
        row = strip.rows[0]
        assert row.label.text() == "导入"
        assert (row.bar.value(), row.bar.maximum()) == (300, 1000)
        assert "导入" in row.button.accessibleName()
        row.button.click()
        assert not row.button.isEnabled()
        qtbot.waitUntil(lambda: not strip.isVisibleTo(None))
        assert seen.events == ["cancelled"]

    def test_unknown_total_is_busy_and_large_totals_fit(self, qtbot, jobs, strip) -> None:
        gate = threading.Event()
        jobs.start("t", lambda _progress: gate.wait(5))
        qtbot.waitUntil(lambda: strip.rows != [])
        row = strip.rows[0]
        assert row.bar.maximum() == 0
        row.job.progress.report(3 * 2**40, 4 * 2**40)
        row.look()
        assert row.bar.value() == 750
        gate.set()
        qtbot.waitUntil(lambda: strip.rows == [])

    def test_no_cancel_button_where_it_would_lie(self, qtbot, jobs, strip) -> None:
        gate = threading.Event()
        jobs.start("t", lambda _progress: gate.wait(5), cancellable=False)
        qtbot.waitUntil(lambda: strip.rows != [])
        assert not strip.rows[0].button.isVisibleTo(strip)
        gate.set()
        qtbot.waitUntil(lambda: strip.rows == [])

    def test_short_work_is_never_shown(self, qtbot, jobs, monkeypatch) -> None:
        monkeypatch.setattr(JobStrip, "DELAY_MS", 60_000)
        strip = JobStrip(jobs)
        qtbot.addWidget(strip)
        job = jobs.start("t", lambda _progress: 1)
        with qtbot.waitSignal(job.finished):
            pass
        assert strip.rows == []

    def test_a_strip_that_is_gone_is_not_filled(self, qtbot, jobs, strip) -> None:
        gate, gone = threading.Event(), JobStrip(jobs)
        jobs.start("t", lambda _progress: gate.wait(5))
        gone.deleteLater()
        qtbot.waitUntil(lambda: not shiboken6.isValid(gone))
        qtbot.waitUntil(lambda: strip.rows != [])  # the other one waited just as long
        gate.set()
        qtbot.waitUntil(lambda: strip.rows == [])


def test_after_the_end_nothing_is_begun_and_nobody_is_told(qtbot) -> None:
    jobs, seen, go = Jobs(), Outcome(), threading.Event()
    begun = jobs.start("t", lambda _progress: go.wait(5), seen.done, seen.failed)
    go.set()
    assert jobs.shut_down(5_000)
    late = jobs.start("t", lambda _progress: seen.events.append("ran"), seen.done, seen.failed)
    qtbot.waitUntil(lambda: not begun.running)
    assert not late.running
    qtbot.wait(50)
    assert seen.events == []
    assert jobs.running == []
