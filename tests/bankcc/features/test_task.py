"""Tasks: columns, finishing, obstacles, checklists."""

import pytest

from bankcc.errors import Refused
from bankcc.features import person, task
from bankcc.schema.change import edit
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk


@pytest.fixture(autouse=True)
def _one_task(desk: FakeDesk) -> None:
    desk.do(task.add(title="开通热线", group="客户咨询组", priority="紧急", checklist="试呼\n录音"))


def now(desk: FakeDesk) -> Record:
    return desk.only("task")


def tick_all(desk: FakeDesk) -> None:
    desk.do(task.tick("开通热线", item="试呼"))
    desk.do(task.tick("开通热线", item="02"))


def test_a_new_task_is_to_do_in_its_lane(desk: FakeDesk) -> None:
    record = now(desk)
    assert (record["status"], record["group"], record["priority"]) == ("todo", "customer", "urgent")
    assert record["checklist"] == [["01", "试呼", 0], ["02", "录音", 0]]


def test_cards_move_both_ways_between_open_columns(desk: FakeDesk) -> None:
    for column in ("进行中", "待确认", "待办"):
        desk.do(task.move("开通热线", status=column))
    assert now(desk)["status"] == "todo"
    with pytest.raises(Refused, match="已在“待办”"):
        desk.do(task.move("开通热线", status="todo"))


def test_a_card_moves_column_and_lane_in_one_step(desk: FakeDesk) -> None:
    desk.do(task.move("开通热线", status="doing", group="tech"))
    assert (now(desk)["status"], now(desk)["group"]) == ("doing", "tech")
    desk.do(task.move("开通热线", group="客户咨询组"))
    assert (now(desk)["status"], now(desk)["group"]) == ("doing", "customer")
    with pytest.raises(Refused, match="已在“进行中”"):
        desk.do(task.move("开通热线", group="customer"))
    tick_all(desk)
    desk.do(task.move("开通热线", status="done", group="tech"))
    assert (now(desk)["done_at"], now(desk)["group"]) == (desk.now_ms(), "tech")
    desk.do(task.move("开通热线", status="todo", group="urgent", note="又断了"))
    assert (now(desk)["done_at"], now(desk)["group"]) == (None, "urgent")


def test_completion_waits_for_the_checklist(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="2 项未勾选，第一项：试呼"):
        desk.do(task.complete("开通热线"))
    tick_all(desk)
    desk.do(task.complete("开通热线", note="五部畅通"))
    record = now(desk)
    assert (record["status"], record["outcome"]) == ("done", "五部畅通")
    assert record["done_at"] == desk.now_ms()
    with pytest.raises(Refused, match="已完成"):
        desk.do(task.complete("开通热线"))


def test_moving_into_the_last_column_is_completion(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="未勾选"):
        desk.do(task.move("开通热线", status="完成"))
    tick_all(desk)
    desk.do(task.move("开通热线", status="完成", note="好"))
    assert now(desk)["outcome"] == "好"


def test_reopening_needs_a_reason(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="尚未完成"):
        desk.do(task.reopen("开通热线", reason="断线"))
    tick_all(desk)
    desk.do(task.complete("开通热线"))
    with pytest.raises(Refused, match="需要说明原因"):
        desk.do(task.move("开通热线", status="doing"))
    with pytest.raises(Refused, match="已完成"):
        desk.do(task.reopen("开通热线", reason="断线", status="done"))
    desk.do(task.reopen("开通热线", reason="断线"))
    record = now(desk)
    assert (record["status"], record["done_at"], record["note"]) == ("doing", None, "断线")
    tick_all_again = task.complete("开通热线")
    desk.do(tick_all_again)
    desk.do(task.move("开通热线", status="todo", note="又断线"))
    assert now(desk)["note"] == "断线\n又断线"


def test_a_blocked_task_stays_where_it_is(desk: FakeDesk) -> None:
    tick_all(desk)
    desk.do(task.block("开通热线", reason="缺配件"))
    for refused in (
        task.complete("开通热线"),
        task.move("开通热线", status="done"),
        task.move("开通热线", status="confirming"),
        task.block("开通热线", reason="再"),
    ):
        with pytest.raises(Refused, match="受阻：缺配件"):
            desk.do(refused)
    desk.do(task.move("开通热线", status="doing"))
    desk.do(task.unblock("开通热线"))
    assert (now(desk)["blocked"], now(desk)["blocked_reason"]) == (0, None)
    with pytest.raises(Refused, match="没有受阻"):
        desk.do(task.unblock("开通热线"))


def test_an_obstacle_is_named_and_never_of_a_done_task(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="说明受阻原因"):
        desk.do(task.block("开通热线", reason=" "))
    tick_all(desk)
    desk.do(task.complete("开通热线"))
    with pytest.raises(Refused, match="已完成"):
        desk.do(task.block("开通热线", reason="缺配件"))


def test_a_plain_edit_cannot_finish_a_blocked_task(desk: FakeDesk) -> None:
    desk.do(task.block("开通热线", reason="缺配件"))
    with pytest.raises(Refused, match="不能完成"):
        desk.do(edit("task", "开通热线", status="done"))


def test_a_merged_contradiction_does_not_stop_other_edits(desk: FakeDesk) -> None:
    task.KIND.rule({"status": "done", "blocked": 1}, {"status": "done", "blocked": 1})
    with pytest.raises(Refused):
        task.KIND.rule({"status": "done", "blocked": 1}, None)


def test_assigning(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏"))
    desk.do(task.assign("开通热线", assignee="王敏"))
    assert now(desk)["assignee"] == desk.only("person").id
    with pytest.raises(Refused, match="没有变化"):
        desk.do(task.assign("开通热线", assignee="王敏"))
    desk.do(task.assign("开通热线", assignee=""))
    assert now(desk)["assignee"] is None


def test_ticks_come_and_go(desk: FakeDesk) -> None:
    desk.do(task.tick("开通热线", item="录音"))
    assert task.open_items(now(desk)) == ["试呼"]
    with pytest.raises(Refused, match="没有变化"):
        desk.do(task.tick("开通热线", item="02"))
    desk.do(task.tick("开通热线", item="02", done=False))
    assert task.open_items(now(desk)) == ["试呼", "录音"]
    with pytest.raises(Refused, match="没有“扩音”这一项"):
        desk.do(task.tick("开通热线", item="扩音"))


def test_overdue_is_open_and_past_its_time(desk: FakeDesk) -> None:
    due = desk.now_ms() + 60_000
    desk.do(edit("task", "开通热线", due=due))
    assert not task.overdue(now(desk), due)
    assert task.overdue(now(desk), due + 1)
    tick_all(desk)
    desk.do(task.complete("开通热线"))
    assert not task.overdue(now(desk), due + 1)
