"""Drafts reach the disk in order, survive what is refused, and do not come back once dropped."""

import pytest

from bankcc.errors import StorageError
from bankcc.session import Session
from ui.drafts import DraftKeeper


@pytest.fixture
def keeper(qapp, session):
    made = DraftKeeper(session, "test/")
    yield made
    made.close()


def on_disk(session: Session) -> dict[str, object]:
    return {draft.name: draft.body.get("text") for draft in session.local.drafts()}


def test_a_pause_in_typing_writes_the_latest_text_once(keeper, session, qtbot) -> None:
    kept: list[str] = []
    keeper.kept.connect(kept.append)
    for text in ("你", "你好", "你好吗"):
        keeper.note("a", {"text": text})
    qtbot.waitUntil(lambda: bool(kept))
    assert on_disk(session) == {"test/a": "你好吗"}
    assert kept == ["a"]


def test_without_a_pause_it_is_written_all_the_same(keeper, session, qtbot) -> None:
    """Somebody who never stops typing must not lose everything."""
    for number in range(40):
        keeper.note("a", {"text": str(number)})
        qtbot.wait(20)
    assert "test/a" in on_disk(session)


def test_a_dropped_draft_does_not_come_back(keeper, session) -> None:
    keeper.note("a", {"text": "1"})
    keeper.flush()
    keeper.note("a", {"text": "2"})
    keeper.drop("a")
    keeper.flush()
    assert on_disk(session) == {}


def test_drafts_are_found_by_name_without_those_of_others(keeper, session) -> None:
    session.local.save_draft("other/x", {"text": "x"})
    keeper.note("a", {"text": "1"})
    keeper.note("b", {"text": "2"})
    keeper.flush()
    assert keeper.found() == [("a", {"text": "1"}), ("b", {"text": "2"})]


def test_a_refused_draft_is_told(keeper, session, qtbot, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(session.local, "save_draft", refuse)
    with qtbot.waitSignal(keeper.failed) as told:
        keeper.note("a", {"text": "1"})
    assert told.args[0].what == "磁盘已满。"


def test_after_the_end_nothing_is_written(keeper, session) -> None:
    keeper.close()
    keeper.note("a", {"text": "1"})
    keeper.flush()
    assert on_disk(session) == {}


def test_what_is_read_only_is_left_alone(qapp, session, clock) -> None:
    with Session.open(session.paths, write=False, clock=clock) as reading:
        keeper = DraftKeeper(reading, "test/")
        keeper.note("a", {"text": "1"})
        keeper.close()
    assert on_disk(session) == {}
