"""The filter of a list: words, pinyin, numbers, phones, and quick choices."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from bankcc.i18n import _
from bankcc.schema.fields import Choice
from bankcc.schema.query import Condition, Query
from bankcc.schema.record import RecordKind
from ui import actions, theme
from ui.actions import ActionId
from ui.widgets.search_line import SearchLine

MOST_CHOICES = 3


class FilterBar(QWidget):
    """`changed`: the filter is another one. Esc empties it; when it is empty already, `left`."""

    changed = Signal()
    left = Signal()

    def __init__(self, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.text = SearchLine(self)
        self.text.setObjectName("panel.filter.text")
        self.text.setClearButtonEnabled(True)
        self.text.sought.connect(lambda _text: self.changed.emit())
        self.text.returnPressed.connect(self._go_on)
        choices = [item for item in kind.list_fields() if isinstance(item, Choice)]
        self.choices = {item.name: self._combo(item) for item in choices[:MOST_CHOICES]}
        self.clear_button = QPushButton(self)
        self.clear_button.setObjectName("panel.filter.clear")
        self.clear_button.setProperty("kind", "quiet")
        self.clear_button.clicked.connect(lambda _checked=False: self.clear())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.text, 1)
        for combo in self.choices.values():
            line.addWidget(combo)
        line.addWidget(self.clear_button)
        line.addStretch(1)
        self.text.setMinimumWidth(theme.px(220))
        self.retranslate()

    def _combo(self, item: Choice) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName(f"panel.filter.{item.name}")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda _index: self.changed.emit())
        return made

    def stops(self) -> list[QWidget]:
        """Where Tab stops, from left to right."""
        return [self.text, *self.choices.values(), self.clear_button]

    @property
    def active(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text.wanted()) or any(c.currentData() for c in self.choices.values())

    def query(self, base: Query) -> Query:
        """`base` with this filter."""
        where = tuple(
            Condition(name, "=", combo.currentData())
            for name, combo in self.choices.items()
            if combo.currentData()
        )
        return base.but(where=where, text=self.text.wanted())

    def choose(self, field: str, code: str) -> None:
        """Set a quick choice; an empty code takes it back."""
        combo = self.choices[field]
        combo.setCurrentIndex(max(0, combo.findData(code)))
        self.changed.emit()

    def clear(self) -> None:
        """Show everything again."""
        if self.active:
            self.text.clear()
            for combo in self.choices.values():
                combo.setCurrentIndex(0)
            self.changed.emit()

    def _go_on(self) -> None:
        if self.text.waiting:
            self.text.seek()
        self.left.emit()

    def look(self) -> None:
        """The way back is offered only when there is something to take back."""
        self.clear_button.setVisible(self.active)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.active:
                self.clear()
            else:
                self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus():
            self._go_on()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force; what is chosen stays."""
        key = actions.key_text(actions.SPECS[ActionId.FIND].keys)
        self.text.setPlaceholderText(_("Filter: words, initials, number {key}").format(key=key))
        self.text.setAccessibleName(_("Filter"))
        self.clear_button.setText(_("Clear filter (Esc)"))
        for name, combo in self.choices.items():
            item, code = self.kind.by_name[name], combo.currentData()
            combo.clear()
            combo.addItem(_("{field}: all").format(field=_(item.label)), "")
            for option in item.options:
                combo.addItem(_(option.label), option.code)
            combo.setCurrentIndex(max(0, combo.findData(code)))
            combo.setAccessibleName(_(item.label))
        self.look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
