"""The keys of the task board: one modifier and one key each, with words for the palette and tips.

Rule: they are heard on the board only; in a text field Ctrl+arrow goes by words as everywhere.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_, _
from ui import actions
from ui.actions import ActionId

WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
KEYS = (
    ("right", N_("Next column"), "Ctrl+Right"),
    ("left", N_("Previous column"), "Ctrl+Left"),
    ("down", N_("Next lane"), "Ctrl+Down"),
    ("up", N_("Previous lane"), "Ctrl+Up"),
    ("copy", N_("Copy the card"), "Ctrl+C"),
)
READING = ("copy", str(ActionId.DETAIL))
"""What a reader may do as well."""


class BoardKeys(QObject):
    """`acts`: what each of `KEYS` does, by name; `commands`: what house commands do, on the board
    or, if their widget is another, there."""

    def __init__(
        self,
        grid: QWidget,
        acts: dict[str, Callable[[], object]],
        commands: dict[ActionId, tuple[QWidget, Callable[[], object]]],
    ) -> None:
        super().__init__(grid)
        self.own = [self._key(grid, name, key, acts[name]) for name, _words, key in KEYS]
        self.house = [
            actions.create(command, widget, act, context=WITHIN)
            for command, (widget, act) in commands.items()
        ]
        self.retranslate()

    def set_read_only(self, read_only: bool) -> None:
        """Only what changes nothing."""
        for action in (*self.own, *self.house):
            harmless = action.objectName().removeprefix("board.") in READING
            action.setEnabled(harmless or not read_only)

    def retranslate(self) -> None:
        """Words in the language in force."""
        for action, (_name, words, key) in zip(self.own, KEYS, strict=True):
            action.setText(_(words))
            action.setToolTip(f"{_(words)} ({key})")
        actions.retranslate(self.house)

    @staticmethod
    def _key(grid: QWidget, name: str, key: str, act: Callable[[], object]) -> QAction:
        made = QAction(grid)
        made.setObjectName(f"board.{name}")
        made.setShortcut(key)
        made.setShortcutContext(WITHIN)
        made.setAutoRepeat(False)
        made.triggered.connect(lambda _checked=False: act())
        grid.addAction(made)
        return made
