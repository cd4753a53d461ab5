"""What a report needs to know before it is written: who compiled and approved it, the paper, the
folder.
"""

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.features import inquiry, timeline
from bankcc.i18n import _
from bankcc.schema.owner import name_of
from bankcc.schema.query import Condition, Query
from ui import theme
from ui.context import UiContext
from ui.reports.dialog import APPROVER
from ui.reports.folder import folder_of, keep_folder
from ui.reports.sorts import BOARD, SITUATION, SORTS, Order, ReportSort, order_now
from ui.widgets.plain_label import ElidedLabel, PlainLabel


class ReportOptions(QWidget):
    """`changed`: the report would look different now. `submitted`: Enter in a field."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.session = context, context.session
        self.sort = SORTS[0]
        self.title = PlainLabel("", self, role="section")
        self.about = ElidedLabel("", self, role="meta")
        self.period = PlainLabel("", self)
        self.compiled_label, self.compiled = self._field("compiled")
        self.approved_label, self.approved = self._field("approved")
        self.paper = QCheckBox(self)
        self.paper.setObjectName("report.paper")
        self.paper.toggled.connect(lambda _on: self.changed.emit())
        self.folder_label = PlainLabel("", self, role="meta")
        self.folder_line = ElidedLabel("", self)
        self.folder_line.keep_both_ends()
        self.folder_line.setObjectName("report.folder")
        self.folder_button = QPushButton(self)
        self.folder_button.setObjectName("report.folder.choose")
        self.folder_button.clicked.connect(lambda _checked=False: self._choose_folder())
        self.compiled.setText(name_of(self.session.user))
        self.approved.setText(str(self.session.local.value(APPROVER) or ""))
        self._lay_out()
        self.retranslate()

    def _field(self, name: str) -> tuple[PlainLabel, QLineEdit]:
        label, made = PlainLabel("", self, role="meta"), QLineEdit(self)
        made.setObjectName(f"report.{name}")
        made.setMaxLength(100)
        made.editingFinished.connect(self.changed)
        made.returnPressed.connect(self.submitted)
        return label, made

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(4))
        for at, wide in enumerate((self.title, self.about, self.period)):
            grid.addWidget(wide, at, 0, 1, 2)
        grid.addWidget(self.compiled_label, 3, 0)
        grid.addWidget(self.approved_label, 3, 1)
        grid.addWidget(self.compiled, 4, 0)
        grid.addWidget(self.approved, 4, 1)
        grid.addWidget(self.paper, 5, 0, 1, 2)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.folder_label)
        line.addWidget(self.folder_line, 1)
        line.addWidget(self.folder_button)
        grid.addLayout(line, 6, 0, 1, 2)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.compiled, self.approved, self.paper, self.folder_button]

    def show_sort(self, sort: ReportSort) -> None:
        """Ask what this report needs."""
        self.sort = sort
        situation = sort.id == SITUATION
        for widget in (self.compiled_label, self.compiled, self.approved_label, self.approved):
            widget.setVisible(situation)
        self.period.setVisible(situation)
        self.paper.setVisible(sort.id == BOARD)
        self.retranslate()

    def order(self) -> Order:
        """The report as it is wanted now."""
        return order_now(
            self.session,
            self.sort,
            compiled=self.compiled.text().strip(),
            approved=self.approved.text().strip(),
            paper="A3" if self.paper.isChecked() else "A4",
        )

    @property
    def folder(self) -> Path:
        """Where it goes; need not exist yet."""
        return folder_of(self.session)

    def ask_folder(self) -> str:
        """Let the person choose; empty if they gave up."""
        begin = self.folder if self.folder.is_dir() else self.session.paths.root
        return QFileDialog.getExistingDirectory(self, _("Folder of this incident"), str(begin))

    def _choose_folder(self) -> None:
        chosen = self.ask_folder()
        if not chosen:
            return
        try:
            keep_folder(self.session, Path(chosen))
        except UserError as error:
            self.context.refused(error)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force, and the period as it is now."""
        order = order_now(self.session, self.sort)
        self.title.setText(_(self.sort.label))
        self.about.setText(_(self.sort.about))
        if self.sort.id == SITUATION:
            self.period.setText(self._period(order))
        for label, field, words in (
            (self.compiled_label, self.compiled, _("Compiled by")),
            (self.approved_label, self.approved, _("Approved by")),
        ):
            label.setText(words)
            field.setAccessibleName(words)
        self.paper.setText(_("Large sheet (A3)"))
        self.paper.setAccessibleName(self.paper.text())
        self.folder_label.setText(_("Folder"))
        self.folder_line.setText(str(self.folder))
        self.folder_button.setText(_("Choose…"))
        self.folder_button.setAccessibleName(_("Choose the folder of this incident"))
        self.folder_button.setEnabled(self.session.can_write)

    def _period(self, order: Order) -> str:
        """Which number, from when until when, and whether anything happened."""
        since, until = order.issue.since, order.until
        begin = _("the beginning") if since is None else f"{local(since):%m-%d %H:%M}"
        words = _("No. {number}, from {since} to {until}").format(
            number=order.issue.number, since=begin, until=f"{local(until):%m-%d %H:%M}"
        )
        if since is not None and order.issue.number > 1:
            after = (Condition("at", ">", since),)
            kinds = (timeline.NAME, inquiry.NAME)  # a call that is taken makes no entry
            if not any(self.session.count(Query(kind, where=after)) for kind in kinds):
                words += "\n" + _("■ Nothing new since; it can be issued as a report of no change")
        return words

    def changeEvent(self, event: QEvent) -> None:
        # Hidden, it is put into words when it is shown: what it says is read from the center.
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.retranslate()
        super().changeEvent(event)
