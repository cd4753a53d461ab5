"""The hybrid clock: rising, bounded, and never refusing."""

from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import UserError
from bankcc.ids import SeededChance
from bankcc.log import store
from bankcc.log.hlc import AHEAD_MS, HybridClock, milliseconds
from bankcc.log.op import decode_header
from bankcc.paths import Paths
from bankcc.schema.change import create, edit
from bankcc.session import Session
from tests.properties.centers import Meeting, open_center
from tests.properties.kinds import KINDS
from tests.properties.play import NOW_MS, YEAR_MS

NOW = 1_795_400_000_000


def test_ticks_within_one_millisecond_rise() -> None:
    clock = HybridClock()
    values = [clock.tick(NOW) for _ in range(70_000)]
    assert values == sorted(set(values))
    assert milliseconds(values[0]) == NOW
    assert milliseconds(values[-1]) == NOW + 1


def test_a_value_ten_minutes_ahead_is_believed_and_no_later_one() -> None:
    clock = HybridClock()
    assert clock.receive((NOW + AHEAD_MS) << 16, NOW)
    assert clock.tick(NOW) == ((NOW + AHEAD_MS) << 16) + 1
    assert not clock.receive((NOW + AHEAD_MS + 1) << 16, NOW)
    assert milliseconds(clock.tick(NOW)) == NOW + AHEAD_MS


def test_clocks_before_1970_and_far_beyond_stay_in_64_bits() -> None:
    clock = HybridClock()
    assert clock.tick(-5) == 1
    assert 0 < clock.tick(1 << 60) < 1 << 63
    assert 0 < clock.tick(1 << 60) < 1 << 63


def own_clocks(session: Session) -> list[int]:
    connection = session._opened.database.writer
    return [decode_header(stored.header).hlc for stored in store.read(connection, 1)]


@pytest.mark.parametrize("way", ["refused verb", "opened again"])
def test_a_laptop_from_the_future_does_not_carry_ours_away(tmp_path: Path, way: str) -> None:
    session = open_center(tmp_path / "center")
    meeting = Meeting(session)
    other = meeting.play.laptops[0]
    other.clock.ms = NOW_MS + 30 * YEAR_MS
    meeting.play.step((0, 0, 0, 0, 1))
    meeting.hear(other)
    if way == "refused verb":
        with pytest.raises(UserError):
            session.execute(edit("thing", "甲-X-9999", title="停电"))
    else:
        session.close()
        session = Session.open(
            Paths(tmp_path / "center"),
            clock=ManualClock(NOW_MS),
            chance=SeededChance(3),
            kinds=KINDS,
        )
    with session:
        session.execute(create("thing", title="复电"))
        assert milliseconds(own_clocks(session)[-1]) <= NOW_MS + 60_000 + AHEAD_MS
