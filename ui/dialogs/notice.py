"""Says before there is a window what went wrong, whether the data is safe, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from bankcc.errors import UserError
from bankcc.i18n import _


def box(error: UserError, parent: QWidget | None = None) -> QMessageBox:
    """The message box of an error."""
    made = QMessageBox(QMessageBox.Icon.Warning, "bankcc", error.what, parent=parent)
    made.setObjectName("app.notice")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setInformativeText("\n".join(filter(None, [error.safe, error.next_step])))
    button = made.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    button.setObjectName("app.notice.close")
    return made


def tell(error: UserError, parent: QWidget | None = None) -> None:
    """Show it and wait until it is closed."""
    box(error, parent).exec()
