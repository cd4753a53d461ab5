"""The clock of a log under any other clocks."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import clock_checks


@pytest.mark.parametrize("check", clock_checks.CHECKS)
@given(seed=st.integers(0, 1 << 40))
def test_clock(check: Callable[[Random], None], seed: int) -> None:
    check(Random(seed))
