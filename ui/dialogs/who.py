"""Asks once per start who is at work: every operation carries the name and the post."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.query import Query
from bankcc.session import Session
from ui.dialogs.frame import ErrorLine, button, field, frame
from ui.widgets.plain_label import PlainLabel

KEPT = "who"
LONGEST = 60


def joined(name: str, post: str) -> str:
    """`王敏 · 热线坐席`, or the name alone."""
    return " · ".join(part.strip().replace("·", " ") for part in (name, post) if part.strip())


def proposed(session: Session) -> tuple[str, str]:
    """Name and post given last time; in an example somebody of its hotline, so that it opens with
    one key."""
    kept = session.local.value(KEPT, {})
    if not kept and session.is_demo:
        found = session.find(Query("inquiry", order="-row", limit=1))
        name = found[0].text("agent") if found else ""
        return (name, _("Hotline agent")) if name else ("", "")
    return kept.get("name", ""), kept.get("post", "")


def keep(session: Session, name: str, post: str) -> None:
    """Propose them next time, and note the sign-in. Raises StorageError."""
    if session.can_write:
        session.local.set_value(KEPT, {"name": name.strip(), "post": post.strip()})
        session.local.note(joined(name, post), "sign-in", "")


def prepare(lines: tuple[QLineEdit, QLineEdit], session: Session) -> None:
    """Put what is proposed into the fields for name and post."""
    for line, text in zip(lines, proposed(session), strict=True):
        line.setMaxLength(LONGEST)
        line.setText(text)
    lines[0].selectAll()


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
        self.error = ErrorLine(self)
        column.addWidget(self.error)
        self.go = button(self, "who.begin", _("Begin"), primary=True)
        self.leave = button(self, "who.quit", _("Quit"))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.leave)
        line.addWidget(self.go)
        self.setTabOrder(self.leave, self.go)
        column.addLayout(line)
        self.go.clicked.connect(self._begin)
        self.leave.clicked.connect(self.reject)
        prepare((self.name, self.post), session)

    @property
    def user(self) -> str:
        """Who it is, as every operation carries it."""
        return joined(self.name.text(), self.post.text())

    @classmethod
    def ask(cls, session: Session, parent: QWidget | None = None) -> str | None:
        """Who it is; None if the dialog was closed."""
        dialog = cls(session, parent)
        given = dialog.exec() == QDialog.DialogCode.Accepted
        user = dialog.user
        dialog.deleteLater()
        return user if given else None

    def _begin(self) -> None:
        if not self.name.text().strip():
            self.error.say(_("Type your name first."))
            self.name.setFocus()
            return
        try:
            keep(self._session, self.name.text(), self.post.text())
        except UserError as error:
            # A full disk must not keep people out: reading and the message bar still work.
            self.error.say_error(error)
        self.accept()
