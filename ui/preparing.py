"""What will be wanted soon is made ready after the window stands: readings, panels, charts.

Rule: one short step at a time, with room for keys between them; whoever asks earlier gets it at
once. What runs beside the screen lets go of the interpreter often.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from bankcc.i18n import _
from bankcc.schema import pinyin_tables
from ui import icons, theme
from ui.frame.main_window import MainWindow

STEP_MS = 40
SWITCH = 0.000_2
"""Seconds after which a thread that computes lets another one run. With Python's own 5 ms an event
that asks Qt twenty times would wait a tenth of a second beside one computing thread."""
PANELS = ("situation", "person", "hotline", "task", "resource", "report", "incident")
"""Those with a key; others are made when they are first shown."""


def keep_all() -> None:
    """Until the window stands nothing is looked through for cycles: all that comes stays. What is
    read beside the screen lets the screen go on."""
    gc.disable()
    sys.setswitchinterval(SWITCH)


def load_all(scales: Sequence[float]) -> None:
    """The readings of names, the icons for screens of these scales, the code of the panels, the
    charts; may run in a worker. Raises ImportError where something is missing."""
    icons.draw_all(scales)
    pinyin_tables.load()
    _load_code()
    from ui.situation import charts  # with the panels: nothing of it is needed before

    charts.load()


def _load_code() -> None:
    """What is there once it is loaded: whoever wants it later does not wait for it."""
    import ui.dialogs.export_file
    import ui.dialogs.import_file
    import ui.dialogs.settings
    import ui.help.window
    import ui.palette.box
    import ui.palette.commands
    import ui.panels.generic
    import ui.panels.hotline
    import ui.panels.reports
    import ui.panels.resources
    import ui.panels.roster
    import ui.panels.situation
    import ui.panels.task_board  # noqa: F401  loading is what is wanted


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
        self.done = False
        self._steps = self._all()
        self._timer = QTimer(self, singleShot=True, interval=STEP_MS)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """What is read and loaded beside the screen, then step by step what belongs to it."""
        theme.hub().gradual = True
        scales = icons.ratios()

        def loaded(_nothing: object) -> None:
            self._timer.start()

        def failed(_error: Exception) -> None:
            self._timer.start()  # who needs it will load it, and say what is wrong

        self._window.jobs.start(
            _("Preparing"),
            lambda _progress: load_all(scales),
            done=loaded,
            failed=failed,
            cancellable=False,
            owner=self,
            quiet=True,
        )

    def _next(self) -> None:
        if not self._window.isVisible():
            return  # closed meanwhile
        step = next(self._steps, None)
        if step is None:
            self._end()
            return
        step()
        self._timer.start()

    def _end(self) -> None:
        # What is here by now stays to the end: it is not looked through for cycles again.
        gc.freeze()
        look_through()
        self.done = True

    def _all(self) -> Iterator[Callable[[], object]]:
        for panel in PANELS:
            if panel in self._window.specs:
                yield partial(self._window.make_panel, panel)
                yield from self._pieces(panel)
                yield partial(self._window.dress_panel, panel)
        yield lambda: self._window.tools.palette

    def _pieces(self, panel: str) -> Iterator[Callable[[], object]]:
        """What a panel makes when it is first wanted: `pieces()`, if it has any."""
        pieces = getattr(self._window.make_panel(panel), "pieces", None)
        return iter(pieces() if pieces else ())
