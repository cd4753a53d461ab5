"""A list over everything, in a process of its own: first page, jumps, memory."""

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

import psutil

from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.bench.measure import Result, ms, seconds, share

PAGE = 200
HEAD = 1_000
"""The screen reads so many first, paints them, and reads the order of the rest behind them."""
JUMPS = 200
FIRST, ALL, JUMP, MEMORY = 0.7, 0.5, 0.030, 60


def measure(folder: Path, count: int) -> list[Result]:
    command = [sys.executable, "-m", "tests.bench.big_list", str(folder)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    what = f"list of {count:,} rows"
    return [
        Result(
            f"{what}: first page, as it is painted",
            ms(found["first"]),
            "<= 700 ms",
            found["first"] <= FIRST,
        ),
        Result(
            f"{what}: order of all rows, read behind the first page",
            ms(found["all"]),
            "<= 500 ms",
            found["all"] <= ALL,
        ),
        Result(
            f"{what}: jump to a random page of {PAGE}",
            f"p50 {ms(found['p50'])}, p95 {ms(found['p95'])}",
            "p95 <= 30 ms",
            found["p95"] <= JUMP,
        ),
        Result(
            f"{what}: memory after {JUMPS} jumps",
            f"+{found['memory']:.0f} MB over the opened center",
            "<= 60 MB",
            found["memory"] <= MEMORY,
        ),
    ]


def be_the_process(folder: Path) -> dict[str, float]:
    """Open, list, jump; times in seconds, memory in MB."""
    process = psutil.Process()
    with Session.open(Paths(folder), write=False) as session:
        session.rows("inquiry", [1])
        before = process.memory_info().rss

        def paint() -> None:
            session.rows("inquiry", session.ids(Query("inquiry", limit=HEAD))[:PAGE])

        first = seconds(paint)
        started = time.perf_counter()
        ids = session.ids(Query("inquiry"))
        everything = time.perf_counter() - started
        random = Random(4)
        jumps = []
        for _at in range(JUMPS):
            start = random.randrange(len(ids))
            jumps.append(seconds(partial(session.rows, "inquiry", ids[start : start + PAGE])))
        memory = (process.memory_info().rss - before) / 1e6
    return {
        "first": first,
        "all": everything,
        "p50": share(jumps, 50),
        "p95": share(jumps, 95),
        "memory": memory,
    }


if __name__ == "__main__":
    print(json.dumps(be_the_process(Path(sys.argv[1]))))
