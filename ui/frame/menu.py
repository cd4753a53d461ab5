"""The commands that the frame itself answers, and the menu behind the settings button."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui import actions
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.frame.header import Header

MENU = (
    ActionId.NEW_CALL,
    ActionId.UNDO,
    ActionId.REDO,
    ActionId.FIND,
    ActionId.REFRESH,
    None,
    ActionId.OVERDUE,
    ActionId.POSTPONE,
    ActionId.MUTE,
    ActionId.WALLBOARD,
    None,
    ActionId.SETTINGS,
    ActionId.SET_UP,
    ActionId.REMOVE_EXAMPLE,
    ActionId.LANGUAGE,
    ActionId.THEME,
    None,
    ActionId.ZOOM_IN,
    ActionId.ZOOM_OUT,
    ActionId.ZOOM_RESET,
    None,
    ActionId.PALETTE,
    ActionId.HELP,
    None,
    ActionId.LOCK,
    ActionId.QUIT,
)


def look_actions(look: Appearance) -> dict[ActionId, Callable[[], object]]:
    """Language, theme, size of the text."""
    return {
        ActionId.THEME: look.next_theme,
        ActionId.LANGUAGE: look.next_language,
        ActionId.ZOOM_IN: lambda: look.zoom(1),
        ActionId.ZOOM_OUT: lambda: look.zoom(-1),
        ActionId.ZOOM_RESET: lambda: look.zoom(0),
    }


def create(
    window: QWidget, header: Header, acts: Mapping[ActionId, Callable[[], object]]
) -> dict[ActionId, QAction]:
    """An action of the window for each command; those of `MENU` stand in the header's menu.

    Not every center has every command: only the example can be removed, and one that is read
    alone is not set up.
    """
    made = {action: actions.create(action, window, act) for action, act in acts.items()}
    header.set_menu(
        [made[entry] if entry else None for entry in MENU if not entry or entry in made]
    )
    return made
