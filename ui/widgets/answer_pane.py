"""The approved words for the caller, large enough to be read aloud.

Rule: read only; what is out of date says so in a band and can be neither copied nor attached.
"""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
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
from bankcc.features import answer_card
from bankcc.i18n import _
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import Record
from bankcc.session import ChangeSet
from ui import theme
from ui.context import UiContext
from ui.theme import SHAPES, Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import PlainLabel

SCRIPT = 18
AGING_MS = 15_000
DIGITS = range(1, 10)


class _Cards(QListWidget):
    """The questions; a digit chooses."""

    digit = Signal(int)
    enter = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.isdecimal() and len(text) == 1 and int(text) in DIGITS:
            self.digit.emit(int(text))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""


class AnswerPane(QFrame):
    """`chosen(Record)`: this card was read to the caller. `left`: Esc, back to the call."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.answers")
        self.setProperty("card", True)
        self._session = context.session
        self._category = ""
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
        self.text.setMinimumHeight(theme.px(60))
        self.list.setMinimumHeight(theme.px(32))
        self.forbidden = PlainLabel("", self, wrap=True)
        self.validity = PlainLabel("", self, role="meta", wrap=True)
        self._aging = QTimer(self, interval=AGING_MS)
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.itemDoubleClicked.connect(lambda _item: self._choose())
        self.list.digit.connect(self._digit)
        self.list.enter.connect(self._choose)
        self._aging.timeout.connect(self.refresh)
        self._aging.start()
        context.bridge.changed.connect(self._changed)
        theme.hub().changed.connect(self._repaint)
        self.retranslate()
        self._repaint()

    def current(self) -> Record | None:
        """The card that is shown."""
        row = self.list.currentRow()
        return self.cards[row] if 0 <= row < len(self.cards) else None

    def focus_list(self) -> None:
        """Ctrl+D."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
        found = self._session.find(approved)
        found.sort(key=lambda card: (answer_card.expired(card, now), self._rank(card)))
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
        self._show()

    def stop(self) -> None:
        """Before the session is closed."""
        self._aging.stop()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Answer cards"))
        self.hint.setText(_("Ctrl+D · digit · Enter"))
        self.list.setAccessibleName(_("Answer cards"))
        self.text.setAccessibleName(_("Words to read aloud"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _rank(self, card: Record) -> int:
        return 0 if self._category and card.text("category") == self._category else 1

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

    def _show(self) -> None:
        card = self.current()
        usable = card is not None and answer_card.usable(card, self._session.clock.now_ms())
        self.band.set_status(Level.CRITICAL, self._problem(card, usable))
        words = card.text("answer") if card else _("There is no approved card yet.")
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
        by = Qt.TextInteractionFlag
        readable = by.TextSelectableByMouse | by.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(readable if usable else by.NoTextInteraction)
        forbidden = card.text("must_not_say") if card else ""
        self.forbidden.setText(
            _("Must not say: {what}").format(what=forbidden) if forbidden else ""
        )
        self.forbidden.setVisible(bool(forbidden))
        self.validity.setText(self._validity(card) if card else "")

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
        parts = [
            _("Version {version}").format(version=card["version"]),
            _("approved by {who}").format(who=card.text("approver")),
            _("valid until {time}").format(time=f"{local(until):%m-%d %H:%M}")
            if isinstance(until, int)
            else _("valid until withdrawn"),
            _("read only"),
        ]
        return " · ".join(parts)

    def _repaint(self) -> None:
        self.text.setFont(theme.font(SCRIPT))
        self.refresh()
        self.forbidden.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")

    def _lay_out(self) -> None:
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
