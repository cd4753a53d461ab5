"""Tables that line up, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from bankcc.cli.output import cut_to, display_width, fit, moment, one_line, write_rows


@given(st.text(), st.integers(1, 60))
def test_a_cell_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert display_width(fit(one_line(text), width)) == width


@given(st.text(), st.integers(1, 60))
def test_what_fits_is_not_touched(text: str, width: int) -> None:
    cut = cut_to(text, width)
    assert display_width(cut) <= width
    assert (cut == text) is (display_width(text) <= width)


@given(st.text())
def test_a_line_is_a_line(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line.splitlines()) <= 1


def test_columns_line_up(capsys) -> None:  # type: ignore[no-untyped-def]
    write_rows(["a", "b"], [["中文", "x"], ["abc", "y"]])
    assert capsys.readouterr().out == "a     b\n中文  x\nabc   y\n"


def test_moments_name_their_zone() -> None:
    assert moment(1_795_400_000_000) == "2026-11-23T10:13:20+08:00"
    assert moment(1_795_400_000_123) == "2026-11-23T10:13:20.123+08:00"
