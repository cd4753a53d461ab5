"""The panels of the window, in the order of the navigation. A panel is made, and its code loaded,
when it is first shown: the start waits for one of them only.

When adding a panel: a file here, its test in tests/ui/panels, a line in `PANELS`, its icon, its key
in ui/actions.py, its words in the catalogue.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from bankcc.features import (
    answer_card,
    attendance,
    incident,
    inquiry,
    outlet,
    person,
    post,
    resource,
    resource_check,
    task,
    timeline,
)
from bankcc.i18n import N_
from bankcc.schema.record import RecordKind
from ui.actions import SPECS, ActionId, key_text
from ui.context import UiContext
from ui.frame.navigation import NavItem
from ui.in_steps import finish


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """`label` is a message id; `go` the command that shows the panel, if it has a key; `kinds` the
    records that it shows; `begin(context, parent)` makes it, or begins to (`PanelInSteps`)."""

    id: str
    label: str
    icon: str
    begin: Callable[[UiContext, QWidget | None], QWidget]
    go: ActionId | None = None
    kinds: tuple[str, ...] = ()

    def make(self, context: UiContext, parent: QWidget | None = None) -> QWidget:
        """The whole panel."""
        made = self.begin(context, parent)
        finish(made)
        return made

    @property
    def item(self) -> NavItem:
        """Its entry in the navigation."""
        key = key_text(SPECS[self.go].keys) if self.go else ""
        return NavItem(self.id, self.label, self.icon, key)


def _situation(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.situation import SituationPanel

    return SituationPanel(context, parent, at_once=False)


def _hotline(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.hotline import HotlinePanel

    return HotlinePanel(context, parent, at_once=False)


def _task_board(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.task_board import TaskBoardPanel

    return TaskBoardPanel(context, parent, at_once=False)


def _roster(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.roster import RosterPanel

    return RosterPanel(context, parent, at_once=False)


def _resources(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.resources import ResourcePanel

    return ResourcePanel(context, parent, at_once=False)


def _reports(context: UiContext, parent: QWidget | None) -> QWidget:
    from ui.panels.reports import ReportsPanel

    return ReportsPanel(context, parent, at_once=False)


def _generic(kind: RecordKind, icon: str, go: ActionId | None = None) -> PanelSpec:
    """The panel made from a declaration."""

    def make(context: UiContext, parent: QWidget | None) -> QWidget:
        from ui.panels.generic import GenericPanel

        return GenericPanel(context, kind.name, parent, at_once=False)

    return PanelSpec(kind.name, kind.plural, icon, make, go, (kind.name,))


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("situation", N_("Situation"), "layout-dashboard", _situation, ActionId.GO_SITUATION),
    PanelSpec("hotline", N_("Hotline"), "headset", _hotline, ActionId.GO_HOTLINE, (inquiry.NAME,)),
    PanelSpec("task", N_("Tasks"), "layout-kanban", _task_board, ActionId.GO_TASKS, (task.NAME,)),
    PanelSpec(
        "person",
        N_("People"),
        "users",
        _roster,
        ActionId.GO_PEOPLE,
        (person.NAME, post.NAME, attendance.NAME),
    ),
    _generic(post.KIND, "id-badge-2"),
    _generic(attendance.KIND, "user-check"),
    _generic(answer_card.KIND, "message-2"),
    PanelSpec(
        "resource",
        resource.KIND.plural,
        "package",
        _resources,
        ActionId.GO_RESOURCES,
        (resource.NAME,),
    ),
    PanelSpec("report", N_("Reports"), "file-report", _reports, ActionId.GO_REPORTS),
    _generic(resource_check.KIND, "clipboard-check"),
    _generic(timeline.KIND, "timeline"),
    _generic(incident.KIND, "power", ActionId.GO_INCIDENT),
    _generic(outlet.KIND, "building-bank"),
)
