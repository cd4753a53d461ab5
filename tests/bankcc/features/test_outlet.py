"""Outlets: known by name, reached by telephone."""

import pytest

from bankcc.errors import FieldError
from bankcc.features import outlet
from tests.bankcc.features.fake_desk import FakeDesk


def test_an_outlet_is_entered_and_changed(desk: FakeDesk) -> None:
    desk.do(outlet.add(name=" 江南网点 ", type="支行", address="江南路1号", phone="0571-88880001"))
    desk.do(outlet.change("江南网点", address="江南路 2 号"))
    record = desk.only("outlet")
    assert (record["name"], record["type"]) == ("江南网点", "sub_branch")
    assert (record["address"], record["phone"]) == ("江南路 2 号", "057188880001")


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("phone", "123"), ("type", "银行")])
def test_what_does_not_fit_is_refused(desk: FakeDesk, field: str, value: str) -> None:
    with pytest.raises(FieldError):
        desk.do(outlet.add(**{"name": "江南网点", field: value}))


@pytest.mark.parametrize(
    ("text", "code"), [("营业部", "business"), ("自助银行", "self_service"), ("网点", "sub_branch")]
)
def test_types_are_read_in_the_words_of_the_branch(text: str, code: str) -> None:
    assert outlet.KIND.field("type").parse(text) == code
