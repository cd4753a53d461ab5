"""What is left of the set-up is kept with the center until it is done or passed over."""

from collections.abc import Iterator

import pytest

from bankcc.errors import StorageError
from tests.ui.small_center import opened
from ui.context import UiContext
from ui.first_start import set_up


@pytest.fixture
def context(qapp, tmp_path, clock, chance) -> Iterator[UiContext]:
    with opened(tmp_path / "center", clock, chance) as made:
        yield made


def test_steps_are_left_until_they_are_finished(context) -> None:
    session = context.session
    assert set_up.left(session) == ()
    set_up.begin(session)
    assert set_up.left(session) == set_up.STEPS
    set_up.finish(session, set_up.OUTLETS)
    set_up.finish(session, "you")
    assert set_up.left(session) == (set_up.KEY, set_up.PEOPLE)


def test_a_full_disk_stops_nobody(context, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    set_up.begin(context.session)
    monkeypatch.setattr(context.session.local, "set_value", refuse)
    set_up.finish(context.session, set_up.KEY)
    assert set_up.left(context.session) == set_up.STEPS
