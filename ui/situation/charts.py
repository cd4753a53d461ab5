"""The two charts of the situation: calls per quarter of an hour, and calls against closures.

Rule: axes count in whole numbers from 0, nothing can be dragged or zoomed, and colour never stands
alone: bars are outlined, lines are named at their ends and differ in stroke. pyqtgraph takes long
to load; `load_step` does it bit by bit, before the first `draw`.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPen
from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_, _, language
from bankcc.reports.charts import OUTLINES, SERIES
from bankcc.reports.figures import CallBuckets, CallFlow, axis_ticks, top_categories
from ui import theme
from ui.situation.chart_card import ChartCard, LegendEntry
from ui.situation.words import calls_sentence, flow_sentence
from ui.sliced_load import SlicedLoad

BAR = 0.72
TEXT = 12


def _import() -> None:
    import pyqtgraph  # noqa: F401  the import is what takes the time


_loading = SlicedLoad(_import, ("pyqtgraph", "numpy"))


def load_step() -> bool:
    """Load the chart library for a moment, on the screen's thread; whether it is there. Raises
    ImportError where it is missing."""
    return _loading.step()


def load() -> None:
    """Load what is left of it now. Raises ImportError where it is missing."""
    _loading.finish()


def outlines() -> tuple[str, ...]:
    """An outline for each series that stands out from its ground: darker, or lighter by night."""
    if theme.tokens().name != "dark":
        return OUTLINES
    return tuple(QColor(colour).lighter(150).name() for colour in SERIES)


class Canvas:
    """A plot without any of the library's menus and buttons: two axes and what is drawn."""

    def __init__(self, parent: QWidget) -> None:
        load()
        import pyqtgraph

        self.library: Any = pyqtgraph
        self.view = pyqtgraph.GraphicsView(parent)
        self.view.setInteractive(False)
        self.view.setFrameShape(self.view.Shape.NoFrame)
        self.view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box = pyqtgraph.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.left = pyqtgraph.AxisItem("left", linkView=self.box)
        self.bottom = pyqtgraph.AxisItem("bottom", linkView=self.box)
        # The label of the last bar may be wider than the bar.
        self.bottom.setStyle(hideOverlappingLabels=False)
        # The grid lines belong to the axis: it lies behind the bars.
        self.left.setZValue(-1)
        self.box.setZValue(1)
        grid = pyqtgraph.GraphicsLayout()
        grid.setContentsMargins(0, theme.px(6), theme.px(14), 0)
        grid.setSpacing(0)
        grid.addItem(self.left, 0, 0)
        grid.addItem(self.box, 0, 1)
        grid.addItem(self.bottom, 1, 1)
        self.view.setCentralItem(grid)
        self.top = 1.0
        self._drawn: list[Any] = []

    def clear(self) -> None:
        """Take away what was drawn, and put on the colours of the theme in force."""
        for item in self._drawn:
            self.box.removeItem(item)
        self._drawn = []
        look = theme.tokens()
        self.view.setBackground(look.surface)
        for axis in (self.left, self.bottom):
            axis.setPen(QPen(QColor(look.border), 1))
            axis.setTextPen(QColor(look.text2))
            axis.setStyle(tickFont=theme.font(TEXT), tickLength=0, tickTextOffset=theme.px(4))
        self.left.setGrid(70)
        self.bottom.setHeight(theme.px(22))

    def add(self, item: Any) -> None:
        """Draw `item`."""
        self._drawn.append(item)
        self.box.addItem(item, ignoreBounds=True)

    def scale(self, width: float, highest: int) -> None:
        """Axes from 0 to `width` and to a whole number not below `highest`."""
        metrics, height = QFontMetrics(theme.font(TEXT)), max(self.box.height(), 1)
        most = max(1, min(5, int(height / (1.6 * metrics.height()))))
        ticks = axis_ticks(max(highest, 1), most)
        # Half a line above the highest number, else the axis leaves it out.
        share = min((metrics.height() / 2 + 2) / height, 0.4)
        self.top = ticks[-1] / (1 - share)
        self.box.setRange(xRange=(0, width), yRange=(0, self.top), padding=0)
        self.left.setTicks([[(tick, f"{tick:,}") for tick in ticks]])
        self.left.setWidth(metrics.horizontalAdvance(f"{ticks[-1]:,}") + theme.px(12))

    def label_times(self, labels: Sequence[str], places: Sequence[float], room: float) -> None:
        """As many labels below as fit side by side in `room` pixels."""
        metrics = QFontMetrics(theme.font(TEXT))
        widest = max((metrics.horizontalAdvance(label) for label in labels), default=1)
        every = max(1, -(-int((widest + theme.px(10)) * len(labels)) // max(int(room), 1)))
        # Counted from the end: the latest time is the one that is asked for.
        chosen = range((len(labels) - 1) % every, len(labels), every)
        self.bottom.setTicks([[(places[at], labels[at]) for at in chosen]])


class PlotCard(ChartCard):
    """A chart card that draws with `Canvas` as soon as the library is there."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        self.canvas: Canvas | None = None
        self._told_in = ""
        super().__init__(name, title, parent)
        self.retranslate()

    def prepare(self) -> None:
        """The library is loaded: put the plot in and draw."""
        if self.canvas is None:
            self.canvas = Canvas(self)
            self.place_plot(self.canvas.view)
            self.canvas.box.sigResized.connect(self._resized)
            self.retranslate()
            self.draw()

    def restyle(self) -> None:
        super().restyle()
        self.draw()

    def draw(self) -> None:
        """Draw what the card holds."""

    def place_labels(self) -> None:
        """Lay out what depends on the size of the plot."""

    def _resized(self, _box: object) -> None:
        self.place_labels()


class CallsChart(PlotCard):
    """Rising? About what? Stacked bars; the last one is hatched while its time still runs."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.buckets = CallBuckets()
        self._highest = 0
        super().__init__(name, N_("Calls per 15 minutes by category"), parent)

    def show_buckets(self, buckets: CallBuckets) -> None:
        """Show these counts."""
        if (buckets, language()) == (self.buckets, self._told_in):
            return
        self.buckets, self._told_in = buckets, language()
        series = top_categories(buckets)
        rows = [
            [label, *(counts[at] for _name, counts in series)]
            for at, label in enumerate(buckets.labels)
        ]
        names = [name for name, _counts in series]
        self.model.show_table([_("Time"), *names, _("Total")], [[*r, sum(r[1:])] for r in rows])
        self.describe(calls_sentence(buckets))
        self.draw()

    def draw(self) -> None:
        series = top_categories(self.buckets)
        edges = outlines()
        entries = [
            LegendEntry(f"{name} {sum(counts)}", SERIES[at], edges[at])
            for at, (name, counts) in enumerate(series)
        ]
        self.legend.show_entries(entries)
        self.legend.setVisible(bool(entries) and not self.toggle.isChecked())
        if self.canvas is None:
            return
        self.canvas.clear()
        base = [0] * len(self.buckets.labels)
        for at, (_name, counts) in enumerate(series):
            self._add_bars(counts, base, SERIES[at], edges[at])
            base = [low + count for low, count in zip(base, counts, strict=True)]
        self._highest = max(base, default=0)
        self.place_labels()

    def _add_bars(self, counts: Sequence[int], base: Sequence[int], colour: str, edge: str) -> None:
        assert self.canvas is not None
        last = len(counts) - 1 if self.buckets.last_incomplete else -1
        shown = [at for at, count in enumerate(counts) if count]
        hatched = QBrush(QColor(colour), Qt.BrushStyle.BDiagPattern)
        full = QBrush(QColor(colour))
        self.canvas.add(
            self.canvas.library.BarGraphItem(
                x=[at + 0.5 for at in shown],
                y0=[base[at] for at in shown],
                height=[counts[at] for at in shown],
                width=BAR,
                pen=QPen(QColor(edge), 0),
                brushes=[hatched if at == last else full for at in shown],
            )
        )

    def place_labels(self) -> None:
        if self.canvas is not None:
            labels = self.buckets.labels
            places = [at + 0.5 for at in range(len(labels))]
            self.canvas.scale(max(len(labels), 1), self._highest)
            self.canvas.label_times(labels, places, self.canvas.box.width())


class FlowChart(PlotCard):
    """Are we catching up? Two stepped lines; the gap between them is what is open."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.flow = CallFlow()
        self._ends: list[Any] = []
        super().__init__(name, N_("Calls and closures since the start"), parent)

    def show_flow(self, flow: CallFlow) -> None:
        """Show these lines."""
        if (flow, language()) == (self.flow, self._told_in):
            return
        self.flow, self._told_in = flow, language()
        rows = [
            [label, calls, closed, calls - closed]
            for label, calls, closed in zip(flow.labels, flow.calls, flow.closed, strict=True)
        ]
        self.model.show_table([_("Time"), _("Calls"), _("Closed"), _("Still open")], rows)
        self.describe(flow_sentence(flow))
        self.draw()

    def draw(self) -> None:
        if self.canvas is None:
            return
        self.canvas.clear()
        self._ends = []
        if self.flow.labels:
            dark = theme.tokens().name == "dark"
            colours = ("#56B4E9", "#2FCFA0") if dark else (SERIES[0], OUTLINES[2])
            styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
            words = (_("Calls {count}"), _("Closed {count}"))
            lines = (self.flow.calls, self.flow.closed)
            for counts, colour, style, word in zip(lines, colours, styles, words, strict=True):
                self._add_line(counts, colour, style, word.format(count=f"{counts[-1]:,}"))
        self.place_labels()

    def _add_line(self, counts: Sequence[int], colour: str, style: Qt.PenStyle, words: str) -> None:
        assert self.canvas is not None
        xs, ys = [0.0], [counts[0]]
        for at in range(1, len(counts)):
            xs += [at, at]
            ys += [counts[at - 1], counts[at]]
        pen = QPen(QColor(colour), theme.px(2), style)
        pen.setCosmetic(True)
        self.canvas.add(self.canvas.library.PlotCurveItem(xs, ys, pen=pen, antialias=False))
        end = self.canvas.library.TextItem(words, color=colour, anchor=(0, 0.5))
        end.setFont(theme.font(TEXT, bold=True))
        self.canvas.add(end)
        self._ends.append(end)

    def place_labels(self) -> None:
        """Room at the right for the words at the ends, which must not cover each other."""
        if self.canvas is None:
            return
        labels, highest = self.flow.labels, max(self.flow.calls, default=0)
        last = max(len(labels) - 1, 1)
        metrics = QFontMetrics(theme.font(TEXT, bold=True))
        texts = [end.toPlainText() for end in self._ends]
        needed = max(map(metrics.horizontalAdvance, texts), default=0) + theme.px(14)
        width = max(self.canvas.box.width(), 1)
        share = min(needed / width, 0.6)
        self.canvas.scale(last / (1 - share), highest)
        self.canvas.label_times(labels, list(range(len(labels))), width * (1 - share))
        if self._ends:
            top = self.canvas.top
            line = metrics.height() * top / max(self.canvas.box.height(), 1)
            heights = apart(self.flow.calls[-1], self.flow.closed[-1], line, top)
            for end, height in zip(self._ends, heights, strict=True):
                end.setPos(last, height)


def apart(upper: float, lower: float, line: float, top: float) -> tuple[float, float]:
    """Two heights at least `line` from each other, both within 0 and `top` by half a line."""
    overlap = line - (upper - lower)
    if overlap > 0:
        upper, lower = upper + overlap / 2, lower - overlap / 2
    upper = min(max(upper, 1.5 * line), top - line / 2)
    return upper, max(min(lower, upper - line), line / 2)
