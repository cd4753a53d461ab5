"""The hotline: a call is entered above, all calls are listed below, the approved words lie beside.

Rule: nothing here is modal while somebody is on the line, and the caret goes back to the phone.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bankcc.i18n import _
from bankcc.session import Receipt
from ui import actions, theme
from ui.actions import ActionId
from ui.context import UiContext
from ui.theme import Level
from ui.widgets.entry_strip import EntryStrip

URGENCY_KEYS = (("Ctrl+1", "normal"), ("Ctrl+2", "urgent"), ("Ctrl+3", "critical"))


class HotlinePanel(QWidget):
    """What the window offers by key is offered here: `start`, `new_call`, `focus_filter`,
    `refresh`, `open_record`, `key_hints`, `flush`."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline")
        self.context = context
        self._told: QWidget | None = None
        self.entry = EntryStrip(context, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.addWidget(self.entry)
        column.addStretch(1)
        self.entry.saved.connect(self._saved)
        self._add_keys()

    def start(self) -> None:
        """The panel is shown: the caret stands in the phone field."""
        self.entry.start()

    def new_call(self) -> None:
        """F2, from any panel."""
        self.entry.new_call()

    def flush(self) -> None:
        """Before the window closes."""
        self.entry.flush()

    def key_hints(self) -> str:
        """The keys that work here."""
        return _("F2 new call · Ctrl+Enter save · Esc lay aside · Ctrl+Tab next laid aside")

    def _saved(self, receipt: Receipt) -> None:
        number = receipt.made[0].number if receipt.made else ""
        if self._told in self.context.messages.rows:
            self._told.closed.emit(self._told)
        self._told = self.context.messages.say(
            Level.OK,
            _("Saved {number}").format(number=number),
            action=_("Undo"),
            act=self.context.undo,
        )

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.SAVE_NEXT, self, self.entry.save, context=within)
        for key, code in URGENCY_KEYS:
            self._key(
                f"call.urgency.{code}", (key,), lambda code=code: self.entry.set_urgency(code)
            )
        self._key("call.next_parked", ("Ctrl+Tab", "Alt+Down"), self.entry.next_parked)

    def _key(self, name: str, keys: tuple[str, ...], act: Callable[[], object]) -> None:
        made = QAction(self)
        made.setObjectName(name)
        made.setShortcuts(list(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.triggered.connect(lambda _checked=False: act())
        self.addAction(made)
