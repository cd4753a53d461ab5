"""What will be wanted soon is made ready after the window stands: readings, panels, charts.

Rule: short steps, with room for keys between them; whoever asks earlier gets it at once. What runs
beside the screen names nothing of Qt, and lets go of the interpreter often.
"""

import builtins
import gc
import sys
from collections.abc import Callable, Iterator

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from bankcc.i18n import _
from bankcc.schema import pinyin_tables
from ui import icons, sliced_load, theme
from ui.frame.main_window import MainWindow

PAUSE_MS, SLICE_MS = 5, 10
SWITCH = 0.000_02
"""Seconds after which a thread that computes lets another one run. Every call of Qt lets go of the
interpreter and asks for it again: beside one computing thread a panel took 30 times as long to make
with Python's own 5 ms, twice as long with 0.2 ms, and no longer than alone with this."""


def keep_all() -> None:
    """Until the window stands nothing is looked through for cycles: all that comes stays. What is
    read beside the screen lets the screen go on, and what is loaded is not read a second time."""
    gc.disable()
    sys.setswitchinterval(SWITCH)
    # PySide looks into the source of every module that is imported after it, for a switch that
    # nobody uses here (`from __feature__ import …`): a quarter of the time a panel takes to load.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


# What is there once it is loaded: whoever wants it later does not wait for it. A step for each;
# never beside the screen: see `ui.sliced_load`.


def _load_hotline() -> Iterator[None]:
    import ui.records.form

    yield
    import ui.records.record_view

    yield
    import ui.records.record_list

    yield
    import ui.hotline.call_detail

    yield
    import ui.hotline.entry_strip

    yield
    import ui.hotline.answer_pane

    yield
    import ui.hotline.staged_deeds

    yield
    import ui.panels.hotline  # noqa: F401  loading is what is wanted


def _load_situation() -> Iterator[None]:
    import ui.situation.list

    yield
    import ui.panels.situation  # noqa: F401


def _load_task_board() -> Iterator[None]:
    import ui.board.grid

    yield
    import ui.panels.task_board  # noqa: F401


def _load_roster() -> Iterator[None]:
    import ui.roster.posts

    yield
    import ui.dialogs.import_preview

    yield
    import ui.dialogs.import_file

    yield
    import ui.panels.roster  # noqa: F401


def _load_resources() -> Iterator[None]:
    yield
    import ui.panels.resources  # noqa: F401


def _load_reports() -> Iterator[None]:
    import bankcc.reports.situation

    yield
    import bankcc.reports.data

    yield
    import bankcc.reports.wall  # noqa: F401

    yield
    import ui.reports.sorts

    yield
    import ui.reports.first_page

    yield
    import ui.panels.reports  # noqa: F401


def _load_generic() -> Iterator[None]:
    yield
    import ui.panels.generic  # noqa: F401


PANELS: dict[str, Callable[[], Iterator[None]]] = {
    "hotline": _load_hotline,
    "situation": _load_situation,
    "task": _load_task_board,
    "person": _load_roster,
    "resource": _load_resources,
    "report": _load_reports,
    "incident": _load_generic,
}
"""Those with a key, what is wanted soonest first; others are made when they are first shown."""
FIRST = 2
"""So many of them before the tables of the readings."""


def _load_boxes() -> Iterator[None]:
    """What opens over the panels."""
    import ui.palette.box

    yield
    import ui.palette.commands

    yield
    import ui.dialogs.export_file

    yield
    import ui.help.window

    yield
    import ui.diagnostics

    yield
    import ui.dialogs.settings  # noqa: F401  loading is what is wanted


def _name_classes() -> Iterator[None]:
    """Let the classes of Qt come into being, which the library of the charts names one and all."""
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield


def _read_ahead() -> None:
    """Beside the screen: the tables of the readings, and from the disk the native parts of what is
    loaded later, which a cold disk may take a tenth of a second for."""
    pinyin_tables.load()
    for part in sliced_load.native_parts("numpy"):
        sliced_load.read_through(part)


def _load_charts() -> Iterator[None]:
    from ui.situation import charts  # with the panels: nothing of it is needed before

    try:
        while not charts.load_step():
            yield
    except ImportError:
        return  # the panel says so


def look_through() -> None:
    """From now on what comes and goes in cycles is found again."""
    gc.enable()


def let_go() -> None:
    """The window is gone: what it left behind goes too."""
    gc.unfreeze()
    gc.collect()


class Preparation(QObject):
    """Begins with `start()`; `done` says that nothing is left to do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.done = self._read = False
        self._steps = self._all()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin, in the next quiet moment."""
        theme.hub().gradual = True
        self._timer.start()

    def _next(self) -> None:
        """As many steps as there is time for."""
        if not self._window.isVisible():
            return  # closed meanwhile
        spent = QElapsedTimer()
        spent.start()
        for long_follows in self._steps:
            if long_follows or spent.elapsed() >= SLICE_MS:
                self._timer.start()
                return
        self._end()

    def _end(self) -> None:
        # What is here by now stays to the end: it is not looked through for cycles again.
        gc.freeze()
        look_through()
        self.done = True

    def _all(self) -> Iterator[bool | None]:
        """True before a step that takes long by itself."""
        yield from icons.draw_all()
        wanted = [name for name in PANELS if name in self._window.specs]
        for name in wanted[:FIRST]:
            yield from self._panel(name)
        yield from self._read_beside()
        for name in wanted[FIRST:]:
            yield from self._panel(name)
        yield from _load_boxes()
        yield True
        _palette = self._window.tools.palette
        yield from _name_classes()
        yield from _load_charts()

    def _read_beside(self) -> Iterator[bool]:
        """Beside the screen. No step runs meanwhile: to unpack the tables Python keeps everybody
        waiting for some ten milliseconds."""

        def ended(_outcome: object) -> None:
            self._read = True  # if it failed, who needs it will load it and say what is wrong

        self._window.jobs.start(
            _("Preparing"),
            lambda _progress: _read_ahead(),
            done=ended,
            failed=ended,
            cancellable=False,
            owner=self,
            quiet=True,
        )
        while not self._read:
            yield True

    def _panel(self, name: str) -> Iterator[bool]:
        """Make a panel, then what it makes only when it is first wanted, then its look."""
        for _loaded in PANELS[name]():
            yield True
        for _step in self._window.panel_steps(name):
            yield True
        yield True
        made = self._window.make_panel(name)
        for piece in getattr(made, "pieces", tuple)():
            yield True
            piece()
        yield True
        self._window.dress_panel(name)
