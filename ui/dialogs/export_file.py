"""Export of a list to a spreadsheet. Phones are masked; full numbers are a choice that is noted in
the journal of this laptop.
"""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QWidget

from bankcc.clock import local
from bankcc.i18n import _, ngettext
from bankcc.schema.query import Query
from bankcc.tabular.write import export
from ui.context import UiContext
from ui.dialogs.writing import Produce, WritingDialog
from ui.jobs import Progress
from ui.widgets.plain_label import PlainLabel


class ExportDialog(WritingDialog):
    """Writes what `query` finds as .xlsx or .csv."""

    def __init__(self, context: UiContext, query: Query, parent: QWidget | None = None) -> None:
        session = context.session
        kind = session.kind(query.kind)
        now = f"{local(session.clock.now_ms()):%Y%m%d-%H%M}"
        title = _("Export: {kind}").format(kind=_(kind.plural))
        super().__init__(context, "export", title, f"{_(kind.plural)}_{now}", ".xlsx", parent)
        self.query = query
        self.count = session.count(query)
        words = ngettext(
            "{count} entry, as the list is filtered now, with all its fields.",
            "{count} entries, as the list is filtered now, with all their fields.",
            self.count,
        )
        self.body.addWidget(PlainLabel(words.format(count=self.count), self, wrap=True))
        self.xlsx = QRadioButton(_("Workbook (.xlsx)"), self)
        self.csv = QRadioButton(_("Text table (.csv)"), self)
        self.xlsx.setObjectName("export.xlsx")
        self.csv.setObjectName("export.csv")
        self.xlsx.setChecked(True)
        self.csv.toggled.connect(lambda on: self.target.set_suffix(".csv" if on else ".xlsx"))
        line = QHBoxLayout()
        line.addWidget(self.xlsx)
        line.addWidget(self.csv)
        line.addStretch(1)
        self.body.addLayout(line)
        self.reveal = QCheckBox(_("Full telephone numbers (noted in the journal)"), self)
        self.reveal.setObjectName("export.reveal")
        self.reveal.setVisible(bool(kind.phone_fields()))
        self.body.addWidget(self.reveal)
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        return partial(self._produce, self.reveal.isChecked())

    def _produce(self, reveal: bool, path: Path, progress: Progress) -> str:
        session = self.context.session
        if session.can_write:
            # Before it is written: a reveal that cannot be noted does not happen.
            what = "reveal" if reveal else "export"
            session.local.note(session.user, what, f"{self.query.kind}: {path.name}")

        def follow(done: int) -> None:
            progress.report(done, self.count)

        report = export(
            session,
            self.query,
            path,
            reveal=reveal,
            progress=follow,
            cancelled=lambda: progress.cancelled,
        )
        said = ngettext(
            "{count} entry is written.", "{count} entries are written.", report.rows
        ).format(count=report.rows)
        if report.cut:
            cut = ngettext(
                "{count} long text was shortened.", "{count} long texts were shortened.", report.cut
            )
            said = f"{said} {cut.format(count=report.cut)}"
        return said
