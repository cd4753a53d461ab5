"""Export to xlsx and CSV: `export(session, query, path)`. Whole or not at all; memory does not grow
with rows.

No cell can run: in xlsx every text is an explicit string, in CSV an apostrophe stands before
formulas.
"""

import csv
import io
import itertools
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from bankcc.errors import Refused, UserError
from bankcc.i18n import _
from bankcc.schema.query import Query
from bankcc.tabular.cells import Finding
from bankcc.tabular.door import Reader
from bankcc.tabular.out_cells import OutCell, OutRows
from bankcc.tabular.safe_cell import protect
from bankcc.whole_file import whole

SHEET_ROWS = 1_048_576
_CELL = 32_767
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written. `cut`: texts too long for a spreadsheet cell, shortened."""

    path: Path
    rows: int
    cut: int = 0


def export(
    session: Reader,
    query: Query,
    path: Path,
    *,
    reveal: bool = False,
    columns: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ExportReport:
    """Write what `query` finds to `path` (.xlsx or .csv). Phones are masked unless `reveal`.

    Raises UserError for another ending or when cancelled, StorageError when the disk refuses; then
    a file already there is untouched.
    """
    form = path.suffix.lower()
    if form not in (".xlsx", ".csv"):
        raise Refused(
            _("A table is written as .xlsx or .csv."), next_step=_("Choose one of the two endings.")
        )
    out = OutRows(session, session.kinds[query.kind], reveal=reveal, columns=columns)
    counted = _Counted(out.of(query, cancelled), progress)
    with whole(path) as part:
        if form == ".csv":
            write_csv(part, out.header(), counted)
            cut = 0
        else:
            widths = [item.width for item in out.fields]
            cut = write_xlsx(
                part, out.header(), counted, path.parent, title=_(out.kind.plural), widths=widths
            )
        if cancelled():
            raise UserError(_("The export was cancelled."), safe=_("No file was written."))
    return ExportReport(path, counted.rows, cut)


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Row, column and reason of each finding, as CSV. Raises StorageError."""
    with whole(path) as part:
        rows = ((str(one.row or ""), one.place, one.reason) for one in findings)
        write_csv(part, [_("Row"), _("Column"), _("Reason")], rows)


class _Counted:
    """Rows on their way, told to `progress` every so often."""

    def __init__(
        self, rows: Iterator[list[OutCell]], progress: Callable[[int], None] | None
    ) -> None:
        self._source = rows
        self._progress = progress
        self.rows = 0

    def __iter__(self) -> Iterator[list[OutCell]]:
        for row in self._source:
            self.rows += 1
            if self._progress and self.rows % 500 == 0:
                self._progress(self.rows)
            yield row


def write_csv(out: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[OutCell]]) -> None:
    """UTF-8 with BOM and CRLF, as the spreadsheet programs of branch offices expect."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    for row in itertools.chain([header], rows):
        writer.writerow([protect(_legal("" if cell is None else str(cell))) for cell in row])
    text.flush()
    text.detach()


def write_xlsx(
    out: IO[bytes],
    header: Sequence[str],
    rows: Iterable[Sequence[OutCell]],
    spill: Path,
    *,
    title: str,
    widths: Sequence[int] = (),
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """A workbook with a frozen header row; rows beyond a sheet's limit continue on another sheet.

    `spill`: where the sheets lie while they grow, beside the file and never in the system's shared
    folder. Returns how many texts were cut to the length a cell can hold.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    source = iter(rows)
    cut = 0
    with tempfile.TemporaryDirectory(prefix=".export-", dir=spill) as folder:
        for number in itertools.count(1):
            name = title if number == 1 else f"{title} {number}"
            sheet = _Sheet(book, name, Path(folder) / str(number), widths)
            try:
                sheet.append(header, bold=True)
                for row in itertools.islice(source, sheet_rows - 1):
                    sheet.append(row)
            except BaseException:
                sheet.abandon()
                raise
            cut += sheet.cut
            following = next(source, None)
            if following is None:
                break
            source = itertools.chain([following], source)
        # The library's own save leaves its archive open when the disk refuses.
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).save()
    return cut


class _Sheet:
    """One sheet while it is written. The cells of a row are used again for the next one."""

    def __init__(self, book: Any, title: str, file: Path, widths: Sequence[int]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter

        self.cut = 0
        self._sheet = book.create_sheet(_NOT_IN_TITLE.sub(" ", title)[:31])
        self._sheet.freeze_panes = "A2"
        for column, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(column)].width = width * 1.2 + 2
        # openpyxl would put names and phones into the system's temporary folder.
        ALL_TEMP_FILES.append(str(file))
        self._sheet._writer = WorksheetWriter(self._sheet, out=str(file))
        self._sheet._writer.write_top()
        self._new_cell: Callable[[], Any] = partial(WriteOnlyCell, self._sheet)
        self._text = self._style()
        self._bold = self._style(Font(bold=True))
        self._cells: list[Any] = []

    def _style(self, font: Any = None) -> Any:
        """Text format and the mark that spreadsheet programs themselves set for “this is text”."""
        cell = self._new_cell()
        cell.number_format = "@"
        cell.quotePrefix = True
        if font:
            cell.font = font
        return cell._style

    def append(self, values: Sequence[OutCell], *, bold: bool = False) -> None:
        """Write one row: texts as explicit strings, whatever they begin with."""
        while len(self._cells) < len(values):
            self._cells.append(self._new_cell())
        row: list[Any] = []
        for cell, value in zip(self._cells, values, strict=False):
            text = _LOOKS_ESCAPED.sub("_x005F_", _legal(value)) if isinstance(value, str) else ""
            if not text:
                row.append(value if isinstance(value, int) else None)
                continue
            if len(text) > _CELL:
                self.cut += 1
                text = text[: _CELL - 1] + "…"
            cell.value = text
            cell.data_type = "s"
            cell._style = self._bold if bold else self._text
            row.append(cell)
        self._sheet.append(row)

    def abandon(self) -> None:
        """After a failure: close the streams now, or they complain when they are collected."""
        for stream in filter(None, (self._sheet._rows, self._sheet._writer.xf)):
            with suppress(OSError):
                stream.close()


def _legal(text: str) -> str:
    """`text` without what neither file can hold."""
    return _NOT_XML.sub("", text)
