"""No panel is ever blank: empty, nothing fits the filter, cannot be read, open for reading only;
each says why, whether data is safe, and what to do next.
"""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget

from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.requirements.whole_window import copy_of, name_of, wait, wait_until
from ui.frame.main_window import MainWindow
from ui.panels import PANELS
from ui.shots import NOW_MS
from ui.widgets.state_view import State, StateView

NAMES = [spec.id for spec in PANELS]
NEVER_EMPTY = {"report"}
"""Its list is that of the kinds of reports."""
WRITES = re.compile(r"(save|new|add|import|sign|check|confirm\b|delete|discard|record|do\.)")


def states(window: MainWindow) -> list[StateView]:
    """What is shown in place of rows."""
    return [each for each in window.panel.findChildren(StateView) if each.isVisible()]


def steps(state: StateView) -> list[QAbstractButton]:
    """What can be pressed there."""
    found = state.findChildren(QAbstractButton)
    return [each for each in found if each.isVisible() and each.isEnabled()]


@pytest.fixture
def empty(tmp_path: Path) -> Paths:
    """A center that was made a moment ago."""
    paths = Paths(tmp_path / "new")
    clock = ManualClock(ms=NOW_MS)
    session, _key = Session.create(
        paths, name="滨江支行", passphrase=None, demo=True, clock=clock, chance=SeededChance(7)
    )
    session.close()
    return paths


def show(window: MainWindow, panel: str) -> None:
    window.show_panel(panel)
    wait_until(lambda: not window.jobs.running)
    wait(10)


def test_an_empty_center_has_a_next_step_on_every_panel(open_at, empty) -> None:
    window = open_at(empty)
    for panel in NAMES:
        show(window, panel)
        if panel in NEVER_EMPTY:
            continue
        wait_until(lambda: any(s.state is State.EMPTY for s in states(window)), f"{panel} is blank")
        shown = [state for state in states(window) if state.state is State.EMPTY]
        assert any(steps(state) for state in shown), f"{panel}: no button leads on"
        assert all(state.text.text() for state in shown)


def filters(window: MainWindow) -> list[QLineEdit]:
    """The box that Ctrl+F goes to."""
    if not hasattr(window.panel, "focus_filter"):
        return []
    window.panel.focus_filter()
    at = window.focusWidget()
    return [at] if isinstance(at, QLineEdit) else []


@pytest.mark.parametrize("panel", sorted(set(NAMES) - NEVER_EMPTY - {"situation"}))
def test_nothing_fits_the_filter_and_one_press_clears_it(standing, panel) -> None:
    show(standing, panel)
    box = filters(standing)[0]
    QTest.keyClicks(box, "zzqqxx")
    wait_until(
        lambda: any(s.state is State.FILTERED for s in states(standing)), f"{panel} is blank"
    )
    state = next(s for s in states(standing) if s.state is State.FILTERED)
    steps(state)[0].click()
    wait_until(lambda: not any(s.state is State.FILTERED for s in states(standing)))
    assert box.text() == ""


def retries(window: MainWindow) -> list[tuple[str, QAbstractButton]]:
    """What is said of an error, and the button that tries again: in place of the rows, or in the
    bar where older rows stay in sight."""
    failed = [state for state in states(window) if state.state is State.ERROR]
    found = [(f"{s.text.text()} {s.hint.text()}", button) for s in failed for button in steps(s)]
    for row in window.messages.rows:
        words = " ".join(label.text() for label in row.findChildren(QLabel))
        buttons = [each for each in row.findChildren(QPushButton) if each.text() == "重试"]
        found += [(words, button) for button in buttons]
    return found


@pytest.mark.parametrize("panel", sorted(set(NAMES) - NEVER_EMPTY))
def test_what_cannot_be_read_is_said_and_tried_again(standing, panel, monkeypatch) -> None:
    show(standing, panel)

    def broken(*_given: object, **_named: object) -> None:
        raise StorageError("磁盘读不出来。", safe="已存的都在。", next_step="插回 U 盘再试。")

    with monkeypatch.context() as patch:
        for name in ("find", "ids", "rows", "count", "get"):
            patch.setattr(type(standing.session), name, broken)
        standing.panel.refresh()
        wait_until(lambda: retries(standing), f"{panel} hides the error")
        said, retry = retries(standing)[0]
        for words in ("磁盘读不出来", "已存的都在", "插回 U 盘再试"):
            assert words in said
    retry.click()
    wait_until(lambda: not any(s.state is State.ERROR for s in states(standing)))


def test_a_center_for_reading_only_says_so_and_writes_nothing(open_at, example, tmp_path) -> None:
    window = open_at(copy_of(example, tmp_path / "read"), write=False)
    assert window.header.read_only.isVisible()
    assert window.header.read_only.text().endswith("只读")
    before, offered = window.session.head_code(), []
    for panel in NAMES:
        show(window, panel)
        labels = window.panel.findChildren(QLabel)
        assert any("只读" in each.text() for each in labels if each.isVisible()), panel
        offered += [
            f"{panel}: {name_of(each)}"
            for each in window.panel.findChildren(QAbstractButton)
            if each.isVisible() and each.isEnabled() and WRITES.search(each.objectName())
        ]
        for action in window.panel.findChildren(QAction):
            if action.objectName() == "record.delete":
                assert not action.isEnabled(), panel
        QTest.keyClick(_focus(window), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert offered == []
    assert window.session.head_code() == before


def _focus(window: MainWindow) -> QWidget:
    return window.focusWidget() or window
