"""The editor of a telephone number in a form."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from bankcc.schema.fields import Field, Value
from ui.context import UiContext
from ui.records.phone_edit import PhoneEdit


class PhoneEditor(PhoneEdit):
    """A telephone number: masked while the record is merely looked at, whole once the caret is
    in it.

    What is revealed is written to the local journal first; where that cannot be written it
    stays masked.
    """

    edited = Signal()

    def __init__(self, field: Field, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._context = context
        self._masked = ""
        self.textEdited.connect(self._typed)

    def raw(self) -> str:
        return self._masked or self.digits()

    def restore(self, raw: Any) -> None:
        self._unmask()
        self.set_digits(str(raw))

    def set_value(self, value: Value) -> None:
        self._masked = str(value or "")
        self.set_digits("")
        self.setPlaceholderText(self.field.format(value))
        if self.hasFocus():
            self.reveal()

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

    def reveal(self) -> None:
        """Show the whole number, if the journal takes note of it."""
        session = self._context.session
        if not self._masked or not session.can_write:
            return
        try:
            session.local.note(
                session.user, "reveal", f"{self.field.name} {self.placeholderText()}"
            )
        except UserError as error:
            self._context.refused(error)
            return
        digits = self._masked
        self._unmask()
        self.set_digits(digits)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.reveal()
        super().focusInEvent(event)

    def _typed(self, _text: str) -> None:
        self._unmask()
        self.edited.emit()

    def _unmask(self) -> None:
        self._masked = ""
        self.setPlaceholderText("")
