"""What every panel is handed: the session, and the few services of the window. There is no global
object.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.schema.change import Verb
from bankcc.session import Receipt, Session
from bankcc.verb_words import in_words
from ui.bridge import Bridge
from ui.feedback import MessageBar
from ui.frame.saved_chip import SavedChip
from ui.jobs import Jobs
from ui.theme import Level

if TYPE_CHECKING:
    from ui.alarm.watch import AlarmWatch


@dataclass(slots=True)
class UiContext:
    """Handed to the constructors of panels and dialogs.

    `open_record(kind, id)` shows a record in its panel. `settings_changed` tells the window that
    language, theme or font scale must be applied. `alarms`: what reminds of promised call backs.
    """

    session: Session
    bridge: Bridge
    jobs: Jobs
    messages: MessageBar
    saved: SavedChip
    open_record: Callable[[str, str], None]
    window: Callable[[], QWidget | None] = field(default=lambda: None)
    alarms: "AlarmWatch | None" = None

    def execute(self, verb: Verb, *, said: str = "") -> Receipt | None:
        """Run a verb; None if it was refused, which the person has then been told.

        `said` is the confirmation with an undo button; empty for none. What was typed stays with
        the caller.
        """
        self.saved.saving()
        try:
            receipt = self.session.execute(verb)
        except UserError as error:
            self.refused(error)
            return None
        self.saved.saved(self.session.clock.now_ms())
        if said:
            self.messages.say(Level.OK, said, action=_("Undo"), act=self.undo)
        return receipt

    def undo(self) -> None:
        """Take back the last verb of this laptop; what said that it was done is not said on."""
        stale = next((row for row in self.messages.rows if row.message.act == self.undo), None)
        if self._step(self.session.undo, self.session.can_undo(), _("Undone: {what}")) and stale:
            self.messages.take_away(stale)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._step(self.session.redo, self.session.can_redo(), _("Done again: {what}"))

    def _step(self, step: Callable[[], Receipt], verb: str, words: str) -> bool:
        try:
            receipt = step()
        except UserError as error:
            self.refused(error)
            return False
        self.saved.saved(self.session.clock.now_ms())
        deed = in_words(verb)
        what = " ".join(filter(None, ("" if deed == verb else deed, self.describe(receipt))))
        self.messages.say(Level.INFO, words.format(what=what))
        return True

    def describe(self, receipt: Receipt) -> str:
        """The records a receipt touched, by number."""
        numbers = []
        for kind, record in sorted(receipt.changes.records):
            if kind != "timeline":
                numbers.append(self.session.number_of(kind, record))
        return _(", ").join(filter(None, numbers))

    def refused(self, error: UserError) -> None:
        """Show what happened, whether the data is safe, what to do next."""
        self.saved.failed(error.what)
        self.messages.show_error(error)
