"""What a situation report says follows from what was entered, and no number leaves in full."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bankcc import demo
from bankcc.clock import ManualClock
from bankcc.features import attendance, incident, inquiry, person, post, resource, task, timeline
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.reports import data
from bankcc.reports.privacy import refuse_full_phones
from bankcc.reports.situation import SituationReport, render_situation
from bankcc.session import Session

MINUTE = 60_000
Report = Callable[..., SituationReport]


@pytest.fixture
def report(center: Session) -> Report:
    """The report of `center` until now; keyword arguments go to `situation_report`."""

    def make(**more: object) -> SituationReport:
        values = {"since": None, "until": center.clock.now_ms(), "issue_no": 1, **more}
        return data.situation_report(center, **values)  # type: ignore[arg-type]

    return make


def test_an_empty_center_has_a_report(report: Report, tmp_path: Path) -> None:
    filled = report()
    assert filled.incident.number == ""
    assert filled.letterhead.center == "东海银行滨江支行"
    assert filled.letterhead.from_ms == filled.letterhead.to_ms
    assert render_situation(filled, tmp_path / "empty.pdf").exists()


def test_the_head_is_that_of_the_newest_incident_not_over(center: Session, report: Report) -> None:
    center.execute(incident.open_incident(name="旧事件", bank="江州银行"))
    center.execute(incident.open_incident(name="演练", is_drill="是", classification="public"))
    center.execute(incident.open_incident(name="了结", status="closed"))
    head = report().letterhead
    assert report().incident.name == "演练"
    assert (head.is_drill, head.is_demo, head.classification) == (True, True, "公开")
    assert head.head_code == center.head_code()


def test_the_period_begins_with_the_incident_or_the_last_report(
    center: Session, report: Report
) -> None:
    assert data.next_issue(center) == data.Issue(1, None)
    center.execute(incident.open_incident(name="停电", started="2026-11-23 09:00"))
    started = center.get("incident", "停电")["started"]
    assert data.next_issue(center) == data.Issue(1, started)
    assert report().letterhead.from_ms == started
    assert data.next_issue(center).number == 1, "asking uses up no number"
    data.issued(center, number=1, until=started + MINUTE)  # type: ignore[operator]
    assert data.next_issue(center) == data.Issue(2, started + MINUTE)  # type: ignore[operator]


def test_staffing_counts_who_is_on_duty(center: Session, report: Report) -> None:
    for name in ("李雷", "韩梅", "王强"):
        center.execute(person.add(name=name))
    center.execute(post.add(title="值班长", group="指挥中心", holder="李雷"))
    center.execute(post.add(title="坐席1", group="客户咨询组", holder="韩梅", backup_a="王强"))
    center.execute(post.add(title="坐席2", group="客户咨询组"))
    center.execute(attendance.check_in("李雷"))
    center.execute(attendance.check_in("王强"))
    rows = {row.group: row for row in report().staffing}
    assert (rows["指挥中心"].posts, rows["指挥中心"].on_duty) == (1, 1)
    assert rows["客户咨询组"].on_duty == 0
    assert rows["客户咨询组"].missing == ("坐席1（韩梅）", "坐席2（空缺）")
    center.execute(post.call_up_backup("坐席1"))
    rows = {row.group: row for row in report().staffing}
    assert rows["客户咨询组"].on_duty == 1
    assert any("1" in line and "岗位" in line for line in report().problems)


def test_tasks_stand_in_lanes_and_finished_ones_under_done(
    center: Session, clock: ManualClock, report: Report
) -> None:
    begin = clock.ms
    due = clock.ms + 30 * MINUTE
    center.execute(task.add(title="补柴油", group="logistics", due=due))
    center.execute(task.add(title="发公告", group="publicity"))
    center.execute(task.add(title="旧任务"))
    center.execute(task.complete("旧任务", note="早已完成"))
    clock.advance(hours=1)
    middle = clock.now_ms()
    center.execute(task.complete("发公告", note="已发布"))
    center.execute(task.block("补柴油", reason="油罐车堵在路上"))
    filled = report(since=middle)
    (lane,) = filled.lanes
    assert lane.lane == "后勤安保"
    assert [(item.number, item.overdue, item.status) for item in lane.tasks] == [
        ("甲-T-0001", True, "待办，受阻")
    ]
    assert len(filled.done) == 1
    assert "发公告" in filled.done[0]
    assert "已发布" in filled.done[0]
    assert any("油罐车堵在路上" in line for line in filled.problems)
    assert any("甲-T-0001" in line and "超时" in line for line in filled.problems)
    assert filled.next_steps == ()
    assert len(report(since=begin).done) == 2


def test_the_hotline_counts_calls_of_the_period(
    center: Session, clock: ManualClock, report: Report
) -> None:
    clock.ms -= clock.ms % (15 * MINUTE)
    begin = clock.ms
    for category in ("cash", "cash", "loan"):
        center.execute(inquiry.log_call(category=category, note="问"))
    clock.advance(minutes=20)
    center.execute(inquiry.log_call(category="cash", note="问", status="answered"))
    center.execute(inquiry.close("甲-R-0001"))
    clock.advance(minutes=20)
    hotline = report(since=begin).hotline
    assert hotline.total == 4
    assert dict(hotline.topics) == {"取款": 3, "贷款": 1}
    assert dict(hotline.by_status) == {"处理中": 2, "已答复": 1, "已结": 1}
    assert dict(hotline.buckets.categories) == {"取款": (2, 1, 0), "贷款": (1, 0, 0)}
    assert hotline.buckets.last_incomplete
    assert hotline.flow.calls == (3, 4, 4)
    assert hotline.flow.closed == (0, 2, 2)
    assert report(since=begin + 10 * MINUTE).hotline.total == 1


def test_a_call_from_paper_is_told_by_the_report_after_its_entry(
    center: Session,
    clock: ManualClock,
    report: Report,
    text_of: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    early = clock.ms
    center.execute(inquiry.log_call(category="cash", note="问"))
    clock.advance(minutes=20)
    begin = clock.ms
    clock.advance(minutes=5)
    center.execute(inquiry.log_call(category="loan", note="纸上", at=early))
    filled = report(since=begin)
    assert (filled.hotline.total, filled.hotline.entered_later) == (0, 1)
    assert "补录此前时段 1" in text_of(render_situation(filled, tmp_path / "a.pdf"))
    clock.advance(minutes=5)
    assert report(since=clock.ms).hotline.entered_later == 0
    assert report(since=early).hotline.entered_later == 0, "it is counted in its period"


def test_resource_gaps(center: Session, report: Report) -> None:
    center.execute(resource.add(name="对讲机", required=12, actual=8))
    center.execute(resource.add(name="发电机", required=1, actual=1, state="broken"))
    center.execute(resource.add(name="口罩", required=10, actual=10))
    gaps = report().gaps
    assert [(gap.name, gap.required, gap.actual) for gap in gaps] == [
        ("对讲机", "12", "8"),
        ("发电机", "1", "1（损坏）"),
    ]


def test_the_timeline_holds_entries_and_changes_of_the_period(
    center: Session, clock: ManualClock, report: Report
) -> None:
    center.execute(timeline.note(text="期前"))
    clock.advance(minutes=1)
    since = clock.now_ms()
    center.execute(timeline.note(text="启用备用线路", category="decision"))
    center.execute(task.add(title="补柴油"))
    center.execute(task.move("补柴油", status="doing"))
    center.execute(inquiry.log_call(note="问"))
    center.execute(inquiry.close("甲-R-0001", note="已说明"))
    filled = report(since=since)
    texts = [row.text for row in filled.timeline]
    assert texts == ["启用备用线路", "甲-T-0001 补柴油 状态改为 进行中"]
    assert [row.text for row in filled.decisions] == ["启用备用线路"]
    assert filled.decisions[0].decided_by == "王敏"


def test_the_annex_leaves_out_who_came_and_says_what_it_cuts(
    center: Session, clock: ManualClock, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "_ANNEX", 3)
    since = clock.now_ms()
    center.execute(person.add(name="李雷"))
    center.execute(attendance.check_in("李雷"))
    center.execute(inquiry.log_call(note="问"))
    for number in range(3):
        center.execute(timeline.note(text=f"第{number}条"))
    filled = report(since=since)
    assert [row.text for row in filled.timeline] == ["第0条", "第1条", "第2条"]
    assert filled.timeline_more == 0
    for number in range(3, 5):
        center.execute(timeline.note(text=f"第{number}条", category="decision"))
    filled = report(since=since)
    assert [row.text for row in filled.timeline] == ["第2条", "第3条", "第4条"]
    assert filled.timeline_more == 2
    assert len(filled.decisions) == 2


def test_urgent_calls_beyond_the_eighth_are_counted(center: Session, report: Report) -> None:
    for number in range(8):
        center.execute(inquiry.log_call(note=f"急{number}", status="escalated"))
    assert not any("另有" in line for line in report().problems)
    for number in range(8, 11):
        center.execute(inquiry.log_call(note=f"急{number}", status="escalated"))
    assert "紧急来电另有 3 项" in report().problems


def test_charts_say_from_when_to_when_they_count(
    center: Session, clock: ManualClock, report: Report
) -> None:
    center.execute(incident.open_incident(name="停电", started="2026-11-23 09:00"))
    started = center.get("incident", "停电")["started"]
    clock.step_ms, clock.ms = 0, started + 600 * MINUTE  # type: ignore[operator]
    center.execute(inquiry.log_call(note="问"))
    hotline = report().hotline
    assert hotline.buckets.window == (clock.ms - 345 * MINUTE, clock.ms)
    assert hotline.flow.since_ms == started
    since = clock.ms - 90 * MINUTE
    hotline = report(since=since).hotline
    assert hotline.buckets.window == (since, clock.ms)
    assert hotline.flow.since_ms == started
    before = started - 30 * MINUTE  # type: ignore[operator]
    assert report(since=before).hotline.flow.since_ms == before


def test_numbers_in_free_text_are_masked(center: Session, report: Report, tmp_path: Path) -> None:
    number = "联系 139-1234-5678"
    center.execute(incident.open_incident(name=number, facts=number, outlets=number))
    center.execute(person.add(name=number))
    center.execute(post.add(title=number, group=number, holder="甲-P-0001"))
    center.execute(task.add(title=number, assignee="甲-P-0001"))
    center.execute(task.add(title="完成 13912345678"))
    center.execute(task.complete("甲-T-0002", note=number))
    center.execute(task.block("甲-T-0001", reason=number))
    center.execute(timeline.note(text=number, category="decision"))
    center.execute(resource.add(name=number, required=2, actual=1, place=number, keeper=number))
    center.execute(inquiry.log_call(note=number, status="escalated"))
    filled = report()
    refuse_full_phones(filled, reveal=False)
    assert "139****5678" in filled.summary
    assert render_situation(filled, tmp_path / "report.pdf").exists()


def test_the_example_fills_every_part(tmp_path: Path, clock: ManualClock) -> None:
    demo.create(Paths(tmp_path / "demo"), clock=clock, chance=SeededChance(7))
    with Session.open(Paths(tmp_path / "demo"), write=False, clock=clock) as session:
        issue = data.next_issue(session)
        filled = data.situation_report(
            session, since=issue.since, until=clock.now_ms(), issue_no=issue.number
        )
    assert filled.hotline.total == 150
    assert filled.hotline.flow.calls[-1] == 150
    assert filled.hotline.flow.closed[-1] == 115
    assert sum(sum(counts) for _label, counts in filled.hotline.buckets.categories) == 150
    for part in (
        *(filled.summary, filled.figures, filled.done, filled.problems, filled.next_steps),
        *(filled.staffing, filled.lanes, filled.gaps, filled.decisions, filled.timeline),
    ):
        assert part
