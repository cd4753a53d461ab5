"""The frame of a chart: title, legend above the plot, and a switch to the same numbers as a table.

Rule: the picture has a sentence for those who cannot see it; the table can be copied.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from bankcc.tabular.clipboard import copied
from ui import theme
from ui.situation.chart_table import ChartTableModel, in_two
from ui.turns import in_turn
from ui.widgets.chip import RowDelegate
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.toggle_button import ToggleButton

LOWEST = 64
"""A plot of fewer pixels says nothing, whatever the size of the text."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A series: its name, its colour and the darker (on a dark ground: lighter) outline."""

    name: str
    colour: str
    outline: str


class Legend(QWidget):
    """Swatches with names, from left to right, in as many rows as needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[LegendEntry, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these series."""
        self.entries = tuple(entries)
        self.setVisible(bool(entries))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        rows = self._places()
        row = theme.px(20)
        self.setFixedHeight(row * (rows[-1].y() // row + 1) if rows else row)

    def _places(self) -> list[QRect]:
        metrics, row = QFontMetrics(theme.font(12)), theme.px(20)
        x = y = 0
        places = []
        for entry in self.entries:
            width = theme.px(16) + metrics.horizontalAdvance(entry.name)
            if x and x + width > self.width():
                x, y = 0, y + row
            places.append(QRect(x, y, width, row))
            x += width + theme.px(12)
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        side = theme.px(10)
        for entry, place in zip(self.entries, self._places(), strict=True):
            painter.setPen(QPen(QColor(entry.outline), 1))
            painter.setBrush(QColor(entry.colour))
            top = place.top() + (place.height() - side) // 2
            painter.drawRect(QRect(place.left(), top, side, side))
            painter.setPen(QColor(theme.tokens().text2))
            words = place.adjusted(theme.px(16), 0, theme.px(4), 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.name)


class _Table(QTableView):
    """Ctrl+C copies the selected rows, or all, with their headings."""

    def __init__(self, model: ChartTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers = model
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.size("row_compact"))
        self.horizontalHeader().setProperty("figures", True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(1)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Each column has room for its heading, in two lines where one is too long for all; what
        is left they share."""
        header, room = self.horizontalHeader(), self.viewport().width()
        # Measured here: Qt reckons with the letters of the table, bold, whatever the sheet says.
        metrics = QFontMetrics(theme.font(12))
        words, self._numbers.in_lines = list(self._numbers.header), False
        if sum(needs := _needs(words, metrics)) > room:
            words, self._numbers.in_lines = list(map(in_two, words)), True
            needs = _needs(words, metrics)
        spare = room - sum(needs)
        # The beginning of a heading says more than its end.
        mode = Qt.TextElideMode.ElideNone if spare >= 0 else Qt.TextElideMode.ElideRight
        header.setTextElideMode(mode)
        for at, need in enumerate(needs):
            share = spare * (at + 1) // len(needs) - spare * at // len(needs)
            header.resizeSection(at, max(1, need + share))
        lines = max((text.count("\n") + 1 for text in words), default=1)
        header.setFixedHeight(theme.px(10) + lines * metrics.lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the rows on the clipboard, as text with tabs and as a table."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = [self._numbers.rows[at] for at in chosen] or self._numbers.rows
        both = copied(self._numbers.header, rows)
        data = QMimeData()
        data.setText(both.tsv)
        data.setHtml(both.html)
        QGuiApplication.clipboard().setMimeData(data)


def _needs(headings: Sequence[str], metrics: QFontMetrics) -> list[int]:
    """Pixels that these take, with the numbers below them."""
    around, number = theme.px(10) + 2, metrics.horizontalAdvance("00:00")
    return [
        max(number, *map(metrics.horizontalAdvance, text.split("\n"))) + around for text in headings
    ]


class ChartCard(QFrame):
    """`place_plot` puts the picture in; until then, or if none comes, the table stands there.
    `other_wanted`: where there is room for one chart only, its neighbour is asked for."""

    other_wanted = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", True)
        self._title, self._sentence = title, ""
        self.model = ChartTableModel(self)
        self.title = ElidedLabel("", self, role="section")
        self.toggle = ToggleButton(self)
        self.toggle.setObjectName(f"{name}.table_switch")
        self.toggle.setProperty("small", True)
        self.toggle.toggled.connect(self._choose)
        self.other = QPushButton(self)
        self.other.setObjectName(f"{name}.other")
        self.other.setProperty("small", True)
        self.other.clicked.connect(self.other_wanted)
        self.other.hide()
        self.legend = Legend(self)
        self.table = _Table(self.model, self)
        self.table.setObjectName(f"{name}.table")
        self.waiting = PlainLabel("", self, role="hint")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plot: QWidget = self.waiting
        self.stack = QStackedWidget(self)
        for page in (self.waiting, self.table):
            self.stack.addWidget(page)
        self.stack.setMinimumHeight(LOWEST)
        self.table.setMinimumHeight(LOWEST)
        self.legend.hide()
        self._lay_out()
        theme.hub().changed.connect(self._follow)

    def place_plot(self, plot: QWidget) -> None:
        """The picture is there."""
        self.plot = plot
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.stack.addWidget(plot)
        self.describe(self._sentence)
        self._choose(self.toggle.isChecked())

    def table_only(self) -> None:
        """No picture can be drawn here; the numbers stay."""
        self.toggle.setChecked(True)
        self.toggle.setEnabled(False)

    def describe(self, sentence: str) -> None:
        """What the picture says, for a screen reader."""
        self._sentence = sentence
        for widget in (self, self.plot, self.table):
            widget.setAccessibleDescription(sentence)

    def _follow(self) -> None:
        in_turn(self, self.restyle, self)

    def restyle(self) -> None:
        """Colours and sizes of the theme in force."""
        self.legend._fit()
        self.table.verticalHeader().setDefaultSectionSize(theme.size("row_compact"))
        self.table.fit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        title = _(self._title)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.plot.setAccessibleName(title)
        self.waiting.setText(_("Loading…"))
        self.other.setText(_("Other chart"))
        self.other.setAccessibleName(_("Show the other chart"))
        self.toggle.setText(_("Table"))
        self.toggle.setAccessibleName(_("{title}: as a table").format(title=title))
        self.table.setAccessibleName(_("{title}: as a table").format(title=title))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(220))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _choose(self, table: bool) -> None:
        self.stack.setCurrentWidget(self.table if table else self.plot)
        self.legend.setVisible(not table and bool(self.legend.entries))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.title, 1)
        head.addWidget(self.other)
        head.addWidget(self.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(6))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.legend)
        column.addWidget(self.stack, 1)
