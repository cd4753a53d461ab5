"""What waits for a decision of a leader, the most pressing first; Enter decides in place."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from bankcc.clock import local
from bankcc.i18n import _, ngettext
from bankcc.reports.current import Waiting
from ui import theme
from ui.context import UiContext
from ui.records.whole_rows import show_whole_rows
from ui.situation.decision_line import DecisionLine
from ui.situation.words import waiting_words
from ui.theme import SHAPES, Level
from ui.widgets.chip import LEVEL_ROLE, ChipDelegate, RowDelegate
from ui.widgets.plain_label import ElidedLabel, PlainLabel

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
REASON, WHAT, SINCE = range(3)
ITEM_ROLE = Qt.ItemDataRole.UserRole + 70
FEWEST, MOST = 2, 5
"""Rows in sight; more are scrolled."""


class WaitingModel(QAbstractTableModel):
    """Reason as a chip, what it is about, since when."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Waiting, ...] = ()

    def show_items(self, items: tuple[Waiting, ...]) -> bool:
        """Show these; whether anything differs."""
        if items == self.items:
            return False
        self.beginResetModel()
        self.items = items
        self.endResetModel()
        return True

    def retranslate(self) -> None:
        """The language changed."""
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, SINCE))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        reason, what = waiting_words(item)
        since = f"{local(item.since):%H:%M}"
        if role == Qt.ItemDataRole.DisplayRole:
            return (reason, what, since)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(", ").join((reason, what, since))
        if role == LEVEL_ROLE and index.column() == REASON:
            return Level(item.level)
        if role == ITEM_ROLE:
            return item
        return None


class WaitingList(QFrame):
    """Enter or a double click on an item asks for the decision, right below; without a `context`,
    or where nothing may be written, `opened(kind, id)` tells that its record is wanted."""

    opened = Signal(str, str)
    decided = Signal()
    """A decision was entered here."""

    def __init__(self, parent: QWidget | None = None, *, context: UiContext | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._line: DecisionLine | None = None
        self.setObjectName("situation.waiting")
        self.setProperty("card", True)
        self.model = WaitingModel(self)
        self.title = ElidedLabel("", self, role="section")
        self.count = PlainLabel("", self, role="meta")
        self.view = _View(self.model, self)
        self.none = PlainLabel("", self, role="hint", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget(self)
        for page in (self.none, self.view):
            self.stack.addWidget(page)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        column.setSpacing(theme.px(4))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.view.opened.connect(self.ask)
        theme.hub().changed.connect(self._restyle)
        self.retranslate()

    @property
    def decision(self) -> DecisionLine:
        """Where a decision is entered, made when it is first wanted."""
        if self._line is None:
            assert self._context is not None
            self._line = DecisionLine(self._context, self)
            self._line.left.connect(self.close_decision)
            self._line.done.connect(self.close_decision)
            self._line.done.connect(self.decided)
            self._line.opened.connect(self.opened)
            self.layout().addWidget(self._line)
            self._line.hide()
        return self._line

    @property
    def deciding(self) -> bool:
        """Whether a decision is being entered."""
        return self._line is not None and not self._line.isHidden()

    def ask(self, item: Waiting) -> None:
        """Enter: decide, right here; 4 opens the record instead."""
        if self._context is None or not self._context.session.can_write:
            self.opened.emit(item.kind, item.record)
            return
        self.decision.show()
        self.stack.hide()
        self.decision.ask(item)
        self.retranslate()

    def close_decision(self) -> None:
        """Decided, or left: the keys go back to the list."""
        self.decision.hide()
        self.stack.show()
        self.retranslate()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Before the session is closed: what was typed goes to disk."""
        if self._line is not None:
            self._line.flush()

    def show_items(self, items: tuple[Waiting, ...]) -> None:
        """Show what waits now; the current item stays the current one."""
        current = self.view.currentIndex().data(ITEM_ROLE)
        if self.model.show_items(items):
            ids = [item.record for item in items]
            kept = ids.index(current.record) if current and current.record in ids else 0
            if items:
                self.view.setCurrentIndex(self.model.index(kept, WHAT))
        self._look()

    def retranslate(self) -> None:
        """Words in the language in force."""
        item = self._line.item if self._line is not None and self.deciding else None
        words = _("Waiting for a decision") if item is None else " · ".join(waiting_words(item))
        self.title.setText(words)
        self.view.setAccessibleName(_("Waiting for a decision"))
        self.none.setText(f"{SHAPES[Level.OK]} " + _("Nothing waits for a decision"))
        self.model.retranslate()
        self._look()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.view.restyle()
        self._fit()

    def _look(self) -> None:
        count = self.model.rowCount()
        decides = self._context is None or self._context.session.can_write
        items = ngettext("{count} item", "{count} items", count).format(count=count)
        said = _("Enter decides") if decides else _("Enter opens")
        words = f"{items} · {said}" if count else ""
        self.count.setText(_("Leave Esc") if self.deciding else words)
        self.stack.setCurrentWidget(self.view if count else self.none)
        self._fit()

    def _fit(self) -> None:
        """As high as what it holds, within bounds: the rest belongs to the timeline."""
        row = self.view.verticalHeader().defaultSectionSize()
        rows = min(max(self.model.rowCount(), FEWEST), MOST)
        self.stack.setMinimumHeight(FEWEST * row)
        self.stack.setMaximumHeight(rows * row + theme.px(4))
        self.view.rows_wanted = rows
        for widget in (self.view, self.stack):
            widget.updateGeometry()


class _View(QTableView):
    """Whole rows, no headings, Enter opens."""

    opened = Signal(object)

    def __init__(self, model: WaitingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("situation.waiting.list")
        self.setModel(model)
        self.rows_wanted = FEWEST
        self.setItemDelegate(RowDelegate(self))
        self.setItemDelegateForColumn(REASON, ChipDelegate(self))
        show_whole_rows(self, several=False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns = self.horizontalHeader()
        columns.hide()
        columns.setStretchLastSection(False)
        columns.setMinimumSectionSize(theme.px(20))
        for column, mode in (
            (REASON, QHeaderView.ResizeMode.ResizeToContents),
            (WHAT, QHeaderView.ResizeMode.Stretch),
            (SINCE, QHeaderView.ResizeMode.ResizeToContents),
        ):
            columns.setSectionResizeMode(column, mode)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ITEM_ROLE)))
        self.restyle()

    def restyle(self) -> None:
        """Row height of the theme in force."""
        self.verticalHeader().setDefaultSectionSize(theme.size("row_compact") + theme.px(2))

    def sizeHint(self) -> QSize:
        row = self.verticalHeader().defaultSectionSize()
        return QSize(theme.px(300), self.rows_wanted * row + theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(ITEM_ROLE))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""
