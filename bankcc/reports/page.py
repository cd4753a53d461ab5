"""Pages as lists of marks: laid out first, painted when the number of pages is known.

Laying out needs only character widths; `paint` is the one place that draws. Lengths are points,
the origin is the lower left corner of the page, as in PDF.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bankcc.reports.fonts import Fonts, Typeface
from bankcc.reports.text import break_lines, visible

A4 = (595.28, 841.89)
A3 = (841.89, 1190.55)
MARGIN = 45.0
HEAD_ROOM = 22.0
FOOT_ROOM = 30.0

INK = "#16202E"
QUIET = "#495667"
ACCENT = "#0B5CAD"
ALARM = "#7A0A1F"
HAIRLINE = "#C3CCD6"
BAND = "#E3E8EE"
ZEBRA = "#F5F7FA"

PROSE_LEADING = 1.5


@dataclass(frozen=True, slots=True)
class TextMark:
    """One line of text starting at (x, y), y being its baseline."""

    x: float
    y: float
    text: str
    face: Typeface
    size: float
    color: str


@dataclass(frozen=True, slots=True)
class BoxMark:
    """A filled rectangle, by its lower left corner."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    thickness: float = 0.5


@dataclass(frozen=True, slots=True)
class DrawingMark:
    """A chart, by its lower left corner."""

    x: float
    y: float
    drawing: Any


@dataclass(slots=True)
class Page:
    """What stands on one page. Boxes and lines lie under drawings, drawings under texts."""

    boxes: list[BoxMark] = field(default_factory=list)
    lines: list[LineMark] = field(default_factory=list)
    drawings: list[DrawingMark] = field(default_factory=list)
    texts: list[TextMark] = field(default_factory=list)


class Sheet:
    """A roll of pages with a cursor. `y` is the upper edge of what comes next."""

    def __init__(
        self, fonts: Fonts, *, landscape: bool = False, paper: tuple[float, float] = A4
    ) -> None:
        self.fonts = fonts
        self.width, self.height = (paper[1], paper[0]) if landscape else paper
        self.left, self.right = MARGIN, self.width - MARGIN
        self.bottom = MARGIN + FOOT_ROOM - 10
        self.pages: list[Page] = []
        self.y = 0.0
        self.new_page()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def span(self) -> float:
        """Width between the margins."""
        return self.right - self.left

    @property
    def room(self) -> float:
        """Height left on this page."""
        return self.y - self.bottom

    @property
    def full_room(self) -> float:
        """Height of an empty page after the first."""
        return self.height - MARGIN - HEAD_ROOM - self.bottom

    def new_page(self) -> None:
        """Go to the top of the next page."""
        self.pages.append(Page())
        self.y = self.height - MARGIN - (HEAD_ROOM if len(self.pages) > 1 else 0)

    def need(self, height: float) -> None:
        """Start a new page unless `height` still fits on this one."""
        if height > self.room and self.room < self.full_room - 1:
            self.new_page()

    def put(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        bold: bool = False,
        color: str = INK,
        align: str = "left",
    ) -> None:
        """One line of `visible` text; `x` is its left, right or middle by `align`."""
        face = self.fonts.bold if bold else self.fonts.regular
        if align != "left":
            width = face.width(text, size)
            x -= width if align == "right" else width / 2
        self.page.texts.append(TextMark(x, y, text, face, size, color))

    def lines_of(self, text: str, width: float, *, size: float, bold: bool = False) -> list[str]:
        """Any text as lines that fit in `width`."""
        face = self.fonts.bold if bold else self.fonts.regular
        return break_lines(visible(text), width / size, face.advance)

    def write(
        self,
        text: str,
        *,
        size: float = 10.5,
        bold: bool = False,
        color: str = INK,
        indent: float = 0.0,
        align: str = "left",
    ) -> None:
        """A paragraph over as many pages as it takes; neither a first nor a last line stands
        alone.
        """
        leading = size * PROSE_LEADING
        lines = self.lines_of(text, self.span - indent, size=size, bold=bold)
        middle = (self.left + self.right) / 2
        x = {"left": self.left + indent, "center": middle, "right": self.right}
        for number, line in enumerate(lines):
            follows = len(lines) - number
            alone = follows == 2 or (number == 0 and follows > 1)
            self.need(leading * (2 if alone else 1))
            self.put(
                x[align],
                self.y - baseline(size, leading),
                line,
                size=size,
                bold=bold,
                color=color,
                align=align,
            )
            self.y -= leading

    def rule(self, *, color: str = HAIRLINE, thickness: float = 0.5) -> None:
        """A line across the page at the cursor."""
        self.page.lines.append(LineMark(self.left, self.y, self.right, self.y, color, thickness))


def baseline(size: float, leading: float) -> float:
    """Distance from the top of a line of text down to its baseline: Han characters look centred."""
    return (leading - size) / 2 + size * 0.88


def paint(canvas: Any, pages: Sequence[Page], watermark: str, fonts: Fonts) -> None:
    """Draw all pages on a reportlab canvas, in order, and end each."""
    for page in pages:
        _paint_shapes(canvas, page)
        if watermark:
            _paint_watermark(canvas, watermark, fonts)
        for mark in page.drawings:
            from reportlab.graphics import renderPDF

            renderPDF.draw(mark.drawing, canvas, mark.x, mark.y)
        _paint_texts(canvas, page.texts)
        canvas.showPage()


def _paint_shapes(canvas: Any, page: Page) -> None:
    for box in page.boxes:
        canvas.setFillColor(box.color)
        canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
    for line in page.lines:
        canvas.setStrokeColor(line.color)
        canvas.setLineWidth(line.thickness)
        canvas.line(line.x1, line.y1, line.x2, line.y2)


def _paint_watermark(canvas: Any, text: str, fonts: Fonts) -> None:
    width, height = canvas._pagesize
    face = fonts.bold
    size = min(150.0, 0.7 * min(width, height) / face.width(text, 1))
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(45)
    start = -face.width(text, size) / 2
    pen = canvas.beginText(start, -size / 3)
    pen.setFillColor("#F1EBF6")
    for name, piece in face.runs(text):
        pen.setFont(name, size)
        pen.textOut(piece)
    canvas.drawText(pen)
    canvas.restoreState()


def _paint_texts(canvas: Any, marks: Iterable[TextMark]) -> None:
    """One text object for the whole page: repeating fonts and colours only where they change."""
    pen = canvas.beginText(0, 0)
    font: tuple[str, float] | None = None
    color = ""
    for mark in marks:
        pen.setTextOrigin(mark.x, mark.y)
        if mark.color != color:
            color = mark.color
            pen.setFillColor(color)
        for name, piece in mark.face.runs(mark.text):
            if font != (name, mark.size):
                font = (name, mark.size)
                pen.setFont(name, mark.size)
            pen.textOut(piece)
    canvas.drawText(pen)
