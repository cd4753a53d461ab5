"""Prints how fast the promises of the design are kept: `python -m tests.bench`.

Everything is measured in this one run on this machine, ratios where the bar is one; the files lie
in a temporary folder that goes with the run. Nothing here fails because a machine is slow.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench import (
    big_list,
    bulk_load,
    documents,
    gui_blocks,
    one_operation,
    opening,
    panel_switch,
    repeat_banner,
    searching,
    starting,
)
from tests.bench.calls import new_center
from tests.bench.measure import Result, table

WINDOW = ("switch", "repeat", "blocks")
ROWS = ("start", "operation", "search", "list", "bulk", "documents", "open", *WINDOW)
RECORDS = (50_000, 1_000_000)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=list(RECORDS))
    parser.add_argument("--rows", default=",".join(ROWS), help=f"of {', '.join(ROWS)}")
    parser.add_argument("--json", type=Path, help="also write the results there")
    parser.add_argument("--folder", type=Path, help="where the temporary folder is made")
    given = parser.parse_args(arguments)
    wanted = set(given.rows.split(","))
    if unknown := wanted - set(ROWS):
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    results: list[Result] = []

    def add(found: Callable[[], list[Result]]) -> None:
        for result in found():
            results.append(result)
            print(f"  {result.what}: {result.measured}", flush=True)

    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if "documents" in wanted:
            add(lambda: documents.measure(Path(folder)))
        for at, count in enumerate(sorted(given.records)):
            measure_center(Path(folder) / str(count), count, wanted, add, smallest=at == 0)
    print("\n" + table(results))
    if given.json:
        given.json.write_text(json.dumps([asdict(result) for result in results], indent=1))


def measure_center(
    folder: Path,
    count: int,
    wanted: set[str],
    add: Callable[[Callable[[], list[Result]]], None],
    *,
    smallest: bool,
) -> None:
    """All rows about a center with `count` calls; those about its size alone for the smallest."""
    folder.mkdir()
    center = folder / "center"
    session = new_center(center)
    try:
        if "bulk" in wanted:
            add(lambda: bulk_load.measure(session, count, folder))
        else:
            bulk_load.fill(session, count)
        if "search" in wanted:
            add(lambda: searching.measure(session, count))
        if "operation" in wanted:
            add(lambda: one_operation.measure(session, folder, f"{count:,} calls"))
            if smallest and one_operation.MEMORY.is_dir():
                add(_in_memory)
    finally:
        session.close()
    if "list" in wanted:
        add(lambda: big_list.measure(center, count))
    if "open" in wanted:
        add(lambda: opening.measure(center, count))
    if "start" in wanted and smallest:
        add(lambda: starting.measure(center, count))
    if smallest and wanted & set(WINDOW):
        measure_window(folder / "window", count, wanted, add)


def measure_window(
    folder: Path,
    count: int,
    wanted: set[str],
    add: Callable[[Callable[[], list[Result]]], None],
) -> None:
    """The rows about the window at work, over the example with `count` calls more."""
    folder.mkdir()
    example = folder / "example"
    gui_blocks.prepare(example, count)
    starting.compile_ahead(example)
    if "switch" in wanted:
        add(lambda: panel_switch.measure(example, count))
    if "repeat" in wanted:
        add(lambda: repeat_banner.measure(example, count))
    if "blocks" in wanted:
        add(lambda: gui_blocks.measure(example, count))


def _in_memory() -> list[Result]:
    with tempfile.TemporaryDirectory(dir=one_operation.MEMORY) as folder:
        return one_operation.measure_in_memory(Path(folder))


if __name__ == "__main__":
    main()
