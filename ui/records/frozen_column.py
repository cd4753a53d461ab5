"""The first column of a table, kept in sight while the others scroll sideways.

A second, narrow view of the same model lies over the first column; keys and selection stay with the
table.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView


class FrozenColumn(QTableView):
    """Lies over `table`, which must have its model already."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName("list.frozen")
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("frozen", True)
        self.setSelectionBehavior(table.selectionBehavior())
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setShowGrid(False)
        for bar in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.doubleClicked.connect(table.doubleClicked)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.follow)
        table.horizontalHeader().sectionResized.connect(self.follow)
        table.horizontalHeader().sectionMoved.connect(self.follow)
        table.horizontalHeader().geometriesChanged.connect(self.follow)
        self.follow()

    def follow(self, *_what: int) -> None:
        """Take place and width of the first column; hidden while the table is not scrolled."""
        table, header = self._table, self._table.horizontalHeader()
        first = next(
            (
                logical
                for place in range(header.count())
                if not header.isSectionHidden(logical := header.logicalIndex(place))
            ),
            -1,
        )
        for column in range(header.count()):
            self.setColumnHidden(column, column != first)
        self.setVisible(first >= 0 and table.horizontalScrollBar().value() > 0)
        if first < 0:
            return
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.setColumnWidth(first, header.sectionSize(first))
        self.horizontalHeader().setFixedHeight(header.height())
        edge = table.frameWidth()
        height = table.viewport().height() + header.height()
        self.setGeometry(edge, edge, header.sectionSize(first), height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
