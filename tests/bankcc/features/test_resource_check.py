"""Checks are entries: only added, readable by themselves."""

import pytest

from bankcc.features import KIND, resource
from bankcc.schema.record import title
from tests.bankcc.features.fake_desk import FakeDesk


def test_an_entry_reads_by_itself(desk: FakeDesk) -> None:
    desk.do(resource.add(name="UPS"))
    desk.do(resource.check("UPS", result="正常"))
    assert title(KIND["check"], desk.only("check")) == "UPS 正常"


def test_entries_are_never_edited() -> None:
    assert KIND["check"].append_only


def test_a_check_names_its_resource_and_result() -> None:
    required = {item.name for item in KIND["check"].fields if item.required}
    assert required == {"resource", "result"}


def test_a_count_below_nothing_is_refused() -> None:
    with pytest.raises(Exception, match="-1"):
        KIND["check"].field("found").parse(-1)
