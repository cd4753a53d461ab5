"""Which column of a file fills which field: one choice for every heading, with a sample."""

from functools import partial
from itertools import islice

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from bankcc.i18n import _
from bankcc.schema import phones
from bankcc.schema.fields import Phone
from bankcc.schema.plain_text import fold_width
from bankcc.schema.record import SYSTEM_FIELDS, RecordKind
from bankcc.tabular.header import Mapping
from bankcc.tabular.rules import NUMBER, targets
from bankcc.tabular.table import Table, letter
from ui import theme
from ui.turns import in_turn
from ui.widgets.plain_label import ElidedLabel, PlainLabel

PER_LINE = 4
SAMPLES = 5
LINES = 2
"""As many lines of choices are in sight at once, each of them whole."""


class ColumnMapping(QScrollArea):
    """`changed(Mapping)`: the person chose another field for a column."""

    changed = Signal(object)

    def __init__(self, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.mapping")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the boxes in it are where Tab goes
        self.setWidgetResizable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fields = [(item.name, item.label) for item in targets(kind)]
        self._fields.append((NUMBER, SYSTEM_FIELDS[NUMBER].label))
        self._phones = {item.name for item in targets(kind) if isinstance(item, Phone)}
        self.mapping: Mapping | None = None
        self.combos: dict[int, QComboBox] = {}

    def show_mapping(self, table: Table, mapping: Mapping) -> None:
        """Show how the columns of `table` are understood. A line at a time: a table of twenty
        columns has sixty widgets, and keys come first."""
        self.mapping = mapping
        self.combos = {}
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(12))
        for at in range(PER_LINE):
            grid.setColumnStretch(at, 1)
        lines = -(-len(mapping.headings) // PER_LINE)
        grid.setRowStretch(3 * lines, 1)
        self.setWidget(inner)
        for line in range(lines):
            in_turn(self, partial(self._add_line, table, inner, line), self)

    def _add_line(self, table: Table, inner: QWidget, line: int) -> None:
        if self.mapping is None or self.widget() is not inner:
            return  # another table is shown by now
        grid, mapping = inner.layout(), self.mapping
        some = islice(mapping.headings.items(), line * PER_LINE, (line + 1) * PER_LINE)
        for at, (column, heading) in enumerate(some):
            label = ElidedLabel(f"{letter(column)} {heading}", inner)
            combo = self._combo(column, heading)
            label.setBuddy(combo)
            sample = PlainLabel("", inner, role="hint")
            phone = mapping.columns.get(column, "") in self._phones
            sample.setText(_sample(table, mapping.header, column, masked=phone))
            for row, widget in enumerate((label, combo, sample)):
                grid.addWidget(widget, line * 3 + row, at)

    def sizeHint(self) -> QSize:
        """As high as what is in it, up to so many lines."""
        inner, lines = self.widget(), -(-len(self.combos) // PER_LINE)
        if inner is None or not lines:
            return super().sizeHint()
        gap = inner.layout().verticalSpacing()
        high = (inner.minimumSizeHint().height() + gap) * min(lines, LINES) // lines - gap
        return QSize(super().sizeHint().width(), high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _combo(self, column: int, heading: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(f"import.column.{letter(column)}")
        combo.setAccessibleName(_("Field of column {column}").format(column=heading))
        combo.addItem(_("– not read –"), "")
        for name, label in self._fields:
            combo.addItem(_(label), name)
        chosen = self.mapping.columns.get(column, "") if self.mapping else ""
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.activated.connect(lambda _index: self._choose(column, combo.currentData()))
        self.combos[column] = combo
        return combo

    def _choose(self, column: int, name: str) -> None:
        """A field is filled by one column: the other one that did is not read any more."""
        if self.mapping is None or self.mapping.columns.get(column, "") == name:
            return
        self.mapping = self.mapping.but(column, name)
        for at, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(self.mapping.columns.get(at, ""))))
        self.changed.emit(self.mapping)


def _sample(table: Table, header: int, column: int, *, masked: bool) -> str:
    body = table.rows[header + 1 : header + 1 + SAMPLES]
    text = next((row.cell(column) for row in body if row.cell(column)), "")
    if masked:
        return _(", ").join(phones.masked(fold_width(part)) for part in phones.split(text))
    return " ".join(text.split())[:24]
