"""What the wallboard is made of: large cards, rows of words, bars. Read from across the room.

Rule: sizes follow the screen, not the size of text that somebody at a desk has chosen; nothing here
can be pressed, and everything painted is also there as text for a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from bankcc.i18n import _
from bankcc.reports.charts import OUTLINES, SERIES
from bankcc.reports.current import SituationFigures
from bankcc.reports.figures import CallBuckets, top_categories
from ui import theme
from ui.situation.words import CardWords, calls_sentence, incident_line
from ui.theme import SHAPES, Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel

WIDE, HIGH = 1366, 768
"""The screen that the sizes below are meant for; on another one they grow or shrink with it."""
NUMBER, WORD, BODY, SMALL = 66, 26, 24, 20
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
BAR = 0.72
FEWEST_LINES, MOST_LINES = 2, 4


def unit_of(width: int, height: int) -> float:
    """How much larger than `WIDE` x `HIGH` a screen is."""
    return max(0.5, min(width / WIDE, height / HIGH))


def wall_font(pixels: float, *, bold: bool = False) -> QFont:
    """The font of the interface, exactly `pixels` high."""
    made = theme.font(13, bold=bold)
    made.setPixelSize(max(8, round(pixels)))
    return made


def dress(label: PlainLabel, pixels: float, *, bold: bool = False, colour: str = "") -> None:
    """Give a label a size of its own; the sheet of the program would give it that of a desk."""
    ink = f" color: {colour};" if colour else ""
    weight = "bold" if bold else "normal"
    label.setStyleSheet(f"font-size: {round(pixels)}px; font-weight: {weight};{ink}")


def dress_chip(chip: Chip, pixels: float) -> None:
    """A chip of that size; its colours stay those of its level."""
    high, side = round(pixels * 1.5), round(pixels * 0.5)
    chip.setStyleSheet(
        f"font-size: {round(pixels)}px; min-height: {high}px; max-height: {high}px;"
        f" padding: 0 {side}px; border-radius: {side}px;"
    )


class WallCard(QFrame):
    """Chip, one number, one explaining line; hatched while the figures are old."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.stale = False
        self._unit = 1.0
        self.chip = Chip(Level.NEUTRAL, "", self)
        self.number = PlainLabel("–", self)
        self.line = PlainLabel("", self, wrap=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._column = QVBoxLayout(self)
        for label in (self.chip, self.number, self.line):
            self._column.addWidget(label)

    def show_words(self, words: CardWords) -> None:
        """What the card says from now on."""
        self.chip.set_status(words.level, words.word)
        self.number.setText(words.number)
        self.line.setText(words.line)
        self.setAccessibleName(words.spoken)

    def set_stale(self, stale: bool) -> None:
        """Whether the figures are older than they should be."""
        self.stale = stale
        self.update()

    def fit(self, unit: float) -> None:
        """Take the sizes of a screen `unit` times as large as the one they are meant for."""
        self._unit = unit
        look = theme.tokens()
        edge = round(12 * unit)
        self._column.setContentsMargins(edge, edge, edge, round(8 * unit))
        self._column.setSpacing(round(2 * unit))
        dress_chip(self.chip, WORD * unit)
        dress(self.number, NUMBER * unit, bold=True, colour=look.text)
        dress(self.line, SMALL * unit, colour=look.text2)
        self.number.setFixedHeight(round(NUMBER * 1.25 * unit))
        self.set_lines(FEWEST_LINES)

    @property
    def lines(self) -> int:
        """How many lines its words take in the room they have."""
        high = self.line.heightForWidth(max(1, self.line.width()))
        return max(1, round(high / QFontMetrics(wall_font(SMALL * self._unit)).lineSpacing()))

    def set_lines(self, lines: int) -> None:
        """Room for so many lines below the number."""
        step = QFontMetrics(wall_font(SMALL * self._unit)).lineSpacing()
        self.line.setFixedHeight(lines * step + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.border), 1))
        painter.setBrush(QColor(look.surface))
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8 * self._unit
        painter.drawRoundedRect(box, radius, radius)
        if self.stale:
            lines = QColor(look.border)
            lines.setAlpha(90)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(lines, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, radius, radius)


@dataclass(frozen=True, slots=True)
class WallRow:
    """One row: a chip (with `level`) or quiet words in front, what is said, a time at the end."""

    lead: str
    words: str
    tail: str = ""
    level: Level | None = None
    strong: bool = False

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return _(", ").join(filter(None, (self.lead, self.words, self.tail)))


class WallRows(QWidget):
    """A heading and as many rows as there is room for; of the rest it says how many there are."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.title, self.none = "", ""
        self.rows: tuple[WallRow, ...] = ()
        self.counts_rest = True
        self._unit = 1.0

    def show_rows(self, title: str, rows: Sequence[WallRow], none: str) -> None:
        """Show these; `none` is said when there are none."""
        self.title, self.rows, self.none = title, tuple(rows), none
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(row.spoken for row in self.rows) or none)
        self.update()

    def fit(self, unit: float) -> None:
        """Take the sizes of a screen `unit` times as large as the one they are meant for."""
        self._unit = unit
        self.update()

    @property
    def room(self) -> int:
        """How many rows are seen."""
        high = round(BODY * 1.7 * self._unit)
        return max(0, (self.height() - round(BODY * 2.1 * self._unit)) // high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, unit = theme.tokens(), self._unit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.hairline), 1))
        painter.setBrush(QColor(look.surface))
        box, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8 * unit
        painter.drawRoundedRect(box, radius, radius)
        edge, high = round(14 * unit), round(BODY * 1.7 * unit)
        line = QRect(edge, round(8 * unit), self.width() - 2 * edge, high)
        painter.setFont(wall_font(BODY * unit, bold=True))
        painter.setPen(QColor(look.text))
        painter.drawText(line, LEFT, self.title)
        rest = len(self.rows) - self.room
        if rest > 0 and self.counts_rest:
            painter.setFont(wall_font(SMALL * unit))
            painter.setPen(QColor(look.text2))
            painter.drawText(line, RIGHT, _("{count} more").format(count=rest))
        line.translate(0, high)
        if not self.rows:
            painter.setFont(wall_font(BODY * unit))
            painter.setPen(QColor(look.text2))
            painter.drawText(line, LEFT, self.none)
        for row in self.rows[: self.room]:
            self._paint(painter, line, row)
            line.translate(0, high)

    def _paint(self, painter: QPainter, line: QRect, row: WallRow) -> None:
        look, unit, rest = theme.tokens(), self._unit, QRect(line)
        painter.setFont(wall_font(SMALL * unit))
        painter.setPen(QColor(look.text2))
        painter.drawText(rest, RIGHT, row.tail)
        rest.setRight(rest.right() - painter.fontMetrics().horizontalAdvance(row.tail) - 8)
        if row.level is not None:
            rest = self._chip(painter, rest, row.level, row.lead)
        else:
            painter.drawText(rest, LEFT, row.lead)
            wide = painter.fontMetrics().horizontalAdvance(row.lead)
            rest.setLeft(rest.left() + wide + round(12 * unit))
        painter.setFont(wall_font(BODY * unit, bold=row.strong))
        painter.setPen(QColor(look.text))
        elide = Qt.TextElideMode.ElideRight
        words = painter.fontMetrics().elidedText(row.words, elide, rest.width())
        painter.drawText(rest, LEFT, words)

    def _chip(self, painter: QPainter, line: QRect, level: Level, word: str) -> QRect:
        colours, unit = theme.tokens().levels[level], self._unit
        painter.setFont(wall_font(SMALL * unit, bold=True))
        metrics, gap = painter.fontMetrics(), round(10 * unit)
        words = f"{SHAPES[level]} {word}"
        high = round(SMALL * 1.5 * unit)
        box = QRect(line.left(), 0, metrics.horizontalAdvance(words) + 2 * gap, high)
        box.moveTop(line.top() + (line.height() - high) // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.chip))
        painter.drawRoundedRect(box, gap, gap)
        painter.setPen(QColor(colours.on_chip))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        return line.adjusted(box.width() + round(12 * unit), 0, 0, 0)


class WallBars(QWidget):
    """Calls per quarter of an hour: are they rising? About what? The sum stands on each bar, and
    the last one is hatched while its time still runs."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.buckets = CallBuckets()
        self._unit = 1.0

    def show_buckets(self, buckets: CallBuckets) -> None:
        """Show these counts."""
        self.buckets = buckets
        self.setAccessibleName(_("Calls per 15 minutes by category"))
        self.setAccessibleDescription(calls_sentence(buckets))
        self.update()

    def fit(self, unit: float) -> None:
        """Take the sizes of a screen `unit` times as large as the one they are meant for."""
        self._unit = unit
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, unit = theme.tokens(), self._unit
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(look.hairline), 1))
        painter.setBrush(QColor(look.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        edge, high = round(14 * unit), round(BODY * 1.7 * unit)
        line = QRect(edge, round(8 * unit), self.width() - 2 * edge, high)
        painter.setFont(wall_font(BODY * unit, bold=True))
        painter.setPen(QColor(look.text))
        painter.drawText(line, LEFT, _("Calls per 15 minutes"))
        series = top_categories(self.buckets)
        line.translate(0, high)
        self._legend(painter, line, series)
        foot = round(SMALL * 1.4 * unit)
        top = line.bottom() + foot
        plot = QRect(edge, top, line.width(), self.height() - top - foot - round(6 * unit))
        if series and plot.height() > 0:
            self._bars(painter, plot, series)

    def _legend(
        self, painter: QPainter, line: QRect, series: list[tuple[str, tuple[int, ...]]]
    ) -> None:
        unit, x, side = self._unit, line.left(), round(14 * self._unit)
        pixels, names = self._fitting(line.width(), series)
        painter.setFont(wall_font(pixels))
        metrics = painter.fontMetrics()
        for at, words in enumerate(names):
            wide = side + round(6 * unit) + metrics.horizontalAdvance(words)
            swatch = QRect(x, line.top() + (line.height() - side) // 2, side, side)
            self._box(painter, swatch, at, Qt.BrushStyle.SolidPattern)
            painter.setPen(QColor(theme.tokens().text2))
            where = QRect(swatch.right() + round(6 * unit), line.top(), wide, line.height())
            painter.drawText(where, LEFT, words)
            x += wide + round(14 * unit)

    def _fitting(
        self, room: int, series: list[tuple[str, tuple[int, ...]]]
    ) -> tuple[float, list[str]]:
        """Size and words of the legend: smaller, then without the sums, until all of it fits; no
        colour stays without its name."""
        full = [f"{name} {sum(counts)}" for name, counts in series]
        bare = [name for name, _counts in series]
        tries = [(SMALL, full), (17, full), (SMALL, bare), (17, bare), (14, bare)]
        for pixels, names in tries:
            metrics = QFontMetrics(wall_font(pixels * self._unit))
            needed = sum(map(metrics.horizontalAdvance, names))
            if needed + len(names) * round(34 * self._unit) <= room:
                break
        return pixels * self._unit, names

    def _bars(
        self, painter: QPainter, plot: QRect, series: list[tuple[str, tuple[int, ...]]]
    ) -> None:
        labels, look = self.buckets.labels, theme.tokens()
        sums = [sum(counts) for counts in zip(*(c for _name, c in series), strict=True)]
        step, most = plot.width() / max(len(labels), 1), max([*sums, 1])
        painter.setFont(wall_font(SMALL * self._unit))
        metrics = painter.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, labels), default=1) + 12
        every = max(1, -(-int(widest) // max(int(step), 1)))
        for at, total in enumerate(sums):
            left, y = plot.left() + at * step, plot.bottom()
            wide = round(step * BAR)
            x = round(left + (step - wide) / 2)
            hatched = self.buckets.last_incomplete and at == len(sums) - 1
            brush = Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern
            for place, (_name, counts) in enumerate(series):
                high = round(plot.height() * counts[at] / most)
                if high:
                    y -= high
                    self._box(painter, QRect(x, y, wide, high), place, brush)
            painter.setPen(QColor(look.text))
            over = QRect(round(left), y - metrics.height(), round(step), metrics.height())
            painter.drawText(over, Qt.AlignmentFlag.AlignCenter, str(total) if total else "")
            if (len(sums) - 1 - at) % every == 0:
                painter.setPen(QColor(look.text2))
                middle = round(left + step / 2) - widest // 2
                below = QRect(middle, plot.bottom() + 2, widest, metrics.height())
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, labels[at])

    @staticmethod
    def _box(painter: QPainter, box: QRect, at: int, brush: Qt.BrushStyle) -> None:
        dark = theme.tokens().name == "dark"
        edge = QColor(SERIES[at]).lighter(150) if dark else QColor(OUTLINES[at])
        painter.setPen(QPen(edge, 1))
        painter.setBrush(QBrush(QColor(SERIES[at]), brush))
        painter.drawRect(box)


class WallHead(QWidget):
    """Real or drill, which level, how long; the time, and how old all of this is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = Chip(Level.NEUTRAL, "", self)
        self.name, self.facts = ElidedLabel("", self), ElidedLabel("", self)
        self.clock = PlainLabel("", self)
        self.clock.setObjectName("wallboard.clock")
        self.age = PlainLabel("", self)
        self.age.setObjectName("wallboard.age")
        self.warning = Chip(Level.CRITICAL, "", self)
        self.warning.setObjectName("wallboard.stale")
        names, times = QVBoxLayout(), QVBoxLayout()
        for widget in (self.name, self.facts):
            names.addWidget(widget)
        right = Qt.AlignmentFlag.AlignRight
        for widget in (self.clock, self.age):
            times.addWidget(widget, 0, right)
        line = QHBoxLayout(self)
        for layout in (line, names, times):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        line.addWidget(self.level)
        line.addLayout(names, 1)
        line.addWidget(self.warning)
        line.addLayout(times)

    def show_incident(self, figures: SituationFigures, now: int) -> None:
        """Which incident, as of `now` (UTC ms); a drill says so in front."""
        level, word, facts = incident_line(figures, now)
        is_drill = figures.incident is not None and figures.incident.is_drill
        drill = _("Drill") + " · " if is_drill else ""
        self.level.set_status(Level.DRILL if is_drill else level, drill + word)
        name = figures.incident.name if figures.incident else ""
        self.name.setText(name)
        # How long it has lasted is asked for first: it has a line of its own.
        self.facts.setText(facts.removeprefix(name).removeprefix(" · "))

    def fit(self, unit: float) -> None:
        """Take the sizes of a screen `unit` times as large as the one they are meant for."""
        look = theme.tokens()
        self.layout().setSpacing(round(12 * unit))
        dress_chip(self.level, WORD * unit)
        dress_chip(self.warning, SMALL * unit)
        for label in (self.name, self.facts):
            dress(label, 18 * unit, bold=True, colour=look.text)
        dress(self.clock, 40 * unit, bold=True, colour=look.text)
        dress(self.age, 17 * unit, colour=look.text2)
        self.setFixedHeight(round(76 * unit))
