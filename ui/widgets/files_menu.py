"""The “More” button of a list: files in and out, and what can be printed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from bankcc.i18n import _
from ui import actions
from ui.actions import ActionId

ENTRIES = (ActionId.IMPORT, ActionId.EXPORT, ActionId.REPORT_LIST, ActionId.REPORT)


class FilesMenu(QPushButton):
    """Its commands belong to `panel`, so that their keys work wherever in it the focus is."""

    def __init__(
        self,
        panel: QWidget,
        acts: Mapping[ActionId, Callable[[], object]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent or panel)
        self.setObjectName("panel.more")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.entries = {
            entry: actions.create(entry, panel, acts[entry], context=within)
            for entry in ENTRIES
            if entry in acts
        }
        menu = QMenu(self)
        menu.addActions(list(self.entries.values()))
        self.setMenu(menu)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setText(_("More"))
        self.setAccessibleName(_("More: files and printing"))
        actions.retranslate(self.entries.values())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
