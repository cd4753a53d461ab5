"""Chooses a person by the initials of the name, beside what is to be given away."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QWidget

from bankcc.i18n import _
from bankcc.session import Session
from ui.records.person_search import MOST, PersonSearch
from ui.widgets.ask_box import AskBox

WIDTH = 300


class PersonPicker(AskBox):
    """`chosen(id)`: of the person, empty to take it back; `closed`: it went away."""

    chosen = Signal(str)

    def __init__(self, session: Session, parent: QWidget, name: str = "board.assign") -> None:
        super().__init__(name, parent)
        self.people = PersonSearch(session, name, self)
        self.people.taken.connect(self._take)
        self.line, self.list, self.names = self.people.line, self.people.list, self.people.names
        for widget in (self.caption, self.people, self.fault, self.hint):
            self.column.addWidget(widget)
        self.retranslate()

    def ask(
        self, caption: str, anchor: QRect, usual: Sequence[tuple[str, str]], *, taken: bool
    ) -> None:
        """Ask beside `anchor` (on the screen). `usual`: (id, name) of those offered before anything
        is typed; `taken`: somebody has it, who may be relieved."""
        nobody = [("", _("Nobody: take it back"))] if taken else []
        self.people.begin([*usual[:MOST], *nobody])
        self.show_beside(caption, anchor, self.line, WIDTH)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Assign"))
        self.hint.setText(_("↑↓ choose · Enter assigns · Esc leaves"))

    def _take(self, person: str) -> None:
        self.hide()
        self.chosen.emit(person)
        self.closed.emit()
