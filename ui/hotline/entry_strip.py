"""The strip a call is entered with while the caller speaks: fourteen keys and no mouse.

Rule: text is never thrown away. It is on disk half a second after a key, Esc and F2 park it,
and what could not be saved stays in the fields.
"""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from bankcc.errors import FieldError, StorageError, UserError
from bankcc.i18n import _
from bankcc.ids import SystemChance, new_record_id
from bankcc.schema.query import Condition, Query
from ui import theme
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.feedback import announce
from ui.hotline import staged_call
from ui.hotline.call_draft import CallDraft, number_hint
from ui.hotline.entry_fields import EntryFields
from ui.hotline.entry_foot import EntryFoot
from ui.hotline.entry_head import EntryHead
from ui.hotline.entry_spool import SpooledCalls
from ui.hotline.staged_call import Stage, StageKind
from ui.theme import Level

PREFIX = "call/"


class EntryStrip(QFrame):
    """`saved(receipt)`, `stored(draft)`: a call was stored. `open_call(id)`: show an earlier call.
    `below`: the person goes down to the list. `category_chosen(code)`: for the answer cards.
    `wanted(StageKind)`: a button of the strip asks for a step. `leaving`: another call comes next;
    what is asked for this one is to be answered. `escaped`: Esc, where nothing was to be parked."""

    saved = Signal(object)
    stored = Signal(object)
    leaving = Signal()
    wanted = Signal(object)
    open_call = Signal(str)
    below = Signal()
    escaped = Signal()
    category_chosen = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hotline.entry")
        self.setProperty("card", True)
        self.context = context
        self._clock = context.session.clock
        self._on_disk = self._staged_last = False
        self.keeper = DraftKeeper(context.session, PREFIX, self)
        self.spool = SpooledCalls(context, self)
        self.head = EntryHead(self._clock, self)
        self.title, self.elapsed = self.head.title, self.head.elapsed
        self.state, self.parked = self.head.state, self.head.parked
        self.fields = EntryFields(self)
        self.foot = EntryFoot(context.session, self)
        self.repeat, self.hint, self.staged = self.foot.repeat, self.foot.hint, self.foot.staged
        self.save_button = self.foot.save_button
        self.draft = self._blank()
        self._ticks = QTimer(self, interval=1_000)
        self._ticks.timeout.connect(self._tick)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._take_back()

    # -- the call that is open --------------------------------------------------------------------

    def start(self) -> None:
        """Put the caret where a call begins."""
        self.fields.phone.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.fields.phone.selectAll()

    def new_call(self) -> None:
        """F2: a call in the strip is parked, and the next one begins."""
        if self.park():
            self.start()

    def _escape(self) -> None:
        if self.draft.is_blank:
            self.escaped.emit()
        self.new_call()

    def park(self) -> bool:
        """Park the open call; False, with a message, when five are parked already."""
        self.leaving.emit()
        if self.draft.is_blank:
            self._show(self._blank())
            return True
        self.spool.renew(self.draft)
        if self.parked.is_full and not self.spool.holds(self.draft):
            self.context.messages.say(
                Level.WARNING, _("Five calls are parked. Save this one, or go on with one of them.")
            )
            return False
        if not self.parked.is_full:
            self.parked.park(self.draft)
        self._show(self._blank())
        return True

    def next_parked(self) -> None:
        """Go on with the call that was parked first; the open one takes its turn at the end."""
        if self.parked.drafts:
            self.resume(self.parked.drafts[0])

    def resume(self, draft: CallDraft) -> None:
        """Go on with a parked call."""
        self.leaving.emit()
        self.parked.take(draft)
        if not self.draft.is_blank:
            self.spool.renew(self.draft)
            self.parked.park(self.draft)
        self._show(draft, on_disk=True)
        self.fields.go_on()

    def stage(self, added: Stage) -> None:
        """What was done for this caller; it is stored with the call."""
        draft = self._touched()
        gone = staged_call.find(draft.stages, staged_call.EXCLUDES.get(added.kind, added.kind))
        self._warn("")
        if gone is not None and gone.kind != added.kind:
            words = _("{old} was taken off: a call is in one state at a time.")
            self._warn(words.format(old=staged_call.words(self.context.session, gone)))
        self._stage(replace(draft, stages=staged_call.with_stage(draft.stages, added)))
        announce(self.staged.chips[added.kind])

    def unstage(self, kind: StageKind) -> None:
        """Take a step off again."""
        chip = self.staged.chips.get(kind)
        if chip is not None and chip.hasFocus():
            self.fields.note.setFocus(Qt.FocusReason.OtherFocusReason)
        draft = self._touched()
        self._stage(replace(draft, stages=staged_call.without(draft.stages, kind)))

    def take_back(self) -> bool:
        """Ctrl+Z before anything is stored: the step that was staged last; False for none."""
        if self.draft.stages:
            self.unstage(self.draft.stages[-1].kind)
            return True
        return False

    def link_earlier(self) -> None:
        """The new call goes on from the earlier one that is shown; the caret returns."""
        if self.repeat.calls:
            self.stage(Stage(StageKind.EARLIER, record=self.repeat.calls[0].id))
        self.fields.go_on()

    def _stage(self, draft: CallDraft) -> None:
        self._note(draft)
        self._staged_last = True
        self.staged.show_stages(draft.stages)

    def set_urgency(self, code: str) -> None:
        """By key, from any field."""
        self.fields.urgency.set_code(code)
        self._changed()

    def save(self) -> None:
        """Store the call durably, with what is staged, and begin the next one. What is refused
        stays in the fields."""
        if self.repeat.button.hasFocus():
            self.link_earlier()
            return
        self.leaving.emit()
        self._changed()
        draft = self.draft.resolved
        if draft.is_blank:
            self._warn(_("Type the number first; 0 if the caller gave none."))
            self.start()
            return
        self.context.saved.saving()
        try:
            receipt = self.context.session.execute(draft.verb(self._clock.now_ms()))
        except FieldError as error:
            self._wrong_field(error)
            return
        except UserError as error:
            self._refused(error)
            return
        self.keeper.drop(draft.name)
        self.spool.drop(self.draft)
        self.context.saved.saved(self._clock.now_ms())
        self._show(self._blank())
        self.start()
        self.stored.emit(draft)
        self.saved.emit(receipt)

    # -- what the fields say ----------------------------------------------------------------------

    def _blank(self) -> CallDraft:
        now = self._clock.now_ms()
        return CallDraft(new_record_id(now, SystemChance()), now)

    def _touched(self) -> CallDraft:
        """The open call as typed; its time is that of the first key."""
        draft = self.draft
        if draft.is_blank:
            draft = replace(draft, started=self._clock.now_ms())
        return replace(draft, **self.fields.typed())

    def _changed(self) -> None:
        typed = self._touched()
        if typed != self.draft and not (typed.is_blank and self.draft.is_blank):
            self._staged_last = False
            self._note(typed)

    def _note(self, draft: CallDraft) -> None:
        before, self.draft = self.draft, draft
        if draft.is_blank:
            self.keeper.drop(draft.name)
            self.spool.drop(draft)
        else:
            self.keeper.note(draft.name, draft.body())
        self._on_disk = False
        if draft.time != before.time:
            self.fields.show_day(draft.day(self._clock.now_ms()))
        if draft.phone != before.phone:
            self.repeat.look(draft.phone)
            self._warn("")
        if draft.category != before.category:
            self.category_chosen.emit(draft.category)
            self._warn("")
        self._tick()

    def _show(self, draft: CallDraft, *, on_disk: bool = False) -> None:
        self.draft, self._on_disk = draft, on_disk
        self.fields.show_draft(draft)
        self.fields.show_day(draft.day(self._clock.now_ms()))
        self.repeat.look(draft.phone)
        self.staged.show_stages(draft.stages)
        self._staged_last = bool(draft.stages)
        self._warn("")
        self.category_chosen.emit(draft.category)
        self._tick()

    def _number_left(self) -> None:
        resolved = replace(self.draft, **self.fields.typed()).resolved
        if resolved.phone != self.fields.phone.digits():
            self.fields.show_draft(resolved)
            self._note(resolved)
        self._warn(number_hint(resolved.phone))

    def _warn(self, text: str) -> None:
        self.hint.set_status(Level.WARNING, text)

    def _wrong_field(self, error: FieldError) -> None:
        """Nothing went wrong with the disk: a hint beside the field is enough."""
        self.context.saved.saved(self._clock.now_ms()) if self._on_disk else None
        self._warn(" ".join(filter(None, [error.what, error.next_step])))
        field = self.fields.fields.get(error.field, self.fields.phone)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        """It is said where the text is; what the disk refused is sealed elsewhere as well."""
        file = self.spool.put(self.draft) if isinstance(error, StorageError) else None
        kept = _("The text stays in the form; it is not lost while this window is open.")
        if self._on_disk:
            kept = _("The text stays in the form and is kept as a draft on disk.")
        if file:
            kept = _("The text stays in the form and lies sealed in {folder}.")
            kept = kept.format(folder=file.parent)
        safe = " ".join(filter(None, [kept, error.safe]))
        self.context.refused(UserError(error.what, safe=safe, next_step=error.next_step))
        if file:
            words = _("{reason} Put into {folder}")
            folder = file.parent.parent.name
            self.context.saved.failed(words.format(reason=error.what, folder=folder))

    # -- drafts -----------------------------------------------------------------------------------

    def flush(self) -> None:
        """Before the window closes: what is typed lies on disk, nothing is looked up any more."""
        self.repeat.stop()
        self.keeper.close()
        self.spool.renew(self.draft)

    def _take_back(self) -> None:
        """After a crash or a close: unfinished calls come back as parked ones, never in the fields
        of a new call. A call that was stored just before the crash is not offered again."""
        found = dict(self.keeper.found()) | dict(self.spool.found(self.keeper.changed()))
        for name, body in found.items():
            draft = CallDraft.of(name, body)
            same = (Condition("at", "in", draft.moments(self._clock.now_ms())),)
            stored = self.context.session.find(Query("inquiry", where=same, limit=200))
            if any(draft.is_stored_as(record) for record in stored):
                self._forget(draft)
            elif not draft.is_blank:
                self.parked.park(draft)
        count = len(self.parked.drafts)
        if count and self.context.session.can_write:
            words = _("Calls not saved last time, parked: {count}. Ctrl+Tab goes on with one.")
            self.context.messages.say(Level.WARNING, words.format(count=count))

    def _forget(self, draft: CallDraft) -> None:
        """It is stored: no copy of it is offered again."""
        self.keeper.drop(draft.name)
        self.spool.drop(draft)
        self.parked.take(draft)

    def _draft_kept(self, name: str) -> None:
        self.spool.offer(lambda draft: draft.name == self.draft.name)
        if name == self.draft.name and not self.draft.is_blank:
            self.spool.renew(self.draft)
            self._on_disk = True
            self._tick()

    def _draft_lost(self, name: str) -> None:
        """It may have been parked already: then the form does not hold its text."""
        for draft in self.parked.drafts:
            if draft.name == name:
                self.spool.put(draft)

    def _draft_failed(self, error: object) -> None:
        if isinstance(error, UserError):
            self._on_disk = False
            self._refused(error)

    # -- looks ------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("New call"))
        self.setAccessibleName(_("New call"))
        self._tick()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z takes back what was done last: a step that was staged, else what was typed."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if not (self._staged_last and self.draft.stages):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        if event.type() == QEvent.Type.KeyPress:
            self.take_back()
        event.accept()
        return True

    def _tick(self) -> None:
        """How long the call lasts, by the wall clock."""
        if self.draft.is_blank:
            self._ticks.stop()
            self.elapsed.setText("")
            self.state.setText(_("Enter goes forward · Esc parks the call"))
            return
        if not self._ticks.isActive():
            self._ticks.start()
        seconds = max(0, self._clock.now_ms() - self.draft.started) // 1000
        self.elapsed.setText(f"{seconds // 60:02}:{seconds % 60:02}")
        self.state.setText(_("● Draft kept") if self._on_disk else _("○ Draft…"))

    def _connect(self) -> None:
        self.fields.changed.connect(self._changed)
        self.fields.parked.connect(self._escape)
        self.fields.left_phone.connect(self._number_left)
        self.fields.below.connect(self._go_down)
        self.fields.awaited.connect(self.head.await_digit)
        self.fields.done.connect(self.save_button.setFocus)
        self.parked.chosen.connect(self.resume)
        self.repeat.open_call.connect(self.open_call)
        self.keeper.kept.connect(self._draft_kept)
        self.keeper.lost.connect(self._draft_lost)
        self.keeper.failed.connect(self._draft_failed)
        self.spool.stored.connect(self._forget)
        self.save_button.clicked.connect(self.save)
        self.foot.wanted.connect(self.wanted)
        self.staged.removed.connect(self.unstage)
        self.staged.left.connect(self.fields.go_on)
        self.repeat.left.connect(self.start)
        self.staged.after = self.fields.note
        for field in self.fields.fields.values():
            field.installEventFilter(self)

    def _go_down(self) -> None:
        at_phone = self.fields.phone.hasFocus()
        if at_phone and self.repeat.isVisible():
            self.repeat.button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.below.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self.head)
        column.addWidget(self.fields)
        column.addWidget(self.foot)
