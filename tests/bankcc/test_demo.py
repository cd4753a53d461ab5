"""The example plays through verbs, ends now, reads well, and is never played into a real center."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc import demo, paths
from bankcc.clock import ManualClock
from bankcc.errors import Refused
from bankcc.features import answer_card, inquiry, post, resource, task, timeline
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session

MINUTE = 60_000
NOW = ManualClock().ms


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The example, opened at the moment it was made for."""
    where = Paths(tmp_path_factory.mktemp("demo") / "center")
    demo.create(where, clock=ManualClock(NOW), chance=SeededChance(3))
    with Session.open(where, clock=ManualClock(NOW)) as session:
        yield session


def every(session: Session, kind: str) -> list[Record]:
    return session.find(Query(kind))


def test_what_there_is(played: Session) -> None:
    counts = {kind: played.count(Query(kind)) for kind in played.kinds}
    expected = {"incident": 1, "person": 40, "task": 60, "inquiry": 150, "resource": 21}
    assert counts | expected | {"answer-card": 8, "center": 1} == counts
    assert counts["post"] >= 30
    assert counts["attendance"] >= 35
    assert counts["timeline"] > 300


def test_it_ends_a_minute_ago_and_began_hours_before(played: Session) -> None:
    times = [entry["at"] for entry in every(played, "timeline")]
    assert NOW - 2 * MINUTE < max(times) <= NOW - MINUTE
    assert NOW - min(times) > 180 * MINUTE
    (event,) = every(played, "incident")
    assert event["activated"] == NOW - 178 * MINUTE
    assert (event["level"], event["status"]) == ("II", "handling")


def test_nothing_was_entered_in_the_future(played: Session) -> None:
    for kind in ("inquiry", "task", "attendance", "check", "timeline", "person"):
        assert all(record.changed <= NOW for record in every(played, kind))


def test_it_is_marked_as_an_example(played: Session) -> None:
    assert played.is_demo
    assert played.center is not None
    assert "示例" in played.center.text("name")
    assert "示例" in every(played, "incident")[0].text("name")


def test_there_is_something_of_everything_to_look_at(played: Session) -> None:
    tasks, calls = every(played, "task"), every(played, "inquiry")
    assert {record["status"] for record in tasks} == {"todo", "doing", "confirming", "done"}
    assert len({record["group"] for record in tasks}) == 7
    assert any(record["blocked"] for record in tasks)
    assert any(task.overdue(record, NOW) for record in tasks)
    assert {record["status"] for record in calls} == {option.code for option in inquiry.STATES}
    assert len({record["category"] for record in calls}) == 9
    assert len({record["note"] for record in calls}) > 90
    assert any(inquiry.overdue(record, NOW) for record in calls)
    assert any(record["back_entry"] for record in calls)
    assert any(record["to_check"] for record in calls)
    assert {record["answer_version"] for record in calls} == {None, 1, 2}
    assert any(resource.gap(record) for record in every(played, "resource"))
    assert any(post.shortcomings(record) for record in every(played, "post"))
    assert any(record["acting"] for record in every(played, "post"))


def test_calls_became_tasks_that_point_back(played: Session) -> None:
    made = [record for record in every(played, "inquiry") if record["task"]]
    assert len(made) == 4
    for record in made:
        assert played.get("task", record.text("task"))["source"] == record.id


def test_somebody_called_twice(played: Session) -> None:
    phones = Counter(record["phone"] for record in every(played, "inquiry") if record["phone"])
    assert phones.most_common(1)[0][1] >= 2


def test_cards_are_usable_and_short(played: Session) -> None:
    for card in every(played, "answer-card"):
        assert answer_card.usable(card, NOW)
        assert 40 <= len(card.text("answer")) <= answer_card.ANSWER_LENGTH


def test_every_number_is_invented() -> None:
    invented = re.compile(r"1\d\d 0000 \d{4}|0571-0000\d{4}|0571-0000 \d{4}|0000 \d{4}|0")
    for file in sorted((paths.shipped_data() / "demo").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        written = re.findall(r'phone = "([^"]*)"', text) + re.findall(r"1\d\d \d{4} \d{4}", text)
        written += re.findall(r"0571-[\d ]+\d", text)
        assert [number for number in written if not invented.fullmatch(number)] == []
        assert not re.search(r"\b1[3-9]\d{9}\b", text)


def test_times_in_texts_are_moved(played: Session) -> None:
    for kind in ("timeline", "answer-card", "incident", "task"):
        for record in every(played, kind):
            assert not re.search(r"\{~?\d\d:\d\d\}", str(record.values))


def test_every_entry_can_be_said(played: Session) -> None:
    for entry in every(played, "timeline"):
        words = timeline.sentence(played, entry)
        assert words.strip()
        assert not re.search(r"\b[0-9A-HJKMNP-TV-Z]{26}\b", words), words


def test_the_log_is_sound(played: Session) -> None:
    assert played.verify().ok


def test_two_made_alike_are_alike(played: Session, tmp_path: Path) -> None:
    where = Paths(tmp_path / "other")
    demo.create(where, clock=ManualClock(NOW), chance=SeededChance(3))
    with Session.open(where, clock=ManualClock(NOW)) as other:
        for kind in ("inquiry", "task"):
            names = [(r.number, r.values.get("note"), r["status"]) for r in every(other, kind)]
            assert names == [
                (r.number, r.values.get("note"), r["status"]) for r in every(played, kind)
            ]


def test_a_real_center_is_refused(tmp_path: Path, chance: SeededChance, clock: ManualClock) -> None:
    session, _key = Session.create(
        Paths(tmp_path / "real"),
        name="滨江",
        passphrase="滨江 停电 三十八 梧桐",
        clock=clock,
        chance=chance,
    )
    with session:
        with pytest.raises(Refused, match="真实的指挥中心"):
            demo.play(session, clock)
        assert session.count(Query("person")) == 0


def test_it_is_played_once(played: Session) -> None:
    with pytest.raises(Refused, match="已在这里"):
        demo.play(played, ManualClock(NOW))


def test_an_unknown_step_is_a_defect() -> None:
    with pytest.raises(ValueError, match="dance"):
        demo._task_step("甲-T-0001", "dance", "")
