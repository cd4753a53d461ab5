"""What was written is remembered, newest first, and only so much of it."""

from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.paths import Paths
from bankcc.reports import history
from bankcc.session import Session


@pytest.fixture
def session(tmp_path, clock: ManualClock, chance):
    clock.step_ms = 1000
    made, _key = Session.create(
        Paths(tmp_path / "center"),
        name="滨江",
        passphrase=None,
        demo=True,
        clock=clock,
        chance=chance,
    )
    made.user = "王敏 · 热线坐席"
    with made:
        yield made


def test_newest_first_with_number_and_person(session) -> None:
    assert list(history.history(session)) == []
    history.remember(session, "situation", Path("a.pdf"), number=1)
    second = history.remember(session, "task", Path("b.pdf"))
    found = history.history(session)
    assert [(one.report, one.number, one.by) for one in found] == [
        ("task", 0, "王敏"),
        ("situation", 1, "王敏"),
    ]
    assert found[0] == second
    assert found[0].path == Path("b.pdf")
    assert found[0].at > found[1].at


def test_only_so_many_are_kept(session, monkeypatch) -> None:
    monkeypatch.setattr(history, "MOST", 3)
    for number in range(5):
        history.remember(session, "situation", Path(f"{number}.pdf"), number=number)
    assert [one.number for one in history.history(session)] == [4, 3, 2]


def test_entries_of_another_version_are_left_out(session) -> None:
    session.local.set_value("reports.written", [{"report": "x", "later": 1}])
    history.remember(session, "task", Path("b.pdf"))
    assert [one.report for one in history.history(session)] == ["task"]
