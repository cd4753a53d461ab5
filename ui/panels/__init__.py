"""The panels of the window, in the order of the navigation. A panel is made when it is first shown.

When adding a panel: a file here, its test in tests/ui/panels, a line in `PANELS`, its icon, its key
in ui/actions.py, its words in the catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from bankcc.i18n import N_
from ui.actions import SPECS, ActionId, key_text
from ui.context import UiContext
from ui.navigation import NavItem
from ui.panels.hotline import HotlinePanel
from ui.panels.task_board import TaskBoardPanel


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """`label` is a message id; `go` the command that shows the panel, if it has a key; `kinds` the
    records that it shows; `factory(context, parent)` makes it."""

    id: str
    label: str
    icon: str
    factory: Callable[[UiContext, QWidget | None], QWidget]
    go: ActionId | None = None
    kinds: tuple[str, ...] = ()

    @property
    def item(self) -> NavItem:
        """Its entry in the navigation."""
        key = key_text(SPECS[self.go].keys) if self.go else ""
        return NavItem(self.id, self.label, self.icon, key)


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("hotline", N_("Hotline"), "headset", HotlinePanel, ActionId.GO_HOTLINE, ("inquiry",)),
    PanelSpec("task", N_("Tasks"), "layout-kanban", TaskBoardPanel, ActionId.GO_TASKS, ("task",)),
)
