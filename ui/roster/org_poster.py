"""The organisation as a poster: paper and file, then the work in the background."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from bankcc.clock import local
from bankcc.i18n import _, ngettext
from bankcc.reports.org_poster import PAPERS, org_poster, render_org_poster
from ui.context import UiContext
from ui.dialogs.writing import Produce, WritingDialog
from ui.jobs import Progress
from ui.widgets.plain_label import PlainLabel


class OrgPosterDialog(WritingDialog):
    """Groups, posts, holders and backups, phones masked, on A3 or A4."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        now = f"{local(context.session.clock.now_ms()):%Y%m%d-%H%M}"
        title = _("Organisation poster")
        super().__init__(context, "poster", title, f"{title}_{now}", ".pdf", parent)
        words = _("Groups, posts, holders and backups as they are now; phone numbers are masked.")
        self.body.addWidget(PlainLabel(words, self, wrap=True))
        self.body.addWidget(PlainLabel(_("Paper"), self, role="meta"))
        self.paper = QComboBox(self)
        self.paper.setObjectName("poster.paper")
        self.paper.setAccessibleName(_("Paper"))
        for paper in PAPERS:
            self.paper.addItem(_("{paper} landscape").format(paper=paper), paper)
        self.body.addWidget(self.paper)
        self.write_button.setFocus()

    def prepare(self) -> Produce:
        session, paper = self.context.session, str(self.paper.currentData())

        def produce(path: Path, progress: Progress) -> str:
            poster = org_poster(session)
            progress.check()
            render_org_poster(poster, path, paper=paper)
            if session.can_write:
                session.local.note(session.user, "report", path.name)
            return ngettext(
                "The poster is written: {count} post.",
                "The poster is written: {count} posts.",
                poster.posts,
            ).format(count=poster.posts)

        return produce
