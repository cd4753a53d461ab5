"""Dates as branch offices write them."""

import contextlib
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.schema import dates

MINUTE = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
FORMS = (
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M:%S",
    "%Y年%m月%d日 %H时%M分",
    "%Y年%m月%d日%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y%m%d %H:%M",
)
TO_WIDE = str.maketrans("0123456789:/", "０１２３４５６７８９：／")


@pytest.mark.parametrize("form", FORMS)
@given(MINUTE)
def test_every_form_is_read_back(form: str, moment: datetime) -> None:
    text = moment.strftime(form)
    assert dates.parse_moment(text) == moment
    assert dates.parse_moment(text.translate(TO_WIDE)) == moment


@given(MINUTE)
def test_without_leading_zeros(moment: datetime) -> None:
    text = f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}"
    assert dates.parse_moment(text) == moment
    assert dates.parse_day(f"{moment.year}年{moment.month}月{moment.day}日") == moment.date()


@given(st.datetimes(datetime(1960, 1, 1), datetime(2099, 1, 1)))
def test_spreadsheet_serials(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert abs(dates.parse_moment(f"{serial:.6f}") - moment) <= timedelta(seconds=1)


def test_things_that_are_dates_already() -> None:
    assert dates.parse_moment(date(2026, 11, 23)) == datetime(2026, 11, 23)
    assert dates.parse_moment(datetime(2026, 11, 23, 14)) == datetime(2026, 11, 23, 14)
    assert dates.parse_moment("2026-11-23T14:52:00+08:00").utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "text",
    ["", "明天", "2026-13-01", "2026-02-30", "23/11/2026x", "2026-11-23 25:00", "12345678901"],
)
def test_no_date(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the reason is worded by the field
        dates.parse_moment(text)


@given(st.text())
def test_any_text_is_a_date_or_no_date(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(dates.parse_moment(text), datetime)
