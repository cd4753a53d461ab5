"""Any kind of record as a printed list: its declared columns, already formatted, in the order
given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from bankcc.i18n import _
from bankcc.reports.document import Document, Letterhead
from bankcc.reports.fonts import load
from bankcc.reports.page import Sheet
from bankcc.reports.privacy import refuse_full_phones
from bankcc.reports.table import SAMPLE, Column, natural_widths

SIZE = 8.5
PORTRAIT_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class ListReport:
    """A list to be printed. `rows` may be a generator; it is read once.

    Every row has a text for every column. `filters` says in words what was left out.
    """

    letterhead: Letterhead
    columns: tuple[Column, ...]
    rows: Iterable[tuple[str, ...]]
    filters: str = ""
    total: int | None = None


def render_list(
    report: ListReport, target: Path, *, reveal: bool = False, fonts: Path | None = None
) -> Path:
    """Write the list as PDF to `target`, replacing what is there. Returns `target`.

    Lies on its side when its columns do not fit upright. Raises Refused if a full mobile number is
    in any text and `reveal` is not set, StorageError if the disk refuses.
    """
    loaded = load(fonts)
    rows = iter(report.rows)
    sample = list(islice(rows, SAMPLE))
    upright = Sheet(loaded)
    widths = natural_widths(upright, report.columns, sample, SIZE)
    landscape = sum(widths) > upright.span or len(report.columns) > PORTRAIT_COLUMNS
    document = Document(report.letterhead, loaded, landscape=landscape)
    refuse_full_phones((report.letterhead, report.columns, report.filters), reveal=reveal)
    facts = [(_("Filter"), report.filters)]
    if report.total is not None:
        facts.append((_("Entries"), str(report.total)))
    document.head(facts)
    document.table(
        report.columns,
        _checked(chain(sample, rows), reveal=reveal),
        size=SIZE,
        empty=_("No entries."),
    )
    return document.save(target)


def _checked(rows: Iterable[tuple[str, ...]], *, reveal: bool) -> Iterable[tuple[str, ...]]:
    for row in rows:
        refuse_full_phones(row, reveal=reveal)
        yield row
