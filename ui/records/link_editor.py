"""Names another record: by number, name or pinyin initials, chosen from what is found."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.fields import Link, Value
from ui.context import UiContext
from ui.records.offering_line import MOST, OfferingLine


class LinkEditor(OfferingLine):
    """Shows the title of the linked record. What stands there untouched is that record; typed text
    is looked up when the field is left, and by the session when it is saved."""

    def __init__(self, field: Link, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.session = context.session
        self._record, self._shown = "", ""
        self._found: dict[str, str] = {}
        self.retranslate()

    def retranslate(self) -> None:
        """The hint in an empty field."""
        self.setPlaceholderText(_("Name, initials, number"))

    def choose(self, name: str) -> None:
        """Show the record with that name."""
        if name in self._found:
            self._show_record(self._found[name])
            self.edited.emit()

    def raw(self) -> str:
        return self._record if self._record and self.text() == self._shown else self.text().strip()

    def restore(self, raw: Any) -> None:
        self.set_value(raw or None)

    def set_value(self, value: Value) -> None:
        """`value`: the id of a record; any other text stands as it is."""
        if value is None:
            self._record = self._shown = ""
            self.clear()
            return
        if not self._show_record(str(value)):
            self._record = ""
            self.setText(str(value))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.raw() and not self._record:
            self._look_up()

    def _look_up(self) -> None:
        """Text that names exactly one record becomes that record; else the form says why not."""
        try:
            self._show_record(self.session.get(self.field.to, self.raw()).id)
        except UserError:
            return

    def _show_record(self, record: str) -> bool:
        number = self.session.number_of(self.field.to, record)
        if not number:
            return False
        title = self.session.link_title(self.field.to, record)
        self._record = record
        self._shown = title if title == number else f"{title} {number}"
        self.setText(self._shown)
        self.setCursorPosition(0)
        return True

    def fit(self, text: str) -> list[str]:
        """Titles and numbers of the records that answer to `text`."""
        if not text:
            return []
        hits = self.session.search(text, kinds=(self.field.to,), limit=MOST)
        self._found = {f"{hit.title} {hit.record.number}": hit.record.id for hit in hits}
        return list(self._found)
