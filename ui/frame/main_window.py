"""The frame: header, navigation, the panel that is shown, messages, status line. Nothing else.

Rule: it knows panels by their declaration only. What a panel has, it offers by these names:
`start`, `focus_filter`, `refresh`, `new_call`, `add_new`, `open_record`, `key_hints`, `take_back`,
`flush`, and the signal `waiting_changed(int)` for its badge in the navigation.
"""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QChildEvent, QEvent, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from bankcc.session import ChangeSet, Session
from ui import actions, dress, in_steps
from ui.actions import ActionId
from ui.alarm.frame import AlarmFrame
from ui.appearance import Appearance
from ui.bridge import Bridge
from ui.context import UiContext
from ui.crash import CrashReporter
from ui.feedback import MessageBar
from ui.frame import menu as frame_actions
from ui.frame import window_state
from ui.frame.header import Header
from ui.frame.navigation import Navigation
from ui.frame.overview import change_words, show_incident, window_title
from ui.frame.panel_stack import PanelStack
from ui.frame.status_line import StatusLine
from ui.frame.tools import Tools
from ui.frame.undo_keys import UndoKeys
from ui.jobs import Jobs, JobStrip
from ui.panels import PANELS, PanelSpec
from ui.theme import Level

START = "hotline"
SMALLEST = QSize(1024, 600)


class MainWindow(QMainWindow):
    """Closing it flushes what panels hold, stops the work under way and closes the session.
    `first`: what is shown where no panel was shown before."""

    def __init__(
        self,
        session: Session,
        look: Appearance,
        panels: tuple[PanelSpec, ...] = PANELS,
        first: str = START,
    ) -> None:
        super().__init__()
        self.setObjectName("app.window")
        self.session, self.look = session, look
        self.specs = {spec.id: spec for spec in panels}
        self._made: dict[str, QWidget] = {}
        self._begun: dict[str, QWidget] = {}
        self._closed = False
        self._last_change: ChangeSet | None = None
        dress.by_parts(QApplication.instance(), self)
        self.bridge, self.jobs = Bridge(session, self), Jobs(self)
        self.header = Header(session.clock, self)
        self.messages, self.status = MessageBar(self), StatusLine(self)
        self.navigation = Navigation([spec.item for spec in panels], self)
        self.stack = PanelStack(self)
        services = (self.bridge, self.jobs, self.messages, self.header.saved)
        self.context = UiContext(session, *services, self.open_record, lambda: self)
        self.crashes = CrashReporter(self.context.refused, lambda: self, self)
        self.undo_keys = UndoKeys(self)
        self.locked = False
        self.tools = Tools(self, look, self.navigation.current, self)
        self.alarm = AlarmFrame(self.context, self.tools.open_overdue, self)
        self.actions_made = self._make_actions()
        self._lay_out()
        self.header.add_mark(self.alarm.mark)
        self.alarm.titled.connect(self.entitle)
        self.alarm.wanted.connect(self.come_forward)
        self.navigation.chosen.connect(self.show_panel)
        self.bridge.changed.connect(self._changed)
        look.refused.connect(self._not_kept)
        # What a panel opens within itself takes the focus, and has keys of its own.
        QApplication.instance().focusChanged.connect(self._focus_moved)
        self.jobs.unhandled.connect(self.crashes.show)
        self._follow_session()
        panel = window_state.restore(session, self)
        wanted = (name for name in (panel, first, *self.specs) if name in self.specs)
        self.show_panel(next(wanted))

    @property
    def panel(self) -> QWidget:
        """The panel that is shown."""
        return self.stack.currentWidget()

    def show_panel(self, name: str) -> QWidget:
        """Show a panel, made now if it never was, and give it the keyboard."""
        widget = self.make_panel(name)
        dress.dress(widget)
        self.stack.show_page(widget)
        self.navigation.set_current(name)
        self._show_hints()
        self._offer("start") or widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return widget

    def panel_steps(self, name: str) -> Iterator[None]:
        """Make the panel a little at a time; who wants it meanwhile gets the whole of it."""
        if name not in self._made:
            begun = self._begun[name] = self.specs[name].begin(self.context, self.stack)
            try:
                # Not `yield from`: who stops asking half-way would end the making itself.
                for _step in in_steps.steps(begun):
                    yield
            except Exception:  # half a panel is none: who wants it next begins anew
                self._begun.pop(name).deleteLater()
                raise
            self.make_panel(name)

    def make_panel(self, name: str) -> QWidget:
        """The panel, made now if it never was; it is neither dressed nor shown by that."""
        widget = self._made.get(name)
        if widget is None:
            widget = self._begun.pop(name, None)
            widget = widget or self.specs[name].begin(self.context, self.stack)
            in_steps.finish(widget)
            self._made[name] = widget
            self.stack.addWidget(widget)
            if waiting := getattr(widget, "waiting_changed", None):
                waiting.connect(partial(self.navigation.set_badge, name))
        return widget

    def dress_panel(self, name: str) -> None:
        """Let a panel that was made follow the theme."""
        dress.dress(self._made[name])

    def open_record(self, kind: str, record: str) -> None:
        """Show a record in the panel that shows its kind."""
        for spec in self.specs.values():
            if kind in spec.kinds:
                self.show_panel(spec.id)
                self._offer("open_record", kind, record)
                return

    def _offer(self, name: str, *given: object) -> bool:
        act = getattr(self.panel, name, None)
        if act is None:
            return False
        act(*given)
        return True

    def _new_call(self) -> None:
        if "hotline" in self.specs:
            self.show_panel("hotline")
            self._offer("new_call")

    def _new(self) -> None:
        self._offer("add_new") or self._new_call()

    def _undo(self) -> None:
        """What the panel holds unsaved is taken back before what is stored."""
        take_back = getattr(self.panel, "take_back", None)
        if not (take_back and take_back()):
            self.context.undo()

    def _make_actions(self) -> dict[ActionId, QAction]:
        go = {spec.go: partial(self.show_panel, spec.id) for spec in self.specs.values() if spec.go}
        own = {
            ActionId.NEW_CALL: self._new_call,
            ActionId.NEW: self._new,
            ActionId.UNDO: self._undo,
            ActionId.REDO: self.context.redo,
            ActionId.FIND: lambda: self._offer("focus_filter"),
            ActionId.REFRESH: self._refresh,
            ActionId.LOCK: self.lock,
            ActionId.QUIT: self.close,
        }
        more = frame_actions.look_actions(self.look) | dict(self.tools.acts) | dict(self.alarm.acts)
        return frame_actions.create(self, self.header, go | own | more)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addWidget(self.stack, 1)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        # Below the panel: a message that comes must not move the field being typed in.
        below = (self.alarm.bar, self.messages, JobStrip(self.jobs, self), self.status)
        for widget in below:
            column.addWidget(widget)
        for part in (self.header, self.navigation, *below):
            dress.dress(part)
        self.setCentralWidget(centre)
        self.setMinimumSize(SMALLEST)

    def _follow_session(self) -> None:
        self.header.follow(self.session)
        self.entitle()
        show_incident(self.session, self.header.incident)
        for notice in self.session.notices:
            self.messages.say(Level.WARNING, notice)

    def _changed(self, changes: ChangeSet) -> None:
        if "incident" in changes.kinds:
            show_incident(self.session, self.header.incident)
        if "center" in changes.kinds:
            self.entitle()
        if self._say_change(changes):
            self._last_change = changes

    def _say_change(self, changes: ChangeSet) -> bool:
        words = change_words(self.session, changes)
        if words:
            self.status.say(_("Last change: {what}").format(what=words))
        return bool(words)

    def entitle(self) -> None:
        """The name of the window; the alarm stands before it while it rings."""
        if not self._closed:
            named = (self.alarm.title(), window_title(self.session))
            self.setWindowTitle(" – ".join(filter(None, named)))

    def _refresh(self) -> None:
        show_incident(self.session, self.header.incident)
        self.alarm.watch.refresh()
        self._offer("refresh")

    def _not_kept(self, reason: str) -> None:
        text = _("The setting holds for now but could not be kept: {reason}.").format(reason=reason)
        self.messages.say(Level.WARNING, text)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if not self._closed and now is not None and self.stack.isAncestorOf(now):
            self._show_hints()

    def _show_hints(self) -> None:
        hints = getattr(self.panel, "key_hints", None)
        self.status.set_hints(hints() if hints else "")

    def come_forward(self) -> None:
        """A second start asked for this window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def lock(self) -> None:
        """Close the center: nothing of it is shown or held until it is opened again."""
        self.alarm.watch.catch_up()
        self.locked = True
        self.close()

    def shut_down(self) -> None:
        """Everything that is held goes to disk, then the session is closed. Once."""
        if self._closed:
            return
        self._closed = True
        for name in list(self._begun):
            self.make_panel(name)  # half a panel cannot be told to stop
        for widget in self._made.values():
            if flush := getattr(widget, "flush", None):
                flush()
        self.tools.flush()
        self.stack.stop()
        self.alarm.stop()
        window_state.keep(self.session, self, self.navigation.current())
        self.crashes.remove()
        self.jobs.shut_down()
        self.bridge.stop()
        self.session.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut_down()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P that no panel took. Not an action: lists have one of that key in their menu, and
        of two with one key Qt would run neither."""
        if event.matches(QKeySequence.StandardKey.Print):
            self.tools.print_situation()
        else:
            super().keyPressEvent(event)

    def childEvent(self, event: QChildEvent) -> None:
        """What lies over the window (the box of Ctrl+K, dialogs) is a part like any other."""
        super().childEvent(event)
        if event.polished() and event.child() is not self.centralWidget():
            dress.dress(event.child())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.navigation.follow_width(event.size().width())
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and not self._closed:
            actions.retranslate(self.actions_made.values())
            show_incident(self.session, self.header.incident)
            self._show_hints()
            if self._last_change is not None:
                self._say_change(self._last_change)
        super().changeEvent(event)
