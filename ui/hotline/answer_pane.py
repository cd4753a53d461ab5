"""The approved words for the caller, large enough to be read aloud.

Rule: read only; what is out of date says so in a band and can be neither copied nor attached.
"""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.features import answer_card
from bankcc.i18n import N_, _
from bankcc.schema.plain_text import fold_width, pinyin_tokens
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet
from ui import theme
from ui.background_read import BackgroundRead
from ui.context import UiContext
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel

SCRIPT = 18
LOW = 190
"""Pixels at 100 %: below this height the heading goes."""
AGING_MS = 15_000
DIGITS = range(1, 10)
NO_CARD = N_("There is no approved card yet.\nCards are written and approved under “Answer cards”.")
_REASON = Qt.FocusReason
ELSEWHERE = (_REASON.ActiveWindowFocusReason, _REASON.PopupFocusReason)
"""The keys went to another window or a menu, and will come back."""


class _Cards(QListWidget):
    """The questions; a digit chooses, letters are the initials of one."""

    digit = Signal(int)
    enter = Signal()
    letters = Signal(str)
    put_down = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._typed = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = fold_width(event.text())
        command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        plain = len(text) == 1 and not event.modifiers() & command
        if plain and text.isdecimal() and int(text) in DIGITS:
            self._type("")
            self.digit.emit(int(text))
        elif plain and text.isalpha():
            self._type(self._typed + text.lower())
        elif event.key() == Qt.Key.Key_Backspace:
            self._type(self._typed[:-1])
        elif event.key() == Qt.Key.Key_Escape and self._typed:
            self._type("")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are initials, not beginnings of what stands there."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in ELSEWHERE:
            self._type("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in ELSEWHERE:
            self._type("")
            self.put_down.emit()

    def _type(self, letters: str) -> None:
        if letters != self._typed:
            self._typed = letters
            self.letters.emit(letters)


class AnswerPane(QFrame):
    """`chosen(Record)`: this card was read to the caller. `left`: Esc, back to the call.
    `put_down`: the keys went elsewhere."""

    chosen = Signal(object)
    left = Signal()
    put_down = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.answers")
        self.setProperty("card", True)
        self._session, self._messages = context.session, context.messages
        self._category = self._number = self._letters = ""
        self._uses: Counter[str] = Counter()
        self._tally = BackgroundRead(
            context.jobs, _("Uses of the cards"), self._count_uses, self, quiet=True
        )
        self.cards: list[Record] = []
        self.title = PlainLabel("", self, role="section")
        self.hint = PlainLabel("", self, role="hint")
        self.list = _Cards(self)
        self.list.setObjectName("hotline.answers.list")
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.band = Chip(Level.CRITICAL, "", self)
        self.band.setObjectName("hotline.answers.expired")
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("hotline.answers.text")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.forbidden = PlainLabel("", self, wrap=True)
        self.validity = ElidedLabel("", self, role="meta")
        self._aging = QTimer(self, interval=AGING_MS)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self._choose())
        self.list.digit.connect(self._digit)
        self.list.enter.connect(self._choose)
        self.list.letters.connect(self._seek)
        self.list.put_down.connect(self._put_down)
        self._tally.answered.connect(self._counted)
        self._aging.timeout.connect(self.refresh)
        self._aging.start()
        context.bridge.changed.connect(self._changed)
        theme.hub().changed.connect(self._repaint)
        self.retranslate()
        self._repaint()
        self._tally.ask()

    def current(self) -> Record | None:
        """The card that is shown."""
        row = self.list.currentRow()
        return self.cards[row] if 0 <= row < len(self.cards) else None

    def focus_list(self) -> None:
        """Ctrl+D."""
        target = self.list if self.cards else self.text
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self, category: str, number: str = "") -> None:
        """Offer the cards for a category; `number` is that of a stored call they are wanted for."""
        self._number = number
        self._say_keys()
        self.set_category(category)

    def note_use(self, card: str) -> None:
        """A call was answered from this card; what is used more comes first."""
        self._uses[card] += 1
        self.refresh()

    def set_category(self, category: str) -> None:
        """Cards on what this caller asks about come first, and the first of them is shown."""
        if category != self._category:
            self._category = category
            self.refresh(keep=not category)

    def refresh(self, *, keep: bool = True) -> None:
        """Read the cards again; `keep` the one that is shown."""
        shown = self.current()
        approved = Query(answer_card.NAME, where=(Condition("status", "=", "approved"),))
        now = self._session.clock.now_ms()
        try:
            found = self._session.find(approved)
        except UserError as error:
            self._messages.show_error(error)
            return  # the cards that were read before stay
        found.sort(key=lambda card: (answer_card.expired(card, now), *self._rank(card)))
        self.cards = found
        blocked = self.list.blockSignals(True)
        self.list.clear()
        for at, card in enumerate(found, start=1):
            mark = f" {SHAPES[Level.CRITICAL]}" if answer_card.expired(card, now) else ""
            digit = f"{at}  " if at in DIGITS else "–  "
            item = QListWidgetItem(f"{digit}{card.text('question')}{mark}")
            item.setToolTip(card.text("topic"))
            item.setSizeHint(QSize(0, theme.px(26)))
            self.list.addItem(item)
        ids = [card.id for card in found]
        wanted = ids.index(shown.id) if keep and shown and shown.id in ids else 0
        if found:
            self.list.setCurrentRow(wanted)
        self.list.blockSignals(blocked)
        self.list.setVisible(bool(found))  # an empty box says nothing; the words below do
        self._show()

    def stop(self) -> None:
        """Before the session is closed."""
        self._aging.stop()
        self._tally.close()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Answer cards"))
        self._say_keys()
        self.list.setAccessibleName(_("Answer cards"))
        self.text.setAccessibleName(_("Words to read aloud"))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where height is dear the words to read have it, and not the heading."""
        super().resizeEvent(event)
        low = event.size().height() < theme.px(LOW)
        margin = theme.px(6 if low else 12)
        self.layout().setContentsMargins(theme.px(12), margin, theme.px(12), margin)
        self.layout().setSpacing(theme.px(4 if low else 8))
        for label in (self.title, self.hint):
            label.setVisible(not low)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _rank(self, card: Record) -> tuple[int, int]:
        """What this caller asks about first, then what is used most."""
        fits = self._category and card.text("category") == self._category
        return (0 if fits else 1, -self._uses[card.id])

    def _count_uses(self) -> Callable[[], Counter[str]]:
        session, cards = self._session, [card.id for card in self.cards]
        used = {
            card: Query("inquiry", where=(Condition("answer_card", "=", card),)) for card in cards
        }
        return lambda: Counter({card: session.count(query) for card, query in used.items()})

    def _counted(self, uses: Counter[str]) -> None:
        if uses != self._uses:
            self._uses = uses
            self.refresh()

    def _seek(self, letters: str) -> None:
        """The first card whose topic or question has these initials."""
        self._letters = letters
        self._say_keys()
        for row, card in enumerate(self.cards):
            if letters and any(_begins(card.text(name), letters) for name in ("topic", "question")):
                self.list.setCurrentRow(row)
                return

    def _put_down(self) -> None:
        self._number = ""
        self._say_keys()
        self.put_down.emit()

    def _say_keys(self) -> None:
        words = _("Ctrl+D · digit or initials · Enter")
        said = (self._letters, _("for {number}").format(number=self._number) * bool(self._number))
        self.hint.setText(" · ".join(filter(None, (*said, words))))

    def _changed(self, changes: ChangeSet) -> None:
        if answer_card.NAME in changes.kinds:
            self.refresh()

    def _digit(self, digit: int) -> None:
        if digit <= len(self.cards):
            self.list.setCurrentRow(digit - 1)

    def _choose(self) -> None:
        card = self.current()
        if card is not None and answer_card.usable(card, self._session.clock.now_ms()):
            self.chosen.emit(card)
        elif card is not None:
            announce(self.band)

    def _show(self) -> None:
        card = self.current()
        usable = card is not None and answer_card.usable(card, self._session.clock.now_ms())
        self.band.set_status(Level.CRITICAL, self._problem(card, usable))
        words = card.text("answer") if card else _(NO_CARD)
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
        by = Qt.TextInteractionFlag
        readable = by.TextSelectableByMouse | by.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(readable if usable else by.NoTextInteraction)
        forbidden = card.text("must_not_say") if card else ""
        self.forbidden.setText(
            _("✗ Must not say: {what}").format(what=forbidden) if forbidden else ""
        )
        self.forbidden.setVisible(bool(forbidden))
        self.validity.setText(self._validity(card) if card else "")
        self.validity.setVisible(card is not None)

    def _problem(self, card: Record | None, usable: bool) -> str:
        if card is None or usable:
            return ""
        until = card["valid_until"]
        if isinstance(until, int) and answer_card.expired(card, self._session.clock.now_ms()):
            return _("Out of date since {time}: say that we are checking").format(
                time=f"{local(until):%m-%d %H:%M}"
            )
        return _("Not in force yet: say that we are checking")

    def _validity(self, card: Record) -> str:
        until = card["valid_until"]
        # How long it may be read comes first: in large letters the end is cut.
        parts = [
            _("until {time}").format(time=f"{local(until):%m-%d %H:%M}")
            if isinstance(until, int)
            else _("valid until withdrawn"),
            _("v{version}").format(version=card["version"]),
            _("approved by {who}").format(who=card.text("approver")),
            _("read only"),
        ]
        return " · ".join(parts)

    def _repaint(self) -> None:
        self.text.setFont(theme.font(SCRIPT))
        self.refresh()
        self.forbidden.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")

    def _lay_out(self) -> None:
        self.text.setMinimumHeight(theme.px(36))
        self.list.setMinimumHeight(theme.px(28))
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.list, 2)
        column.addWidget(self.band)
        column.addWidget(self.text, 3)
        column.addWidget(self.forbidden)
        column.addWidget(self.validity)


def _begins(words: str, letters: str) -> bool:
    """Whether letters begin the words, their pinyin or its initials."""
    readings = (words.lower(), *pinyin_tokens(words).split())
    return any(reading.startswith(letters) for reading in readings)
