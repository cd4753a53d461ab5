"""The incident goes through its states as the plan says; steps out of turn need a reason."""

import pytest

from bankcc.errors import Refused
from bankcc.features import incident
from tests.bankcc.features.fake_desk import FakeDesk


@pytest.fixture
def begun(desk: FakeDesk) -> FakeDesk:
    desk.do(incident.open_incident(name="停电", outlets="营业部、江南网点"))
    return desk


@pytest.fixture
def active(begun: FakeDesk) -> FakeDesk:
    begun.do(incident.activate("停电", level="Ⅲ级", decided_by="周明远", reason="§3.1"))
    return begun


def status(desk: FakeDesk) -> object:
    return desk.only("incident")["status"]


def test_it_begins_now_and_is_watched(begun: FakeDesk) -> None:
    record = begun.only("incident")
    assert (record["started"], record["status"]) == (begun.now_ms(), "watch")
    assert record["outlets"] == ["营业部", "江南网点"]


def test_activation_sets_level_time_and_who(active: FakeDesk) -> None:
    record = active.only("incident")
    assert record["status"] == "active"
    assert (record["level"], record["decided_by"]) == ("III", "周明远")
    assert record["activated"] == active.now_ms()
    assert record["level_reason"] == "§3.1"


def test_an_activation_names_who_decided(begun: FakeDesk) -> None:
    with pytest.raises(Refused, match="决定人"):
        begun.do(incident.activate("停电", level="II", decided_by=" "))


def test_nothing_is_activated_twice(active: FakeDesk) -> None:
    with pytest.raises(Refused, match="已启动"):
        active.do(incident.activate("停电", level="II", decided_by="周明远"))


def test_a_change_of_level_needs_a_reason_and_a_difference(active: FakeDesk) -> None:
    with pytest.raises(Refused, match="依据"):
        active.do(incident.set_level("停电", level="II", reason=""))
    with pytest.raises(Refused, match="已是这个级别"):
        active.do(incident.set_level("停电", level="III", reason="同前"))
    active.do(incident.set_level("停电", level="二级", reason="抢修延长"))
    assert active.only("incident")["level"] == "II"


def test_the_level_of_a_closed_case_stands(active: FakeDesk) -> None:
    active.do(incident.set_status("停电", status="结案"))
    with pytest.raises(Refused, match="不再调整"):
        active.do(incident.set_level("停电", level="I", reason="复核"))


def test_the_way_through_to_the_review(active: FakeDesk) -> None:
    for step in ("处置", "稳定", "恢复中", "恢复营业", "结案", "复盘完成"):
        active.do(incident.set_status("停电", status=step))
    assert status(active) == "reviewed"
    assert active.only("incident")["ended"] == active.now_ms()
    with pytest.raises(Refused, match="不再改动"):
        active.do(incident.set_status("停电", status="处置", reason="又停电"))


@pytest.mark.parametrize("step", ["处置", "稳定", "恢复中", "恢复营业"])
def test_the_plan_is_activated_before_it_is_carried_out(begun: FakeDesk, step: str) -> None:
    with pytest.raises(Refused, match="尚未启动"):
        begun.do(incident.set_status("停电", status=step))


def test_no_way_back_before_the_activation(active: FakeDesk) -> None:
    with pytest.raises(Refused, match="不能退回"):
        active.do(incident.set_status("停电", status="监测", reason="误报"))


def test_a_case_is_closed_before_it_is_reviewed(active: FakeDesk) -> None:
    with pytest.raises(Refused, match="先结案"):
        active.do(incident.set_status("停电", status="复盘完成"))


def test_a_relapse_needs_a_reason_which_stands_in_the_timeline(active: FakeDesk) -> None:
    active.do(incident.set_status("停电", status="恢复营业"))
    with pytest.raises(Refused, match="原因"):
        active.do(incident.set_status("停电", status="处置"))
    active.do(incident.set_status("停电", status="处置", reason="再次停电"))
    entry = active.only("timeline")
    assert (entry["text"], entry["category"]) == ("再次停电", "decision")
    assert entry["subject"] == active.only("incident").id
    assert active.only("incident")["ended"] is None


def test_a_case_without_activation_is_closed_with_a_reason(begun: FakeDesk) -> None:
    with pytest.raises(Refused, match="原因"):
        begun.do(incident.set_status("停电", status="结案"))
    begun.do(incident.set_status("停电", status="结案", reason="十分钟后来电"))
    assert status(begun) == "closed"


def test_the_same_status_again_is_refused(active: FakeDesk) -> None:
    with pytest.raises(Refused, match="已是“已启动”"):
        active.do(incident.set_status("停电", status="已启动"))


def test_an_incident_cannot_end_before_it_began(begun: FakeDesk) -> None:
    begun.clock.advance(hours=-1)
    with pytest.raises(Refused, match="早于"):
        begun.do(incident.open_incident(name="洪水", started=begun.now_ms(), ended=20_000_000))


def test_elapsed_time_counts_from_the_activation_to_the_reopening(active: FakeDesk) -> None:
    record = active.only("incident")
    assert incident.elapsed_ms(record, active.now_ms() + 5_000) == 5_000
    active.clock.advance(hours=2)
    active.do(incident.set_status("停电", status="恢复营业"))
    later = active.now_ms() + 9_000_000
    assert incident.elapsed_ms(active.only("incident"), later) == 7_200_000


def test_nothing_has_elapsed_before_the_activation(begun: FakeDesk) -> None:
    assert incident.elapsed_ms(begun.only("incident"), begun.now_ms()) is None
