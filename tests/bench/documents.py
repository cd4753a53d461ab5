"""Situation reports of 10 and of 200 pages, from the demo center with a longer timeline."""

from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from pypdf import PdfReader

from bankcc import demo
from bankcc.clock import SystemClock
from bankcc.paths import Paths
from bankcc.reports.data import situation_report
from bankcc.reports.situation import SituationReport, render_situation
from bankcc.session import Session
from tests.bench.measure import Result, seconds

BARS = {10: 1.0, 200: 5.0}


def measure(folder: Path) -> list[Result]:
    paths = Paths(folder / "demo")
    demo.create(paths, clock=SystemClock())
    with Session.open(paths, write=False) as session:
        base = situation_report(session, since=None, until=session.clock.now_ms(), issue_no=1)
    lines = _lines_per_page(base, folder)
    results = []
    for pages, bar in BARS.items():
        report = _stretched(base, int(pages * lines))
        target = folder / f"{pages}.pdf"
        taken = seconds(partial(render_situation, report, target))
        found = len(PdfReader(target).pages)
        results.append(
            Result(
                f"situation report PDF, {found} pages",
                f"{taken:.2f} s",
                f"<= {bar:.0f} s for {pages} pages",
                taken * pages / found <= bar,
            )
        )
    return results


def _stretched(base: SituationReport, lines: int) -> SituationReport:
    return replace(base, timeline=tuple(islice(cycle(base.timeline), lines)))


def _lines_per_page(base: SituationReport, folder: Path) -> float:
    """Timeline lines on a page, found by trying; also loads fonts and libraries once."""
    target = folder / "trial.pdf"
    render_situation(_stretched(base, 1_000), target)
    return 1_000 / len(PdfReader(target).pages)
