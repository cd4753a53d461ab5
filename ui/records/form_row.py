"""A field in a form: label, editor, what is wrong, and other versions of its value."""

from collections.abc import Sequence

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

CHOICE_ROOM = 105
"""Pixels at 100 % for the words of a choice in half a line, beside its digit and its arrow."""
HALF_WIDTH = 16
"""Fields up to so many characters share a line with another one."""


class FormRow(QWidget):
    """`name` is the object name of the editor. `edited`: the person changed something."""

    edited = Signal()

    def __init__(self, field: Field, context: UiContext, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = editor_for(field, context, self)
        self.editor.setObjectName(name)
        self.editor.edited.connect(self._edited)
        self.label = PlainLabel("", self, role="meta")
        self.label.setBuddy(self.editor)
        self.versions_button = QPushButton(self)
        self.versions_button.setProperty("small", True)
        self.versions_button.setCheckable(True)
        self.versions_button.toggled.connect(lambda shown: self.versions.setVisible(shown))
        self.versions = QWidget(self)
        self.problem = PlainLabel("", self, wrap=True)
        self.hint = PlainLabel("", self, role="hint", wrap=True)
        self._lay_out()
        self._versions: list[tuple[Value, str]] = []
        self.set_versions(())
        self.set_problem("")
        theme.hub().changed.connect(self._recolour)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self.label)
        head.addStretch(1)
        head.addWidget(self.versions_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(head)
        for widget in (self.editor, self.problem, self.hint, self.versions):
            column.addWidget(widget)
        stack = QVBoxLayout(self.versions)
        stack.setContentsMargins(0, 0, 0, 0)

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
        for line in (self.editor, *self.editor.findChildren(QWidget)):
            if line.property("readOnly") is not None:
                theme.repolish(line)

    def set_problem(self, text: str) -> None:
        """What is wrong with the value (translated), or nothing."""
        self.problem.setText(f"{SHAPES[Level.CRITICAL]} {text}" if text else "")
        self.problem.setAccessibleName(text)
        self.problem.setVisible(bool(text))
        self._recolour()
        if text:
            announce(self.problem)

    def set_versions(self, versions: Sequence[tuple[Value, str]]) -> None:
        """Values that others wrote at the same time, each with its text."""
        self._versions = list(versions)
        stack = self.versions.layout()
        while stack.count():
            stack.takeAt(0).widget().deleteLater()
        for value, text in self._versions:
            stack.addWidget(self._version(value, text))
        self.versions_button.setVisible(bool(versions))
        self.versions_button.setChecked(False)
        self.versions.hide()
        self.retranslate()

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

    def _recolour(self) -> None:
        colour = theme.tokens().levels[Level.CRITICAL].text
        self.problem.setStyleSheet(f"color: {colour};")

    def retranslate(self) -> None:
        """Words in the language in force."""
        label = _(self.field.label)
        needed = self.field.required
        box_says_it = isinstance(self.field, Flag)
        self.label.setText("" if box_says_it else f"{label} *" if needed else label)
        spoken = _("{field} (needed)").format(field=label) if needed else label
        self.editor.setAccessibleName(spoken)
        # A checklist's editor shows how it is used.
        self.hint.setText(_(self.field.help) if self.field.help and not self.field.keyed else "")
        self.hint.setVisible(bool(self.hint.text()))
        count = len(self._versions) + 1
        self.versions_button.setText(_("{count} versions").format(count=count))
        self.versions_button.setAccessibleName(
            _("{field}: {count} versions").format(field=label, count=count)
        )
        if hasattr(self.editor, "retranslate"):
            self.editor.retranslate()
