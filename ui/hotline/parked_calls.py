"""The calls that were laid aside while typing: up to five tabs, oldest at the left."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStyle, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from ui import theme
from ui.hotline.call_draft import CallDraft
from ui.theme import SHAPES, Level

MOST = 5
FEW, WIDE, NARROW = 3, 160, 84
"""Up to so many tabs may be wide; pixels of text at 100 %."""
WAITING_MS = 60_000
"""After so long a parked call is marked: somebody may still be on the line."""
BLINK_MS, LOOK_MS = 1_000, 5_000
"""How long a mark stays as it is: at half a hertz it is seen and disturbs nobody."""
FULL, HOLLOW = SHAPES[Level.WARNING], "◇"


class ParkedCalls(QWidget):
    """`chosen(draft)` when a tab is pressed. Hidden while nothing is parked."""

    chosen = Signal(object)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.parked")
        self._clock = clock
        self._drafts: list[tuple[CallDraft, int]] = []
        self._buttons: list[QPushButton] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(4))
        self._hollow = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.retranslate()
        self.hide()

    @property
    def drafts(self) -> list[CallDraft]:
        """What is parked, oldest first."""
        return [draft for draft, _since in self._drafts]

    @property
    def is_full(self) -> bool:
        """Whether no more may be parked by hand. What was on disk at start is always taken."""
        return len(self._drafts) >= MOST

    def park(self, draft: CallDraft) -> None:
        """Lay a call aside."""
        self._drafts.append((draft, self._clock.now_ms()))
        self._build()

    def take(self, draft: CallDraft) -> None:
        """It is open again, or saved."""
        self._drafts = [pair for pair in self._drafts if pair[0].name != draft.name]
        self._build()

    def retranslate(self) -> None:
        """Words, and the mark of those that wait for long."""
        self.setAccessibleName(_("Parked calls"))
        now = self._clock.now_ms()
        for button, (draft, since) in zip(self._buttons, self._drafts, strict=True):
            late = now - since >= WAITING_MS
            waiting = HOLLOW if self._hollow else FULL
            mark = waiting if late else SHAPES[Level.NEUTRAL]
            room = theme.px(WIDE if len(self._drafts) <= FEW else NARROW)
            words = f"{mark} {draft.title}"
            elide = Qt.TextElideMode.ElideRight
            button.setText(button.fontMetrics().elidedText(words, elide, room))
            name = _("Parked call {title}").format(title=draft.title)
            button.setAccessibleName(name)
            button.setToolTip(_("Go on with this call (Ctrl+Tab)"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _look(self) -> None:
        """Time passed. The mark blinks once somebody waits, unless the system wants no motion."""
        now = self._clock.now_ms()
        blinks = moves(self) and any(now - since >= WAITING_MS for _draft, since in self._drafts)
        self._hollow = blinks and not self._hollow
        self._timer.setInterval(BLINK_MS if blinks else LOOK_MS)
        self.retranslate()

    def _build(self) -> None:
        for button in self._buttons:
            self._line.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for at, (draft, _since) in enumerate(self._drafts):
            button = QPushButton(self)
            button.setObjectName(f"hotline.parked.{at}")
            button.setProperty("small", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, draft=draft: self.chosen.emit(draft))
            self._line.addWidget(button)
            self._buttons.append(button)
        self.retranslate()
        self.setVisible(bool(self._drafts))
        if self._drafts:
            self._timer.start()
        else:
            self._timer.stop()


def moves(widget: QWidget) -> bool:
    """Whether things may move by themselves; false where the system was told to reduce motion."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
