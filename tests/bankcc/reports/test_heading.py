"""The head of a report."""

from bankcc.reports.heading import letterhead
from bankcc.schema.change import edit
from bankcc.session import Session


def test_without_an_incident_the_center_speaks(center: Session) -> None:
    assert center.center is not None
    center.execute(edit("center", center.center.id, bank="东海银行", zone="UTC"))
    head = letterhead(center, "清单", None)
    assert (head.bank, head.title, head.classification) == ("东海银行", "清单", "内部")
    assert (head.zone, head.masked) == ("UTC", True)
