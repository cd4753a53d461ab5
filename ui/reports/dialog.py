"""Reports as PDF: the situation, or a list as it is filtered. Ctrl+P, Enter is all it takes."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from bankcc.clock import local
from bankcc.i18n import _, ngettext
from bankcc.reports.data import Issue, issued, next_issue, situation_report
from bankcc.reports.history import remember
from bankcc.reports.list_data import list_report
from bankcc.reports.listing import render_list
from bankcc.reports.situation import render_situation
from bankcc.schema.owner import name_of
from bankcc.schema.query import Query
from bankcc.session import Session
from ui.context import UiContext
from ui.dialogs.frame import field
from ui.dialogs.writing import Produce, WritingDialog
from ui.jobs import Progress
from ui.widgets.plain_label import PlainLabel

APPROVER = "report.approved_by"


class SituationDialog(WritingDialog):
    """The next situation report: from the last one until now."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        session = context.session
        self.until, self.issue = session.clock.now_ms(), next_issue(session)
        file = _("Situation report no. {number} {time}").format(
            number=self.issue.number, time=f"{local(self.until):%Y%m%d-%H%M}"
        )
        super().__init__(context, "report", _("Situation report"), file, ".pdf", parent)
        since = self.issue.since
        begin = _("the beginning") if since is None else f"{local(since):%m-%d %H:%M}"
        period = _("No. {number}, from {since} to {until}").format(
            number=self.issue.number, since=begin, until=f"{local(self.until):%m-%d %H:%M}"
        )
        self.body.addWidget(PlainLabel(period, self))
        self.compiled = field(self.body, self, "report.compiled_by", _("Compiled by"))
        self.approved = field(self.body, self, "report.approved_by", _("Approved by"))
        self.compiled.setText(name_of(session.user))
        self.approved.setText(str(session.local.value(APPROVER) or ""))
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        compiled, approved = self.compiled.text().strip(), self.approved.text().strip()
        session, issue, until = self.context.session, self.issue, self.until
        return situation_writer(session, issue, until, compiled=compiled, approved=approved)


def situation_writer(
    session: Session, issue: Issue, until: int, *, compiled: str, approved: str
) -> Produce:
    """The work that writes report `issue`, up to `until` (UTC ms), and then counts it."""

    def produce(path: Path, progress: Progress) -> str:
        report = situation_report(
            session,
            since=issue.since,
            until=until,
            issue_no=issue.number,
            compiled_by=compiled,
            approved_by=approved,
        )
        progress.check()
        render_situation(report, path)
        if session.can_write:
            issued(session, number=issue.number, until=until)
            session.local.set_value(APPROVER, approved)
        _note(session, path)
        remember(session, "situation", path, number=issue.number)
        return _("Situation report no. {number} is written.").format(number=issue.number)

    return produce


class ListDialog(WritingDialog):
    """The list that `query` finds, phones masked."""

    def __init__(self, context: UiContext, query: Query, parent: QWidget | None = None) -> None:
        session = context.session
        kind = session.kind(query.kind)
        now = f"{local(session.clock.now_ms()):%Y%m%d-%H%M}"
        title = _("Print list: {kind}").format(kind=_(kind.plural))
        super().__init__(context, "report", title, f"{_(kind.plural)}_{now}", ".pdf", parent)
        self.query, self.count = query, session.count(query)
        words = ngettext(
            "{count} entry, as the list is filtered now; phone numbers are masked.",
            "{count} entries, as the list is filtered now; phone numbers are masked.",
            self.count,
        )
        self.body.addWidget(PlainLabel(words.format(count=self.count), self, wrap=True))
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        return list_writer(self.context.session, self.query)


def list_writer(session: Session, query: Query, *, sort: str = "", title: str = "") -> Produce:
    """The work that writes what `query` finds as a printed list; remembered as `sort`, under
    `title`, else as that of its kind."""

    def produce(path: Path, progress: Progress) -> str:
        report = list_report(session, query.kind, query, title=title)
        progress.check()
        render_list(report, path)
        _note(session, path)
        remember(session, sort or query.kind, path)
        return ngettext(
            "The list is written: {count} entry.",
            "The list is written: {count} entries.",
            report.total,
        ).format(count=report.total)

    return produce


def _note(session: Session, path: Path) -> None:
    """The journal of this laptop knows what left it as a file."""
    if session.can_write:
        session.local.note(session.user, "report", path.name)
