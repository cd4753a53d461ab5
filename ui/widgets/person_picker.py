"""Chooses a person by the initials of the name, beside the card that is to be given away.

Rule: the first fitting name is chosen already, so that two letters and Enter are enough.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from bankcc.i18n import _
from bankcc.schema.record import Record
from bankcc.session import Session
from ui import theme
from ui.models.task_card import initials_of
from ui.widgets.ask_line import put_beside
from ui.widgets.plain_label import PlainLabel
from ui.widgets.search_line import SearchLine

MOST = 8
WIDTH = 300


class PersonPicker(QFrame):
    """`chosen(id)`: of the person, empty to take the task back; `closed`: it went away."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.assign")
        self.setProperty("card", True)
        self._session = session
        self._usual: list[tuple[str, str]] = []
        self._offered: list[str] = []
        self._taken = False
        self.caption = PlainLabel("", self, wrap=True)
        self.caption.setStyleSheet("font-weight: bold;")
        self.line = SearchLine(self)
        self.line.setObjectName("board.assign.text")
        self.line.installEventFilter(self)
        self.line.sought.connect(self._seek)
        self.names = QStringListModel(self)
        self.list = QListView(self)
        self.list.setObjectName("board.assign.names")
        self.list.setModel(self.names)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        for widget in (self.caption, self.line, self.list, self.hint):
            column.addWidget(widget)
        self.retranslate()
        self.hide()

    def ask(
        self, caption: str, anchor: QRect, usual: Sequence[tuple[str, str]], *, taken: bool
    ) -> None:
        """Ask beside `anchor` (on the screen). `usual`: (id, name) of those offered before anything
        is typed; `taken`: somebody has it, who may be relieved."""
        self._usual, self._taken = list(usual)[:MOST], taken
        self.caption.setText(caption)
        self.line.clear()
        self._seek("")
        self.list.setFixedHeight(theme.px(24) * (MOST - 1) + theme.px(4))
        self.setFixedWidth(theme.px(WIDTH))
        self.show()
        self.raise_()
        put_beside(self.parentWidget(), self, anchor)
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def asking(self) -> bool:
        """Whether it is open."""
        return not self.isHidden()

    def close_question(self) -> None:
        """Go away without choosing."""
        if self.asking:
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Assign"))
        self.line.setPlaceholderText(_("Initials or name"))
        self.line.setAccessibleName(_("Initials or name of the person"))
        self.list.setAccessibleName(_("People found"))
        self.hint.setText(_("↑↓ choose · Enter assigns · Esc leaves"))

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is not self.line or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.line.waiting:
                self.line.seek()
            self._take(self.list.currentIndex().row())
            return True
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.currentIndex().row() + step, len(self._offered) - 1))
            self.list.setCurrentIndex(self.names.index(row))
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _seek(self, text: str) -> None:
        if text:
            hits = self._session.search(text, kinds=("person",), limit=MOST * 3)
            found = sorted((hit.record for hit in hits), key=lambda p: _fit(p, text))
            rows = [(person.id, _line(person)) for person in found[:MOST]]
        else:
            rows = [(person, name) for person, name in self._usual]
            rows += [("", _("Nobody: take it back"))] * self._taken
        self._offered = [person for person, _words in rows]
        self.names.setStringList([words for _person, words in rows])
        self.list.setCurrentIndex(self.names.index(0))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._offered):
            person = self._offered[row]
            self.hide()
            self.chosen.emit(person)
            self.closed.emit()


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
