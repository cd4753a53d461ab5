"""The post and the person of a row in full, one form each; beside the roster.

Rule: a form that was begun is not taken away by a row that merely changed.
"""

from itertools import pairwise

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.features import person, post
from bankcc.i18n import _
from ui import theme
from ui.context import UiContext
from ui.records.form import RecordForm
from ui.roster.posts import Place
from ui.widgets.toggle_button import ToggleButton

WIDTH = 380


class RosterDetail(QFrame):
    """`left`: Esc. `show_place(place)`, `new_person()`."""

    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster.detail")
        self._context = context
        self._forms: dict[str, RecordForm] = {}
        self._wanted = {post.NAME: "", person.NAME: ""}
        self.kind = post.NAME
        self.tabs = QButtonGroup(self)
        self.buttons = {name: self._tab(name) for name in (post.NAME, person.NAME)}
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        for button in self.buttons.values():
            line.addWidget(button, 1)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(line)
        column.addLayout(self._stack, 1)
        theme.hub().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_place(self, place: Place) -> None:
        """Show the post of a row, or the person if there is none."""
        self._wanted = {post.NAME: place.post, person.NAME: place.who.id if place.who else ""}
        for name, button in self.buttons.items():
            button.setEnabled(bool(self._wanted[name]))
        if not self._wanted[self.kind]:
            self.kind = post.NAME if place.post else person.NAME
        self._show()

    def new_person(self) -> None:
        """An empty form."""
        self.kind = person.NAME
        self._wanted = {post.NAME: "", person.NAME: ""}
        for button in self.buttons.values():
            button.setEnabled(False)
        self.buttons[self.kind].setChecked(True)
        form = self._form()
        form.flush()
        form.new()
        form.start()

    def choose(self, kind: str) -> None:
        """Show the post (`post`) or the person (`person`) of the row."""
        if self._wanted.get(kind):
            self.kind = kind
            self._show()

    def begin(self) -> None:
        """Put the keys into the form."""
        self._form().start()

    def flush(self) -> None:
        """What is being typed goes to disk."""
        for form in self._forms.values():
            form.flush()

    def _show(self) -> None:
        record = self._wanted[self.kind]
        form = self._form()
        self.buttons[self.kind].setChecked(True)
        if not record or (form.record is not None and form.record.id == record):
            return
        try:
            found = self._context.session.get(self.kind, record)
        except UserError as error:
            self._context.messages.show_error(error)
            return
        form.flush()
        form.show_record(found)

    def _form(self) -> RecordForm:
        form = self.make_form(self.kind)
        self._stack.setCurrentWidget(form)
        return form

    def make_form(self, kind: str) -> RecordForm:
        """The form of a kind, made when it is first wanted."""
        form = self._forms.get(kind)
        if form is None:
            form = self._forms[kind] = RecordForm(self._context, kind, self)
            # Made late, it would come after everything that the panel has.
            for before, after in pairwise([*self.buttons.values(), *form.stops()]):
                QWidget.setTabOrder(before, after)
            form.left.connect(self.left)
            self._stack.addWidget(form)
        return form

    def _tab(self, name: str) -> QPushButton:
        made = ToggleButton(self)
        made.setObjectName(f"roster.detail.{name}")
        made.clicked.connect(lambda _on, name=name: self.choose(name))
        self.tabs.addButton(made)
        return made

    def _restyle(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Details"))
        for name, words in ((post.NAME, _("Post")), (person.NAME, _("Person"))):
            self.buttons[name].setText(words)
            self.buttons[name].setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
