"""Formulas in text: protected on the way out, restored on the way in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcc.tabular.safe_cell import protect, unprotect

TRIGGERS = "=+-@\t\r\n\0＝＋－＠"
ANY_TEXT = st.text(alphabet=st.characters())


@pytest.mark.parametrize("start", TRIGGERS)
def test_every_start_of_a_formula_gets_an_apostrophe(start: str) -> None:
    assert protect(start + "1") == "'" + start + "1"


@pytest.mark.parametrize("start", "=+-@＝＋－＠")
def test_blanks_and_apostrophes_do_not_hide_a_formula(start: str) -> None:
    assert protect(" " + start) == "' " + start
    assert protect("'" + start) == "''" + start


@pytest.mark.parametrize("text", ["", "王敏", "a=b", "1-2", "'", "it's", "'quoted'"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert protect(text) == text
    assert unprotect(text) == text


@given(st.one_of(ANY_TEXT, st.text(alphabet="'=+ \t＠a")))
def test_what_is_protected_comes_back_and_never_starts_a_formula(text: str) -> None:
    out = protect(text)
    assert unprotect(out) == text
    assert not out.startswith(tuple(TRIGGERS))
