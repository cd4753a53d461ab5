"""A round: who is in it, what keys mean, what is kept, what is signed."""

import pytest
from PySide6.QtCore import Qt

from bankcc.features import resource
from ui.resources import rows as resource_rows
from ui.resources.round_model import COLUMNS, CheckRound, Finding


@pytest.fixture
def rows(context):
    for name, place, need, have, day in (
        ("座机", "乙楼", 6, 5, "2026-10-01"),
        ("UPS", "机房", 2, 2, "2026-10-02"),
        ("对讲机", "乙楼", 4, 4, "2026-10-03"),
        ("伞", "大堂", 3, 3, "2026-11-20"),
    ):
        context.session.execute(
            resource.add(
                name=name,
                place=place,
                required=need,
                actual=have,
                check_cycle="每月",
                checked_on=day,
            )
        )
    return resource_rows.read(context.session).rows


@pytest.fixture
def round_(rows, qtmodeltester):
    made = CheckRound()
    made.show_inventory(rows)
    qtmodeltester.check(made)
    return made


def names(round_) -> list[str]:
    return [row.record["name"] for row in round_.rows]


def test_what_is_due_stands_place_by_place(round_) -> None:
    assert names(round_) == ["对讲机", "座机", "UPS"]
    places = [round_.data(round_.index(at, 0)) for at in range(3)]
    assert places == ["乙楼", "", "机房"]
    spoken = round_.data(round_.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith("乙楼")
    round_.take_everything(True)
    assert len(round_.rows) == 4


def test_one_that_is_not_due_is_taken_in_when_asked_for(round_, rows) -> None:
    umbrella = next(row.id for row in rows if row.record["name"] == "伞")
    round_.ask_for(umbrella)
    assert round_.row_of(umbrella) >= 0


def test_a_tick_says_as_by_the_book_and_can_be_taken_back(round_) -> None:
    assert round_.tick(0)
    assert round_.finding(round_.rows[0]) == Finding("ok")
    assert round_.tick(1)
    assert round_.finding(round_.rows[1]).result == "short"
    assert not round_.tick(1)
    assert round_.done == 1
    assert round_.next_open(0) == 1


def test_digits_make_a_number_and_the_number_the_result(round_) -> None:
    for digit in "12":
        round_.type_digit(0, digit)
    assert round_.finding(round_.rows[0]) == Finding("ok", 12)
    round_.stop_typing()
    round_.type_digit(0, "3")
    assert round_.finding(round_.rows[0]) == Finding("short", 3)
    round_.step(0, 1)
    assert round_.finding(round_.rows[0]) == Finding("ok", 4)
    round_.set_result(0, "fault")
    round_.step(0, -1)
    assert round_.finding(round_.rows[0]) == Finding("fault", 3)
    round_.erase_digit(0)
    assert round_.finding(round_.rows[0]) == Finding()


def test_a_number_has_an_end_and_never_goes_below_nothing(round_) -> None:
    for _time in range(9):
        round_.type_digit(0, "9")
    assert round_.finding(round_.rows[0]).found == 999_999
    round_.stop_typing()
    round_.type_digit(0, "0")
    round_.step(0, -1)
    assert round_.finding(round_.rows[0]).found == 0


def test_the_draft_brings_everything_back(round_, rows) -> None:
    round_.tick(0)
    round_.type_digit(1, "4")
    round_.set_note(2, "电池鼓包")
    again = CheckRound()
    again.restore(round_.body())
    again.show_inventory(rows)
    assert again.findings == round_.findings
    assert [one[0] for one in again.verbs()] == [row.id for row in round_.rows[:2]]
    for at in range(3):
        round_.clear(at)
    assert round_.body() == {}


def test_a_draft_of_another_version_does_no_harm(rows) -> None:
    again = CheckRound()
    again.restore({"items": {"x": {"result": "unheard", "new": 1}, "y": {"result": "ok"}}})
    again.show_inventory(rows)
    assert list(again.findings) == ["y"]
    assert again.done == 0


def test_what_is_signed_writes_one_check_each(context, round_) -> None:
    round_.tick(0)
    round_.type_digit(1, "6")
    round_.set_note(1, "新换一部")
    signed = []
    for record, verb in round_.verbs():
        assert len(context.session.execute(verb).made) == 1
        signed.append(record)
    round_.forget(signed)
    assert not round_.findings
    phone = context.session.get("resource", "座机")
    assert (phone["actual"], phone["checked_on"]) == (6, "2026-11-23")


def test_every_column_has_a_heading(round_) -> None:
    heads = [round_.headerData(at, Qt.Orientation.Horizontal) for at in range(len(COLUMNS))]
    assert all(heads)
    assert len(set(heads)) == len(COLUMNS)
