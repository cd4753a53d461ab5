"""The whole program for the tests of the requirements: the real window on the example center, every
sight of every panel, every dialog, and what of them can be seen, typed in and reached.

Rule: a new panel, dialog or editor is found here by itself or fails the test that it is listed.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from bankcc import demo
from bankcc.clock import ManualClock
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.schema.query import Condition, Query
from bankcc.session import Session
from ui import theme
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.enter_press import EnterPress
from ui.frame.main_window import MainWindow
from ui.help.window import HelpWindow
from ui.ime import PreeditGuard
from ui.records.person_picker import PersonPicker
from ui.resources.stock_strip import StockStrip
from ui.roster.check_in_line import CheckInLine
from ui.roster.org_poster import OrgPosterDialog
from ui.shots import DIALOGS, FILE_DIALOGS, NOW_MS, USER
from ui.situation.waiting_list import ITEM_ROLE, WaitingList
from ui.turns import turns
from ui.widgets.ask_box import AskBox
from ui.widgets.ask_line import AskLine

PATIENCE_MS, STEP_MS = 8_000, 10
EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)


# -- opening ---------------------------------------------------------------------------------------


def make_example(folder: Path) -> Paths:
    """The example center at 14:00, closed. Made once and copied: it takes seconds."""
    paths = Paths(folder)
    demo.create(paths, clock=ManualClock(ms=NOW_MS), chance=SeededChance(5))
    return paths


def copy_of(example: Paths, folder: Path) -> Paths:
    """A center of one's own."""
    shutil.copytree(example.root, folder)
    return Paths(folder)


@contextmanager
def opened_window(
    paths: Paths,
    look: Appearance,
    size: tuple[int, int] = (1366, 768),
    *,
    write: bool = True,
) -> Iterator[MainWindow]:
    """The real window, shown; what it opened is gone at the end."""
    session = Session.open(paths, clock=ManualClock(ms=NOW_MS, step_ms=1), write=write)
    session.user = USER
    window = MainWindow(session, look)
    window.resize(*size)
    window.show()
    window.activateWindow()
    settle()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        # At once: a list that is laid out anew would read from the center that is closed.
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
        settle()


@contextmanager
def composing_guarded(app: QApplication) -> Iterator[PreeditGuard]:
    """What the program installs before its first window."""
    presses, guard = EnterPress(app), PreeditGuard(app)
    try:
        yield guard
    finally:
        for filtering in (guard, presses):
            app.removeEventFilter(filtering)
            filtering.deleteLater()


def wear(window: MainWindow, language: str, scale: int, size: tuple[int, int]) -> None:
    """Language, size of text and of the window, switched live as a person does."""
    look = window.look
    if look.settings.font_scale != scale:
        look.settings.font_scale = scale
        look._paint()
    look.set_language(language)
    window.resize(*size)
    settle()
    wait_until(lambda: turns().is_done)
    settle()


def settle(rounds: int = 4) -> None:
    """Let queued signals arrive."""
    for _round in range(rounds):
        QApplication.processEvents()


def wait(ms: int) -> None:
    """Let timers and workers have their say."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def wait_until(true: Callable[[], object], what: str = "") -> None:
    """Go on as soon as it is true."""
    for _round in range(PATIENCE_MS // STEP_MS):
        settle(1)
        if true():
            return
        wait(STEP_MS)
    raise AssertionError(what or "it never came true")


# -- what can be seen: panels, further sights of them, dialogs -------------------------------------


def _call(window: MainWindow) -> None:
    window.panel.open_record("inquiry", first(window, "inquiry", status="callback"))


def _entry(window: MainWindow) -> None:
    window.panel.entry.fields.phone.setText("13800138000")
    window.panel.entry.fields.note.setText("取款")
    window.panel.new_call()


def _staged(action: ActionId) -> Callable[[MainWindow], None]:
    """A command given while a call is being entered."""

    def show(window: MainWindow) -> None:
        window.panel.entry.fields.phone.setText("13800138000")
        window.panel.entry.fields.note.setText("取款")
        window.panel.findChild(QAction, str(action)).trigger()

    return show


def _task(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.open_record("task", first(window, "task", status="doing"))


def _question(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.start()
    window.panel.add_new()


def _assign(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.grid.set_current(first(window, "task", status="doing"), focus=True)
    window.panel.deeds.assign()


def _post(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.open_record("post", first(window, "post"))


def _new_person(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.add_new()


def _kiosk(window: MainWindow) -> None:
    wait_until(lambda: window.panel.feed.loaded)
    window.panel.kiosk.setChecked(True)


def _new(window: MainWindow) -> None:
    window.panel.add_new()


def _resource(window: MainWindow) -> None:
    wait_until(lambda: window.panel.inventory is not None)
    window.panel.open_record("resource", first(window, "resource"))


def _new_resource(window: MainWindow) -> None:
    wait_until(lambda: window.panel.inventory is not None)
    window.panel.add_new()


def _stock(window: MainWindow) -> None:
    wait_until(lambda: window.panel.list.row() is not None)
    window.panel._move(window.panel.list.row(), back=False)


def _round(window: MainWindow) -> None:
    wait_until(lambda: window.panel.inventory is not None)
    window.panel.start_round()


def _behind(at: int) -> Callable[[MainWindow], None]:
    def show(window: MainWindow) -> None:
        wait_until(lambda: window.panel.figures is not None)
        window.panel._open_card(at)

    return show


def _decision(window: MainWindow) -> None:
    wait_until(lambda: window.panel.figures is not None)
    window.panel.waiting.ask(window.panel.waiting.model.index(0, 0).data(ITEM_ROLE))
    window.panel.waiting.decision.choices["agree"].click()


def _palette(window: MainWindow) -> None:
    window.tools.palette.open_box("wm")


FURTHER: Mapping[str, Mapping[str, Callable[[MainWindow], None]]] = {
    "situation": {
        "late": _behind(0), "open": _behind(1), "staff": _behind(2), "urgent": _behind(3),
        "cards": _behind(4), "decision": _decision,
    },
    "hotline": {
        "entry": _entry, "call": _call, "palette": _palette,
        "callback": _staged(ActionId.CALLBACK), "task": _staged(ActionId.MAKE_TASK),
        "assign": _staged(ActionId.ASSIGN),
    },
    "task": {"detail": _task, "question": _question, "assign": _assign},
    "person": {"post": _post, "new": _new_person, "kiosk": _kiosk},
    "resource": {"form": _resource, "new": _new_resource, "round": _round, "stock": _stock},
}  # fmt: skip
"""What a panel shows besides its first sight; those of a declared kind show their form already."""


def first(window: MainWindow, kind: str, **fields: str) -> str:
    """The id of a record with these values."""
    where = tuple(Condition(name, "=", value) for name, value in fields.items())
    return window.session.find(Query(kind, where=where, limit=1))[0].id


def sights(window: MainWindow, *panels: str) -> Iterator[str]:
    """Show every panel, then everything further in it; yields `panel` and `panel.further`."""
    for name in panels or tuple(window.specs):
        window.show_panel(name)
        wait_until(lambda: not window.jobs.running)
        wait(STEP_MS)
        yield name
        for further, show in FURTHER.get(name, {}).items():
            window.show_panel(name)
            show(window)
            wait_until(lambda: not window.jobs.running)
            wait(STEP_MS)
            yield f"{name}.{further}"
            leave(window)


def leave(window: MainWindow) -> None:
    """Close what a further sight opened."""
    panel = window.panel
    window.tools.palette.close_box()
    for name in ("_show_overview", "_leave_round", "_leave_detail"):
        getattr(panel, name, lambda: None)()
    for box in panel.findChildren(AskBox) + panel.findChildren(AskLine):
        box.close_question()
    if isinstance(getattr(panel, "waiting", None), WaitingList) and panel.waiting.deciding:
        panel.waiting.close_decision()
    if isinstance(getattr(panel, "stock", None), StockStrip):
        panel.stock.give_up()
    if isinstance(getattr(panel, "picker", None), PersonPicker):
        panel.picker.close()
    if isinstance(getattr(panel, "check_in", None), CheckInLine):
        panel.kiosk.setChecked(False)
    settle()


def _poster(window: MainWindow, _folder: Path) -> QWidget:
    made = OrgPosterDialog(window.context, window)
    made.open()
    return made


OVER_WINDOW: Mapping[str, Callable[[MainWindow, Path], QWidget]] = {
    **FILE_DIALOGS,
    "poster": _poster,
}
BEFORE_WINDOW = DIALOGS


@contextmanager
def dialog(window: MainWindow, name: str, folder: Path) -> Iterator[QDialog]:
    """One dialog, shown and settled, whether it stands over the window or before it."""
    if name in OVER_WINDOW:
        made = OVER_WINDOW[name](window, folder)
        wait_until(lambda: not window.jobs.running)
    else:
        made = BEFORE_WINDOW[name](Paths(closed_copy(window, folder)))
        # While there is a window its parts wear the style sheet; these come before it, or after.
        made.setStyleSheet(theme.hub().sheet)
        made.show()
    made.activateWindow()
    settle()
    try:
        yield made
    finally:
        made.hide()
        if not isinstance(made, HelpWindow):  # the window keeps that one
            made.deleteLater()
        settle()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.activateWindow()
        settle()


def closed_copy(window: MainWindow, folder: Path) -> Path:
    """A closed center for dialogs that open one themselves."""
    place = folder / "closed"
    if not place.exists():
        shutil.copytree(window.session.paths.root, place, ignore=shutil.ignore_patterns("lock*"))
    return place


def dialog_names() -> list[str]:
    """All dialogs that there are."""
    return [*OVER_WINDOW, *BEFORE_WINDOW]


# -- what is in them -------------------------------------------------------------------------------


def editors(root: QWidget) -> list[QWidget]:
    """The widgets in sight that take text: lines, texts, and the lines of boxes."""
    found = [
        each
        for kind in EDITORS
        for each in root.findChildren(kind)
        if each.isVisibleTo(root) and each.isEnabled() and not each.isReadOnly()
    ]
    return [each for each in found if each.focusPolicy() or each.parent().focusProxy() is each]


def inside_spin(editor: QWidget) -> bool:
    """The line of a number box."""
    return isinstance(editor.parent(), QAbstractSpinBox)


def owner(editor: QWidget) -> QWidget:
    """The box a line belongs to, or the line itself."""
    parent = editor.parent()
    return parent if isinstance(parent, QComboBox | QAbstractSpinBox) else editor


def name_of(widget: QWidget) -> str:
    """A name for messages: its own or the nearest one above, and its type."""
    at: QWidget | None = widget
    while at is not None and (not at.objectName() or at.objectName().startswith("qt_")):
        at = at.parentWidget()
    return f"{at.objectName() if at else '?'}:{type(widget).__name__}"
