"""A line for the initials of a name, and the people that fit below it.

Rule: the first fitting name is chosen already, so that two letters and Enter are enough.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QStringListModel, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from bankcc.i18n import _
from bankcc.schema.record import Record
from bankcc.session import Session
from ui import theme
from ui.records.cell_text import initials_of
from ui.widgets.ask_box import ENTER
from ui.widgets.search_line import SearchLine

MOST = 8


class PersonSearch(QWidget):
    """`taken(id)`: Enter or a click chose this person, empty for nobody."""

    taken = Signal(str)

    def __init__(self, session: Session, name: str, parent: QWidget, *, rows: int = MOST) -> None:
        super().__init__(parent)
        self._session, self._rows = session, rows
        self._usual: list[tuple[str, str]] = []
        self._offered: list[str] = []
        self.line = SearchLine(self)
        self.line.setObjectName(f"{name}.text")
        self.line.installEventFilter(self)
        self.line.sought.connect(self._seek)
        self.names = QStringListModel(self)
        self.list = QListView(self)
        self.list.setObjectName(f"{name}.names")
        self.list.setModel(self.names)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.retranslate()

    def begin(self, usual: Sequence[tuple[str, str]]) -> None:
        """Empty the line. `usual`: (id, words) of what is offered before anything is typed; an
        empty id stands for nobody."""
        self._usual = list(usual)
        self.line.clear()
        self._seek("")
        self.list.setFixedHeight(theme.px(24) * (self._rows - 1) + theme.px(4))

    def take(self) -> None:
        """Choose the row that is marked."""
        self._take(self._marked())

    def person(self) -> str:
        """Who is marked; empty for nobody."""
        row = self._marked()
        return self._offered[row] if 0 <= row < len(self._offered) else ""

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.line.setPlaceholderText(_("Initials or name"))
        self.line.setAccessibleName(_("Initials or name of the person"))
        self.list.setAccessibleName(_("People found"))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is not self.line or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take()
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.currentIndex().row() + step, len(self._offered) - 1))
            self.list.setCurrentIndex(self.names.index(row))
            return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _marked(self) -> int:
        if self.line.waiting:
            self.line.seek()
        return self.list.currentIndex().row()

    def _seek(self, text: str) -> None:
        if text:
            hits = self._session.search(text, kinds=("person",), limit=MOST * 3)
            found = sorted((hit.record for hit in hits), key=lambda p: _fit(p, text))
            rows = [(person.id, _line(person)) for person in found[:MOST]]
        else:
            rows = self._usual
        self._offered = [person for person, _words in rows]
        self.names.setStringList([words for _person, words in rows])
        self.list.setCurrentIndex(self.names.index(0))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._offered):
            self.taken.emit(self._offered[row])


def _fit(person: Record, text: str) -> tuple[int, int]:
    """Whose initials or name are what was typed stand first, then who was entered first."""
    name, wanted = person.text("name"), text.lower()
    initials = initials_of(name).lower()
    exact = wanted in (initials, name.lower())
    begins = initials.startswith(wanted) or name.lower().startswith(wanted)
    return (0 if exact else 1 if begins else 2, person.row)


def _line(person: Record) -> str:
    post = person.text("post") or person.text("group")
    parts = (initials_of(person.text("name")), person.text("name"), post)
    return "  ".join(filter(None, parts))
