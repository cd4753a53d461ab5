"""People: numbers as they are written, in calling order."""

import pytest

from bankcc.errors import FieldError
from bankcc.features import person
from tests.bankcc.features.fake_desk import FakeDesk


def test_numbers_are_read_as_people_write_them(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏", phone="１３９０００００００１", phone2="0571-00001001"))
    record = desk.only("person")
    assert person.numbers(record) == ("13900000001", "057100001001")
    assert person.reachable(record)


def test_a_number_written_twice_is_called_once(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏", phone2="13900000001", phone3="+86 139 0000 0001"))
    assert person.numbers(desk.only("person")) == ("13900000001",)


def test_nobody_without_a_number_is_reachable(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏"))
    assert not person.reachable(desk.only("person"))


def test_a_changed_number_replaces_the_old(desk: FakeDesk) -> None:
    desk.do(person.add(name="王敏", phone="13900000001"))
    desk.do(person.change("王敏", phone="13900000002"))
    assert desk.only("person")["phone"] == "13900000002"


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "1390000"), ("email", "王敏"), ("name", "")]
)
def test_what_does_not_fit_is_refused(desk: FakeDesk, field: str, value: str) -> None:
    with pytest.raises(FieldError):
        desk.do(person.add(**{"name": "王敏", field: value}))


def test_a_person_has_no_service_number() -> None:
    with pytest.raises(FieldError):
        person.KIND.field("phone").parse("12345")
    assert person.KIND.field("phone").parse("8888 6666") == "88886666"
