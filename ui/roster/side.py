"""The left of the roster: the organisation with its numbers, and below it what is lacking."""

from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QSizePolicy,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from ui import theme
from ui.roster.posts import Fault, Roster
from ui.roster.tree import GROUP_ROLE, KEY_ROLE, RosterTree
from ui.roster.words import marked
from ui.theme import SHAPES, Level
from ui.widgets.chip import Index, RowDelegate
from ui.widgets.plain_label import PlainLabel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FaultLines(QStringListModel):
    """What is lacking, a line each: shape, word and colour."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.faults: list[Fault] = []

    def show_faults(self, faults: list[Fault]) -> bool:
        """Show these; whether the lines are others than before."""
        self.faults = faults
        lines = [marked(_level(fault), fault.text) for fault in faults]
        if lines == self.stringList():
            return False
        self.setStringList(lines)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        known = index.isValid() and index.row() < len(self.faults)
        if known and role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.tokens().levels[_level(self.faults[index.row()])].text)
        if known and role == Qt.ItemDataRole.AccessibleTextRole:
            return self.faults[index.row()].text
        return super().data(index, role)


def _level(fault: Fault) -> Level:
    return Level.CRITICAL if fault.grave else Level.WARNING


class FaultView(QListView):
    """`wanted(row)`: Enter or a click on a line."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roster.faults")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.clicked.connect(lambda index: self.wanted.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.currentIndex().isValid():
            self.wanted.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class RosterSide(QWidget):
    """`group_chosen(name)`: only that group, empty for all; `place_wanted(key)`: show that row."""

    group_chosen = Signal(str)
    place_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = ""
        self._telling = False
        self.tree_model = RosterTree(self)
        self.tree = QTreeView(self)
        self.tree.setObjectName("roster.groups")
        self.tree.setModel(self.tree_model)
        self.tree.setItemDelegate(RowDelegate(self.tree))
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(theme.px(40))
        self.caption = PlainLabel("", self)
        self.lines = FaultLines(self)
        self.faults = FaultView(self)
        self.faults.setModel(self.lines)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tree, 3)
        self._column.addWidget(self.caption)
        self._column.addWidget(self.faults, 1)
        self.tree.selectionModel().currentChanged.connect(self._moved)
        self.faults.wanted.connect(lambda row: self.place_wanted.emit(self.lines.faults[row].key))
        self.tree_model.modelAboutToBeReset.connect(self._before_reset)
        self.tree_model.modelReset.connect(self._after_reset)
        self._open: list[str] = []
        theme.hub().changed.connect(self.recolour)
        self.recolour()
        self.retranslate()

    def show_roster(self, roster: Roster, now: int) -> None:
        """The numbers as they are now; the chosen group stays chosen."""
        self._telling = True
        self.tree_model.set_roster(roster, now)
        self._telling = False
        row = self.faults.currentIndex().row()
        if self.lines.show_faults(roster.faults()):
            self.faults.setCurrentIndex(self.lines.index(min(row, self.lines.rowCount() - 1)))
        self._say()

    def choose(self, group: str) -> None:
        """Show only that group; empty for all."""
        self.tree.setCurrentIndex(self.tree_model.index(self.tree_model.group_row(group), 0))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._telling or not current.isValid():
            return
        group, key = current.data(GROUP_ROLE), current.data(KEY_ROLE)
        if group != self.group:
            self.group = group
            self.group_chosen.emit(group)
        if key:
            self.place_wanted.emit(key)

    def _before_reset(self) -> None:
        rows = range(self.tree_model.rowCount())
        tops = [self.tree_model.index(row, 0) for row in rows]
        self._open = [top.data(GROUP_ROLE) for top in tops if self.tree.isExpanded(top)]

    def _after_reset(self) -> None:
        for row in range(self.tree_model.rowCount()):
            top = self.tree_model.index(row, 0)
            if top.data(GROUP_ROLE) in self._open:
                self.tree.expand(top)
        at = self.tree_model.index(self.tree_model.group_row(self.group), 0)
        if at.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.tree.selectionModel().setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)
            self.group = at.data(GROUP_ROLE)

    def _say(self) -> None:
        count = len(self.lines.faults)
        words = _("To be mended: {count}").format(count=count) if count else _("Nothing lacking")
        level = Level.OK
        if count:
            level = _level(self.lines.faults[0])  # the grave stand first
        self.caption.setText(f"{SHAPES[level]} {words}")
        self.caption.setAccessibleName(words)
        colour = theme.tokens().levels[level].text
        self.caption.setStyleSheet(f"font-weight: bold; color: {colour};")
        self.faults.setVisible(bool(count))

    def recolour(self) -> None:
        """Sizes and colours of the theme in force."""
        self.faults.setMinimumHeight(theme.px(64))
        self._column.setSpacing(theme.px(4))
        self.tree.setIndentation(theme.px(14))
        self._say()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.tree.setAccessibleName(_("Organisation"))
        self.faults.setAccessibleName(_("What is lacking"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
