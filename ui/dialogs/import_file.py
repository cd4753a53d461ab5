"""Import of a table: choose the file, see how its columns are understood and what would become of
every row, then take the good ones. Nothing is written before that.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QTabWidget,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.i18n import _, ngettext
from bankcc.schema.record import RecordKind
from bankcc.tabular import header
from bankcc.tabular.header import Mapping
from bankcc.tabular.load import ImportReport, apply, preview
from bankcc.tabular.plan import ImportPlan, Outcome, plan_import
from bankcc.tabular.read import read_tables
from bankcc.tabular.table import Table
from bankcc.tabular.write import write_csv
from ui import theme
from ui.context import UiContext
from ui.dialogs.column_mapping import ColumnMapping
from ui.dialogs.frame import ErrorLine, button, frame
from ui.dialogs.import_preview import Findings, PlannedRows, preview_table
from ui.dialogs.target_file import last_folder, remember_folder
from ui.dialogs.template_file import TemplateDialog
from ui.jobs import JobStrip, Progress
from ui.theme import Level
from ui.turns import in_turn
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.table_drop import TableDrop

WIDTH, HEIGHT = 980, 600
PATTERN = "*.xlsx *.csv *.txt"
Read = tuple[Table, Mapping, ImportPlan | UserError, RecordKind | None]
"""A table, how its columns are understood, what would become of it, another kind it fits better."""


class ImportDialog(QDialog):
    """`imported(ImportReport)`: rows are in the center. With `path` it reads that file at once."""

    imported = Signal(object)

    def __init__(
        self,
        context: UiContext,
        kind: str,
        path: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.kind = self.session.kind(kind)
        self.table: Table | None = None
        self.plan: ImportPlan | None = None
        self.report: ImportReport | None = None
        self.path: Path | None = None
        self.likelier: RecordKind | None = None
        """Another kind that the table fits better."""
        self._job: Any = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        TableDrop(self, self.read)
        self._build()
        room = self.screen().availableSize() * 0.95
        self.resize(QSize(theme.px(WIDTH), theme.px(HEIGHT)).boundedTo(room))
        self._show_buttons()
        if path is not None:
            self.read(path)

    def _build(self) -> None:
        title = _("Import: {kind}").format(kind=_(self.kind.plural))
        column = frame(self, "import", title, 720)
        column.setContentsMargins(*[theme.px(16)] * 4)
        column.setSpacing(theme.px(8))
        column.addWidget(PlainLabel(title, self, role="page"))
        self.file = ElidedLabel(_("Choose a table (.xlsx, .csv), or drop one here."), self)
        self.choose_button = button(self, "import.choose", _("Choose…"))
        self.choose_button.clicked.connect(lambda _c=False: self.choose())
        top = QHBoxLayout()
        top.addWidget(self.file, 1)
        self.template_button = button(self, "import.template", _("Save template…"))
        self.template_button.clicked.connect(lambda _c=False: self._save_template())
        top.addWidget(self.template_button)
        top.addWidget(self.choose_button)
        column.addLayout(top)
        self.mapping = ColumnMapping(self.kind, self)
        self.mapping.changed.connect(self._plan_again)
        column.addWidget(self.mapping, 2)
        self.rows = PlannedRows(self.kind, self)
        self.bad, self.notes = Findings(self), Findings(self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for name, model in (("rows", self.rows), ("bad", self.bad), ("notes", self.notes)):
            self.tabs.addTab(preview_table(f"import.{name}", model, self), "")
        column.addWidget(self.tabs, 3)
        column.addStretch()  # without a table there is only the line on top
        self.summary = PlainLabel("", self, role="section", wrap=True)
        self.summary.setObjectName("import.summary")
        self.error = ErrorLine(self)
        for widget in (self.summary, self.error, JobStrip(self.context.jobs, self)):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self.import_rows)

    def _buttons(self) -> QHBoxLayout:
        self.save_bad = button(self, "import.save_bad", _("Save list of bad rows…"))
        self.close_button = button(self, "import.close", _("Cancel Esc"))
        self.as_button = button(self, "import.as", "")
        self.as_button.clicked.connect(lambda _c=False: self.import_as())
        self.import_button = button(self, "import.import", "", primary=True)
        # A stray Enter imports nothing: it takes Ctrl+Enter or the button itself.
        self.import_button.setDefault(False)
        self.import_button.setAutoDefault(False)
        self.save_bad.clicked.connect(lambda _c=False: self._choose_bad())
        self.close_button.clicked.connect(lambda _c=False: self.reject())
        self.import_button.clicked.connect(lambda _c=False: self.import_rows())
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.save_bad)
        line.addStretch(1)
        for pressed in (self.close_button, self.as_button, self.import_button):
            line.addWidget(pressed)
        return line

    # -- reading and planning --------------------------------------------------------------------

    def choose(self) -> QFileDialog:
        """Ask for the file, over this dialog; Esc there leads back to it."""
        pattern = _("Tables ({pattern})").format(pattern=PATTERN)
        asking = QFileDialog(self, self.windowTitle(), str(last_folder(self.session)), pattern)
        asking.setObjectName("import.asking")
        asking.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asking.setFileMode(QFileDialog.FileMode.ExistingFile)
        asking.fileSelected.connect(lambda name: self.read(Path(name)))
        self.choose_button.setFocus()
        asking.open()
        return asking

    def _save_template(self) -> QDialog:
        """An empty table to fill in, for who has none."""
        made = TemplateDialog(self.context, self.kind.name, self)
        made.open()
        return made

    def read(self, path: Path) -> None:
        """Read a file and plan its import; what is shown of another one goes."""
        self.path, self.report = path, None
        self.file.setText(str(path))
        kind, session = self.kind, self.session

        def work(progress: Progress) -> Read:
            tables = read_tables(path, cancelled=lambda: progress.cancelled)
            progress.check()
            others = (each for each in session.kinds.values() if each.importable)
            likelier = header.likelier(tables, kind, others)
            try:
                found = header.find(tables, kind)
                table, mapping = found.table, found.mapping
            except UserError as error:
                filled = [table for table in tables if table.rows]
                if not filled:
                    raise
                # No heading is known: the person says which column is which.
                return filled[0], header.mapping_at(filled[0], 0, kind), error, likelier
            try:
                return table, mapping, plan_import(table, kind, mapping, session), likelier
            except UserError as error:
                return table, mapping, error, likelier

        self.likelier = None
        self._start(_("Reading the table"), work, self._arrive)

    def import_as(self) -> QDialog | None:
        """The same file as what it looks like; this dialog ends with the one that does so."""
        if self.likelier is None or self.path is None:
            return None
        made = ImportDialog(self.context, self.likelier.name, self.path, self.parentWidget())
        made.imported.connect(self.imported)
        made.finished.connect(self.done)
        made.open()
        self.hide()
        return made

    def _arrive(self, found: Read) -> None:
        self.table, mapping, plan, self.likelier = found
        remember_folder(self.session, self.path.parent)
        self.mapping.show_mapping(self.table, mapping)
        token = self._token
        # In its turn too: the columns come first.
        in_turn(self, lambda: token is self._token and self._arrive_plan(plan), self)

    def _arrive_plan(self, plan: ImportPlan | UserError) -> None:
        if isinstance(plan, UserError):
            self._show_plan(None)
            self.error.say_error(plan)
        else:
            self._show_plan(plan)
            self.tabs.currentWidget().setFocus()
            if self.likelier is not None:
                words = _("The columns look more like “{other}” than “{kind}”.")
                names = {"other": _(self.likelier.plural), "kind": _(self.kind.plural)}
                self.error.say(words.format(**names), Level.WARNING)

    def _plan_again(self, mapping: Mapping) -> None:
        table, kind, session = self.table, self.kind, self.session

        def work(progress: Progress) -> ImportPlan:
            return plan_import(table, kind, mapping, session, cancelled=lambda: progress.cancelled)

        self._start(_("Checking the rows"), work, self._show_plan)

    def _start(self, title: str, work: Any, done: Any) -> None:
        """One piece of work at a time: what is asked last counts."""
        if self._job is not None:
            self._job.cancel()
        self.error.say("")
        self._show_plan(None)
        token = object()
        self._token = token

        def arrive(result: Any) -> None:
            if token is self._token:
                self._job = None
                done(result)

        def fail(error: Exception) -> None:
            if token is self._token:
                self._job = None
                self._failed(error)

        def stopped() -> None:
            if token is self._token:
                self._job = None
                self._show_buttons()

        self._job = self.context.jobs.start(
            title, work, done=arrive, failed=fail, cancelled=stopped, owner=self
        )
        self._show_buttons()

    def _failed(self, error: Exception) -> None:
        self._show_buttons()
        if not isinstance(error, UserError):
            raise error
        self.error.say_error(error)

    def _show_plan(self, plan: ImportPlan | None) -> None:
        self.plan = plan
        self.rows.set_plan(plan)
        self.bad.set_findings(plan.problems if plan else ())
        self.notes.set_findings(plan.notes if plan else ())
        self.summary.setText(preview(plan).summary() if plan else "")
        for at, (words, count) in enumerate(
            (
                (_("Rows {count}"), self.rows.rowCount()),
                (_("Not taken {count}"), self.bad.rowCount()),
                (_("Remarks {count}"), self.notes.rowCount()),
            )
        ):
            self.tabs.setTabText(at, words.format(count=count))
            self.tabs.widget(at).setAccessibleName(self.tabs.tabText(at))
        self._show_buttons()

    def _show_buttons(self) -> None:
        plan = self.plan
        usable = plan.count(Outcome.NEW) + plan.count(Outcome.UPDATE) if plan else 0
        posts = len(plan.posts) if plan else 0
        can = bool(usable or posts) and self._job is None and self.report is None
        words = ngettext(
            "Import {count} row Ctrl+Enter", "Import {count} rows Ctrl+Enter", usable
        ).format(count=usable)
        self.import_button.setText(words if plan else _("Import"))
        other = _(self.likelier.plural) if self.likelier is not None else ""
        self.as_button.setText(_("Import as {kind}").format(kind=other))
        self.as_button.setAccessibleName(self.as_button.text())
        self.as_button.setVisible(bool(other) and self.report is None and self._job is None)
        self.import_button.setEnabled(can and self.session.can_write)
        self.import_button.setVisible(self.report is None)
        self.save_bad.setEnabled(bool(self.bad.rowCount()))
        self.tabs.setVisible(plan is not None)
        self.mapping.setVisible(self.table is not None and self.report is None)
        self.template_button.setVisible(self.table is None)
        self.close_button.setText(_("Close Esc") if self.report else _("Cancel Esc"))

    # -- importing -------------------------------------------------------------------------------

    def import_rows(self) -> None:
        """Write the good rows. What was written before a cancel stays; importing again goes on."""
        if not self.import_button.isEnabled() or self.plan is None or self.path is None:
            return
        plan, session, name = self.plan, self.session, self.path.name
        total = plan.count(Outcome.NEW) + plan.count(Outcome.UPDATE) + len(plan.posts)

        def work(progress: Progress) -> ImportReport:
            report = apply(
                plan,
                session,
                progress=lambda done: progress.report(done, total),
                cancelled=lambda: progress.cancelled,
            )
            session.local.note(session.user, "import", f"{name}: {report.summary()}")
            return report

        self._job = self.context.jobs.start(
            _("Importing"), work, done=self._imported, failed=self._not_imported, owner=self
        )
        self._show_buttons()

    def _imported(self, report: ImportReport) -> None:
        self._job, self.report = None, report
        words = _("Stopped: {what}") if report.cancelled else _("Imported: {what}")
        said = words.format(what=report.summary())
        self.summary.setText(said)
        if report.bad:
            self.tabs.setCurrentIndex(1)
        level = Level.WARNING if report.bad or report.cancelled else Level.OK
        self.context.messages.say(level, said)
        self.context.saved.saved(self.session.clock.now_ms())
        self._show_buttons()
        self.close_button.setFocus()
        self.imported.emit(report)

    def _not_imported(self, error: Exception) -> None:
        self._job = None
        self._failed(error)

    def _choose_bad(self) -> None:
        stem = self.path.stem if self.path else "import"
        place = last_folder(self.session) / _("{name} bad rows.csv").format(name=stem)
        name, _filter = QFileDialog.getSaveFileName(self, self.save_bad.text(), str(place), "*.csv")
        if name:
            self.save_bad_rows(Path(name))

    def save_bad_rows(self, path: Path) -> None:
        """Write row, column and reason of everything that was not taken."""
        labels = [_("Row"), _("Column"), _("Reason")]
        try:
            with path.open("wb") as file:
                write_csv(file, labels, self.bad.texts())
        except OSError as error:
            reason = _("{path} could not be written ({reason}).")
            self.error.say(reason.format(path=path, reason=error.strerror or str(error)))
            return
        self.context.messages.say(
            Level.OK, _("The list of bad rows is in {path}").format(path=path)
        )

    # -- closing --------------------------------------------------------------------------------

    def reject(self) -> None:
        """Esc stops what is under way, and closes when nothing is."""
        if self._job is not None and self.plan is not None:
            self._job.cancel()
            return
        if self._job is not None:
            self._job.cancel()
        super().reject()
