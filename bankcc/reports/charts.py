"""The two charts of the situation report, as vector drawings in colours that survive a
black-and-white printer.

Calls per quarter of an hour answer "is it rising, and about what?"; calls and closures since the
start answer "are we catching up?". Legends lie outside the plot, axes start at 0 and count in
whole numbers.
"""

from collections.abc import Sequence
from typing import Any

from bankcc.i18n import _
from bankcc.reports.figures import CallBuckets, CallFlow, axis_ticks, top_categories
from bankcc.reports.fonts import REGULAR, Fonts
from bankcc.reports.page import HAIRLINE, INK, QUIET
from bankcc.reports.text import visible

SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9")
OUTLINES = ("#00486F", "#8A5F00", "#005F45", "#8A4A70", "#2C7FB0")
PALE = ("#B3D4E8", "#F7DCA8", "#AEDDCF", "#EDD0E1", "#CBE6F7")
SIZE = 8.0
HEIGHT = 165.0


class _Plot:
    """A drawing with an inner frame, a scale and texts in the report's fonts."""

    def __init__(self, fonts: Fonts, width: float, *, top: float, right: float) -> None:
        from reportlab.graphics import shapes

        self.shapes = shapes
        self.fonts = fonts
        self.drawing = shapes.Drawing(width, HEIGHT, initialFontName=REGULAR)
        self.left, self.bottom = 30.0, 20.0
        self.right, self.top = width - right, HEIGHT - top
        self._highest = 1

    def text(
        self, x: float, y: float, text: str, *, anchor: str = "start", color: str = INK
    ) -> None:
        """One line; `anchor` is start, middle or end."""
        face = self.fonts.regular
        width = face.width(text, SIZE)
        x -= {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        for name, piece in face.runs(text):
            shown = self.shapes.String(
                x, y, piece, fontName=name, fontSize=SIZE, fillColor=_color(color)
            )
            self.drawing.add(shown)
            x += face.width(piece, SIZE)

    def line(self, points: Sequence[float], color: str, thickness: float, **more: Any) -> None:
        """A line through x, y, x, y …"""
        self.drawing.add(
            self.shapes.PolyLine(
                list(points), strokeColor=_color(color), strokeWidth=thickness, **more
            )
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str, edge: str) -> None:
        """A rectangle with a darker outline, which pale colours need on white paper."""
        self.drawing.add(
            self.shapes.Rect(
                x,
                y,
                width,
                height,
                fillColor=_color(fill),
                strokeColor=_color(edge),
                strokeWidth=0.6,
            )
        )

    def axes(self, highest: int, labels: Sequence[str], *, between: bool) -> None:
        """Grid lines with whole numbers, and as many time labels as fit side by side.

        `between`: labels belong to the middle of their stretch, otherwise to its point in time.
        """
        ticks = axis_ticks(highest)
        self._highest = ticks[-1]
        for tick in ticks:
            y = self.y(tick)
            self.line([self.left, y, self.right, y], QUIET if tick == 0 else HAIRLINE, 0.5)
            self.text(self.left - 5, y - 3, str(tick), anchor="end", color=QUIET)
        widest = max(self.fonts.regular.width(label, SIZE) for label in labels)
        every = max(1, -(-int((widest + 8) * len(labels)) // int(self.right - self.left)))
        for index, label in enumerate(labels):
            if index % every == 0:
                x = self.x(index + 0.5, len(labels)) if between else self.x(index, len(labels) - 1)
                self.text(x, self.bottom - 12, label, anchor="middle", color=QUIET)

    def x(self, index: float, parts: int) -> float:
        """Where part `index` of `parts` begins."""
        return self.left + (self.right - self.left) * index / max(parts, 1)

    def y(self, value: float) -> float:
        """Height of `value`; known once the axes are drawn."""
        return self.bottom + (self.top - self.bottom) * value / self._highest

    def hatch(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Slanted lines inside a box: this part is not complete."""
        step = 4.0
        offset = -height
        while offset < width:
            start, end = max(offset, 0.0), min(offset + height, width)
            if end > start:
                self.line([x + start, y + start - offset, x + end, y + end - offset], color, 0.4)
            offset += step


def _color(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)


def call_chart(buckets: CallBuckets, fonts: Fonts, width: float) -> Any:
    """Stacked bars of calls by category; a sentence instead of axes when there were none."""
    series = [(_short(name), counts) for name, counts in top_categories(buckets)]
    rows = _legend_rows(series, fonts, width - 30)
    plot = _Plot(fonts, width, top=8 + 13 * max(len(rows), 1), right=6)
    if not buckets.labels or not buckets.total:
        return _empty(plot)
    sums = [sum(column) for column in zip(*(counts for _n, counts in series), strict=True)]
    plot.axes(max(sums), buckets.labels, between=True)
    count = len(buckets.labels)
    slot = (plot.right - plot.left) / count
    thickness = min(slot * 0.72, 34.0)
    for index in range(count):
        unfinished = buckets.last_incomplete and index == count - 1
        x = plot.x(index + 0.5, count) - thickness / 2
        base = 0
        for number, (_name, counts) in enumerate(series):
            if counts[index]:
                low, high = plot.y(base), plot.y(base + counts[index])
                fill = PALE[number] if unfinished else SERIES[number]
                plot.box(x, low, thickness, high - low, fill, OUTLINES[number])
                if unfinished:
                    plot.hatch(x, low, thickness, high - low, OUTLINES[number])
            base += counts[index]
    for row, entries in enumerate(rows):
        for number, x in entries:
            y = HEIGHT - 11 - row * 13
            plot.box(plot.left + x, y, 8, 8, SERIES[number], OUTLINES[number])
            plot.text(plot.left + x + 12, y + 1, series[number][0])
    return plot.drawing


def flow_chart(flow: CallFlow, fonts: Fonts, width: float) -> Any:
    """Two stepped lines, calls and closures, named at their ends; the gap between them is open."""
    ends = [
        _("Calls {count}").format(count=flow.calls[-1] if flow.calls else 0),
        _("Closed {count}").format(count=flow.closed[-1] if flow.closed else 0),
    ]
    right = max(fonts.regular.width(end, SIZE) for end in ends) + 12
    plot = _Plot(fonts, width, top=8, right=right)
    if not flow.labels or not flow.calls[-1]:
        return _empty(plot)
    plot.axes(max(*flow.calls, *flow.closed), flow.labels, between=False)
    last = len(flow.labels) - 1
    heights = []
    for values, color, dash in (
        (flow.calls, SERIES[0], None),
        (flow.closed, OUTLINES[2], [5, 2]),
    ):
        points: list[float] = [plot.x(0, last), plot.y(values[0])]
        for index in range(1, last + 1):
            x = plot.x(index, last)
            points += [x, plot.y(values[index - 1]), x, plot.y(values[index])]
        if last == 0:
            points += [plot.right, plot.y(values[0])]
        plot.line(points, color, 1.6, strokeDashArray=dash)
        heights.append(plot.y(values[-1]))
    for y, end, color in zip(_apart(heights), ends, (SERIES[0], OUTLINES[2]), strict=True):
        plot.text(plot.right + 5, y - 3, end, color=color)
    return plot.drawing


def _apart(heights: Sequence[float]) -> tuple[float, float]:
    """Two label heights, pushed apart if they would overlap."""
    upper, lower = heights
    overlap = SIZE + 2 - (upper - lower)
    return (upper + overlap / 2, lower - overlap / 2) if overlap > 0 else (upper, lower)


def _short(label: str, most: int = 14) -> str:
    shown = visible(label).replace("\n", " ")
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _legend_rows(
    series: Sequence[tuple[str, tuple[int, ...]]], fonts: Fonts, width: float
) -> list[list[tuple[int, float]]]:
    """Rows of (series number, x): what fits side by side above the plot."""
    rows: list[list[tuple[int, float]]] = []
    x = width + 1
    for number, (name, _counts) in enumerate(series):
        needed = 12 + fonts.regular.width(name, SIZE) + 14
        if x + needed > width:
            rows.append([])
            x = 0.0
        rows[-1].append((number, x))
        x += needed
    return rows


def _empty(plot: _Plot) -> Any:
    plot.drawing.height = 40
    middle = plot.drawing.width / 2
    plot.text(middle, 16, _("No calls in this period"), anchor="middle", color=QUIET)
    return plot.drawing
