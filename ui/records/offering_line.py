"""A line with names offered below it for what is being typed; a name is taken with a click or
Enter.

Rule: to offer is a courtesy: where nothing can be looked up, what is typed stands as it is.
"""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from bankcc.errors import UserError
from ui import dress
from ui.widgets.search_line import SearchLine

MOST = 9


class OfferingLine(SearchLine):
    """`edited`: typed or chosen. A subclass says which names `fit` and what `choose` does."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setMaxVisibleItems(MOST)
        self._completer.setWidget(self)
        self._completer.activated[str].connect(self.choose)
        self.sought.connect(self._offer)
        self.textEdited.connect(lambda _text: self.edited.emit())

    def fit(self, text: str) -> list[str]:
        """The names to offer, `MOST` at the most, while `text` is wanted. Raises UserError."""
        raise NotImplementedError

    def choose(self, name: str) -> None:
        """Take one of the offered names."""
        raise NotImplementedError

    def offered(self) -> list[str]:
        """What is offered for the text typed."""
        return self._names.stringList()

    def set_read_only(self, read_only: bool) -> None:
        self.setReadOnly(read_only)

    def _offer(self, text: str) -> None:
        popup = self._completer.popup()
        if self.isReadOnly() or not self.hasFocus():
            popup.hide()
            return
        try:
            self._names.setStringList(self.fit(text))
        except UserError:
            self._names.setStringList([])
        if self.offered():
            dress.dress(popup)  # a window of its own, in no part
            self._completer.complete()
            popup.setCurrentIndex(self._names.index(0))
        else:
            popup.hide()
