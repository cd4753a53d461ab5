"""Whatever goes wrong unexpectedly is shown, and the program goes on."""

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from bankcc.errors import Refused, UserError
from tests.ui.small_center import settle
from ui.crash import CrashReporter


@pytest.fixture
def told() -> list[UserError]:
    return []


@pytest.fixture
def crashes(qtbot, told, caplog) -> Iterator[CrashReporter]:
    window = QWidget()
    qtbot.addWidget(window)
    made = CrashReporter(told.append, lambda: window, window)
    yield made
    made.remove()
    if made.dialog is not None:
        made.dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_exception_of_a_thread_comes_to_the_screen(crashes) -> None:
    crashes.install()
    work = threading.Thread(target=lambda: 1 / 0)
    work.start()
    work.join()
    settle()
    assert "ZeroDivisionError" in crashes.dialog.details.toPlainText()


def test_an_exception_of_a_slot_comes_to_the_screen(crashes) -> None:
    crashes.install()
    try:
        raise LookupError("in a slot")
    except LookupError as error:
        sys.excepthook(LookupError, error, error.__traceback__)
    settle()
    assert "in a slot" in crashes.dialog.details.toPlainText()


def test_what_the_person_can_act_on_is_no_crash(crashes, told) -> None:
    crashes.hook(Refused, Refused("nein"), None)
    settle()
    assert [error.what for error in told] == ["nein"]
    assert crashes.dialog is None


def test_the_hooks_of_before_come_back(crashes) -> None:
    before = sys.excepthook, threading.excepthook
    crashes.install()
    assert sys.excepthook is not before[0]
    crashes.remove()
    assert (sys.excepthook, threading.excepthook) == before


def test_ctrl_c_in_the_terminal_still_ends_the_program(crashes, monkeypatch) -> None:
    seen: list[type[BaseException]] = []
    crashes._before = (lambda kind, *_rest: seen.append(kind), crashes._before[1])
    crashes.hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    settle()
    assert seen == [KeyboardInterrupt]
    assert crashes.dialog is None
    crashes._before = (sys.__excepthook__, threading.__excepthook__)
