"""A checklist: Space ticks, F2 or a double click rewrites, Del takes away, the line below adds."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bankcc.i18n import _
from bankcc.schema.fields import Field, Value
from bankcc.schema.plain_text import clean
from ui import theme
from ui.context import UiContext

KEY = Qt.ItemDataRole.UserRole
_FLAGS = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Items(QListWidget):
    """The lines. Enter is left to the form; letters do not jump."""

    removed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setUniformItemSizes(False)
        self.read_only = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.read_only:
            if self.takeItem(self.currentRow()) is not None:
                self.removed.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""

    def sizeHint(self) -> QSize:
        lines = min(6, max(2, self.count()))
        return QSize(theme.px(120), lines * theme.px(26) + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())


class ChecklistEditor(QWidget):
    """Keeps the keys of the items: each is a value of its own, so two laptops can tick two."""

    edited = Signal()

    def __init__(self, field: Field, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._session = context.session
        self._setting = False
        self.items = _Items(self)
        self.items.itemChanged.connect(self._changed)
        self.items.removed.connect(self._changed)
        self.add_line = QLineEdit(self)
        self.add_line.returnPressed.connect(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.items)
        column.addWidget(self.add_line)
        self._show_items()
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.items.setAccessibleName(_(self.field.label))
        self.items.setAccessibleDescription(_("Space ticks, F2 rewrites, Del takes away"))
        self.add_line.setPlaceholderText(_("New line, then Enter"))
        self.add_line.setAccessibleName(_("New line of the checklist"))

    def add(self) -> None:
        """Take what stands in the line below as a new item."""
        text = clean(self.add_line.text(), one_line=True)
        if text:
            self._append(self._new_key(), text, False)
            self.add_line.clear()
            self._changed()

    def raw(self) -> list[list[Any]] | str:
        """The items; what still stands in the line below counts as one."""
        found = []
        for at in range(self.items.count()):
            item = self.items.item(at)
            done = int(item.checkState() == Qt.CheckState.Checked)
            found.append([item.data(KEY), item.text(), done])
        text = clean(self.add_line.text(), one_line=True)
        if text:
            found.append([self._new_key(), text, 0])
        return sorted(found) or ""

    def restore(self, raw: Any) -> None:
        self.set_value(raw if isinstance(raw, list) else None)

    def set_value(self, value: Value) -> None:
        self._setting = True
        self.items.clear()
        self.add_line.clear()
        for key, text, done in value if isinstance(value, list) else []:
            self._append(str(key), str(text), bool(done))
        self._setting = False
        self._show_items()

    def set_read_only(self, read_only: bool) -> None:
        self.items.read_only = read_only
        self.items.setEditTriggers(
            QListWidget.EditTrigger.NoEditTriggers
            if read_only
            else QListWidget.EditTrigger.DoubleClicked | QListWidget.EditTrigger.EditKeyPressed
        )
        for at in range(self.items.count()):
            flags = Qt.ItemFlag.ItemIsEditable | _FLAGS
            shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            self.items.item(at).setFlags(shown if read_only else flags)
        self.add_line.setVisible(not read_only)

    def _append(self, key: str, text: str, done: bool) -> None:
        item = QListWidgetItem(text)
        item.setData(KEY, key)
        item.setFlags(_FLAGS | Qt.ItemFlag.ItemIsEditable)
        item.setCheckState(Qt.CheckState.Checked if done else Qt.CheckState.Unchecked)
        was, self._setting = self._setting, True
        self.items.addItem(item)
        self._setting = was
        self._show_items()

    def _show_items(self) -> None:
        """An empty list takes no room, and the focus goes to the line below."""
        self.items.setVisible(self.items.count() > 0)
        self.items.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """No focus proxy: it would hide the line below the items from the Tab key."""
        (self.items if self.items.count() else self.add_line).setFocus(event.reason())

    def _new_key(self) -> str:
        """Behind all others, and like no key that another laptop makes at the same time."""
        keys = [str(self.items.item(at).data(KEY)) for at in range(self.items.count())]
        last = max((int(key[:2]) for key in keys if key[:2].isdecimal()), default=0)
        return f"{min(last + 1, 99):02d}{self._session.desk().new_id()[-6:]}"

    def _changed(self, *_what: object) -> None:
        if not self._setting:
            self.items.updateGeometry()
            self.edited.emit()
