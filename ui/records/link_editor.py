"""Names another record: by number, name or pinyin initials, chosen from what is found."""

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.fields import Link, Value
from ui import dress
from ui.context import UiContext
from ui.widgets.search_line import SearchLine

MOST = 9


class LinkEditor(SearchLine):
    """Shows the title of the linked record. What stands there untouched is that record; typed text
    is looked up when the field is left, and by the session when it is saved."""

    edited = Signal()

    def __init__(self, field: Link, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.session = context.session
        self._record, self._shown = "", ""
        self._found: dict[str, str] = {}
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST)
        completer.setWidget(self)
        completer.activated[str].connect(self.choose)
        self._completer = completer
        self.sought.connect(self._offer)
        self.textEdited.connect(lambda _text: self.edited.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """The hint in an empty field."""
        label = _(self.session.kinds[self.field.to].label)
        self.setPlaceholderText(_("{kind}: number, name or initials").format(kind=label))

    def offered(self) -> list[str]:
        """What is offered for the text typed."""
        return self._names.stringList()

    def choose(self, name: str) -> None:
        """Take one of the offered records."""
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

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

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

    def _offer(self, text: str) -> None:
        if self.isReadOnly() or not text or not self.hasFocus():
            self._completer.popup().hide()
            return
        hits = self.session.search(text, kinds=(self.field.to,), limit=MOST)
        self._found = {f"{hit.title} {hit.record.number}": hit.record.id for hit in hits}
        self._names.setStringList(list(self._found))
        if self._found:
            dress.dress(self._completer.popup())  # a window of its own, in no part
            self._completer.complete()
            self._completer.popup().setCurrentIndex(self._names.index(0))
        else:
            self._completer.popup().hide()
