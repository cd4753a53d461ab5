"""A field in a form: label, editor, what is wrong, and other versions of its value.

Rule: what most fields never need (a reason, other versions) is made when it is first needed; a form
of twenty fields would otherwise be made of a hundred widgets.
"""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bankcc.i18n import _, in_every_language
from bankcc.schema.fields import Choice, Field, Flag, Value
from ui import theme
from ui.context import UiContext
from ui.feedback import announce
from ui.records.field_editors import editor_for
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel
from ui.widgets.toggle_button import ToggleButton

CHOICE_ROOM = 105
"""Pixels at 100 % for the words of a choice in half a line, beside its digit and its arrow."""
HALF_WIDTH = 16
"""Fields up to so many characters share a line with another one."""


class FormRow(QWidget):
    """`name` is the object name of the editor. `edited`: the person changed something; `grown`:
    there is something more for Tab to come to (`stops`)."""

    edited = Signal()
    grown = Signal()

    def __init__(self, field: Field, context: UiContext, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor_for(field, context, self)
        self.editor.setObjectName(name)
        self.editor.edited.connect(self._edited)
        self.label = PlainLabel("", self, role="meta")
        self.label.setBuddy(self.editor)
        self._versions: list[tuple[Value, str]] = []
        self._looks_read_only = False
        self._head = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self._head.setSpacing(theme.px(8))
        self._head.addWidget(self.label)
        self._head.addStretch(1)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._column.addLayout(self._head)
        self._column.addWidget(self.editor)
        # A checklist's editor shows how it is used.
        if self.field.help and not self.field.keyed:
            self._column.addWidget(self.hint)

    @cached_property
    def hint(self) -> PlainLabel:
        """How the field is filled in."""
        return PlainLabel("", self, role="hint", wrap=True)

    @cached_property
    def problem(self) -> PlainLabel:
        """The reason why the value is refused."""
        made = PlainLabel("", self, role="problem", wrap=True)
        made.hide()
        self._column.insertWidget(self._column.indexOf(self.editor) + 1, made)
        return made

    @cached_property
    def versions(self) -> QWidget:
        """The other versions, opened by `versions_button`."""
        made = QWidget(self)
        stack = QVBoxLayout(made)
        stack.setContentsMargins(0, 0, 0, 0)
        made.hide()
        self._column.addWidget(made)
        return made

    @cached_property
    def versions_button(self) -> QPushButton:
        """How many versions there are; opens the others."""
        made = ToggleButton(self)
        made.setProperty("small", True)
        made.toggled.connect(self.versions.setVisible)
        made.hide()
        self._head.addWidget(made)
        return made

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.versions_button, self.editor] if self._has_versions else [self.editor]

    @property
    def _has_versions(self) -> bool:
        return "versions_button" in self.__dict__

    @property
    def half(self) -> bool:
        """Whether it may share a line with another field."""
        if isinstance(self.field, Choice):
            metrics = self.fontMetrics()
            words = (w for o in self.field.options for w in in_every_language(o.label))
            return max(map(metrics.horizontalAdvance, words), default=0) <= theme.px(CHOICE_ROOM)
        return self.field.width <= HALF_WIDTH and not self.field.keyed

    def set_read_only(self, read_only: bool) -> None:
        """Show the value only. The style sheet looks at the property of the lines inside."""
        self.editor.set_read_only(read_only)
        if not read_only and not self._looks_read_only:
            return  # polishing is dear, and nothing looks otherwise than it did
        self._looks_read_only = read_only
        for line in (self.editor, *self.editor.findChildren(QWidget)):
            if line.property("readOnly") is not None:
                theme.repolish(line)

    def set_problem(self, text: str) -> None:
        """What is wrong with the value (translated), or nothing."""
        if not text and "problem" not in self.__dict__:
            return
        self.problem.setText(f"{SHAPES[Level.CRITICAL]} {text}" if text else "")
        self.problem.setAccessibleName(text)
        self.problem.setVisible(bool(text))
        if text:
            announce(self.problem)

    def set_versions(self, versions: Sequence[tuple[Value, str]]) -> None:
        """Values that others wrote at the same time, each with its text."""
        if not versions and not self._has_versions:
            return
        is_new = not self._has_versions
        self._versions = list(versions)
        stack = self.versions.layout()
        while stack.count():
            stack.takeAt(0).widget().deleteLater()
        for value, text in self._versions:
            stack.addWidget(self._version(value, text))
        self.versions_button.setVisible(bool(versions))
        self.versions_button.setChecked(False)
        self.versions.hide()
        self._name_versions()
        if is_new:
            self.grown.emit()

    def _version(self, value: Value, text: str) -> QWidget:
        made = QWidget(self.versions)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(PlainLabel(text or _("(empty)"), made, wrap=True), 1)
        use = QPushButton(_("Use this"), made)
        use.setProperty("small", True)
        use.setAccessibleName(_("Use {value}").format(value=text))
        use.clicked.connect(lambda _checked=False: self._use(value))
        line.addWidget(use)
        return made

    def _use(self, value: Value) -> None:
        self.editor.set_value(value)
        self.versions_button.setChecked(False)
        self._edited()

    def _edited(self) -> None:
        self.set_problem("")
        self.edited.emit()

    def retranslate(self) -> None:
        """Words in the language in force."""
        label = _(self.field.label)
        needed = self.field.required
        box_says_it = isinstance(self.field, Flag)
        self.label.setText("" if box_says_it else f"{label} *" if needed else label)
        spoken = _("{field} (needed)").format(field=label) if needed else label
        self.editor.setAccessibleName(spoken)
        if "hint" in self.__dict__:
            self.hint.setText(_(self.field.help))
        if self._has_versions:
            self._name_versions()
        if hasattr(self.editor, "retranslate"):
            self.editor.retranslate()

    def _name_versions(self) -> None:
        label = _(self.field.label)
        count = len(self._versions) + 1
        self.versions_button.setText(_("{count} versions").format(count=count))
        self.versions_button.setAccessibleName(
            _("{field}: {count} versions").format(field=label, count=count)
        )
