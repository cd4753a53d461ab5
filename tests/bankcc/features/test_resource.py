"""Resources: gaps, checks and their calendar, taking and putting back."""

from datetime import date

import pytest

from bankcc.errors import FieldError, Refused
from bankcc.features import resource
from bankcc.schema.change import edit
from bankcc.schema.record import Record
from tests.bankcc.features.fake_desk import FakeDesk

TODAY = "2026-11-23"  # the day of the tests' clock in the default zone


@pytest.fixture(autouse=True)
def _ups(desk: FakeDesk) -> None:
    desk.do(resource.add(name="UPS", required=3, actual=2, check_cycle="每月"))


def ups(desk: FakeDesk) -> Record:
    return desk.only("resource")


def test_the_gap_is_what_is_missing(desk: FakeDesk) -> None:
    assert resource.gap(ups(desk)) == 1
    desk.do(edit("resource", "UPS", actual=5))
    assert resource.gap(ups(desk)) == 0
    desk.do(edit("resource", "UPS", state="故障"))
    assert resource.gap(ups(desk)) == 3


def test_what_was_never_counted_is_missing_and_what_needs_none_is_not(desk: FakeDesk) -> None:
    desk.do(resource.add(name="水", required=4))
    desk.do(resource.add(name="伞"))
    assert resource.gap(desk.get("resource", "水")) == 4
    assert resource.gap(desk.get("resource", "伞")) == 0


def test_a_check_writes_an_entry_and_brings_the_resource_up_to_it(desk: FakeDesk) -> None:
    desk.do(resource.check("UPS", result="故障", actual=1, note="电池"))
    entry, record = desk.only("check"), ups(desk)
    assert (entry["resource"], entry["result"], entry["found"]) == (record.id, "fault", 1)
    assert (entry["by"], entry["at"], entry["name"]) == ("王敏", desk.now_ms(), "UPS")
    assert (record["state"], record["actual"], record["checked_on"]) == ("broken", 1, TODAY)


def test_a_good_check_makes_it_available_again(desk: FakeDesk) -> None:
    desk.do(edit("resource", "UPS", state="待检"))
    desk.do(resource.check("UPS", result="正常", by="何志强"))
    assert (ups(desk)["state"], ups(desk)["actual"]) == ("available", 2)
    assert desk.only("check")["by"] == "何志强"


def test_a_thing_lent_stays_lent_when_nothing_is_wrong(desk: FakeDesk) -> None:
    desk.do(edit("resource", "UPS", state="借出"))
    desk.do(resource.check("UPS", result="ok"))
    assert ups(desk)["state"] == "lent"
    desk.do(resource.check("UPS", result="过期"))
    assert ups(desk)["state"] == "broken"


def test_an_old_check_entered_late_changes_nothing_else(desk: FakeDesk) -> None:
    desk.do(resource.check("UPS", result="ok"))
    desk.do(resource.check("UPS", result="故障", actual=0, at="2026-11-01 09:00"))
    assert (ups(desk)["state"], ups(desk)["actual"], ups(desk)["checked_on"]) == (
        "available",
        2,
        TODAY,
    )
    assert len(desk.all("check")) == 2


def test_a_check_counts_no_less_than_nothing(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="不能小于 0"):
        desk.do(resource.check("UPS", result="ok", actual=-1))
    with pytest.raises(FieldError):
        desk.do(resource.check("UPS", result="还行"))


def test_taking_and_putting_back(desk: FakeDesk) -> None:
    desk.do(resource.take("UPS"))
    assert (ups(desk)["actual"], ups(desk)["state"]) == (1, "available")
    desk.do(resource.take("UPS", note="机房用"))
    assert (ups(desk)["actual"], ups(desk)["state"]) == (0, "lent")
    entry = desk.only("timeline")
    assert (entry["text"], entry["category"]) == ("机房用", "resource")
    desk.do(resource.put_back("UPS", count=2))
    assert (ups(desk)["actual"], ups(desk)["state"]) == (2, "available")


def test_what_cannot_be_taken(desk: FakeDesk) -> None:
    with pytest.raises(Refused, match="UPS只剩 2"):
        desk.do(resource.take("UPS", count=3))
    for verb in (resource.take, resource.put_back):
        with pytest.raises(Refused, match="至少为 1"):
            desk.do(verb("UPS", count=0))
    desk.do(edit("resource", "UPS", state="故障"))
    with pytest.raises(Refused, match="有故障"):
        desk.do(resource.take("UPS"))


@pytest.mark.parametrize(
    ("cycle", "last", "due"),
    [
        ("每日", "2026-02-28", "2026-03-01"),
        ("每周", "2026-12-28", "2027-01-04"),
        ("每月", "2026-01-31", "2026-02-28"),
        ("每月", "2026-12-31", "2027-01-31"),
        ("每季度", "2026-11-30", "2027-02-28"),
        ("每年", "2028-02-29", "2029-02-28"),
    ],
)
def test_the_next_check(desk: FakeDesk, cycle: str, last: str, due: str) -> None:
    desk.do(edit("resource", "UPS", check_cycle=cycle, checked_on=last))
    assert resource.next_check(ups(desk)) == date.fromisoformat(due)
    assert not resource.overdue(ups(desk), date.fromisoformat(due))
    assert resource.overdue(ups(desk), date(2030, 1, 1))


def test_never_checked_is_overdue_if_there_is_a_cycle(desk: FakeDesk) -> None:
    assert resource.next_check(ups(desk)) is None
    assert resource.overdue(ups(desk), date(2026, 11, 23))
    desk.do(resource.add(name="伞"))
    assert not resource.overdue(desk.get("resource", "伞"), date(2026, 11, 23))


def test_a_round_looks_at_what_is_owed_today_or_marked(desk: FakeDesk) -> None:
    today = date.fromisoformat(TODAY)
    assert resource.due(ups(desk), today)  # never checked
    desk.do(edit("resource", "UPS", checked_on="2026-11-01"))
    assert not resource.due(ups(desk), today)
    desk.do(edit("resource", "UPS", checked_on="2026-10-23"))
    assert resource.due(ups(desk), today)
    assert not resource.overdue(ups(desk), today)
    desk.do(edit("resource", "UPS", checked_on="2026-11-01", state="待检"))
    assert resource.due(ups(desk), today)


def test_what_is_there_counts_up_to_what_is_required(desk: FakeDesk) -> None:
    assert resource.there(ups(desk)) == 2
    desk.do(edit("resource", "UPS", actual=9))
    assert resource.there(ups(desk)) == 3
    desk.do(edit("resource", "UPS", state="故障"))
    assert resource.there(ups(desk)) == 0


def test_a_stocktake_finds_no_less_than_nothing() -> None:
    for before in (None, {"actual": 3}, {"actual": -2}):
        with pytest.raises(FieldError):
            resource.KIND.rule({"actual": -1}, before)
        resource.KIND.rule({"actual": 0}, before)
    # What laptops took apart may add up below nothing; the rest stays editable.
    resource.KIND.rule({"actual": -2, "note": "x"}, {"actual": -2})
