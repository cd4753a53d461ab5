"""The machine stays awake only while it was asked to, and nothing stays behind."""

import sys

import pytest
from PySide6.QtCore import QProcess

from ui.wallboard import awake as wallboard_awake
from ui.wallboard.awake import Awake

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked by a call")


@pytest.fixture
def awake(qapp, monkeypatch) -> Awake:
    monkeypatch.setitem(wallboard_awake.COMMANDS, sys.platform, ("cat",))
    made = Awake()
    yield made
    made.stop()


def test_the_request_stands_until_it_is_taken_back(awake) -> None:
    assert awake.start()
    process = awake._process
    assert process.state() == QProcess.ProcessState.Running
    assert awake.start()  # asked twice is asked once
    assert awake._process is process
    awake.stop()
    assert not awake.on
    assert awake._process is None


def test_it_ends_with_its_input_as_when_the_program_is_killed(awake, qtbot) -> None:
    awake.start()
    process = awake._process
    with qtbot.waitSignal(process.finished):
        process.closeWriteChannel()
    assert not awake.on


def test_where_it_cannot_be_asked_for_that_is_told(awake, monkeypatch) -> None:
    monkeypatch.setitem(wallboard_awake.COMMANDS, sys.platform, ("no-such-program-here",))
    assert not awake.start()
    assert not awake.on


def test_the_request_ends_with_the_pipe_of_this_process() -> None:
    for command in ("linux", "darwin"):
        assert wallboard_awake.COMMANDS[command][-1] == "cat"


def test_where_the_request_ends_by_itself_it_is_not_said_to_stand(
    awake, monkeypatch, qtbot
) -> None:
    monkeypatch.setitem(wallboard_awake.COMMANDS, sys.platform, ("false",))
    with qtbot.waitSignal(awake.ended):
        awake.start()
    assert not awake.on
    monkeypatch.setitem(wallboard_awake.COMMANDS, sys.platform, ("cat",))
    assert awake.start()
