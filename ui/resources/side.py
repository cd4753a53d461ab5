"""Beside the list: readiness by class, or the form of one resource in its place."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bankcc.features import resource
from bankcc.i18n import _
from bankcc.schema.record import Record
from bankcc.session import Receipt
from ui import theme
from ui.context import UiContext
from ui.records.form import RecordForm
from ui.resources.readiness_list import ReadinessList
from ui.resources.rows import ResourceRow, Standing
from ui.widgets.plain_label import PlainLabel

WIDTH = 288
MOST = 0.3
"""Of the width of the panel, whatever the size of the text."""
FORM, MOST_FORM = 380, 0.42


class ResourceSide(QWidget):
    """`readiness`, `form`. `left`: back to the list; `made(str)`: a resource was entered."""

    left = Signal()
    made = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", self, role="section")
        self.readiness = ReadinessList(self)
        self.none = PlainLabel("", self, role="hint", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.form = RecordForm(context, resource.NAME, self)
        self._bars = QWidget(self)
        column = QVBoxLayout(self._bars)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.title)
        column.addWidget(self.readiness, 1)
        column.addWidget(self.none, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._bars)
        line.addWidget(self.form)
        self.form.hide()
        self.none.hide()
        self.readiness.left.connect(self.left)
        self.form.left.connect(self.close_form)
        self.form.saved.connect(self._saved)
        self.retranslate()

    @property
    def form_shown(self) -> bool:
        """Whether the form is in sight."""
        return not self.form.isHidden()

    def show_record(self, record: Record, *, edit: bool = False) -> None:
        """Show a resource; `edit` gives the keys to its fields."""
        self._show(form=True)
        self.form.flush()
        self.form.show_record(record)
        if edit:
            self.form.start()

    def show_new(self) -> None:
        """An empty form."""
        self._show(form=True)
        self.form.flush()
        self.form.new()
        self.form.start()

    def show_standings(self, rows: tuple[Standing, ...]) -> None:
        """Show these; without any, say where they come from."""
        self.readiness.show_standings(rows)
        self.readiness.setVisible(bool(rows))
        self.none.setVisible(not rows)

    def follow(self, row: ResourceRow | None) -> None:
        """While the form is open it shows the row the keys stand on, unless it was begun."""
        shown = self.form.record
        if row is None or shown is None or not self.form_shown or self.form.dirty:
            return
        if shown.id != row.id:
            self.show_record(row.record)

    def close_form(self) -> None:
        """Readiness again."""
        self._show(form=False)
        self.left.emit()

    def fit(self, width: int) -> None:
        """Take the room that is due in a panel of that width."""
        self._bars.setFixedWidth(max(1, min(theme.px(WIDTH), round(width * MOST))))
        self.form.setFixedWidth(max(1, min(theme.px(FORM), round(width * MOST_FORM))))

    def _saved(self, receipt: Receipt) -> None:
        for made in receipt.made:
            if made.kind == resource.NAME:
                self.made.emit(made.id)

    def _show(self, *, form: bool) -> None:
        self.form.setVisible(form)
        self._bars.setVisible(not form)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Readiness (required/there)"))
        self.none.setText(_("Once resources are entered, this shows how ready each class is."))
        self.readiness.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
