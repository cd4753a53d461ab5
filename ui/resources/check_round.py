"""A round of checks from the first tick to the signature.

Rule: what was found is a draft on disk half a second later; Esc leaves the round, never loses it.
Signing writes one check for each resource, so that one alone can be taken back.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.i18n import _, ngettext
from bankcc.schema.change import Verb
from ui import actions, theme
from ui.actions import ActionId
from ui.context import UiContext
from ui.drafts import DraftKeeper
from ui.jobs import Progress
from ui.resources.round_model import CheckRound
from ui.resources.round_view import RoundView
from ui.resources.rows import ResourceRow
from ui.theme import Level
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.state_view import State, StateView

DRAFT = "resource.round"
CHECK = "resource.check"


class RoundPage(QWidget):
    """`left`: back to the list, the round is kept; `signed(int)`: so many checks were written;
    `kept_changed`: the round that waits is another one."""

    left = Signal()
    signed = Signal(int)
    kept_changed = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resource.round")
        self.context = context
        self.round = CheckRound(self)
        self.keeper = DraftKeeper(context.session, DRAFT, self)
        for _name, body in self.keeper.found():
            self.round.restore(body)
        self._job = None
        self._last = 0
        self._filling = False
        self._make()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _make(self) -> None:
        self.back = self._button("back", quiet=True)
        self.title = PlainLabel("", self, role="page")
        self.signer = ElidedLabel("", self, role="meta")
        self.everything = QCheckBox(self)
        self.everything.setObjectName("resource.round.everything")
        self.everything.setChecked(self.round.everything)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("resource.round.progress")
        self.progress.setFixedWidth(theme.px(160))
        self.progress.setTextVisible(False)
        self.words = PlainLabel("", self, role="section")
        self.hint = ElidedLabel("", self, role="hint")
        self.list = RoundView(self.round, self)
        self.state = StateView(self)
        self.note_label = ElidedLabel("", self, role="meta")
        self.note = QLineEdit(self)
        self.note.setObjectName("resource.round.note")
        self.note.setMaxLength(500)
        self.ok, self.fault = self._button("ok"), self._button("fault")
        self.expired, self.clear = self._button("expired"), self._button("clear")
        self.sign_button = self._button("sign")
        self.sign_button.setProperty("kind", "primary")

    def _button(self, name: str, *, quiet: bool = False) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"resource.round.{name}")
        if quiet:
            made.setProperty("kind", "quiet")
        return made

    def _lay_out(self) -> None:
        head, bar, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (head, bar, foot):
            line.setSpacing(theme.px(8))
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.signer, 1)
        head.addWidget(self.sign_button)
        bar.addWidget(self.words)
        bar.addWidget(self.progress)
        bar.addWidget(self.hint, 1)
        bar.addWidget(self.everything)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.state)
        foot.addWidget(self.note_label)
        foot.addWidget(self.note, 1)
        for button in (self.ok, self.fault, self.expired, self.clear):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addLayout(bar)
        column.addLayout(self._pages, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.sign_action = actions.create(ActionId.SAVE_NEXT, self, self.sign, context=within)
        self.sign_button.clicked.connect(lambda _checked=False: self.sign())
        self.back.clicked.connect(lambda _checked=False: self.left.emit())
        self.everything.toggled.connect(self._widen)
        self.list.left.connect(self.left)
        self.list.moved.connect(self._show_note)
        self.list.note_wanted.connect(self._write_note)
        self.note.textEdited.connect(self._note_typed)
        self.note.returnPressed.connect(self._note_done)
        self.round.changed.connect(self._changed)
        self.keeper.failed.connect(self._not_kept)
        for button, act in (
            (self.ok, self.list.tick),
            (self.fault, lambda: self.list.set_result("fault")),
            (self.expired, lambda: self.list.set_result("expired")),
            (self.clear, self.list.clear),
        ):
            button.clicked.connect(lambda _checked=False, act=act: act())

    # -- the round -------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """How many resources were looked at and not signed."""
        return sum(finding.looked for finding in self.round.findings.values())

    def show_rows(self, rows: Sequence[ResourceRow]) -> None:
        """The inventory is this; a row under the keys stays."""
        current = self.list.at
        record = self.round.rows[current].id if 0 <= current < len(self.round.rows) else ""
        self._filling = True
        self.round.show_inventory(rows)
        self._filling = False
        self.list.go(max(self.round.row_of(record), 0))
        self._look()

    def start(self, record: str = "") -> None:
        """Begin or go on; `record` is taken in and ticked."""
        if record:
            self.round.ask_for(record)
            self.list.go(self.round.row_of(record))
            if not self.round.finding(self.round.rows[self.list.at]).looked:
                self.list.tick()
        elif self.list.at < 0 or self.round.finding(self.round.rows[self.list.at]).looked:
            self.list.go(max(self.round.next_open(-1), 0))
        self._look()
        self.focus()

    def focus(self) -> None:
        """Give the keys to the list, or to the way out of an empty one."""
        target = self.list if self.round.rows else self.state.button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Before the window closes."""
        self.keeper.close()

    def _widen(self, everything: bool) -> None:
        self.round.take_everything(everything)
        self.list.go(max(self.round.next_open(-1), 0))
        self.focus()

    def _changed(self) -> None:
        if not self._filling:
            if body := self.round.body():
                self.keeper.note("", body)
            else:
                self.keeper.drop("")
        self._look()
        self.kept_changed.emit()

    def _not_kept(self, error: object) -> None:
        if isinstance(error, UserError):
            self.context.refused(error)

    # -- the note --------------------------------------------------------------------------------

    def _show_note(self) -> None:
        at = self.list.at
        row = self.round.rows[at] if 0 <= at < len(self.round.rows) else None
        self.note.setEnabled(row is not None)
        self.note.setText(self.round.finding(row).note if row else "")
        name = row.record.text("name") if row else ""
        self.note_label.setText(_("Note: {name}").format(name=name) if row else _("Note"))
        self.note.setAccessibleName(self.note_label.text())

    def _write_note(self) -> None:
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.selectAll()

    def _note_typed(self, text: str) -> None:
        if self.list.at >= 0:
            self.round.set_note(self.list.at, text)

    def _note_done(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the signature ---------------------------------------------------------------------------

    def sign(self) -> None:
        """Write a check for everything that was looked at. What cannot be written stays."""
        verbs = self.round.verbs()
        if self._job is not None or not self.context.session.can_write:
            return
        if not verbs:
            words = _("Nothing to sign yet: Space ticks what is in order.")
            self.context.messages.say(Level.INFO, words)
            return
        written: list[str] = []
        self.context.saved.saving()
        self._job = self.context.jobs.start(
            _("Signing the checks"),
            lambda progress: self._write(verbs, written, progress),
            done=lambda _nothing: self._signed(written),
            failed=lambda error: self._refused(written, error),
            cancelled=lambda: self._signed(written),
            owner=self,
        )
        self._look()

    def _write(
        self, verbs: Sequence[tuple[str, Verb]], written: list[str], progress: Progress
    ) -> None:
        """In a worker: a durable write takes its time."""
        for at, (record, verb) in enumerate(verbs):
            progress.check()
            self.context.session.execute(verb)
            written.append(record)
            progress.report(at + 1, len(verbs))

    def _signed(self, written: Sequence[str]) -> None:
        self._job = None
        if not written:
            self._look()
            return
        session = self.context.session
        self.round.forget(written)
        self.context.saved.saved(session.clock.now_ms())
        self._last += 1
        this = self._last
        words = _("Checks signed by {who}: {count}").format(count=len(written), who=self.who())
        self.context.messages.say(
            Level.OK, words, action=_("Undo"), act=lambda: self._take_back(this, len(written))
        )
        self.signed.emit(len(written))

    def _refused(self, written: Sequence[str], error: Exception) -> None:
        self._signed(written)
        if not isinstance(error, UserError):
            raise error
        self.context.refused(error)

    def _take_back(self, which: int, count: int) -> None:
        """Undo the checks of the last round, the newest first, as long as they are the newest."""
        if which != self._last:
            return
        session, done = self.context.session, 0
        while done < count and session.can_undo() == CHECK:
            try:
                session.undo()
            except UserError as error:
                self.context.refused(error)
                break
            done += 1
        self._last += 1
        self.context.saved.saved(session.clock.now_ms())
        words = ngettext(
            "{done} of {count} check taken back", "{done} of {count} checks taken back", count
        ).format(done=done, count=count)
        self.context.messages.say(Level.INFO if done == count else Level.WARNING, words)

    def who(self) -> str:
        """Who signs: the person at work."""
        return self.context.session.user or _("nobody")

    # -- look, words -----------------------------------------------------------------------------

    def _look(self) -> None:
        total, done = len(self.round.rows), self.round.done
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        words = _("{done} of {total} looked at").format(done=done, total=total)
        self.words.setText(words)
        self.progress.setAccessibleName(words)
        busy = self._job is not None
        self.sign_button.setEnabled(self.context.session.can_write and done > 0 and not busy)
        key = actions.key_text(actions.SPECS[ActionId.SAVE_NEXT].keys)
        self.sign_button.setText(_("Sign: {count}").format(count=done) + f"  {key}")
        self.sign_button.setAccessibleName(_("Sign: {count}").format(count=done))
        for widget in (self.ok, self.fault, self.expired, self.clear):
            widget.setEnabled(total > 0)
        if total:
            self._pages.setCurrentWidget(self.list)
        else:
            self.state.show_state(
                State.EMPTY,
                _("No check is due today"),
                _("Everything that has a check cycle was looked at in time."),
                action=_("Check everything"),
                act=lambda: self.everything.setChecked(True),
            )
            self._pages.setCurrentWidget(self.state)
        if not self.note.hasFocus():
            self._show_note()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back: from the note to the list, from the list out of the round."""
        if event.key() == Qt.Key.Key_Escape:
            if self.note.hasFocus():
                self._note_done()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Round of checks"))
        self.setAccessibleName(self.title.text())
        self.signer.setText(_("Signs: {who}").format(who=self.who()))
        self.everything.setText(_("Also what is not due"))
        self.everything.setAccessibleName(self.everything.text())
        self.hint.setText(_("Digits or + - enter the count that was found"))
        self.note.setPlaceholderText(_("Enter goes here and back to the list"))
        for button, words in (
            (self.back, _("Later Esc")),
            (self.ok, _("In order Space")),
            (self.fault, _("Faulty F")),
            (self.expired, _("Out of date E")),
            (self.clear, _("Not looked at Del")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        actions.retranslate(self.actions())
        self.list.retranslate()
        self._look()
        self._show_note()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
