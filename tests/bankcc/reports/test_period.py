"""The first report begins with what was recorded first, and no other leaves anything out."""

import pytest

from bankcc.clock import ManualClock
from bankcc.features import incident, inquiry, person, post, task, timeline
from bankcc.reports import data
from bankcc.reports.situation import SituationReport
from bankcc.schema.change import edit
from bankcc.session import Session

MINUTE = 60_000


def report(center: Session) -> SituationReport:
    """The next report, as it is written; it is counted."""
    issue, until = data.next_issue(center), center.clock.now_ms()
    filled = data.situation_report(center, since=issue.since, until=until, issue_no=issue.number)
    data.issued(center, number=issue.number, until=until)
    return filled


def call(center: Session, **more: object) -> int:
    number = center.execute(inquiry.log_call(note="问", **more)).made[0].id
    at = center.get("inquiry", number)["at"]
    assert isinstance(at, int)
    return at


def over(center: Session, clock: ManualClock, name: str) -> None:
    """Nothing else happens at that moment, and the reason is written at the very same."""
    center.execute(incident.activate(name, level="II", decided_by="周明远"))
    clock.step_ms = 0
    for status in ("reopened", "closed"):
        clock.advance(minutes=1)
        center.execute(incident.set_status(name, status=status, reason="已恢复"))
    clock.step_ms = 1


def test_without_an_incident_every_call_is_in_one_report(
    center: Session, clock: ManualClock
) -> None:
    first = call(center)
    clock.advance(hours=48)
    call(center)
    clock.advance(minutes=1)
    sheet = report(center)
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (first, 2)
    assert sheet.letterhead.period.startswith(sheet.letterhead.moment(first))
    call(center)
    clock.advance(minutes=1)
    following = report(center)
    assert following.letterhead.from_ms == sheet.letterhead.to_ms
    assert following.hotline.total == 1
    assert (
        data.situation_report(
            center, since=None, until=center.clock.now_ms(), issue_no=None
        ).hotline.total
        == 3
    )


def test_what_is_written_decided_or_done_first_is_a_beginning_too(
    center: Session, clock: ManualClock
) -> None:
    center.execute(person.add(name="李雷"))
    assert data.next_issue(center).since is None, "who was entered is no news"
    center.execute(task.add(title="补柴油"))
    clock.advance(minutes=5)
    center.execute(post.add(title="值班长", holder="李雷"))
    center.execute(task.complete("补柴油"))
    done = center.get("task", "甲-T-0001")["done_at"]
    clock.advance(minutes=5)
    call(center)
    assert isinstance(done, int)
    since = data.next_issue(center).since
    assert since is not None
    assert since <= done
    center.execute(timeline.note(text="停电了", at=done - 90 * MINUTE))
    assert data.next_issue(center).since == done - 90 * MINUTE
    assert any("停电了" in row.text for row in report(center).timeline)


def test_calls_before_the_incident_was_entered_belong_to_it(
    center: Session, clock: ManualClock
) -> None:
    first = call(center)
    clock.advance(minutes=20)
    center.execute(incident.open_incident(name="停电"))
    clock.advance(minutes=20)
    call(center)
    sheet = report(center)
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (first, 2)
    assert sheet.hotline.flow.since_ms == first


def test_the_incident_may_have_begun_before_the_first_call(
    center: Session, clock: ManualClock
) -> None:
    started = clock.ms - 30 * MINUTE
    call(center)
    center.execute(incident.open_incident(name="停电", started=started))
    assert report(center).letterhead.from_ms == started


@pytest.mark.parametrize("told", [True, False], ids=["told when", "only closed"])
def test_calls_of_the_incident_before_are_left_out(
    center: Session, clock: ManualClock, told: bool
) -> None:
    call(center)
    center.execute(incident.open_incident(name="旧"))
    call(center)
    over(center, clock, "旧")
    if not told:
        center.execute(edit("incident", "甲-E-0001", ended=None))
    clock.advance(hours=60 * 24)
    first = call(center)
    clock.advance(minutes=5)
    center.execute(incident.open_incident(name="新"))
    sheet = report(center)
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (first, 1)


def test_an_incident_taken_up_again_after_months_drags_no_old_calls_in(
    center: Session, clock: ManualClock
) -> None:
    center.execute(incident.open_incident(name="停电"))
    call(center)
    over(center, clock, "停电")
    clock.advance(hours=60 * 24)
    first = call(center)
    center.execute(incident.set_status("停电", status="handling", reason="再次停电"))
    sheet = report(center)
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (first, 1)


def test_an_incident_closed_too_early_keeps_its_calls(center: Session, clock: ManualClock) -> None:
    center.execute(incident.open_incident(name="停电"))
    started = center.get("incident", "停电")["started"]
    call(center)
    over(center, clock, "停电")
    clock.advance(hours=1)
    center.execute(incident.set_status("停电", status="handling", reason="误操作"))
    sheet = report(center)
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (started, 1)


def test_a_drill_that_ended_meanwhile_cuts_nothing_off(center: Session, clock: ManualClock) -> None:
    center.execute(incident.open_incident(name="停电"))
    started = center.get("incident", "停电")["started"]
    call(center)
    clock.advance(minutes=5)
    center.execute(incident.open_incident(name="演练", is_drill="是"))
    over(center, clock, "演练")
    sheet = report(center)
    assert sheet.incident.name == "停电"
    assert (sheet.letterhead.from_ms, sheet.hotline.total) == (started, 1)


def test_no_call_falls_between_reports(center: Session, clock: ManualClock) -> None:
    """With and without an incident in between: the periods meet."""
    totals = 0
    end: int | None = None
    for name in ("", "停电", ""):
        call(center)
        if name:
            clock.advance(minutes=30)
            center.execute(incident.open_incident(name=name))
        clock.advance(minutes=5)
        call(center)
        clock.advance(minutes=1)
        sheet = report(center)
        assert end is None or sheet.letterhead.from_ms == end
        end = sheet.letterhead.to_ms
        totals += sheet.hotline.total
    assert totals == 6
