"""A leader decides in place: a digit for the answer, the reason, Ctrl+Enter.

Rule: nothing is decided before Ctrl+Enter; what was typed is kept for the same item, also when the
program is killed.
"""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from bankcc.features import answer_card, incident, task
from bankcc.i18n import N_, _
from bankcc.reports.current import Waiting
from bankcc.schema.change import Verb
from bankcc.schema.decision import AGREE, ASK, REFUSE
from ui import theme
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain_label import PlainLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LONGEST = 500
OPEN = "open"
CHOICES = (
    (AGREE, N_("Agree")),
    (REFUSE, N_("Refuse")),
    (ASK, N_("Ask more")),
    (OPEN, N_("Open")),
)
VERBS = {
    task.NAME: task.decide,
    answer_card.NAME: answer_card.decide,
    incident.NAME: incident.decide,
}


class _Reason(QLineEdit):
    """`decided`: Ctrl+Enter; `forward`: Enter."""

    decided = Signal()
    forward = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.decided.emit()
        else:
            self.forward.emit()


class DecisionLine(QFrame):
    """`left`: Esc, nothing was decided; `done`: it was; `opened(kind, id)`: show its record."""

    left = Signal()
    done = Signal()
    opened = Signal(str, str)

    def __init__(self, context: UiContext, parent: QFrame) -> None:
        super().__init__(parent)
        self.setObjectName("situation.decision")
        self.context = context
        self.item: Waiting | None = None
        self.answer = ""
        self.keeper = DraftKeeper(context.session, "decision:", self)
        self.keeper.failed.connect(lambda error: context.saved.failed(str(error)))
        self._kept = {name: str(body.get("text", "")) for name, body in self.keeper.found()}
        self.group = QButtonGroup(self)
        self.choices = {code: self._choice(code) for code, _words in CHOICES}
        self.reason = _Reason(self)
        self.reason.setObjectName("situation.decision.reason")
        self.reason.setMaxLength(LONGEST)
        self.decide_button = QPushButton(self)
        self.decide_button.setObjectName("situation.decision.save")
        self.decide_button.setProperty("kind", "primary")
        self.fault = PlainLabel("", self, wrap=True)
        self.fault.hide()
        self._lay_out()
        self.reason.decided.connect(self.decide)
        self.reason.forward.connect(self.decide_button.setFocus)
        self.reason.textEdited.connect(self._typed)
        self.decide_button.clicked.connect(lambda _checked=False: self.decide())
        theme.hub().changed.connect(self._measure)
        self.retranslate()

    def ask(self, item: Waiting) -> None:
        """Ask for the decision on `item`."""
        self.item, self.answer = item, ""
        self.group.setExclusive(False)
        for button in self.choices.values():
            button.setChecked(False)
        self.group.setExclusive(True)
        self.reason.setText(self._kept.get(item.record, ""))
        self._say("")
        self.retranslate()
        self.choices[AGREE].setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, code: str) -> None:
        """Take an answer; the reason comes next. Opening the record decides nothing."""
        if self.item is None:
            return
        if code == OPEN:
            self.opened.emit(self.item.kind, self.item.record)
            return
        self.answer = code
        self.choices[code].setChecked(True)
        self._say("")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self) -> None:
        """Ctrl+Enter."""
        if self.item is None:
            return
        if not self.answer:
            self._say(_("Choose first: 1, 2 or 3."))
            self.choices[AGREE].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.answer != AGREE and not self.reason.text().strip():
            self._say(_("This decision needs a reason."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.context.execute(self.verb(), said=self._said()) is not None:
            if self._kept.pop(self.item.record, None) is not None:
                self.keeper.drop(self.item.record)
            self.item = None
            self.done.emit()

    def verb(self) -> Verb:
        """What is done with the answer as it stands."""
        assert self.item is not None
        reason = self.reason.text().strip()
        return VERBS[self.item.kind](self.item.record, answer=self.answer, reason=reason)

    def flush(self) -> None:
        """Before the session is closed."""
        self.keeper.close()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_("Decision"))
        for number, (code, words) in enumerate(CHOICES, start=1):
            self.choices[code].setText(f"{number} {_(words)}")
            self.choices[code].setAccessibleName(f"{number} {_(words)}")
        self.reason.setPlaceholderText(_("Reason (may stay empty when you agree)"))
        self.reason.setAccessibleName(_("Reason of the decision"))
        self.decide_button.setText(_("Decide Ctrl+Enter"))
        self.decide_button.setAccessibleName(_("Decide Ctrl+Enter"))
        self._measure()

    def _measure(self) -> None:
        """The chosen answer is bold: the room for that is there before."""
        metrics = QFontMetrics(theme.font(13, bold=True))
        for button in self.choices.values():
            button.setMinimumWidth(metrics.horizontalAdvance(button.text()) + theme.px(20))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose while no text is typed; Esc goes back."""
        digit = event.key() - Qt.Key.Key_1
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in ENTER and control:
            self.decide()
        elif 0 <= digit < len(CHOICES) and not control:
            self.choose(CHOICES[digit][0])
        else:
            super().keyPressEvent(event)

    def _said(self) -> str:
        words = {code: _(text) for code, text in CHOICES}[self.answer]
        assert self.item is not None
        return _("Decided: {answer} · {number}").format(answer=words, number=self.item.number)

    def _typed(self, text: str) -> None:
        if self.item is not None:
            self._say("")
            self._kept[self.item.record] = text
            self.keeper.note(self.item.record, {"text": text})

    def _say(self, fault: str) -> None:
        self.fault.setText(f"{SHAPES[Level.CRITICAL]} {fault}" if fault else "")
        self.fault.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")
        self.fault.setVisible(bool(fault))
        if fault:
            announce(self.fault)

    def _choice(self, code: str) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"situation.decision.{code}")
        made.setProperty("small", True)
        made.setCheckable(code != OPEN)
        made.clicked.connect(lambda _checked=False: self.choose(code))
        if code != OPEN:
            self.group.addButton(made)
        return made

    def _lay_out(self) -> None:
        chips = FlowLayout(gap=theme.px(4))
        for button in self.choices.values():
            chips.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        line.addWidget(self.reason, 1)
        line.addWidget(self.decide_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(2), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(chips)
        column.addLayout(line)
        column.addWidget(self.fault)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), super().minimumSizeHint().height())
