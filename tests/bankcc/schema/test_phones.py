"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.schema import phones

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINE = st.from_regex(r"0[1-9][0-9]{8,10}", fullmatch=True)
SERVICE = st.sampled_from(["95588", "955880", "110", "12345", "4008123456", "8008123456"])
NUMBER = st.one_of(MOBILE, LANDLINE, SERVICE)
TO_WIDE = str.maketrans("0123456789+", "０１２３４５６７８９＋")


@given(NUMBER)
def test_what_is_shown_can_be_typed_again(digits: str) -> None:
    assert phones.normalise(phones.grouped(digits)) == digits
    assert phones.looks_complete(digits)


@given(MOBILE, st.sampled_from(["+86", "86", "0086", "+86 ", "+86-", ""]), st.sampled_from("- .·"))
def test_ways_to_write_a_mobile_number(digits: str, prefix: str, mark: str) -> None:
    written = f"{prefix}{digits[:3]}{mark}{digits[3:7]}{mark}{digits[7:]}"
    assert phones.normalise(written) == digits
    assert phones.normalise(written.translate(TO_WIDE)) == digits
    assert phones.normalise(f"{digits}.0") == digits


@given(NUMBER)
def test_a_mask_hides(digits: str) -> None:
    shown = phones.masked(digits)
    kept = shown.replace("*", "")
    assert shown.count("*") >= min(3, len(digits) - 2)
    assert len(kept) <= 8
    assert digits.endswith(kept[-2:])


@given(
    st.lists(MOBILE, min_size=2, max_size=3), st.sampled_from([" / ", "、", "；", "或", "  ", "\n"])
)
def test_several_in_one_cell(numbers: list[str], between: str) -> None:
    parts = phones.split(between.join(numbers))
    assert [phones.normalise(part) for part in parts] == numbers


@pytest.mark.parametrize("text", ["", " ", "0", "-", "无", "未提供", "None"])
def test_no_number(text: str) -> None:
    assert phones.normalise(text) is None


@pytest.mark.parametrize("text", ["1391234567", "139123456789", "12", "call me", "1391234567a"])
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"“"):
        phones.normalise(text)


@given(st.from_regex(r"[1-9][0-9]{2,19}", fullmatch=True))
def test_a_caller_is_never_refused(digits: str) -> None:
    kept = phones.normalise(digits, lenient=True)
    assert kept is not None
    assert digits.endswith(kept)


@given(st.text())
def test_any_text_is_a_number_or_a_reason(text: str) -> None:
    try:
        found = phones.normalise(text)
    except ValueError:
        found = None
    assert found is None or phones.looks_complete(found)
    assert all(part.strip() == part for part in phones.split(text) if len(phones.split(text)) > 1)


@pytest.mark.parametrize("text", ["12345", "95588", "110", "10086"])
def test_nobody_has_the_number_of_a_service(text: str) -> None:
    assert phones.normalise(text) == text
    assert phones.normalise(text, personal=True, lenient=True) == text
    with pytest.raises(ValueError, match=text):
        phones.normalise(text, personal=True)


@pytest.mark.parametrize("text", ["13912345678", "057188886666", "88886666", "4008123456"])
def test_somebody_may_have(text: str) -> None:
    assert phones.normalise(text, personal=True) == text


def test_digits_of_other_scripts_are_no_telephone_digits() -> None:
    with pytest.raises(ValueError, match="𐴰"):
        phones.normalise("1380013800𐴰", lenient=True)
