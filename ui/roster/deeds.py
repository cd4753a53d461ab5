"""What can be done on the roster: the verb, the words afterwards, the way back. Keys, menu, mouse
and the check-in line all come here.

Rule: whether somebody comes or goes is asked of the center at that moment, not of the screen.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Signal

from bankcc.errors import UserError
from bankcc.features import attendance, person, post
from bankcc.i18n import _
from bankcc.schema.change import Verb, delete
from bankcc.session import Receipt
from ui.context import UiContext
from ui.feedback import MessageRow
from ui.records.cell_text import clock_words
from ui.records.person_picker import PersonPicker
from ui.roster.posts import Place, Roster
from ui.theme import Level


class RosterDeeds(QObject):
    """`done(Receipt)`: something was changed; `said(level, words)`: beside the check-in line."""

    done = Signal(object)
    said = Signal(object, str)
    _told: MessageRow | None

    def __init__(
        self,
        context: UiContext,
        picker: PersonPicker,
        roster: Callable[[], Roster],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.context, self.session, self.picker = context, context.session, picker
        self._roster = roster
        self._told = None
        self._assigning: Place | None = None
        picker.chosen.connect(self._assigned)

    # -- coming and going ------------------------------------------------------------------------

    def toggle(self, person_id: str) -> None:
        """Check a person in; who is on duty is checked out."""
        try:
            someone = self.session.get("person", person_id)
        except UserError as error:
            self._refused(error)
            return
        turn = attendance.current(self.session.desk(), someone.id)
        here = turn is not None and turn.text("status") == "on_duty"
        verb = attendance.check_out(someone.id) if here else attendance.check_in(someone.id)
        now = self.session.clock.now_ms()
        words = _("{person} off duty {time}") if here else _("{person} on duty {time}")
        said = words.format(person=someone.text("name"), time=clock_words(now, now))
        if self.do(verb, said) is not None:
            self.said.emit(Level.NEUTRAL if here else Level.OK, said)

    def toggle_place(self, place: Place) -> None:
        """Space or Enter on a row."""
        if not self.session.can_write:
            return
        if place.who is None:
            words = _("{post} is vacant: Ctrl+M names a holder, Ctrl+B calls up a backup")
            self.said.emit(Level.WARNING, words.format(post=place.title))
            return
        self.toggle(place.who.id)

    def rest(self, place: Place) -> None:
        """A pause; the person will be back."""
        self._turn(place, attendance.rest, _("{person} rests"))

    def notify(self, place: Place) -> None:
        """The person has been told to come."""
        self._turn(place, attendance.notify, _("{person} has been notified"))

    def on_way(self, place: Place) -> None:
        """The person is coming."""
        self._turn(place, attendance.on_way, _("{person} is on the way"))

    def mark_absent(self, place: Place) -> None:
        """The person was told to come and does not."""
        self._turn(place, attendance.mark_absent, _("{person} does not come"))

    def _turn(self, place: Place, verb: Callable[[str], Verb], words: str) -> None:
        if place.who is not None:
            self.do(verb(place.who.id), words.format(person=place.who.name))

    def delete(self, place: Place) -> None:
        """Take the post off the plan, or the person without one off the roster; undo brings it
        back."""
        if place.post:
            words = _("Post {post} deleted").format(post=place.title)
            self.do(delete(post.NAME, place.post), words)
        elif place.who is not None:
            words = _("{person} deleted").format(person=place.who.name)
            self.do(delete(person.NAME, place.who.id), words)

    # -- posts -----------------------------------------------------------------------------------

    def call_up(self, place: Place, backup: str = "") -> None:
        """Ctrl+B: put a backup (`a`, `b`, or the first that is free) in the holder's place."""
        if self._needs_post(place):
            words = _("Backup called up for {post}").format(post=place.title)
            self.do(post.call_up_backup(place.post, backup=backup), words)

    def stand_down(self, place: Place) -> None:
        """The holder serves again."""
        words = _("The holder of {post} serves again").format(post=place.title)
        self.do(post.stand_down(place.post), words)

    def assign(self, place: Place, anchor: QRect) -> None:
        """Ctrl+M: ask beside `anchor` (on the screen) who holds the post."""
        if not self.session.can_write or not self._needs_post(place):
            return
        self._assigning = place
        names = {someone.id: someone.name for someone in self._roster().people}
        usual = [(key, names[key]) for key in place.backup_ids if key in names]
        caption = _("Holder of {post}").format(post=place.title)
        self.picker.ask(caption, anchor, usual, taken=bool(place.holder))

    def _assigned(self, person_id: str) -> None:
        place, self._assigning = self._assigning, None
        if place is None:
            return
        words = _("{post} is vacant now")
        name = ""
        if person_id:
            words = _("{post}: {person} holds it now")
            name = self.session.link_title("person", person_id)
        said = words.format(post=place.title, person=name)
        self.do(post.assign(place.post, holder=person_id), said)

    def _needs_post(self, place: Place) -> bool:
        if place.post:
            return True
        words = _("{person} has no post: choose the row of a post")
        self.said.emit(Level.WARNING, words.format(person=place.who.name if place.who else ""))
        return False

    # -- doing -----------------------------------------------------------------------------------

    def do(self, verb: Verb, words: str) -> Receipt | None:
        """Run a verb and say `words`, with the way back."""
        try:
            receipt = self.session.execute(verb)
        except UserError as error:
            self._refused(error)
            return None
        self.context.saved.saved(self.session.clock.now_ms())
        self.done.emit(receipt)
        if self._told in self.context.messages.rows:
            self._told.closed.emit(self._told)
        self._told = self.context.messages.say(
            Level.OK, words, action=_("Undo"), act=self.context.undo
        )
        return receipt

    def _refused(self, error: UserError) -> None:
        self.said.emit(Level.CRITICAL, error.what)
        self.context.refused(error)
