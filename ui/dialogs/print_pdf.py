"""A finished PDF on paper: the system's print dialog, then every page as a picture.

Rule: pages are drawn beside the screen; without a printer, or without the library that draws, the
file is opened in the program that the system has for it.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from bankcc.i18n import _
from ui.context import UiContext
from ui.dialogs.target_file import open_with_system
from ui.jobs import Progress
from ui.theme import Level

DOTS = 200
"""Per inch: sharp on paper, and a page is ready in a moment."""


def print_file(context: UiContext, path: Path) -> None:
    """Ask for the printer and print `path`."""
    if not has_printer():
        words = _("No printer is set up here; the file is opened instead.")
        context.messages.say(Level.INFO, words)
        open_with_system(path)
        return
    printer = ask_printer(context.window())
    if printer is None:
        return
    context.jobs.start(
        _("Printing {file}").format(file=path.name),
        lambda progress: pages_of(path, progress),
        done=lambda pages: _paint_or_open(pages, printer, path),
        owner=context.messages,
    )


def has_printer() -> bool:
    """Whether the system knows a printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(parent: QWidget | None) -> QPrinter | None:
    """The printer that was chosen; None if the person gave up."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    accepted = QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
    return printer if accepted else None


def pages_of(path: Path, progress: Progress) -> list[QImage]:
    """The pages as pictures; none where the library that draws them is missing."""
    try:
        import pypdfium2
    except ImportError:
        return []
    pages = []
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        for at in range(len(document)):
            progress.check()
            progress.report(at, len(document))
            bitmap = document[at].render(scale=DOTS / 72, prefer_bgrx=True)
            data = bytes(bitmap.buffer)
            form = QImage.Format.Format_RGB32
            pages.append(QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy())
    return pages


def _paint_or_open(pages: Sequence[QImage], printer: QPrinter, path: Path) -> None:
    if pages:
        paint(pages, printer)
    else:
        open_with_system(path)


def paint(pages: Sequence[QImage], printer: QPrinter) -> None:
    """Each page as large as the paper allows, lying if it lies."""
    painter = QPainter()
    for at, page in enumerate(pages):
        lies = page.width() > page.height()
        way = QPageLayout.Orientation
        printer.setPageOrientation(way.Landscape if lies else way.Portrait)
        if at == 0:
            painter.begin(printer)
        else:
            printer.newPage()
        room = QRectF(painter.viewport())
        scale = min(room.width() / page.width(), room.height() / page.height())
        painter.drawImage(QRectF(0, 0, page.width() * scale, page.height() * scale), page)
    painter.end()
