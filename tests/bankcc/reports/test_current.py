"""The situation as it stands: every figure follows from what was entered, and no customer is
named.
"""

from pathlib import Path

import pytest

from bankcc import demo
from bankcc.clock import ManualClock
from bankcc.features import answer_card, attendance, incident, inquiry, person, post, task
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.reports.current import SituationFigures, since_of, situation_figures
from bankcc.reports.privacy import refuse_full_phones, texts_in
from bankcc.schema import change
from bankcc.session import Session

MINUTE = 60_000


@pytest.fixture
def card(center: Session) -> str:
    verb = answer_card.add(topic="复业", question="何时复业？", answer="正在核实。")
    return center.execute(verb).made[0].id


def test_an_empty_center_is_blank(center: Session) -> None:
    figures = situation_figures(center)
    assert figures.is_blank
    assert figures.incident is None
    assert (figures.late.count, figures.late.since, figures.load.open) == (0, None, 0)
    assert figures.waiting == ()
    assert len(figures.buckets.labels) == 12
    assert figures.flow.calls[-1] == 0


@pytest.mark.parametrize("what", ["incident", "call", "task"])
def test_anything_that_happened_is_a_situation(center: Session, what: str) -> None:
    verbs = {
        "incident": incident.open_incident(name="停电"),
        "call": inquiry.log_call(note="问"),
        "task": task.add(title="补柴油"),
    }
    center.execute(verbs[what])
    assert not situation_figures(center).is_blank


def test_late_items_of_both_kinds_and_the_oldest_of_them(
    center: Session, clock: ManualClock
) -> None:
    center.execute(inquiry.log_call(category="cash", caller="赵女士", note="急"))
    center.execute(inquiry.arrange_callback("甲-R-0001", due=clock.ms + 10 * MINUTE))
    due = clock.ms + 5 * MINUTE
    center.execute(task.add(title="补柴油", due=due))
    assert situation_figures(center).late.count == 0
    clock.advance(minutes=30)
    late = situation_figures(center).late
    assert (late.count, late.tasks, late.calls) == (2, 1, 1)
    assert (late.since, late.kind, late.number, late.title) == (
        due,
        "task",
        "甲-T-0001",
        "补柴油",
    )
    center.execute(task.complete("补柴油"))
    late = situation_figures(center).late
    assert (late.count, late.kind, late.title) == (1, "inquiry", "取款")


def test_calls_of_the_last_quarter_against_the_one_before(
    center: Session, clock: ManualClock
) -> None:
    for minutes, count in ((0, 2), (60, 3), (10, 1), (10, 4)):
        clock.advance(minutes=minutes)
        for _each in range(count):
            center.execute(inquiry.log_call(note="问"))
    center.execute(inquiry.close("甲-R-0001"))
    load = situation_figures(center).load
    assert (load.open, load.latest, load.before, load.trend) == (9, 5, 3, 2)


def test_the_group_that_misses_most(center: Session) -> None:
    assert situation_figures(center).staff.posts == 0
    center.execute(person.add(name="李雷"))
    center.execute(post.add(title="值班长", group="指挥中心", holder="李雷"))
    for seat in ("坐席1", "坐席2"):
        center.execute(post.add(title=seat, group="热线组"))
    center.execute(attendance.check_in("李雷"))
    staff = situation_figures(center).staff
    assert (staff.posts, staff.filled, staff.shortest, staff.shortage) == (3, 1, "热线组", 2)
    assert len(staff.missing) == 2


def test_urgent_calls_since_the_incident_began(center: Session, clock: ManualClock) -> None:
    center.execute(inquiry.log_call(note="早先", urgency="urgent", status="answered"))
    clock.advance(hours=1)
    center.execute(incident.open_incident(name="停电"))
    for urgency in ("urgent", "critical", "normal"):
        clock.advance(minutes=1)
        center.execute(inquiry.log_call(note="问", urgency=urgency))
    center.execute(inquiry.escalate("甲-R-0004"))
    center.execute(inquiry.close("甲-R-0002"))
    pressing = situation_figures(center).pressing
    assert (pressing.total, pressing.done, pressing.number) == (3, 1, "甲-R-0003")
    assert pressing.since == center.get("inquiry", "甲-R-0003")["at"]


def test_an_urgent_call_counts_until_it_is_settled_however_early_it_came(
    center: Session, clock: ManualClock
) -> None:
    center.execute(inquiry.log_call(note="早先", urgency="urgent"))
    center.execute(inquiry.log_call(note="早先", urgency="urgent"))
    center.execute(inquiry.log_call(note="不急"))
    center.execute(inquiry.close("甲-R-0002"))
    clock.advance(hours=30)
    for name in ("", "停电"):
        if name:
            center.execute(incident.open_incident(name=name))
        pressing = situation_figures(center).pressing
        assert (pressing.total, pressing.done, pressing.number) == (1, 0, "甲-R-0001")
        assert pressing.since == center.get("inquiry", "甲-R-0001")["at"]
    center.execute(inquiry.close("甲-R-0001"))
    assert situation_figures(center).pressing.total == 0, "settled before it began to be counted"


@pytest.mark.parametrize("urgency", ["normal", None])
def test_what_is_passed_on_is_urgent_whatever_else_it_says(
    center: Session, urgency: str | None
) -> None:
    """As a call that came from a file or was changed on two laptops."""
    center.execute(inquiry.log_call(note="挂失"))
    center.execute(change.edit("inquiry", "甲-R-0001", status="escalated", urgency=urgency))
    pressing = situation_figures(center).pressing
    assert (pressing.total, pressing.done, pressing.number) == (1, 0, "甲-R-0001")


def test_cards_in_draft_in_force_and_out_of_date(
    center: Session, clock: ManualClock, card: str
) -> None:
    assert situation_figures(center).cards.drafts == 1
    until = clock.ms + 60 * MINUTE
    center.execute(answer_card.approve(card, approver="周明远", valid_until=until))
    cards = situation_figures(center).cards
    assert (cards.drafts, cards.in_force, cards.expired) == (0, 1, 0)
    assert (cards.next_until, cards.next_topic) == (until, "复业")
    clock.advance(hours=2)
    cards = situation_figures(center).cards
    assert (cards.in_force, cards.expired, cards.next_until) == (0, 1, None)


def test_decisions_wait_the_most_pressing_first(
    center: Session, clock: ManualClock, card: str
) -> None:
    center.execute(task.add(title="确认我"))
    center.execute(task.move("确认我", status="confirming"))
    clock.advance(minutes=1)
    center.execute(task.add(title="堵了", priority="critical"))
    center.execute(task.block("堵了", reason="没有钥匙"))
    center.execute(incident.open_incident(name="停电", status="pending"))
    found = situation_figures(center).waiting
    assert [(item.reason, item.title) for item in found] == [
        ("blocked", "堵了"),
        ("activation", "停电"),
        ("approval", "复业"),
        ("confirm", "确认我"),
    ]
    center.execute(answer_card.approve(card, approver="周明远"))
    center.execute(task.unblock("堵了"))
    center.execute(incident.activate("停电", level="II", decided_by="周明远"))
    assert [item.reason for item in situation_figures(center).waiting] == ["confirm"]


def test_the_incident_in_force_stands_before_a_newer_one_that_is_not(center: Session) -> None:
    center.execute(incident.open_incident(name="停电"))
    center.execute(incident.activate("停电", level="II", decided_by="周明远"))
    center.execute(incident.open_incident(name="关注台风", is_drill="是"))
    found = situation_figures(center).incident
    assert found is not None
    assert (found.name, found.level, found.level_rank, found.live, found.is_drill) == (
        "停电",
        "Ⅱ级",
        "critical",
        True,
        False,
    )


def test_without_an_incident_the_day_is_counted(center: Session, clock: ManualClock) -> None:
    since = since_of(None, clock.ms)
    assert 0 <= clock.ms - since < 24 * 60 * MINUTE
    center.execute(incident.open_incident(name="停电", started=clock.ms + 60 * MINUTE))
    assert situation_figures(center).since <= clock.ms, "a wrong clock elsewhere"


def test_no_customer_and_no_number_is_named(center: Session, clock: ManualClock) -> None:
    due = clock.ms + MINUTE
    center.execute(
        inquiry.log_call(caller="赵女士", phone="13912345678", note="急", urgency="urgent")
    )
    center.execute(inquiry.arrange_callback("甲-R-0001", due=due))
    center.execute(task.add(title="回 139-1234-5678", status="confirming", due=due))
    center.execute(incident.open_incident(name="停电 13912345678"))
    clock.advance(hours=1)
    figures = situation_figures(center)
    refuse_full_phones(figures, reveal=False)
    assert not any("赵女士" in text for text in texts_in(figures))


def test_times_are_of_the_zone_of_the_center(center: Session, clock: ManualClock) -> None:
    here = situation_figures(center).buckets.labels
    found = center.center
    assert found is not None
    center.execute(change.edit("center", found.id, zone="Asia/Tokyo"))
    there = situation_figures(center).buckets.labels
    assert here != there
    center.execute(change.edit("center", found.id, zone="Nowhere/At all"))
    assert situation_figures(center).buckets.labels == here, "a zone that does not exist"


def test_the_example(tmp_path: Path, clock: ManualClock) -> None:
    demo.create(Paths(tmp_path / "demo"), clock=clock, chance=SeededChance(7))
    with Session.open(Paths(tmp_path / "demo"), write=False, clock=clock) as session:
        figures = situation_figures(session)
    assert isinstance(figures, SituationFigures)
    assert figures.flow.calls[-1] == 150
    assert figures.flow.closed[-1] == 115
    assert figures.load.open == 35
    assert figures.buckets.total > 100
    assert figures.waiting
    assert figures.late.count
