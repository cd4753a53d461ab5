"""The way to the window without knowing it: its commands are found through their entry points."""

import os
import sys
from typing import TYPE_CHECKING

import click

from bankcc.errors import UserError
from bankcc.i18n import _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

PROGRAM = "bankcc"
GROUP = "bankcc.commands"
OPEN = "open"


def window_commands() -> "dict[str, EntryPoint]":
    """Commands that other parts of the program add, by name; none where it is not installed."""
    # Loaded when asked: reading about packages takes long to load. Only of this one, for the same
    # reason: all that are installed would be looked through otherwise.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        points = distribution(PROGRAM).entry_points
    except PackageNotFoundError:
        return {}
    return {point.name: point for point in points.select(group=GROUP)}


def has_display() -> bool:
    """Whether a window can be seen: a screen, or a Qt platform that brings its own."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return os.environ.get("QT_QPA_PLATFORM", "") not in ("", "offscreen", "minimal")


def can_open() -> bool:
    """Whether a window can be opened: seen, or drawn off screen by wish of the caller."""
    return has_display() or bool(os.environ.get("QT_QPA_PLATFORM"))


def no_display() -> UserError:
    """What is said when a window was asked for by name."""
    return UserError(
        _("There is no display here, so no window can be opened."),
        next_step=_("“bankcc --help” shows what the command line offers."),
    )


def open_window(context: click.Context) -> bool:
    """Open the window on the center of the options and wait for its end. False: no display."""
    if not has_display():
        click.echo(_("There is no display here, so no window can be opened."), err=True)
        return False
    group = context.find_root().command
    command = group.get_command(context, OPEN) if isinstance(group, click.Group) else None
    if command is None:
        click.echo(_("The window is not part of this installation."), err=True)
        return False
    with command.make_context(OPEN, [], parent=context.find_root()) as inner:
        command.invoke(inner)
    return True
