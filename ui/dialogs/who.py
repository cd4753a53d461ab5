"""Asks once per start who is at work: every operation carries the name and the post."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.query import Query
from bankcc.session import Session
from ui.dialogs.frame import ErrorLine, button, field, frame
from ui.widgets.plain_label import PlainLabel

KEPT = "who"
LONGEST = 60


class WhoDialog(QDialog):
    """Enter accepts what was given last time."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        column = frame(self, "who", _("Who is at work?"), 420)
        column.addWidget(PlainLabel(_("Who is at work?"), self, role="page"))
        why = _("Every entry carries this name and post, so that others know whom to ask.")
        column.addWidget(PlainLabel(why, self, wrap=True))
        self.name = field(column, self, "who.name", _("Name"))
        self.post = field(column, self, "who.post", _("Post"))
        for line in (self.name, self.post):
            line.setMaxLength(LONGEST)
        self.error = ErrorLine(self)
        column.addWidget(self.error)
        self.go = button(self, "who.begin", _("Begin"), primary=True)
        self.leave = button(self, "who.quit", _("Quit"))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.leave)
        line.addWidget(self.go)
        column.addLayout(line)
        self.go.clicked.connect(self._begin)
        self.leave.clicked.connect(self.reject)
        self._fill()

    @property
    def user(self) -> str:
        """`王敏 · 热线坐席`, or the name alone."""
        parts = (self.name.text(), self.post.text())
        return " · ".join(part.strip().replace("·", " ") for part in parts if part.strip())

    @classmethod
    def ask(cls, session: Session, parent: QWidget | None = None) -> str | None:
        """Who it is; None if the dialog was closed."""
        dialog = cls(session, parent)
        given = dialog.exec() == QDialog.DialogCode.Accepted
        user = dialog.user
        dialog.deleteLater()
        return user if given else None

    def _fill(self) -> None:
        kept = self._session.local.value(KEPT, {})
        if not kept and self._session.is_demo:
            kept = self._from_example()
        self.name.setText(kept.get("name", ""))
        self.post.setText(kept.get("post", ""))
        self.name.selectAll()

    def _from_example(self) -> dict[str, str]:
        """Somebody of the example's hotline, so that it opens with one key."""
        found = self._session.find(Query("inquiry", order="-row", limit=1))
        name = found[0].text("agent") if found else ""
        return {"name": name, "post": _("Hotline agent")} if name else {}

    def _begin(self) -> None:
        if not self.name.text().strip():
            self.error.say(_("Type your name first."))
            self.name.setFocus()
            return
        kept = {"name": self.name.text().strip(), "post": self.post.text().strip()}
        if self._session.can_write:
            try:
                self._session.local.set_value(KEPT, kept)
                self._session.local.note(self.user, "sign-in", "")
            except UserError as error:
                # A full disk must not keep people out: reading and the message bar still work.
                self.error.say_error(error)
        self.accept()
