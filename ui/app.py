"""Composition root of the window: the order of starting, and nothing that a part could do itself.

Order: input method route, QApplication, words and look, an earlier window of this center, the
session (unlock or first start), who is at work, the window; after a lock the last three again.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bankcc import paths, settings
from bankcc.clock import Clock, SystemClock
from bankcc.errors import Busy, NotFound, UserError, WrongPassphrase
from bankcc.paths import Paths
from bankcc.session import Session
from ui import ime, theme
from ui.alarm import locked as locked_alarm
from ui.appearance import Appearance, guessed_language
from ui.dialogs.notice import tell
from ui.dialogs.who import WhoDialog
from ui.enter_press import EnterPress
from ui.first_start import set_up
from ui.first_start.example_removal import removal_button
from ui.frame.main_window import MainWindow
from ui.frame.second_copy import second_copy_mark
from ui.frame.single_instance import FirstWindow, raise_first
from ui.preparing import Preparation, keep_all, let_go, look_through

HOLDER = "window"
FIRST_PANEL = "situation"
"""What a center shows before anybody has chosen; from then on, the panel that was shown last."""
WARM_AFTER_MS = 200


@dataclass(frozen=True, slots=True)
class Start:
    """How the window was asked for. `language` and `user` empty: as kept, or asked; `demo`: where
    the example center goes when it is chosen on the first start."""

    paths: Paths
    demo: Paths
    language: str = ""
    passphrase: str | None = None
    user: str = ""
    clock: Clock = field(default_factory=SystemClock)


def run(start: Start) -> int:
    """Show the window and stay until it is closed; the exit code of the process."""
    route = ime.apply_route()
    app = make_application()
    app.setProperty("ime_route", route.name)
    look = Appearance(app, settings.load())
    look.settings.language = first_words(start, look)
    look.start()
    presses = EnterPress(app)
    guard = ime.PreeditGuard(app)
    if raise_first(start.paths.root):
        return 0
    code: int | None = None
    while code is None:
        # Both leave with the event loop that ends; after a lock there is another one. The guard
        # comes last: it is asked first.
        app.installEventFilter(presses)
        app.installEventFilter(guard)
        code = stay(app, look, start)
        # Who locks the window forgets the passphrase too, and another person may come back.
        start = replace(start, passphrase=None, user="", paths=_own(start))
    look.settle()
    return code


def first_words(start: Start, look: Appearance) -> str:
    """The language to begin with: as asked for or kept; before anything was ever kept or made
    here, that of the desktop."""
    if start.language or start.paths.exists() or look.settings.file.exists():
        return start.language or look.settings.language
    return guessed_language(QLocale.system().uiLanguages())


def _own(start: Start) -> Paths:
    """Where the next start looks: after the usual example was removed, at the person's own
    center."""
    usual = paths.demo_center()
    if start.paths.root == usual and not start.paths.exists():
        return Paths(paths.default_center())
    return start.paths


def stay(app: QApplication, look: Appearance, start: Start) -> int | None:
    """Open the center and stay until its window is closed: the exit code; None if it was locked,
    and nothing of the center is held any more."""
    keep_all()
    try:
        return _stay(app, look, start)
    finally:
        look_through()


def _stay(app: QApplication, look: Appearance, start: Start) -> int | None:
    session = open_session(start, look)
    if session is None:
        return 0
    window = make_window(session, look, start)
    if window is None:
        return 0
    locked_alarm.end(app)
    first = FirstWindow(session.paths.root, window.come_forward, app)
    window.crashes.install()
    window.show()
    QTimer.singleShot(WARM_AFTER_MS, Preparation(window).start)
    code = app.exec()
    first.close()
    window.shut_down()
    if not window.locked:
        return code
    removes = window.tools.removes_example
    locked_alarm.begin(app, window.alarm.watch, start.clock)
    # Dialogs that still stand open go with it: they show what was locked away.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    del window
    let_go()
    if removes:
        _remove_example(session.paths, start.clock)
    return None


def _remove_example(example: Paths, clock: Clock) -> None:
    try:
        Session.remove_example(example, clock=clock, holder=HOLDER)
    except UserError as error:
        tell(error)


def make_application() -> QApplication:
    """The one QApplication, with the name and scaling of the program."""
    app = QApplication.instance()
    if app is None:
        # The default of Qt 6, said so that an environment variable of the desktop does not round.
        policy = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(policy)
        app = QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("bankcc")
    app.setDesktopFileName("bankcc")
    theme.hub(app)
    return app


def open_session(start: Start, look: Appearance) -> Session | None:
    """The session of this start, asking as far as needed; None if the person gave up."""
    if not start.paths.exists():
        return _welcome(start, look)

    def attempt(**secret: str | None) -> Session:
        return Session.open(start.paths, clock=start.clock, holder=HOLDER, **secret)

    return _open(attempt, start, look)


def _open(attempt: Callable[..., Session], start: Start, look: Appearance) -> Session | None:
    try:
        return attempt(passphrase=start.passphrase)
    except WrongPassphrase as error:
        from ui.dialogs.unlock import UnlockDialog

        wrong = error if start.passphrase else None
        return UnlockDialog.ask(attempt, start.clock, first=wrong)
    except NotFound:
        # Keys without a database, or a start that was cut short: the dialog says what there is.
        return _welcome(start, look)
    except Busy as error:
        if not raise_first(start.paths.root):
            tell(error)
        return None
    except UserError as error:
        tell(error)
        return None


def _welcome(start: Start, look: Appearance) -> Session | None:
    """The first start. Loaded when it is one: its tables and papers take long to load."""
    from ui.first_start.dialog import WelcomeDialog

    return WelcomeDialog.ask(start.paths, start.demo, start.clock, look)


def make_window(session: Session, look: Appearance, start: Start) -> MainWindow | None:
    """The window, after asking who is at work; None (and the session closed) if nobody said."""
    if not _introduced(session, look, start):
        return None
    window = MainWindow(session, look, first=FIRST_PANEL)
    if session.can_write:
        tools, header = window.tools, window.header
        mark = (
            removal_button(tools.remove_example, header)
            if session.is_demo
            else second_copy_mark(tools.say_second_copy, header)
        )
        header.add_mark(mark)
    return window


def _introduced(session: Session, look: Appearance, start: Start) -> bool:
    """Whether it is known who is at work; what was left of the set-up is gone on with first."""
    session.user = start.user or session.user
    if session.can_write and set_up.left(session):
        from ui.first_start.dialog import WelcomeDialog

        return WelcomeDialog.go_on(session, start.clock, look)
    session.user = session.user or WhoDialog.ask(session) or ""
    if not session.user:
        session.close()
    return bool(session.user)
