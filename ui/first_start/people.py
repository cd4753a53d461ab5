"""The last steps: who is at work; the tables that are there already: people, resources, calls."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QWidget

from bankcc.errors import UserError
from bankcc.features import inquiry, person, resource
from bankcc.i18n import N_, _
from bankcc.schema.query import Query
from bankcc.session import Session
from ui import theme
from ui.context import UiContext
from ui.dialogs import files
from ui.dialogs.who import joined, keep, prepare
from ui.first_start.step import Step, Surroundings
from ui.widgets.plain_label import PlainLabel
from ui.widgets.table_drop import TableDrop

TABLES = (
    (person.NAME, N_("Contact list"), N_("Posts, holders and backups come with it.")),
    (resource.NAME, N_("List of equipment and supplies"), N_("What is needed, what is there.")),
    (inquiry.NAME, N_("Calls answered before"), N_("They are marked as entered later.")),
)


def _name(pressed: QPushButton, title: str) -> None:
    """Three buttons say the same; a screen reader hears which table is meant."""
    pressed.setAccessibleName(f"{pressed.text()} {title}")


class YouStep(Step):
    """Name and post of who sits here; every operation carries them."""

    heading = N_("Who is at work?")

    def __init__(
        self, session: Session, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        self.session = session
        super().__init__("you", around, parent)

    def build(self) -> None:
        self.say(N_("Every entry carries this name and post, so that others know whom to ask."))
        self.person = self.line("you.name", N_("Name"))
        self.post = self.line("you.post", N_("Post"))
        prepare((self.person, self.post), self.session)
        self.column.addStretch(1)
        self.foot(N_("Next Enter"), self._begin, back=False, name="you.next", skip=N_("Skip Esc"))

    def start(self) -> None:
        self.person.setFocus()
        self.person.selectAll()

    def enter(self) -> bool:
        """From the name to the post, if that is still empty."""
        if self.person.hasFocus() and self.person.text().strip() and not self.post.text().strip():
            self.post.setFocus()
            return True
        return False

    def escape(self) -> bool:
        """Without a name the entries carry the laptop's, and the next start asks again."""
        label = self.session.status().label
        self.session.user = _("Laptop {label}").format(label=label)
        self.passed.emit()
        return True

    def _begin(self) -> None:
        if not self.person.text().strip():
            self.around.error.say(_("Type your name first."))
            self.person.setFocus()
            return
        try:
            keep(self.session, self.person.text(), self.post.text())
        except UserError as error:
            # A full disk must not keep people out.
            self.around.error.say_error(error)
        self.session.user = joined(self.person.text(), self.post.text())
        self.done.emit()


class PeopleStep(Step):
    """Each table: import it now, take a template to fill in, or later."""

    heading = N_("People, resources, calls")

    def __init__(
        self, context: UiContext, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        self.context = context
        super().__init__("people", around, parent)

    def build(self) -> None:
        self.say(
            N_(
                "Import the tables you have, or drop them here. Without one, save a template and"
                " fill it in."
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        self.counts: dict[str, PlainLabel] = {}
        self.imports: dict[str, QPushButton] = {}
        self.templates: dict[str, QPushButton] = {}
        for place, (kind, title, words) in enumerate(TABLES):
            self._add_table(grid, 2 * place, kind, title, words)
        self.translated(lambda _text: self._show_counts(), "")
        # Whatever is dropped: the import itself says which of the tables it looks like.
        TableDrop(self, partial(self._import, person.NAME))
        self.column.addLayout(grid)
        self.column.addStretch(1)
        self.foot(
            N_("Open the center Enter"), self.done.emit, name="people.next", skip=N_("Later Esc")
        )

    def _add_table(self, grid: QGridLayout, row: int, kind: str, title: str, words: str) -> None:
        head = PlainLabel("", self, role="section")
        hint = PlainLabel("", self, role="hint", wrap=True)
        self.translated(head.setText, title)
        self.translated(hint.setText, words)
        count = self.counts[kind] = PlainLabel("", self, role="meta")
        bring = self.imports[kind] = self.press(
            f"people.{kind}.import", N_("Import…"), lambda kind=kind: self._import(kind)
        )
        save = self.templates[kind] = self.press(
            f"people.{kind}.template", N_("Template…"), lambda kind=kind: self._template(kind)
        )
        for pressed in (bring, save):
            self.translated(partial(_name, pressed), title)
        grid.addWidget(head, row, 0)
        grid.addWidget(hint, row + 1, 0)
        grid.addWidget(count, row, 1, 2, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(bring, row, 2, 2, 1)
        grid.addWidget(save, row, 3, 2, 1)
        grid.setRowMinimumHeight(row + 1, theme.px(32))

    def start(self) -> None:
        self._show_counts()
        assert self.forward is not None
        self.forward.setFocus()

    def escape(self) -> bool:
        self.passed.emit()
        return True

    def _show_counts(self) -> None:
        for kind, label in self.counts.items():
            count = self.context.session.count(Query(kind))
            label.setText(_("{count} stored").format(count=count) if count else "")

    def _import(self, kind: str, path: Path | None = None) -> QDialog:
        dialog = files.import_file(self.context, kind, path, self.window())
        dialog.finished.connect(lambda _code: self.start())
        return dialog

    def _template(self, kind: str) -> QDialog:
        return files.save_template(self.context, kind, self.window())
