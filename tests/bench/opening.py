"""Opening a center and checking it whole."""

from pathlib import Path

from bankcc.paths import Paths
from bankcc.session import Session
from tests.bench.measure import Result, median, ms, seconds


def measure(folder: Path, count: int) -> list[Result]:
    opened = [seconds(lambda: Session.open(Paths(folder)).close()) for _at in range(5)]
    with Session.open(Paths(folder), write=False) as session:
        reports = []
        checked = seconds(lambda: reports.append(session.verify()))
    assert reports[0].ok, reports[0].problems
    return [
        Result(f"open and close, {count:,} calls", ms(median(opened))),
        Result(
            f"verify every page, hash and link, {count:,} calls",
            f"{checked:.1f} s ({reports[0].operations / checked:,.0f} operations/s)",
        ),
    ]
