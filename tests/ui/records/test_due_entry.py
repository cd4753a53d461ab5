"""Deadlines as people type them."""

import pytest

from bankcc.clock import local, to_ms
from bankcc.errors import FieldError
from ui.records.due_entry import due_entry, due_from

NOW = 1_795_415_520_000  # 2026-11-23 14:32


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1530", "2026-11-23 15:30"),
        ("１５：３０", "2026-11-23 15:30"),
        ("15。30", "2026-11-23 15:30"),
        ("930", "2026-11-24 09:30"),  # has passed today
        ("14:32", "2026-11-24 14:32"),
        ("+45", "2026-11-23 15:17"),
        ("2026-12-01 08:00", "2026-12-01 08:00"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    found = due_from(typed, NOW)
    assert found is not None
    assert f"{local(found):%Y-%m-%d %H:%M}" == meant
    assert due_from(due_entry(found), NOW) == to_ms(local(found).replace(second=0, microsecond=0))


def test_nothing_takes_it_away() -> None:
    assert due_from("  ", NOW) is None
    assert due_entry(0) == ""


@pytest.mark.parametrize("typed", ["2561", "soon", "15:75"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(FieldError):
        due_from(typed, NOW)
