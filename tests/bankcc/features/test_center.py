"""The center's settings: internal, with a time zone from the start."""

from bankcc.features import KIND
from bankcc.schema.change import create
from tests.bankcc.features.fake_desk import FakeDesk


def test_settings_start_in_the_default_zone(desk: FakeDesk) -> None:
    desk.do(create("center", name="滨江", outlets="营业部、江南网点"))
    record = desk.only("center")
    assert (record["zone"], record["outlets"]) == ("Asia/Shanghai", ["营业部", "江南网点"])


def test_settings_are_no_list_of_the_product() -> None:
    assert KIND["center"].internal
