"""The first page of a report as a picture, before it is written.

Rule: the report is made in a temporary folder that is gone afterwards; pdfium works for one at a
time.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from PySide6.QtGui import QImage

from bankcc.i18n import _
from bankcc.reports.board import board_report, render_board
from bankcc.reports.data import situation_report
from bankcc.reports.list_data import list_report
from bankcc.reports.listing import render_list
from bankcc.reports.situation import render_situation
from bankcc.session import Session
from ui.reports.sorts import BOARD, SITUATION, Order

MOST_ROWS = 200
"""So many rows fill the first pages of any list."""
SHARPNESS = 2.0
"""Pixels per point: enough for a page as high as a large screen."""
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A picture (4 bytes a pixel, blue first) and the number of pages; `cut`: rows were left
    out, so that there are more."""

    pixels: bytes
    width: int
    height: int
    stride: int
    pages: int
    cut: bool = False

    def image(self) -> QImage:
        """The picture, with memory of its own."""
        form = QImage.Format.Format_RGB32
        return QImage(self.pixels, self.width, self.height, self.stride, form).copy()


def first_page(session: Session, order: Order) -> FirstPage:
    """Make the report and draw its first page. Raises ImportError where pdfium is missing."""
    with tempfile.TemporaryDirectory(prefix="bankcc-preview-") as folder:
        target = Path(folder) / "page.pdf"
        cut = _make(session, order, target)
        return _draw(target, cut=cut)


def _make(session: Session, order: Order, target: Path) -> bool:
    """Write the report to `target`; whether rows were left out."""
    if order.sort.id == SITUATION:
        report = situation_report(
            session,
            since=order.issue.since,
            until=order.until,
            issue_no=order.issue.number,
            compiled_by=order.compiled,
            approved_by=order.approved,
        )
        render_situation(report, target)
        return False
    if order.sort.id == BOARD:
        render_board(board_report(session), target, paper=order.paper)
        return False
    whole = order.sort.query(order.until)
    query = whole.but(limit=MOST_ROWS)
    render_list(list_report(session, query.kind, query, title=_(order.sort.label)), target)
    return session.count(whole) > MOST_ROWS


def _draw(file: Path, *, cut: bool) -> FirstPage:
    import pypdfium2  # 4 MB of library that only this needs

    with _one_at_a_time, pypdfium2.PdfDocument(file.read_bytes()) as document:
        bitmap = document[0].render(scale=SHARPNESS, prefer_bgrx=True)
        pixels, pages = bytes(bitmap.buffer), len(document)
        return FirstPage(pixels, bitmap.width, bitmap.height, bitmap.stride, pages, cut)
