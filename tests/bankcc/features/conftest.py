"""A desk with nothing on it, for every test of the features."""

import pytest

from bankcc.clock import ManualClock
from tests.bankcc.features.fake_desk import FakeDesk


@pytest.fixture
def desk(clock: ManualClock) -> FakeDesk:
    return FakeDesk(clock)
