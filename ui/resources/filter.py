"""Narrows the list of resources: all, with a gap, check overdue, and words in any writing."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from bankcc.i18n import _
from ui import actions, theme
from ui.actions import ActionId
from ui.resources.rows import ONLY_LABELS, Only, Standing
from ui.theme import SHAPES, Level
from ui.widgets.search_line import SearchLine
from ui.widgets.toggle_button import ToggleButton

MARKS = {Only.GAP: Level.WARNING, Only.LATE: Level.CRITICAL}


class ResourceFilter(QWidget):
    """`changed`: another choice; `sought`: other words; `left`: to the list."""

    changed = Signal()
    sought = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.only = Only.ALL
        self._counts: dict[Only, int] = {}
        self._group = QButtonGroup(self)
        self.buttons = {only: self._button(only) for only in Only}
        self.buttons[Only.ALL].setChecked(True)
        self.text = SearchLine(self)
        self.text.setObjectName("resource.filter.text")
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(theme.px(230))
        self.text.sought.connect(lambda _text: self.sought.emit())
        self.text.textChanged.connect(lambda text: None if text else self.sought.emit())
        self.text.returnPressed.connect(self._go_on)
        self.clear_button = QPushButton(self)
        self.clear_button.setObjectName("resource.filter.clear")
        self.clear_button.setProperty("kind", "quiet")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        for button in self.buttons.values():
            line.addWidget(button)
        line.addWidget(self.text, 1)
        line.addWidget(self.clear_button)
        line.addStretch(1)
        self.retranslate()

    def _button(self, only: Only) -> QPushButton:
        made = ToggleButton(self)
        made.setObjectName(f"resource.filter.{only}")
        self._group.addButton(made)
        made.clicked.connect(lambda _checked=False: self.choose(only))
        return made

    @property
    def words(self) -> str:
        """What is searched."""
        return self.text.wanted()

    @property
    def active(self) -> bool:
        """Whether something is left out."""
        return self.only is not Only.ALL or bool(self.words)

    def choose(self, only: Only) -> None:
        """Narrow the list."""
        self.only = only
        self.buttons[only].setChecked(True)
        self.changed.emit()

    def clear(self) -> None:
        """Show everything again."""
        if self.text.text():
            self.text.clear()
        self.choose(Only.ALL)

    def show_counts(self, whole: Standing) -> None:
        """How many each choice finds."""
        self._counts = {Only.ALL: whole.items, Only.GAP: whole.gaps, Only.LATE: whole.late}
        self.retranslate()

    def _go_on(self) -> None:
        if self.text.waiting:
            self.text.seek()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self._go_on()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words in the language in force."""
        for only, button in self.buttons.items():
            count = self._counts.get(only)
            mark = f"{SHAPES[MARKS[only]]} " if only in MARKS and count else ""
            label = _(ONLY_LABELS[only])
            button.setText(f"{mark}{label}" + ("" if count is None else f" {count:,}"))
            button.setAccessibleName(_("Show: {what}").format(what=button.text()))
        key = actions.key_text(actions.SPECS[ActionId.FIND].keys)
        self.text.setPlaceholderText(_("Search name, place, keeper  {key}").format(key=key))
        self.text.setAccessibleName(_("Search resources"))
        self.clear_button.setText(_("Clear filter (Esc)"))
        self.clear_button.setAccessibleName(self.clear_button.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
