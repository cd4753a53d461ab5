"""Several names in one line, separated by commas; records of one kind are offered for the name that
is being typed. What is typed may be any text: the names are kept, not the records.
"""

import re
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from bankcc.i18n import _
from bankcc.schema.fields import TextList, Value
from bankcc.schema.record import title
from ui.context import UiContext
from ui.widgets.search_line import SearchLine

MOST = 9
_LAST = re.compile(r"[^、,，;；]*$")


class NamesEditor(SearchLine):
    """`field.offers` names the kind; enter or a click takes what is offered."""

    edited = Signal()

    def __init__(self, field: TextList, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.session = field, context.session
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(MOST)
        completer.setWidget(self)
        completer.activated[str].connect(self.choose)
        self._completer = completer
        self.sought.connect(lambda _text: self._offer())
        self.textEdited.connect(lambda _text: self.edited.emit())
        self.retranslate()

    def retranslate(self) -> None:
        """The hint in an empty field."""
        self.setPlaceholderText(_("names or initials, separated by commas"))

    def offered(self) -> list[str]:
        """What is offered for the name being typed."""
        return self._names.stringList()

    def choose(self, name: str) -> None:
        """Put an offered name in the place of what was typed of it."""
        self.setText(_LAST.sub("", self.text()).rstrip() + name + _(", "))
        self._names.setStringList([])
        self.edited.emit()

    def raw(self) -> str:
        return self.text().strip()

    def restore(self, raw: Any) -> None:
        self.set_value(self.field.parse(raw))

    def set_value(self, value: Value) -> None:
        self.setText(self.field.format(value))
        self.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

    def _offer(self) -> None:
        found = _LAST.search(self.wanted())
        typed = found.group().strip() if found else ""
        if self.isReadOnly() or not typed or not self.hasFocus():
            self._completer.popup().hide()
            return
        kind = self.session.kinds[self.field.offers]
        hits = self.session.search(typed, kinds=(kind.name,), limit=MOST)
        taken = set(self.field.parse(self.text()) or ())
        names = [title(kind, hit.record) for hit in hits]
        self._names.setStringList([name for name in dict.fromkeys(names) if name not in taken])
        if self.offered():
            self._completer.complete()
            self._completer.popup().setCurrentIndex(self._names.index(0))
        else:
            self._completer.popup().hide()
