"""F11: the situation, or the task board, over a whole screen, for people who only look.

Rule: nothing on it can be changed or pressed, it names no customer, it says how old it is, and it
stays until somebody ends it. It goes with the window it belongs to, so it is locked with it.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from bankcc.clock import local
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.reports.wall import WallPicture, wall_picture
from bankcc.session import ChangeSet
from ui import theme
from ui.background_read import BackgroundRead
from ui.context import UiContext
from ui.situation.words import span
from ui.theme import Level
from ui.wallboard.awake import Awake
from ui.wallboard.face import SMALL, WallHead, dress, dress_chip, unit_of
from ui.wallboard.situation import WallSituation
from ui.wallboard.tasks import WallTasks
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel

PLACE = "wallboard"
TICK_MS, SOON_MS, AGING_MS, FLIP_MS = 1_000, 1_000, 30_000, 20_000
STALE_MS = 120_000
"""Older figures are hatched, and their age is said."""
SITUATION, TASKS = "situation", "task"


class Wallboard(QWidget):
    """`closed`: it was ended. `page`: what is shown first; `lock`: what Ctrl+L does."""

    closed = Signal()

    def __init__(
        self, context: UiContext, page: str, lock: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("wallboard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Digits must not open the window of an input method.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.context, self.session, self._lock = context, context.session, lock
        self.picture: WallPicture | None = None
        self.error: UserError | None = None
        self.board_error: UserError | None = None
        self.head = WallHead(self)
        self.demo = Chip(Level.DRILL, "", self)
        self.situation = WallSituation(self)
        self.tasks = WallTasks(context, self)
        self.foot = ElidedLabel("", self)
        self.foot.setObjectName("wallboard.keys")
        self.pages = QStackedLayout()
        self.awake = Awake(self)
        self.read = BackgroundRead(context.jobs, _("Counting"), self._question, self, quiet=True)
        self._clock = QTimer(self, interval=TICK_MS)
        self._aging = QTimer(self, interval=AGING_MS)
        self._flip = QTimer(self, interval=FLIP_MS)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._changed_kinds: frozenset[str] = frozenset()
        self._lay_out()
        self._connect()
        self._restore()
        self.show_page(page)
        self.tick()

    # -- opening and ending ------------------------------------------------------------------------

    def open_wall(self) -> None:
        """Fill the screen it was on last; else one that the window is not on, if there is one."""
        screen = self.chosen_screen()
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self.activateWindow()
        self._clock.start()
        self._aging.start()
        self.refresh()

    def chosen_screen(self) -> QScreen:
        """The screen to fill."""
        screens, here = QGuiApplication.screens(), self.parentWidget().screen()
        kept = (self.session.local.value(PLACE) or {}).get("screen")
        known = [screen for screen in screens if name_of(screen) == kept]
        others = [screen for screen in screens if screen is not here]
        return next(iter(known or others), here)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        for timer in (self._clock, self._aging, self._flip, self._soon):
            timer.stop()
        self.read.close()
        self.tasks.close_reads()
        self.awake.stop()
        self.closed.emit()
        super().closeEvent(event)

    def _keep(self) -> None:
        """Which screen and which options, for the next time; local to this laptop."""
        if not self.session.can_write:
            return
        kept = {
            "screen": name_of(self.screen()),
            "flip": self._flip.isActive(),
            "awake": self.awake.on,
        }
        try:
            self.session.local.set_value(PLACE, kept)
        except UserError as error:
            self.context.refused(error)

    def _restore(self) -> None:
        kept = self.session.local.value(PLACE) or {}
        if kept.get("flip"):
            self._flip.start()
        if kept.get("awake"):
            self.awake.start()

    # -- what is shown -----------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """Which page is shown."""
        return TASKS if self.pages.currentWidget() is self.tasks else SITUATION

    def show_page(self, page: str) -> None:
        """The situation, or the task board."""
        self.pages.setCurrentWidget(self.tasks if page == TASKS else self.situation)
        if page == TASKS:
            self.tasks.take_keys()
        else:
            self.setFocus()

    def turn(self) -> None:
        """The other page."""
        self.show_page(SITUATION if self.page == TASKS else TASKS)

    def refresh(self) -> None:
        """F5: everything as it is now."""
        self.read.read()
        self.tasks.read.read()

    def _question(self) -> object:
        session = self.session
        return lambda: wall_picture(session)

    def _changed(self, changes: ChangeSet) -> None:
        """A busy minute is counted once a second: nobody reads faster."""
        self._changed_kinds |= changes.kinds
        if not self._soon.isActive():
            self._soon.start()

    def _follow(self) -> None:
        kinds, self._changed_kinds = self._changed_kinds, frozenset()
        self.read.read()
        self.tasks.follow(kinds)

    def _arrive(self, picture: WallPicture) -> None:
        self.picture, self.error = picture, None
        self.tick()

    def _fail(self, error: UserError) -> None:
        self.error = error
        self.tick()

    def _board_arrived(self) -> None:
        self.board_error = None

    def _board_failed(self, error: UserError) -> None:
        """Asked again with the figures: nothing else may change for long."""
        self.board_error = error
        self.tick()

    def _age(self) -> None:
        self.read.ask()
        if self.board_error is not None:
            self.tasks.read.ask()

    def tick(self) -> None:
        """Put it into words by the clock as it stands."""
        now = self.session.clock.now_ms()
        self.head.clock.setText(f"{local(now):%H:%M:%S}")
        self.tasks.tell_time(now)
        if self.picture is None:
            self.head.age.setText(self.error.what if self.error else _("Loading…"))
            return
        figures = self.picture.figures
        old = abs(now - figures.at)
        stale = old > STALE_MS or (self.error or self.board_error) is not None
        words = _("Live · read only · updated {time}, {seconds} s ago")
        if stale:
            words = _("Read only · as of {time}")
        self.head.age.setText(
            words.format(time=f"{local(figures.at):%H:%M:%S}", seconds=old // 1_000)
        )
        age = _("Figures not updated for {span}").format(span=span(old))
        self.head.warning.set_status(Level.CRITICAL, age if stale else "")
        self.head.show_incident(figures, now)
        self.situation.show_picture(self.picture, now, stale=stale)

    # -- keys, words, layout -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The board would look for a card that begins with the digit."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take(event)
        return super().eventFilter(watched, event)

    def _take(self, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_L and control:
            self._lock()
            return True
        acts = {
            Qt.Key.Key_Escape: self.close,
            Qt.Key.Key_F11: self.close,
            Qt.Key.Key_F5: self.refresh,
            Qt.Key.Key_1: lambda: self.show_page(SITUATION),
            Qt.Key.Key_2: lambda: self.show_page(TASKS),
            Qt.Key.Key_3: self.flip,
            Qt.Key.Key_4: self.stay_awake,
            Qt.Key.Key_5: self.next_screen,
        }
        act = acts.get(Qt.Key(key)) if not control else None
        if act is not None:
            act()
        return act is not None

    def flip(self) -> None:
        """3: turn the page every 20 seconds, or no more."""
        if self._flip.isActive():
            self._flip.stop()
        else:
            self._flip.start()
        self._say_keys()

    def stay_awake(self) -> None:
        """4: the machine does not go to sleep, or may again."""
        if self.awake.on:
            self.awake.stop()
        elif not self.awake.start():
            self._sleeps()
            return
        self._say_keys()

    def _sleeps(self) -> None:
        self._say_keys(_("This laptop cannot be kept awake from here"))

    def next_screen(self) -> None:
        """5: fill the next screen, if there is another."""
        screens = QGuiApplication.screens()
        at = (screens.index(self.screen()) + 1) % len(screens)
        self.showNormal()
        self.setScreen(screens[at])
        self.setGeometry(screens[at].geometry())
        self.showFullScreen()

    def _say_keys(self, more: str = "") -> None:
        on = _("on")
        flip = on if self._flip.isActive() else _("off")
        awake = on if self.awake.on else _("off")
        words = _(
            "1 situation · 2 tasks · 3 turn every 20 s: {flip} · 4 keep awake: {awake} ·"
            " 5 next screen · Esc or F11 ends"
        ).format(flip=flip, awake=awake)
        self.foot.setText(f"{words} · {more}" if more else words)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setWindowTitle(_("Wallboard"))
        self.setAccessibleName(_("Wallboard"))
        self.demo.set_status(Level.DRILL, _("Example") if self.session.is_demo else "")
        self.tasks.retranslate()
        self._say_keys()
        self.tick()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.refresh()  # categories are counted under their words
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        unit, look = unit_of(self.width(), self.height()), theme.tokens()
        edge = round(16 * unit)
        self._column.setContentsMargins(edge, round(10 * unit), edge, round(6 * unit))
        self._column.setSpacing(round(10 * unit))
        for part in (self.head, self.situation, self.tasks):
            part.fit(unit)
        dress_chip(self.demo, SMALL * unit)
        dress(self.foot, SMALL * 0.8 * unit, colour=look.text3)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), look.bg)
        self.setPalette(palette)
        self.setAutoFillBackground(True)

    def _connect(self) -> None:
        self.read.answered.connect(self._arrive)
        self.read.failed.connect(self._fail)
        self._clock.timeout.connect(self.tick)
        self.tasks.arrived.connect(self._board_arrived)
        self.tasks.failed.connect(self._board_failed)
        self._aging.timeout.connect(self._age)
        self._soon.timeout.connect(self._follow)
        self._flip.timeout.connect(self.turn)
        self.awake.ended.connect(self._sleeps)
        self.context.bridge.changed.connect(self._changed)
        theme.hub().changed.connect(self._fit)
        for part in self.tasks.watched():
            part.installEventFilter(self)

    def _lay_out(self) -> None:
        for page in (self.situation, self.tasks):
            self.pages.addWidget(page)
        top = QHBoxLayout()
        top.addWidget(self.demo)
        top.addWidget(self.head, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addLayout(self.pages, 1)
        self._column.addWidget(self.foot)
        self.retranslate()


def name_of(screen: QScreen) -> str:
    """A name by which a screen is found again."""
    parts = (screen.manufacturer(), screen.model(), screen.serialNumber(), screen.name())
    return " ".join(filter(None, parts))
