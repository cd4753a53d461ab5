"""One answer to “which incident”, for the banner, the situation and the reports."""

from bankcc.features import incident
from bankcc.reports.incidents import current_incident
from bankcc.session import Session


def name_of(center: Session, *, past: bool = False) -> object:
    found = current_incident(center, past=past)
    return found["name"] if found else None


def enter(center: Session, name: str, status: str) -> None:
    center.execute(incident.open_incident(name=name, status=status))


def test_without_an_incident_there_is_none(center: Session) -> None:
    assert name_of(center) is None
    assert name_of(center, past=True) is None


def test_one_in_force_goes_before_a_newer_one_that_is_not(center: Session) -> None:
    enter(center, "停电", "handling")
    enter(center, "可能的暴雨", "watch")
    assert name_of(center) == name_of(center, past=True) == "停电"


def test_the_newest_of_several_in_force(center: Session) -> None:
    for name in ("一", "二"):
        enter(center, name, "active")
    assert name_of(center) == "二"


def test_what_is_over_is_meant_by_a_report_only(center: Session) -> None:
    enter(center, "一", "reviewed")
    enter(center, "二", "closed")
    assert name_of(center) is None
    assert name_of(center, past=True) == "二"


def test_a_reopened_outlet_is_reported_before_a_closed_case(center: Session) -> None:
    enter(center, "一", "reopened")
    enter(center, "二", "closed")
    assert name_of(center) is None
    assert name_of(center, past=True) == "一"
