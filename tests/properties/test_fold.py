"""Convergence: the state is a function of the set of operations, and no clock discards a value."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties import fold_checks
from tests.properties.play import Play, Step

NUMBER = st.integers(0, 9)
STEPS = st.lists(
    st.tuples(NUMBER, st.integers(0, 11), NUMBER, NUMBER, NUMBER), min_size=2, max_size=40
)


def random_steps(seed: int, count: int) -> list[Step]:
    rng = Random(seed)
    return [
        (rng.randrange(9), rng.randrange(12), rng.randrange(9), rng.randrange(9), rng.randrange(10))
        for _ in range(count)
    ]


@pytest.mark.parametrize("check", fold_checks.CHECKS)
@given(steps=STEPS, seed=st.integers(0, 1 << 30))
def test_shrinking_plays(
    check: Callable[[Play, Random], None], steps: list[Step], seed: int
) -> None:
    check(Play().run(steps), Random(seed))


@pytest.mark.parametrize("check", fold_checks.CHECKS)
@pytest.mark.parametrize("skew", [True, False])
def test_long_plays(check: Callable[[Play, Random], None], skew: bool) -> None:
    for seed in range(25):
        check(Play(skew=skew).run(random_steps(seed, 150)), Random(seed))
