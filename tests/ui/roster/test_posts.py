"""The roster as data: counted as the report counts, nothing lacking goes unseen."""

import pytest

from bankcc import demo
from bankcc.features import attendance, person, post
from bankcc.i18n import _
from bankcc.reports import figures
from ui.context import UiContext
from ui.roster.posts import Roster, Turn, names_of, read_roster


@pytest.fixture
def roster(context: UiContext) -> Roster:
    run = context.session.execute
    run(person.add(name="王敏", staff_no="B1", phone="13900001012", group="客户咨询组"))
    run(person.add(name="刘倩", staff_no="B2", phone="13900001033", group="备份人员"))
    run(person.add(name="赵刚", staff_no="B3", group="备份人员"))
    run(person.add(name="李强", staff_no="B4", phone="13900001004"))
    run(post.add(title="热线坐席1", group="客户咨询组", holder="王敏", backup_a="刘倩"))
    run(post.add(title="热线坐席2", group="客户咨询组", holder="王敏"))
    run(post.add(title="现金调拨", group="紧急业务组", backup_a="赵刚"))
    run(attendance.check_in("王敏"))
    run(attendance.on_way("刘倩", eta=context.session.clock.now_ms() + 600_000))
    return read_roster(context.session)


def test_posts_stand_first_in_their_groups_and_nobody_is_left_out(roster: Roster) -> None:
    rows = [(p.group, p.title, p.who.name if p.who else "") for p in roster.places]
    assert rows == [
        ("客户咨询组", "热线坐席1", "王敏"),
        ("客户咨询组", "热线坐席2", "王敏"),
        ("紧急业务组", "现金调拨", ""),
        ("备份人员", "", "刘倩"),
        ("备份人员", "", "赵刚"),
        (_("Without a group"), "", "李强"),
    ]


def test_phones_are_masked(roster: Roster) -> None:
    assert roster.places[0].who.phone == "139****1012"
    assert roster.people[2].phone == ""


def test_numbers_of_the_groups(roster: Roster) -> None:
    counts = {count.name: count for count in roster.groups()}
    assert (counts["客户咨询组"].here, counts["客户咨询组"].needed) == (2, 2)
    assert (counts["紧急业务组"].here, counts["紧急业务组"].gaps) == (0, 1)
    assert (counts["备份人员"].needed, counts["备份人员"].people) == (0, 2)
    assert (roster.total().here, roster.total().needed) == (2, 3)


def test_everything_lacking_is_named_the_grave_first(roster: Roster) -> None:
    faults = roster.faults()
    assert {fault.text for fault in faults} == {
        "现金调拨：空缺",
        "热线坐席2：无备份",
        "王敏：身兼两岗",
        "赵刚：缺电话",
    }
    graves = [fault.grave for fault in faults]
    assert graves == sorted(graves, reverse=True)
    assert not next(fault for fault in faults if "无备份" in fault.text).grave


def test_who_stands_in_serves_and_the_holder_is_not_lost(context: UiContext) -> None:
    run = context.session.execute
    for name in ("蒋川", "赵刚"):
        run(person.add(name=name))
    run(post.add(title="现金调拨", group="紧急", holder="蒋川", backup_a="赵刚"))
    run(attendance.notify("蒋川"))
    run(attendance.mark_absent("蒋川"))
    run(post.call_up_backup("现金调拨"))
    roster = read_roster(context.session)
    place = roster.places[0]
    assert (place.who.name, place.relieves, place.gap) == ("赵刚", "蒋川", False)
    assert "蒋川" in [p.who.name for p in roster.places if not p.post]
    assert roster.place(place.who.id) is place


def test_the_turn_that_counts_is_the_one_somebody_is_in(context: UiContext) -> None:
    run = context.session.execute
    run(person.add(name="王敏"))
    run(attendance.check_in("王敏"))
    run(attendance.check_out("王敏"))
    assert read_roster(context.session).people[0].turn.status == "left"
    run(attendance.check_in("王敏"))
    turn = read_roster(context.session).people[0].turn
    assert (turn.status, turn.left_at) == ("on_duty", 0)


def test_the_example_is_counted_as_in_the_situation_report(context: UiContext) -> None:
    session = context.session
    demo.play(session, context.session.clock)
    roster = read_roster(session)
    told = {
        group.name: (group.filled, len(group.posts))
        for group in figures.staffing(session, figures.people_on_duty(session))
    }
    shown = {c.name: (c.here, c.needed) for c in roster.groups() if c.needed}
    assert shown == told
    assert len(roster.people) == 40


def test_names_are_typed_in_every_way() -> None:
    initials, readings = names_of("王敏")
    assert initials == "WM"
    assert {"wm", "wangmin", "王敏"} <= set(readings)
    assert "anna smith" in names_of("Anna Smith")[1]


def test_nobody(context: UiContext) -> None:
    roster = read_roster(context.session)
    assert (roster.places, roster.faults(), roster.has_shifts) == ((), [], False)
    assert Turn().status == ""
