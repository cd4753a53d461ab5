"""Leaving the example: a button beside its mark, and the question before it is deleted.

Rule: only asks and says; the program deletes the folder when the window is closed.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from bankcc.i18n import _
from ui.dialogs.frame import button, frame
from ui.widgets.header_button import HeaderButton
from ui.widgets.plain_label import PlainLabel

WIDTH = 460


def removal_button(act: Callable[[], object], parent: QWidget | None = None) -> HeaderButton:
    """Stands in the header while the example is shown."""
    return HeaderButton("app.remove_example", _removal_words, act, parent)


def _removal_words() -> tuple[str, str, str]:
    return (
        _("Remove"),
        _("Remove the example"),
        _("Delete the example and set up an own center"),
    )


class RemovalDialog(QDialog):
    """Enter removes, Esc keeps. `accepted`: it is to be removed."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = frame(self, "example.removal", _("Remove the example"), WIDTH)
        column.addWidget(PlainLabel(_("Remove the example?"), self, role="page"))
        for words in (
            _("All its invented records and what was tried in them are deleted; no undo."),
            _("A center of your own is not touched. The first set-up follows."),
        ):
            column.addWidget(PlainLabel(words, self, wrap=True))
        place = _("Folder: {folder}").format(folder=folder)
        column.addWidget(PlainLabel(place, self, role="hint", wrap=True))
        self.keep = button(self, "example.keep", _("Keep it Esc"))
        self.remove = button(self, "example.remove", _("Remove Enter"), primary=True)
        self.keep.clicked.connect(lambda _checked=False: self.reject())
        self.remove.clicked.connect(lambda _checked=False: self.accept())
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.keep)
        line.addWidget(self.remove)
        column.addLayout(line)
        self.remove.setFocus()
