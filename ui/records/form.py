"""The form of a record, made from the declaration of its kind.

Rule: nothing typed is ever lost. It is a draft on disk half a second later; only what the person
changed is written, so that it never undoes what came in meanwhile.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from bankcc import features
from bankcc.errors import FieldError, UserError
from bankcc.features import timeline
from bankcc.i18n import _
from bankcc.schema.change import Verb
from bankcc.schema.fields import Value
from bankcc.schema.record import Record, title
from bankcc.session import ChangeSet, Receipt
from ui import actions, theme
from ui.actions import ActionId
from ui.context import UiContext
from ui.records.cell_text import cell_text, is_derived
from ui.records.form_draft import FormDraft
from ui.records.form_grid import counted, edit, field_grid
from ui.records.form_row import FormRow
from ui.records.record_history import RecordHistory
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel, PlainLabel

NOT_TYPED: Mapping[str, tuple[str, ...]] = {
    timeline.NAME: ("subject_kind", "subject", "field", "value"),
}
"""Fields that verbs fill in, not people."""


class RecordForm(QWidget):
    """Shows, edits and enters records of one kind. `saved(Receipt)`: after a save; `left`: Esc.

    `show_record(record)`, `new(values)`, `save()`, `save_next()`, `leave()`; objects are named
    `form.<field>`.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, context: UiContext, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.context = context
        self.session = context.session
        self.kind = self.session.kind(kind)
        self.record: Record | None = None
        self._shown: dict[str, Any] = {}
        self._given: dict[str, Any] = {}
        self.read_only = False
        skipped = NOT_TYPED.get(kind, ())
        self.rows = {
            item.name: FormRow(item, context, f"form.{item.name}", self)
            for item in self.kind.fields
            if item.name not in skipped
        }
        self.draft = FormDraft(self.session, self._typed, context.refused, self)
        self._build()
        for row in self.rows.values():
            row.edited.connect(self._edited)
            row.grown.connect(self._order_tab)
        context.bridge.changed.connect(self._follow)
        self._add_keys()
        self.new()

    # -- how it is laid out ----------------------------------------------------------------------

    def _build(self) -> None:
        self.head = ElidedLabel("", self, role="section")
        self.chip = Chip(Level.NEUTRAL, "", self)
        self.note = PlainLabel("", self, role="hint", wrap=True)
        self.discard = QPushButton(self)
        self.discard.setObjectName("form.discard")
        self.discard.setProperty("small", True)
        self.discard.clicked.connect(self._discard)
        self.save_button = QPushButton(self)
        self.save_button.setObjectName("form.save")
        self.save_button.setProperty("kind", "primary")
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        self.next_button = QPushButton(self)
        self.next_button.setObjectName("form.save_next")
        self.next_button.clicked.connect(lambda _checked=False: self.save_next())
        self.history = RecordHistory(self.session, self.kind, self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("form.tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.setFocusProxy(None)  # their bar has the focus; else Tab went in circles
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = field_grid(list(self.rows.values()), self)
        self.tabs.addTab(self._area, "")
        self.tabs.addTab(self.history, "")
        self.tabs.currentChanged.connect(self._show_history)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        top, hint, bottom = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.chip)
        hint.addWidget(self.note, 1)
        hint.addWidget(self.discard)
        bottom.addWidget(self.save_button, 1)
        bottom.addWidget(self.next_button, 1)
        column = QVBoxLayout(self, spacing=theme.px(8))
        column.setContentsMargins(*[theme.px(8)] * 4)
        for line in (top, hint):
            column.addLayout(line)
        column.addWidget(self.tabs, 1)
        column.addLayout(bottom)
        self._order_tab()

    def _order_tab(self) -> None:
        for before, after in pairwise(self.stops()):
            QWidget.setTabOrder(before, after)

    def _add_keys(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        actions.create(ActionId.SAVE, self, self.save, context=within)
        actions.create(ActionId.SAVE_NEXT, self, self.save_next, context=within)

    # -- what it shows ---------------------------------------------------------------------------

    def show_record(self, record: Record) -> None:
        """Show `record`; what was typed for it earlier and not saved is there again."""
        if self.record is not None and record.id == self.record.id and self.dirty:
            return  # it is being edited
        draft = self.draft.belongs_to(self.kind.name, record.id)
        self.record, self._given = record, {}
        self._fill(record.values, draft)

    def new(self, values: Mapping[str, Value] | None = None) -> None:
        """An empty form for a new record, with `values` (stored ones) where they are known."""
        draft = self.draft.belongs_to(self.kind.name, "")
        self.record, self._given = None, dict(values or {})
        defaults = {item.name: item.default for item in self.kind.fields}
        self._fill(defaults | self._given, draft)

    def _fill(self, values: Mapping[str, Value], draft: Mapping[str, Any] | None) -> None:
        for name, row in self.rows.items():
            row.set_problem("")
            row.editor.set_value(values.get(name))
            row.set_versions(())
        if self.record is not None and is_derived(self.record):
            self.rows["text"].editor.restore(cell_text(self.session, self.record, "text"))
        self._shown = {name: row.editor.raw() for name, row in self.rows.items()}
        self._set_read_only(
            not self.session.can_write or (self.record is not None and self.kind.append_only)
        )
        if draft and not self.read_only:
            for name, raw in draft.items():
                if name in self.rows:
                    self.rows[name].editor.restore(raw)
        self._show_versions()
        self._show_head()
        if self.tabs.currentIndex() == 1:
            self._show_history(1)

    def _set_read_only(self, read_only: bool) -> None:
        self.read_only = read_only
        for row in self.rows.values():
            row.set_read_only(read_only)
        self.save_button.setVisible(not read_only)
        self.next_button.setVisible(not read_only)

    def _show_versions(self) -> None:
        if self.record is None or not self.record.conflicts:
            return
        found: dict[str, list[tuple[Value, str]]] = {}
        for other in self.session.alternatives():
            if (other.kind, other.record) == (self.kind.name, self.record.id):
                found.setdefault(other.field, []).append((other.value, ""))
        for name, versions in found.items():
            if name in self.rows and not self.rows[name].field.keyed:
                item = self.rows[name].field
                to = getattr(item, "to", "")
                self.rows[name].set_versions(
                    [
                        (v, self.session.link_title(to, str(v)) if to else item.format(v))
                        for v, _text in versions
                    ]
                )

    def _show_head(self) -> None:
        label = _(self.kind.label)
        if self.record is None:
            self.head.setText(_("New: {kind}").format(kind=label))
        else:
            name = title(self.kind, self.record)
            words = dict.fromkeys((self.record.number, name))
            self.head.setText("  ".join(word for word in words if word) or label)
        conflicts = self.record.conflicts if self.record else 0
        self.chip.set_status(Level.WARNING, _("Several versions") if conflicts else "")
        if self.read_only:
            derived = self.record is not None and is_derived(self.record)
            self.note.setText(
                _("Written by the program; it cannot be changed.") if derived else _("Read only")
            )
        elif self.dirty:
            self.note.setText(_("Not saved yet; kept as a draft."))
        elif self.record is not None and self.record.deleted_by:
            words = _("{who} deleted this while it was being changed; it is kept.")
            self.note.setText(words.format(who=self.record.deleted_by))
        else:
            self.note.setText("")
        self.note.setVisible(bool(self.note.text()))
        self.discard.setVisible(self.dirty and not self.read_only)

    def _show_history(self, tab: int) -> None:
        if tab == 1:
            self.history.show_record(self.record.id if self.record else "")

    def stops(self) -> list[QWidget]:
        """Where Tab stops, as one reads."""
        fields = [each for row in self.rows.values() for each in row.stops()]
        within = [*fields, self.history]
        return [self.discard, self.tabs.tabBar(), *within, self.save_button, self.next_button]

    def start(self) -> None:
        """Put the caret into the first field."""
        self.tabs.setCurrentIndex(0)
        first = next(iter(self.rows.values()))
        first.editor.setFocus()

    # -- what was typed --------------------------------------------------------------------------

    def changed(self) -> list[str]:
        """Names of the fields the person changed."""
        return [n for n, row in self.rows.items() if row.editor.raw() != self._shown.get(n)]

    @property
    def dirty(self) -> bool:
        """Whether anything is typed that is not saved."""
        return bool(self.changed())

    def _typed(self) -> dict[str, Any]:
        return {name: self.rows[name].editor.raw() for name in self.changed()}

    def _edited(self) -> None:
        self.draft.touch()
        self._show_head()

    def _discard(self) -> None:
        self.draft.drop()
        self._fill(self.record.values if self.record else self._given, None)
        self.start()

    def leave(self) -> None:
        """Esc: go, and keep what was typed as a draft."""
        self.flush()
        self.left.emit()

    def flush(self) -> None:
        """Before the window closes or the panel is left."""
        self.draft.flush()

    def _follow(self, changes: ChangeSet) -> None:
        """What others changed is shown in fields that the person has not touched."""
        if self.record is None or (self.kind.name, self.record.id) not in changes.records:
            return
        try:
            fresh = self.session.get(self.kind.name, self.record.id)
        except UserError:
            return  # deleted: what was typed stays
        touched = set(self.changed())
        self.record = fresh
        for name, row in self.rows.items():
            if name not in touched:
                row.editor.set_value(fresh.values.get(name))
                self._shown[name] = row.editor.raw()
                row.set_versions(())
        self._show_versions()
        self._show_head()

    # -- saving ----------------------------------------------------------------------------------

    def save(self) -> Receipt | None:
        """Save and stay; None if something is wrong, which then stands beside its field."""
        if self.read_only:
            return None
        try:
            verb = self._verb()
        except FieldError as error:
            self._say(error)
            return None
        if verb is None:
            return None
        self.context.saved.saving()
        try:
            receipt = self.session.execute(verb)
        except FieldError as error:
            self.context.saved.failed(error.what)
            self._say(error)
            return None
        except UserError as error:
            self.context.refused(error)
            return None
        self._done(receipt)
        return receipt

    def save_next(self) -> None:
        """Save, then an empty form."""
        unchanged = self.record is not None and not self.dirty
        if unchanged or self.save() is not None:
            self.new()
            self.start()

    def _done(self, receipt: Receipt) -> None:
        self.context.saved.saved(self.session.clock.now_ms())
        self.draft.drop()
        made = next((m for m in receipt.made if m.kind == self.kind.name), None)
        key = made.id if made else self.record.id if self.record else ""
        self.record = None
        if key:
            self.show_record(self.session.get(self.kind.name, key))
        number = self.record.number if self.record else ""
        self.context.messages.say(
            Level.OK,
            _("Saved {number}").format(number=number),
            action=_("Undo"),
            act=self.context.undo,
        )
        self.saved.emit(receipt)

    def _verb(self) -> Verb | None:
        """What is to be written; None for nothing. Raises FieldError for the first wrong field."""
        names = self.changed() if self.record else list(self.rows)
        steps = counted(self.rows, names) if self.record else {}
        problems: list[FieldError] = []
        values: dict[str, object] = {}
        for name in names:
            if name in steps:
                continue
            try:
                value = self.rows[name].field.parse(self.rows[name].editor.raw())
                if value is None and self.rows[name].field.required:
                    raise self.rows[name].field.fail(_("is needed"))
                values[name] = value
            except FieldError as error:
                self._say(error, focus=not problems)
                problems.append(error)
        if problems:
            raise problems[0]
        if self.record is None:
            given = {name: value for name, value in values.items() if value is not None}
            return features.new(self.kind.name, **(self._given | given))
        if not values and not steps:
            return None
        return edit(self.kind.name, self.record.id, values, steps)

    def _say(self, error: FieldError, *, focus: bool = True) -> None:
        """Put a reason beside its field."""
        row = self.rows.get(error.field)
        if row is None:
            self.context.refused(error)
            return
        label = _("{field}: {reason}").format(field=_(row.field.label), reason="")
        row.set_problem(" ".join(filter(None, (error.what.removeprefix(label), error.next_step))))
        if focus:
            self.tabs.setCurrentIndex(0)
            row.editor.setFocus()
            self._area.ensureWidgetVisible(row)

    # -- keys and words --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.setAccessibleName(_(self.kind.label))
        self.tabs.setAccessibleName(_("Content and history"))
        self.tabs.setTabText(0, _("Content"))
        self.tabs.setTabText(1, _("History"))
        self.discard.setText(_("Discard"))
        self.discard.setAccessibleName(_("Discard what was typed"))
        self.save_button.setText(actions.label_of(ActionId.SAVE))
        self.next_button.setText(actions.label_of(ActionId.SAVE_NEXT))
        actions.retranslate(self.actions())
        for row in self.rows.values():
            row.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._show_head()
        super().changeEvent(event)

