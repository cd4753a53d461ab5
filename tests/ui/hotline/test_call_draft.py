"""A call as it is typed: nothing is lost on its way to disk, and odd input has one meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.clock import local
from bankcc.errors import FieldError
from bankcc.features import inquiry
from ui.hotline.call_draft import CallDraft, category_code, earlier_time, number_hint
from ui.hotline.staged_call import Stage, StageKind

NOW = 1_795_413_600_000  # 2026-11-23 14:00
DAY = 24 * 3_600_000

stages = st.builds(
    Stage,
    kind=st.sampled_from(StageKind),
    record=st.text(),
    text=st.text(),
    group=st.text(),
    due=st.integers(0, 2**50),
    version=st.integers(0, 99),
)
drafts = st.builds(
    CallDraft,
    name=st.text(min_size=1),
    started=st.integers(0, 2**50),
    phone=st.text(),
    extension=st.text(),
    category=st.sampled_from(["", *[option.code for option in inquiry.CALL_CATEGORIES]]),
    caller=st.text(),
    urgency=st.sampled_from(["normal", "urgent", "critical"]),
    note=st.text(),
    time=st.text(),
    stages=st.lists(stages, max_size=3).map(tuple),
)


@given(drafts)
def test_what_is_kept_comes_back(draft: CallDraft) -> None:
    assert CallDraft.of(draft.name, draft.body()) == draft


@given(st.dictionaries(st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())))
def test_a_draft_of_another_version_is_read_as_far_as_it_goes(body: dict[str, object]) -> None:
    found = CallDraft.of("a", body | {"note": "留下的字", "phone": 7})
    assert (found.note, found.phone) == ("留下的字", "")


@given(st.integers(0, 23), st.integers(0, 59), st.integers(NOW, NOW + 3 * DAY))
def test_four_digits_are_the_last_such_time(hour: int, minute: int, now: int) -> None:
    found = earlier_time(f"{hour:02}{minute:02}", now)
    assert (local(found).hour, local(found).minute) == (hour, minute)
    assert 0 <= now - found < DAY


@pytest.mark.parametrize("text", ["912", "9:12", "0912", "09.12", "０９１２", "09：12", " 0912 "])
def test_ways_to_write_a_time(text: str) -> None:
    assert f"{local(earlier_time(text, NOW)):%m-%d %H:%M}" == "11-23 09:12"


@pytest.mark.parametrize("text", ["2400", "1260", "12", "1", "abcd", "99:99", "12345", "十二点"])
def test_what_is_no_time_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        earlier_time(text, NOW)
    assert caught.value.field == "time"
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("phone", "category", "expected"),
    [
        ("02", "", ("0", "cash")),
        ("09", "", ("0", "other")),
        ("02", "loan", ("02", "loan")),
        ("00", "", ("00", "")),
        ("057", "", ("057", "")),
        ("0", "", ("0", "")),
        ("2", "", ("2", "")),
    ],
)
def test_zero_and_a_digit(phone: str, category: str, expected: tuple[str, str]) -> None:
    found = CallDraft("a", NOW, phone=phone, category=category).resolved
    assert (found.phone, found.category) == expected


@pytest.mark.parametrize(("text", "day"), [("1359", ""), ("1401", "11-22"), ("", ""), ("14", "")])
def test_a_day_is_said_only_if_it_is_not_today(text: str, day: str) -> None:
    assert CallDraft("a", NOW, time=text).day(NOW) == day


def test_blank_is_only_what_nobody_touched() -> None:
    assert CallDraft("a", NOW).is_blank
    assert CallDraft("a", NOW, caller="  ").is_blank
    assert not CallDraft("a", NOW, stages=(Stage(StageKind.URGENT),)).is_blank
    for name in ("phone", "category", "caller", "note", "time"):
        assert not CallDraft("a", NOW, **{name: "1"}).is_blank
    assert not CallDraft("a", NOW, urgency="urgent").is_blank


def test_a_category_is_needed() -> None:
    with pytest.raises(FieldError) as caught:
        CallDraft("a", NOW, phone="13800138000").verb(NOW)
    assert caught.value.field == "category"


def test_digits_stand_for_the_categories_in_their_order() -> None:
    assert [category_code(digit) for digit in (1, 2, 9)] == ["opening_hours", "cash", "other"]


@pytest.mark.parametrize("digits", ["", "0", "13800138000", "057188887777", "95588", "110"])
def test_no_hint_for_numbers_of_a_known_shape(digits: str) -> None:
    assert number_hint(digits) == ""


@pytest.mark.parametrize("digits", ["138", "1380013800", "138001380001", "12345678901"])
def test_a_hint_says_how_many_digits(digits: str) -> None:
    assert str(len(digits)) in number_hint(digits)


def test_the_title_shows_no_whole_number() -> None:
    title = CallDraft("a", NOW, phone="13800138000", category="cash").title
    assert "8000" in title
    assert "13800138000" not in title
    assert title.startswith("14:00")
