"""The line where people are checked in: two or three letters of the name, Enter.

Rule: Enter acts only when one person is meant beyond doubt; of several, a digit chooses. A name is
never guessed. The input method is off here, so that letters are letters.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from bankcc.i18n import _
from ui import theme
from ui.feedback import announce
from ui.roster.posts import Roster, Someone
from ui.roster.search import Found, picks, seek
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import ElidedLabel, PlainLabel

FIELD_WIDTH = 180
LIST_WIDTH = 460
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckInLine(QWidget):
    """`chosen(id)`: this person comes or goes; `left`: Esc or ↓ out of the empty field. `state`
    says where a person is, for the list of candidates."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, state: Callable[[Someone], str], over: QWidget) -> None:
        super().__init__(over)
        self._roster, self._state = Roster(), state
        self.found = Found()
        self.kiosk = False
        self._at = -1
        self._known = self._early = False
        self.caption = PlainLabel("", self)
        self.caption.setStyleSheet("font-weight: bold;")
        self.text = QLineEdit(self)
        self.text.setObjectName("roster.check_in")
        self.text.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.text.setMaxLength(40)
        self.text.textChanged.connect(self._seek)
        self.text.installEventFilter(self)
        self.answer = ElidedLabel("", self)
        self.answer.setObjectName("roster.check_in.answer")
        self._level: Level | None = None
        self._build_candidates(over)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self.caption)
        self._line.addWidget(self.text)
        self._line.addWidget(self.answer, 1)
        self.setFocusProxy(self.text)
        theme.hub().changed.connect(self.recolour)
        self.retranslate()
        self.recolour()

    def _build_candidates(self, over: QWidget) -> None:
        """The list lies over the panel, below the field."""
        self.popup = QFrame(over)
        self.popup.setObjectName("roster.check_in.candidates")
        self.popup.setProperty("card", True)
        self.names = QStringListModel(self.popup)
        self.list = QListView(self.popup)
        self.list.setObjectName("roster.check_in.names")
        self.list.setModel(self.names)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setStyleSheet("QListView { border: 0; }")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self._choose(self.found.people[index.row()]))
        self.hint = PlainLabel("", self.popup, role="hint", wrap=True)
        column = QVBoxLayout(self.popup)
        column.setContentsMargins(*[theme.px(8)] * 4)
        column.addWidget(self.list)
        column.addWidget(self.hint)
        self.popup.hide()

    # -- what the panel says ---------------------------------------------------------------------

    def set_roster(self, roster: Roster) -> None:
        """Search among these people from now on. Enter that came too early is heard now."""
        self._roster, self._known = roster, True
        early = self._early
        if self.text.text():
            self._seek(self.text.text())
        if early:
            self._enter()

    def set_kiosk(self, kiosk: bool) -> None:
        """At the door people enter their own staff number; initials do nothing there."""
        self.kiosk = kiosk
        self.text.clear()
        self.say(None, "")
        self.retranslate()

    def say(self, level: Level | None, words: str) -> None:
        """Say beside the field what was done, or why nothing was."""
        self._level = level if words else None
        hint = "" if self.kiosk else _("typed again, it checks out")
        self.answer.setText(f"{SHAPES[level]} {words}" if level and words else words or hint)
        self.answer.setAccessibleName(self.answer.text())
        self.recolour()
        if words:
            announce(self.answer)

    # -- keys ------------------------------------------------------------------------------------

    def go_on(self, letters: str) -> None:
        """Letters that were typed elsewhere on the panel: the rest is typed here."""
        if not self.isHidden():
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.text.insert(letters)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is self.text and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._key(event)
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in ENTER and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._enter()
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            if not self.text.text():
                self.left.emit()
            self.text.clear()
            return True
        person = None if self.kiosk else picks(
            self._roster, self.found, self.text.text(), event.text()
        )  # fmt: skip
        if person is not None:
            self._choose(person)
            return True
        return False

    def _enter(self) -> None:
        typed = self.text.text().strip()
        if not typed:
            return
        if not self._known:
            self._early = True
            return
        if self._at >= 0:
            self._choose(self.found.people[self._at])
        elif self.found.certain is not None:
            self._choose(self.found.certain)
        elif self.found.people:
            words = _("{count} people fit “{text}”: press the digit, or type more")
            self.say(Level.WARNING, words.format(count=len(self.found.people), text=typed))
        else:
            words = _("No staff number “{text}”") if self.kiosk else _("Nobody fits “{text}”")
            self.say(Level.CRITICAL, words.format(text=typed))
            self.text.selectAll()

    def _step(self, way: int) -> None:
        if not self.found.people:
            if way > 0 and not self.text.text():
                self.left.emit()
            return
        self._at = max(0, min(self._at + way, len(self.found.people) - 1))
        self.list.setCurrentIndex(self.names.index(self._at))

    def _choose(self, person: Someone) -> None:
        self.text.clear()
        self.chosen.emit(person.id)
        self.text.setFocus()

    # -- candidates ------------------------------------------------------------------------------

    def _seek(self, typed: str) -> None:
        self._at, self._early = -1, False
        self.found = seek(self._roster, typed, staff_numbers_only=self.kiosk)
        lines = [self._line_of(at, someone) for at, someone in enumerate(self.found.people)]
        self.names.setStringList(lines)
        if self.found.certain is not None:
            self.list.setCurrentIndex(self.names.index(0))
        self.text.setAccessibleDescription(_("; ").join(lines))
        show = bool(lines) and not self.kiosk and self.text.hasFocus()
        self.popup.setVisible(show)
        if show:
            self._place()

    def _line_of(self, at: int, someone: Someone) -> str:
        mark = "↵" if someone is self.found.certain else str(at + 1)
        duty = someone.duty or someone.group
        parts = (mark, someone.initials, someone.name, duty, self._state(someone))
        return "   ".join(filter(None, parts))

    def _place(self) -> None:
        several = self.found.certain is None
        self.hint.setText(
            _("Digit or ↑↓ chooses · Enter · Esc") if several else _("Enter checks in or out")
        )
        rows = len(self.found.people)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 1) + theme.px(6))
        panel = self.popup.parentWidget()
        at = self.text.mapTo(panel, QPoint(0, self.text.height() + theme.px(2)))
        width = min(theme.px(LIST_WIDTH), panel.width() - at.x() - theme.px(8))
        self.popup.setFixedWidth(width)
        self.popup.setGeometry(QRect(at, self.popup.sizeHint()))
        self.popup.raise_()

    # -- look and words --------------------------------------------------------------------------

    def recolour(self) -> None:
        """Sizes and colours of the theme in force."""
        self.text.setFixedWidth(theme.px(FIELD_WIDTH))
        self._line.setSpacing(theme.px(8))
        look = theme.tokens()
        colour = look.levels[self._level].text if self._level else look.text3
        weight = "bold" if self._level else "normal"
        self.answer.setStyleSheet(f"color: {colour}; font-weight: {weight};")

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.caption.setText(_("Check in"))
        words = _("Staff number, Enter") if self.kiosk else _("Initials, Enter")
        self.text.setPlaceholderText(words)
        self.text.setAccessibleName(_("Check in or out: {how}").format(how=words))
        self.text.setToolTip(
            _("Two or three initials and Enter: on duty; again: off duty. Staff numbers work too.")
        )
        self.list.setAccessibleName(_("People found"))
        if self._level is None:
            self.say(None, "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.say(None, "")  # it stands in the list and the timeline too, in either language
            self.retranslate()
        super().changeEvent(event)
