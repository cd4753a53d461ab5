"""Several names in one line, separated by commas; records of one kind are offered for the name that
is being typed. What is typed may be any text: the names are kept, not the records.
"""

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from bankcc.i18n import _
from bankcc.schema.fields import TextList, Value
from bankcc.schema.record import title
from ui.context import UiContext
from ui.records.offering_line import MOST, OfferingLine

_LAST = re.compile(r"[^、,，;；]*$")


class NamesEditor(OfferingLine):
    """`field.offers` names the kind; enter or a click takes what is offered."""

    def __init__(self, field: TextList, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.session = field, context.session
        self.retranslate()

    def retranslate(self) -> None:
        """The hint in an empty field."""
        self.setPlaceholderText(_("names or initials, separated by commas"))

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

    def fit(self, _text: str) -> list[str]:
        """Names that answer to the last one, which is being typed, and do not stand there yet."""
        found = _LAST.search(self.wanted())
        typed = found.group().strip() if found else ""
        if not typed:
            return []
        kind = self.session.kinds[self.field.offers]
        hits = self.session.search(typed, kinds=(kind.name,), limit=MOST)
        taken = set(self.field.parse(self.text()) or ())
        names = dict.fromkeys(title(kind, hit.record) for hit in hits)
        return [name for name in names if name not in taken]
