"""Tables that run over pages: repeated header, zebra rows, long cells wrapped and, if need be, cut.

Cells are plain texts measured once. That keeps a list of ten thousand rows to a few seconds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from bankcc.reports.page import (
    BAND,
    HAIRLINE,
    INK,
    QUIET,
    ZEBRA,
    BoxMark,
    LineMark,
    Sheet,
    baseline,
)
from bankcc.reports.text import may_break, visible

Align = Literal["left", "right", "center"]

PAD = 4.0
LEADING = 1.35
SAMPLE = 200
KEEP_ROWS = 6  # a table of up to so many rows is not cut
HEADER_LINES = 12  # a header as tall as the page would leave no room for rows
SHORT = 9.0  # ems: texts up to this width are kept in one line where the page allows it
KEEP_WHOLE = 0.4  # of a page: a row up to this height moves to the next page rather than being cut


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column. `weight` is its share of the width beyond what its words need."""

    label: str
    weight: float = 1.0
    align: Align = "left"


class TableWriter:
    """Writes rows below each other on a sheet, going to new pages as they fill."""

    def __init__(
        self, sheet: Sheet, columns: Sequence[Column], widths: Sequence[float], size: float
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._widths = widths
        self._size = size
        self._leading = size * LEADING
        self._rooms = [
            width - sum(_paddings(column)) for column, width in zip(columns, widths, strict=True)
        ]
        self._header = [
            sheet.lines_of(column.label, width, size=size, bold=True)[:HEADER_LINES]
            for column, width in zip(columns, self._rooms, strict=True)
        ]

    def height_of(self, rows: Iterable[Sequence[str]]) -> float:
        """Height of the header and these rows, at most that of a page."""
        height = self._height(self._header) + sum(self._height(self._cut(row)) for row in rows)
        return min(height, self._sheet.full_room)

    def header(self) -> None:
        """The header row at the cursor."""
        self._paint(self._header, fill=BAND, bold=True)

    def row(self, cells: Sequence[str], *, striped: bool) -> None:
        """One row; `striped` ones lie on a band."""
        sheet = self._sheet
        texts = self._cut(cells)
        fill = ZEBRA if striped else ""
        height = self._height(texts)
        if height > sheet.room and height <= sheet.full_room * KEEP_WHOLE:
            self._next_page()
        while self._height(texts) > sheet.room:
            fits = int((sheet.room - 2 * PAD) / self._leading)
            if fits < 2:
                self._next_page()
                continue
            self._paint([lines[:fits] for lines in texts], fill=fill)
            name = texts[0][:1]
            texts = [lines[fits:] for lines in texts]
            texts[0] = texts[0] or name  # whose text goes on here
            self._next_page()
        self._paint(texts, fill=fill)

    def _cut(self, cells: Sequence[str]) -> list[list[str]]:
        return [
            self._sheet.lines_of(cell, width, size=self._size)
            for cell, width in zip(cells, self._rooms, strict=True)
        ]

    def _next_page(self) -> None:
        self._sheet.new_page()
        self.header()

    def _height(self, cells: Sequence[Sequence[str]]) -> float:
        return max((len(lines) for lines in cells), default=1) * self._leading + 2 * PAD - 2

    def _paint(self, cells: Sequence[Sequence[str]], *, fill: str, bold: bool = False) -> None:
        sheet, size = self._sheet, self._size
        height = self._height(cells)
        if fill:
            sheet.page.boxes.append(BoxMark(sheet.left, sheet.y - height, sheet.span, height, fill))
        x = sheet.left
        top = sheet.y - PAD + 1 - baseline(size, self._leading)
        for column, width, lines in zip(self._columns, self._widths, cells, strict=True):
            before, after = _paddings(column)
            at = {"left": x + before, "right": x + width - after, "center": x + width / 2}[
                column.align
            ]
            for number, line in enumerate(lines):
                if line:
                    sheet.put(
                        at,
                        top - number * self._leading,
                        line,
                        size=size,
                        bold=bold,
                        align=column.align,
                        color=INK,
                    )
            x += width
        sheet.y -= height
        sheet.page.lines.append(LineMark(sheet.left, sheet.y, sheet.right, sheet.y, HAIRLINE))


def write_table(
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    size: float = 9.0,
    empty: str = "",
    alike: Sequence[Sequence[str]] = (),
    heading: Callable[[float], None] | None = None,
) -> int:
    """A whole table at the cursor; `empty` stands there if it has no rows. Returns how many it has.

    Tables given the same rows in `alike` have the same widths. `heading` is called before the table
    with the height that must stay with it: all of a small table, the first rows of a large one.
    """
    source = iter(rows)
    sample = list(islice(source, SAMPLE))
    if not sample:
        if heading:
            heading(size * 2)
        sheet.write(empty, size=size + 0.5, color=QUIET)
        return 0
    writer = TableWriter(sheet, columns, _widths(sheet, columns, alike or sample, size), size)
    keep = writer.height_of(sample if len(sample) <= KEEP_ROWS else sample[:2])
    if heading:
        heading(keep)
    sheet.need(keep)
    writer.header()
    count = 0
    for chunk in (sample, source):
        for cells in chunk:
            writer.row(cells, striped=count % 2 == 1)
            count += 1
    return count


def _widths(
    sheet: Sheet, columns: Sequence[Column], sample: Sequence[Sequence[str]], size: float
) -> list[float]:
    """Short texts stay in one line if all columns can do so, otherwise at least words do."""
    least = natural_widths(sheet, columns, sample, size)
    if sum(least) > sheet.span:
        least = word_widths(sheet, columns, sample, size)
    return fit_widths(least, columns, sheet.span)


def word_widths(
    sheet: Sheet, columns: Sequence[Column], sample: Sequence[Sequence[str]], size: float
) -> list[float]:
    """The least width of each column that keeps its header and its longest word whole."""
    return _least_widths(sheet, columns, sample, size, whole=0.0)


def natural_widths(
    sheet: Sheet, columns: Sequence[Column], sample: Sequence[Sequence[str]], size: float
) -> list[float]:
    """The width of each column that also keeps short texts whole: names, dates with a time."""
    return _least_widths(sheet, columns, sample, size, whole=SHORT * size)


def _least_widths(
    sheet: Sheet,
    columns: Sequence[Column],
    sample: Sequence[Sequence[str]],
    size: float,
    *,
    whole: float,
) -> list[float]:
    """Widths that tear no word and no text narrower than `whole`, within reason."""
    face = sheet.fonts.regular
    widths = []
    for index, column in enumerate(columns):
        label = sheet.fonts.bold.width(visible(column.label), size)
        widest = 0.0
        for text in {visible(row[index]) for row in sample}:
            width = face.width(text.replace("\n", ""), size)
            if width > whole:
                width = max((face.width(word, size) for word in _words(text)), default=0.0)
            widest = max(widest, width)
        padding = _paddings(column)
        widths.append(max(min(label, 8 * size), min(widest, 16 * size)) + sum(padding) + 1)
    return widths


def _paddings(column: Column) -> tuple[float, float]:
    """Space left and right of a cell: figures keep away from the words of the next column."""
    return (PAD, PAD + 8) if column.align == "right" else (PAD, PAD)


def _words(text: str) -> list[str]:
    """The pieces of `text` that should not be torn apart."""
    pieces, start = [], 0
    for place in range(1, len(text)):
        if may_break(text, place) or text[place] == "\n":
            pieces.append(text[start:place].strip())
            start = place
    pieces.append(text[start:].strip())
    return pieces


def fit_widths(least: Sequence[float], columns: Sequence[Column], total: float) -> list[float]:
    """Widths that sum to `total`: shares by weight, none below its least width if it can be."""
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    fixed: set[int] = set()
    while True:
        room = total - sum(least[index] for index in fixed)
        weights = sum(column.weight for i, column in enumerate(columns) if i not in fixed)
        widths = [
            least[i] if i in fixed else room * column.weight / weights
            for i, column in enumerate(columns)
        ]
        short = {i for i, width in enumerate(widths) if i not in fixed and width < least[i]}
        if not short:
            return widths
        fixed |= short
