"""What the pictures show of the panels besides their first sight: what is opened in them, and the
same panels where there is nothing, nothing that fits, an error, or no right to write.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.i18n import _
from bankcc.paths import Paths
from bankcc.schema.query import Condition, Query
from bankcc.session import Session
from ui.dialogs import files
from ui.frame.main_window import MainWindow
from ui.roster.org_poster import OrgPosterDialog

MAIN = ("situation", "hotline", "task", "person", "resource", "report", "outlet")
"""Panels whose states are shown; the others are made from declarations, as the last one is."""


def _first(window: MainWindow, kind: str, **fields: str) -> str:
    where = tuple(Condition(name, "=", value) for name, value in fields.items())
    return window.session.find(Query(kind, where=where, limit=1))[0].id


def _opened(window: MainWindow, kind: str, **fields: str) -> None:
    """A record, opened from anywhere."""
    window.open_record(kind, _first(window, kind, **fields))


def _new(window: MainWindow, panel: str) -> None:
    window.show_panel(panel).add_new()


def _behind_late(window: MainWindow) -> None:
    """The list behind the first card."""
    window.show_panel("situation")._open_card(0)


def _overview(window: MainWindow) -> None:
    """Back from the list: what follows shows the cards."""
    window.show_panel("situation")._show_overview()


def _tables(window: MainWindow) -> None:
    """The numbers of both charts."""
    _overview(window)
    panel = window.show_panel("situation")
    for chart in (panel.calls, panel.flow):
        chart.toggle.setChecked(True)


def _kiosk(window: MainWindow) -> None:
    """At the door: people check themselves in."""
    window.show_panel("person").kiosk.setChecked(True)


def _round(window: MainWindow) -> None:
    """Everything that is due, place by place."""
    panel = window.show_panel("person")
    panel.kiosk.setChecked(False)
    panel = window.show_panel("resource")
    panel.start_round()
    panel.round.everything.setChecked(True)


def _moved(window: MainWindow) -> None:
    """How many are lent?"""
    panel = window.show_panel("resource")
    panel._leave_round()
    panel._move(panel.list.row(), back=False)


def _nothing_fits(window: MainWindow) -> None:
    """A filter that no outlet fits."""
    window.show_panel("resource").stock.give_up()
    panel = window.show_panel("outlet")
    panel.filter.text.setText("查无此处")
    panel.filter.changed.emit()


def _unreadable(window: MainWindow) -> None:
    """A list that could not be read."""
    panel = window.show_panel("outlet")
    panel.filter.clear()
    panel.list.model.error = StorageError(
        _("The disk is full."), next_step=_("Free some space, then save again.")
    )
    panel.list.look()


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "situation-behind": _behind_late,
    "situation-tables": _tables,
    "task-detail": partial(_opened, kind="task", status="doing"),
    "task-new": partial(_new, panel="task"),
    "person-post": partial(_opened, kind="post"),
    "person-kiosk": _kiosk,
    "resource-round": _round,
    "resource-lent": _moved,
    "outlet-filtered": _nothing_fits,
    "outlet-error": _unreadable,
}


def empty(folder: Path, clock: ManualClock) -> Session:
    """A center of an example in which nothing is stored yet."""
    paths = Paths(folder / "empty")
    if paths.root.exists():
        return Session.open(paths, clock=clock, holder="window")
    session, _key = Session.create(
        paths, name="滨江支行", passphrase=None, demo=True, clock=clock, holder="window"
    )
    return session


def poster(window: MainWindow) -> QWidget:
    """The organisation as a poster."""
    made = OrgPosterDialog(window.context, window)
    made.open()
    return made


def template(window: MainWindow) -> QWidget:
    """A table to fill in."""
    return files.save_template(window.context, "person", window)
