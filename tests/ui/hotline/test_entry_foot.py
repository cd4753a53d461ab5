"""What is said of a call and what is staged share a line where the buttons leave none."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.small_center import settle
from ui.context import UiContext
from ui.hotline.entry_foot import EntryFoot
from ui.hotline.staged_call import Stage, StageKind
from ui.theme import Level


@pytest.fixture
def foot(qtbot, context: UiContext) -> Iterator[EntryFoot]:
    window = QWidget()
    made = EntryFoot(context.session, window)
    window.resize(1200, 200)
    with qtbot.waitExposed(window):
        window.show()
    made.resize(1200, 160)
    yield made
    window.close()


def homes(foot: EntryFoot) -> list[bool]:
    return [line.indexOf(foot.hint) >= 0 for line in (foot._top, foot._above, foot._line)]


def test_what_is_said_stands_beside_what_is_staged_before_it_takes_a_line(foot) -> None:
    foot.hint.set_status(Level.WARNING, "号码少了几位，已标为待核，请再核对一遍号码")
    foot.hint.show()
    settle()
    assert homes(foot) == [False, False, True]
    foot.resize(foot._wide([foot.hint, *foot._all().values()]) - 60, 160)
    settle()
    assert homes(foot) == [False, True, False]
    foot.staged.show_stages((Stage(StageKind.URGENT),))
    settle()
    assert homes(foot) == [True, False, False]
    foot.staged.show_stages(())
    settle()
    assert homes(foot) == [False, True, False]
