"""What the window has beside its panels: the box of Ctrl+K, help, settings, the most overdue.

Rule: none of them is loaded or made before somebody asks for it; the start waits for none.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.session import ChangeSet
from ui.actions import ActionId
from ui.appearance import Appearance
from ui.dialogs import files
from ui.theme import Level

if TYPE_CHECKING:
    from ui.feedback import MessageRow
    from ui.help.window import HelpWindow
    from ui.palette.box import Palette
    from ui.palette.commands import Frame
    from ui.wallboard.window import Wallboard


class Tools:
    """`acts`: what the commands do; `flush()` before the session is closed."""

    def __init__(
        self, frame: "Frame", look: Appearance, shown: Callable[[], str], parent: QWidget
    ) -> None:
        """`shown`: the id of the panel in front; `parent`: what all of it lies over."""
        self._frame, self._look, self._shown, self._parent = frame, look, shown, parent
        self._palette: Palette | None = None
        self._help: HelpWindow | None = None
        self._wall: Wallboard | None = None
        self._told: MessageRow | None = None
        self._told_of = ("", "")
        frame.context.bridge.changed.connect(self._changed)
        self.acts: Mapping[ActionId, Callable[[], object]] = {
            ActionId.PALETTE: self.open_palette,
            ActionId.HELP: self.show_help,
            ActionId.SETTINGS: self.open_settings,
            ActionId.OVERDUE: self.open_overdue,
            ActionId.WALLBOARD: self.toggle_wall,
            **self._acts_of_set_up(),
        }
        self.removes_example = False
        """Whether the example is to be deleted once its window is closed."""

    def _acts_of_set_up(self) -> dict[ActionId, Callable[[], object]]:
        session = self._frame.context.session
        if not session.can_write:
            return {}
        if session.is_demo:
            return {
                ActionId.SET_UP: self.open_set_up,
                ActionId.REMOVE_EXAMPLE: self.remove_example,
            }
        return {ActionId.SET_UP: self.open_set_up, ActionId.SECOND_COPY: self.say_second_copy}

    def say_second_copy(self) -> None:
        """There is no second medium yet: what keeps a copy today."""
        context = self._frame.context
        words = _(
            "All data lies on this disk only. For a copy: close the window (Ctrl+Q), then copy the"
            " whole folder {folder} to a stick; the copy is encrypted too."
        )
        context.messages.say(Level.INFO, words.format(folder=context.session.paths.root))

    def open_set_up(self, step: str = "") -> QWidget:
        """What the first set-up asks for, over the window; `step` alone if it is given."""
        from ui.first_start.dialog import WelcomeDialog

        return WelcomeDialog.later(self._frame.context, self._look, step)

    def remove_example(self) -> QWidget:
        """Ask, then close the window; the program deletes the example and begins anew."""
        from ui.first_start.example_removal import RemovalDialog

        made = RemovalDialog(self._frame.context.session.paths.root, self._parent)
        made.accepted.connect(self._give_up_example)
        made.open()
        return made

    def _give_up_example(self) -> None:
        self.removes_example = True
        self._frame.actions_made[ActionId.LOCK].trigger()

    @property
    def palette(self) -> "Palette":
        """The box, made when it is first wanted."""
        from ui.palette.box import Palette
        from ui.palette.commands import commands

        if self._palette is None:
            frame = self._frame
            self._palette = Palette(frame.context, partial(commands, frame), self._parent)
        return self._palette

    def open_palette(self) -> None:
        """Ctrl+K."""
        self.palette.open_box()

    def show_help(self) -> "HelpWindow":
        """F1: the topic of the panel that is shown."""
        from ui.help.window import HelpWindow

        if self._help is None:
            self._help = HelpWindow("", self._parent)
        self._help.show_panel(self._shown())
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()
        return self._help

    def open_settings(self, page: str = "") -> QWidget:
        """Settings, over the window; `page` as `SettingsDialog` names them."""
        from ui.dialogs.settings import SettingsDialog

        made = SettingsDialog(self._frame.context, self._look, self._parent, page)
        made.open()
        return made

    @property
    def wall(self) -> "Wallboard | None":
        """The wallboard while it stands there."""
        return self._wall

    def toggle_wall(self) -> None:
        """F11: the wallboard; of the tasks if their panel is shown. Once more ends it."""
        from ui.wallboard.window import Wallboard

        if self._wall is not None:
            self._wall.close()
            return
        lock = self._frame.actions_made[ActionId.LOCK].trigger
        self._wall = Wallboard(self._frame.context, self._shown(), lock, self._parent)
        self._wall.closed.connect(self._wall_gone)
        self._wall.open_wall()

    def _wall_gone(self) -> None:
        self._wall = None
        self._parent.activateWindow()

    def print_situation(self) -> QWidget:
        """Ctrl+P where the panel in front has no such command of its own."""
        return files.print_situation(self._frame.context, self._parent)

    def open_overdue(self) -> None:
        """F8: the call back that rings, else what of mine has waited longest."""
        from ui.frame.most_overdue import most_overdue, of_alarm

        context = self._frame.context
        session, alarms = context.session, context.alarms
        now = session.clock.now_ms()
        try:
            resting = alarms.resting() if alarms else frozenset()
            ringing = of_alarm(session, alarms.ring.calls if alarms else ())
            found = ringing or most_overdue(session, session.user, now, resting)
        except UserError as error:
            context.refused(error)
            return
        if found is None:
            context.messages.say(Level.OK, _("Nothing of yours is overdue."))
            return
        words = (
            _("{number} is {minutes} min overdue")
            if found.mine
            else _("{number} is {minutes} min overdue and belongs to nobody")
        )
        number, minutes = found.record.number, found.minutes(now)
        if not minutes:
            words = _("{number} has just come due")
        self._settled()
        said = words.format(number=number, minutes=minutes)
        self._told = context.messages.say(Level.WARNING, said)
        self._told_of = (found.record.kind, found.record.id)
        context.open_record(*self._told_of)

    def _changed(self, changes: ChangeSet) -> None:
        if self._told_of in changes.records:
            self._settled()

    def _settled(self) -> None:
        """What F8 said is not said on once something was done about it."""
        if self._told is not None:
            self._frame.context.messages.take_away(self._told)
        self._told, self._told_of = None, ("", "")

    def flush(self) -> None:
        """The wallboard goes with the window; an unfinished entry of the box goes to disk."""
        if self._wall is not None:
            self._wall.close()
        if self._palette is not None:
            self._palette.flush()
