"""A small question beside what it is about: a caption, its fields, what is wrong, the keys.

Rule: never modal. Esc goes away; the fields, their order and what is kept belong to whoever asks.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui import theme
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def put_beside(panel: QWidget, widget: QWidget, anchor: QRect) -> None:
    """Place `widget`, a child of `panel`, below `anchor` (on the screen), or above it where there
    is no room; never outside the panel."""
    size = widget.sizeHint().expandedTo(widget.minimumSize())
    width = min(size.width(), panel.width() - theme.px(16))
    at = panel.mapFromGlobal(anchor.topLeft())
    y = at.y() + anchor.height() + theme.px(4)
    if y + size.height() > panel.height():
        y = max(theme.px(4), at.y() - size.height() - theme.px(4))
    x = max(theme.px(8), min(at.x(), panel.width() - width - theme.px(8)))
    widget.setGeometry(QRect(QPoint(x, y), size).adjusted(0, 0, width - size.width(), 0))


class AskBox(QFrame):
    """`closed`: answered or left. Subclasses put their fields into `column`, above `fault`, and
    say their words in `retranslate`. One question at a time."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("card", True)
        self.caption = PlainLabel("", self, wrap=True)
        self.caption.setStyleSheet("font-weight: bold;")
        self.fault = PlainLabel("", self, wrap=True)
        self.fault.setObjectName(f"{name}.fault")
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(*[theme.px(12)] * 4)
        self.column.setSpacing(theme.px(8))
        self.fault.hide()
        self.hide()

    @property
    def asking(self) -> bool:
        """Whether a question stands there."""
        return not self.isHidden()

    def show_beside(self, caption: str, anchor: QRect, field: QWidget, width: int) -> None:
        """Ask beside `anchor` (on the screen); `field` takes the keys, `width` px at 100 %."""
        self.caption.setText(caption)
        self.setFixedWidth(min(theme.px(width), self.parentWidget().width() - theme.px(16)))
        self.say("")
        self.show()
        self.raise_()
        put_beside(self.parentWidget(), self, anchor)
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_question(self) -> None:
        """Go away."""
        if self.asking:
            self.hide()
            self.closed.emit()

    def say(self, fault: str) -> None:
        """What is wrong with the answer; empty for nothing."""
        self.fault.setText(f"{SHAPES[Level.CRITICAL]} {fault}" if fault else "")
        self.fault.setStyleSheet(f"color: {theme.tokens().levels[Level.CRITICAL].text};")
        self.fault.setVisible(bool(fault))
        self.fault.setAccessibleName(fault)
        self.adjustSize()
        if fault:
            announce(self.fault)

    def retranslate(self) -> None:
        """Words in the language in force; the question keeps the language it was asked in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
