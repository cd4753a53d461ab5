"""The public door: what is acknowledged is there, what is refused is not, listeners hear of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bankcc import features
from bankcc import session as session_module
from bankcc.clock import ManualClock
from bankcc.errors import (
    Busy,
    FieldError,
    NotFound,
    Outdated,
    Refused,
    StorageError,
    WrongPassphrase,
)
from bankcc.features import KIND, attendance, inquiry, task
from bankcc.paths import Paths
from bankcc.schema.change import adjust, create, delete, edit
from bankcc.schema.fields import Text
from bankcc.schema.query import Condition, Query
from bankcc.session import ChangeSet, Session


def call(session: Session, **values: object) -> str:
    """A call; its number."""
    given: dict[str, object] = {"phone": "13800138000", "category": "cash", "caller": "张女士"}
    return session.execute(features.new("inquiry", **(given | values))).made[0].number


def test_a_call_is_stored_with_number_time_and_author(center: Session) -> None:
    receipt = center.execute(features.new("inquiry", phone="138-0013 8000", category="2"))
    record = center.get("inquiry", receipt.made[0].number)
    assert record.number == "甲-R-0001"
    assert (record["phone"], record["category"], record["agent"]) == ("13800138000", "cash", "王敏")
    assert record.created_by == "王敏 · 热线坐席"
    assert receipt.action > 0


def test_a_refused_verb_writes_nothing_and_gives_out_no_number(center: Session) -> None:
    before = center.status().operations
    with pytest.raises(FieldError, match="no such"):
        center.execute(features.new("inquiry", phone="138", category="no such category"))
    assert center.status().operations == before
    assert call(center) == "甲-R-0001"


def test_everything_is_there_after_closing_and_opening(center: Session, clock: ManualClock) -> None:
    number = call(center, note="急需现金")
    center.execute(edit("inquiry", number, status="callback"))
    center.close()
    again = Session.open(center.paths, clock=clock)
    try:
        assert again.get("inquiry", number)["status"] == "callback"
        assert again.verify().ok
        assert again.can_undo() == "inquiry.edit"
        again.undo()
        assert again.get("inquiry", number)["status"] == "in_progress"
        assert call(again) == "甲-R-0002"
    finally:
        again.close()


def test_undo_and_redo_walk_back_and_forth_and_history_keeps_both(center: Session) -> None:
    number = call(center, note="一")
    center.execute(edit("inquiry", number, note="二"))
    center.execute(edit("inquiry", number, note="三"))
    for expected in ("二", "一"):
        center.undo()
        assert center.get("inquiry", number)["note"] == expected
    center.undo()
    assert center.count(Query("inquiry")) == 0
    assert center.can_undo() == ""
    with pytest.raises(Refused):
        center.undo()
    for expected in ("一", "二", "三"):
        center.redo()
        assert center.get("inquiry", number)["note"] == expected
    record = center.get("inquiry", number)
    assert len(center.history(record.id)) == 3 + 3 + 3


def test_undo_is_refused_when_the_field_was_changed_since(center: Session) -> None:
    number = call(center)
    center.execute(edit("inquiry", number, note="甲写"))
    center.execute(edit("inquiry", number, note="又改"))
    # As if the later edit had come from another laptop: it is no step of this one.
    center._path.undoable = center._path.undoable[:-1]
    with pytest.raises(Refused, match="0001"):
        center.undo()
    assert center.get("inquiry", number)["note"] == "又改"


def test_a_call_becomes_a_task_and_both_show_it_in_one_step(center: Session) -> None:
    number = call(center, note="联系家属")
    receipt = center.execute(inquiry.to_task(number))
    made = receipt.made[0]
    assert made.kind == "task"
    assert center.get("inquiry", number)["task"] == made.id
    assert center.get("task", made.number)["source"] == center.get("inquiry", number).id
    center.undo()
    assert center.get("inquiry", number)["task"] is None
    assert center.count(Query("task")) == 0


def test_the_timeline_shows_changes_of_state_without_anyone_writing_them(center: Session) -> None:
    made = center.execute(features.new("task", title="布置热线", group="customer")).made[0]
    center.execute(task.move(made.number, status="doing"))
    entries = center.find(Query("timeline", where=(Condition("subject", "=", made.id),)))
    assert ("status", "doing") in [(entry["field"], entry["value"]) for entry in entries]
    assert {entry["category"] for entry in entries} == {"task"}
    words = [center.display(entry, "text") for entry in entries]
    assert any(made.number in text and "进行中" in text for text in words)


def test_stock_counts_add_up(center: Session) -> None:
    made = center.execute(
        create("resource", category="通信", name="对讲机", required=12, actual=10)
    )
    number = made.made[0].number
    center.execute(adjust("resource", number, actual=3))
    center.execute(adjust("resource", number, actual=-1))
    assert center.get("resource", number)["actual"] == 12
    center.undo()
    assert center.get("resource", number)["actual"] == 13


def test_listeners_hear_of_durable_changes_and_a_failing_one_hurts_nobody(
    center: Session, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[ChangeSet] = []

    def broken(_changes: ChangeSet) -> None:
        raise RuntimeError("a view that cannot refresh")

    center.subscribe(broken)
    stop = center.subscribe(heard.append)
    number = call(center)
    assert heard[0].kinds == {"inquiry"}
    assert center.get("inquiry", number)
    assert "a listener failed" in caplog.text
    stop()
    call(center)
    assert len(heard) == 1


def test_bulk_loading_goes_through_the_log_and_sees_its_own_records(center: Session) -> None:
    def verbs() -> object:
        for at in range(30):
            yield create("person", name=f"人员{at:02d}", phone=f"139000000{at:02d}")
            yield create("post", title=f"岗位{at:02d}", group="command", holder=f"人员{at:02d}")
        yield edit("person", "人员03", note="已改")

    steps: list[int] = []
    assert center.load(verbs(), per_commit=25, progress=lambda n: steps.append(n) or True) == 61
    assert steps == [25, 50, 61]
    assert center.get("person", "人员03")["note"] == "已改"
    assert center.get("post", "岗位07")["holder"] == center.get("person", "人员07").id
    assert center.verify().ok


def test_verbs_of_one_batch_see_what_earlier_ones_did(center: Session) -> None:
    center.load(
        [
            create("person", name="刘倩"),
            attendance.notify("刘倩"),
            attendance.check_in("刘倩"),
            create("person", name="刘倩"),
        ]
    )
    (turn,) = center.find(Query("attendance"))
    assert turn["status"] == "on_duty"
    with pytest.raises(NotFound):
        center.load(
            [
                create("person", name="甲某"),
                create("person", name="甲某"),
                attendance.check_in("甲某"),
            ]
        )
    assert center.count(Query("person")) == 2


def test_bulk_loading_stops_where_it_is_told(center: Session) -> None:
    verbs = (create("person", name=f"人{at}") for at in range(100))
    assert center.load(verbs, per_commit=10, progress=lambda done: done < 20) == 20
    assert center.count(Query("person")) == 20


def test_a_failed_batch_leaves_the_log_ready_for_the_next_operation(center: Session) -> None:
    with pytest.raises(FieldError):
        center.load([create("person", name="甲某"), create("person", name="")])
    assert center.count(Query("person")) == 0
    center.execute(create("person", name="乙某"))
    assert center.get("person", "乙某").number == "甲-P-0001"
    assert center.verify().ok


def test_erasing_removes_content_everywhere_but_the_chain_verifies(center: Session) -> None:
    number = call(center, note="不该留下的内容")
    record = center.get("inquiry", number).id
    center.execute(edit("inquiry", number, status="callback"))
    center.erase("inquiry", number, reason="本人要求删除")
    assert center.search("不该留下") == []
    shown = center.get("inquiry", record)
    assert shown["phone"] is None
    assert shown["note"] is None
    assert center.find(Query("timeline", where=(Condition("subject", "=", record),))) == []
    assert center.verify().ok
    assert center.verify().erased == 2
    before = center.find(Query("inquiry"))
    center.rebuild()
    assert [r.values for r in center.find(Query("inquiry"))] == [r.values for r in before]


def test_deleted_records_are_hidden_and_come_back(center: Session) -> None:
    number = call(center)
    center.execute(delete("inquiry", number))
    with pytest.raises(NotFound):
        center.get("inquiry", number)
    center.undo()
    assert center.get("inquiry", number)


def test_a_second_writer_is_told_and_a_reader_is_not_disturbed(
    center: Session, clock: ManualClock
) -> None:
    number = call(center)
    with pytest.raises(Busy):
        Session.open(center.paths, clock=clock)
    reader = Session.open(center.paths, write=False, clock=clock)
    try:
        assert reader.get("inquiry", number)
        assert not reader.can_write
        with pytest.raises(Refused):
            reader.execute(create("person", name="某人"))
        call(center)
        assert reader.count(Query("inquiry")) == 2
    finally:
        reader.close()


def test_passphrase_and_recovery_key_open_a_real_center(tmp_path: Path, clock: ManualClock) -> None:
    paths = Paths(tmp_path / "real")
    session, recovery = Session.create(
        paths, name="总行", passphrase="correct horse battery", clock=clock
    )
    session.close()
    with pytest.raises(WrongPassphrase):
        Session.open(paths, passphrase="wrong horse battery", clock=clock)
    with pytest.raises(WrongPassphrase):
        Session.open(paths, clock=clock)
    assert recovery
    reopened = Session.open(paths, recovery_key=recovery, clock=clock)
    assert reopened.center
    assert reopened.center["name"] == "总行"
    reopened.close()


def test_a_center_is_not_made_twice(
    center: Session, clock: ManualClock, new_center: Callable[..., Session]
) -> None:
    with pytest.raises(Refused):
        Session.create(center.paths, name="又一个", passphrase=None, demo=True, clock=clock)
    assert center.center
    assert center.center["name"] == "东海银行滨江支行"


def test_opening_where_there_is_nothing_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="init"):
        Session.open(Paths(tmp_path / "nothing"))


def test_head_code_changes_with_every_operation(center: Session) -> None:
    before = center.head_code()
    call(center)
    assert center.head_code() != before
    assert center.head_code().startswith("甲-")


def test_lists_of_another_version_are_not_read_but_renewed(
    center: Session, clock: ManualClock
) -> None:
    number = call(center)
    center.close()
    fields = (*KIND["inquiry"].fields, Text(name="fresh", label="Fresh"))
    newer = {**KIND, "inquiry": replace(KIND["inquiry"], fields=fields)}
    with pytest.raises(Outdated):
        Session.open(center.paths, write=False, clock=clock, kinds=newer)
    Session.open(center.paths, clock=clock, kinds=newer).close()
    with Session.open(center.paths, write=False, clock=clock, kinds=newer) as reader:
        assert reader.get("inquiry", number)["fresh"] is None


def test_loading_does_not_fail_because_the_index_cannot_be_tidied(
    center: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise StorageError("full")

    monkeypatch.setattr(session_module, "_TIDY_AFTER", 1)
    monkeypatch.setattr(center._views.index, "merge", full)
    assert center.load([create("person", name=name) for name in "一二三"]) == 3
    assert center.count(Query("person")) == 3
    assert "tidied" in caplog.text
    caplog.clear()
