"""The head of a report."""

from bankcc.features import incident
from bankcc.reports.heading import current_incident, letterhead
from bankcc.schema.change import edit
from bankcc.session import Session


def test_without_an_incident_the_center_speaks(center: Session) -> None:
    assert current_incident(center) is None
    assert center.center is not None
    center.execute(edit("center", center.center.id, bank="东海银行", zone="UTC"))
    head = letterhead(center, "清单", None)
    assert (head.bank, head.title, head.classification) == ("东海银行", "清单", "内部")
    assert (head.zone, head.masked) == ("UTC", True)


def test_when_all_incidents_are_over_the_newest_is_meant(center: Session) -> None:
    center.execute(incident.open_incident(name="一", status="reviewed"))
    center.execute(incident.open_incident(name="二", status="closed"))
    found = current_incident(center)
    assert found is not None
    assert found["name"] == "二"
