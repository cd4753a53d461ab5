"""What the dialogs before the window have in common: pages, fields, buttons, an error line."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bankcc.errors import UserError
from ui import theme
from ui.feedback import announce
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel


class ErrorLine(PlainLabel):
    """An error below the fields: shape, words, colour; empty and out of the way otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, wrap=True)
        self.setObjectName("dialog.error")
        self.hide()

    def say(self, text: str, level: Level = Level.CRITICAL) -> None:
        """Show `text` (already translated), or nothing."""
        self.setText(f"{SHAPES[level]} {text}" if text else "")
        self.setAccessibleName(text)
        self.setStyleSheet(f"color: {theme.tokens().levels[level].text}; font-weight: bold;")
        self.setVisible(bool(text))
        self._take_room()
        if text:
            announce(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    def _take_room(self) -> None:
        """As many lines as the text needs: a dialog does not grow for a text that wraps, and would
        cut it off below."""
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())) if self.text() else 0)

    def say_error(self, error: UserError) -> None:
        """What happened, whether data is safe, what to do next."""
        self.say(str(error))


def page(parent: QWidget, heading: str, *lines: str) -> tuple[QWidget, QVBoxLayout]:
    """A page with a heading and sentences below it, and its column to fill."""
    made = QWidget(parent)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(8))
    column.addWidget(PlainLabel(heading, made, role="page"))
    for line in lines:
        column.addWidget(PlainLabel(line, made, wrap=True))
    return made, column


def field(
    column: QVBoxLayout, parent: QWidget, name: str, label: str, *, secret: bool = False
) -> QLineEdit:
    """A labelled line; `secret` shows dots and keeps input methods out of it."""
    caption = PlainLabel(label, parent, role="meta")
    made = QLineEdit(parent)
    made.setObjectName(name)
    made.setAccessibleName(label)
    if secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    caption.setBuddy(made)
    column.addWidget(caption)
    column.addWidget(made)
    return made


def button(parent: QWidget, name: str, text: str, *, primary: bool = False) -> QPushButton:
    """A button; the primary one answers to Enter."""
    made = QPushButton(text, parent)
    made.setObjectName(name)
    made.setAccessibleName(text)
    if primary:
        made.setProperty("kind", "primary")
    made.setDefault(primary)
    made.setAutoDefault(primary)
    return made


def frame(dialog: QDialog, name: str, title: str, width: int) -> QVBoxLayout:
    """Name, title and column of a dialog."""
    dialog.setObjectName(name)
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(theme.px(width))
    dialog.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*[theme.px(24)] * 4)
    column.setSpacing(theme.px(12))
    _Grows(dialog)
    return column


GROWS_ON = (QEvent.Type.Show, QEvent.Type.LayoutRequest)


class _Grows(QObject):
    """A dialog is as high as its sentences need when it is shown, and when they or the letters
    change. By itself Qt gives it two thirds of the screen at most, and cuts off a line."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in GROWS_ON and watched is self._dialog and self._dialog.isVisible():
            needed = self._dialog.layout().totalHeightForWidth(self._dialog.width())
            most = self._dialog.screen().availableGeometry().height()
            if needed > self._dialog.height():
                self._dialog.resize(self._dialog.width(), min(needed, most))
        return False
