"""What a measurement is, and how times are taken: in turns, medians, one run."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. `met` None: shown for comparison, there is no bar."""

    what: str
    measured: str
    bar: str = ""
    met: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.met is None else "met" if self.met else "NOT MET"


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def interleaved(rounds: int, *works: Callable[[int], object]) -> list[list[float]]:
    """The times of each work, done in turns so that a busy machine treats all alike."""
    times: list[list[float]] = [[] for _work in works]
    for at in range(rounds):
        for taken, work in zip(times, works, strict=True):
            taken.append(seconds(partial(work, at)))
    return times


def median(times: Sequence[float]) -> float:
    return statistics.median(times)


def share(times: Sequence[float], percent: float) -> float:
    """The time that `percent` of `times` stay below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def ms(value: float) -> str:
    return f"{value * 1000:.3f} ms" if value < 0.01 else f"{value * 1000:.1f} ms"


def table(results: Sequence[Result]) -> str:
    """The results as text."""
    rows = [
        ("what", "measured", "bar", ""),
        *((r.what, r.measured, r.bar, r.verdict) for r in results),
    ]
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
