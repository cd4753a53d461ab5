"""The history of written reports: Enter opens one, what is gone says so."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QTableView, QWidget

from bankcc.i18n import _
from bankcc.reports.history import Written
from ui import theme
from ui.records.whole_rows import show_whole_rows
from ui.reports.history import BY, REPORT, WHEN, ReportHistory
from ui.widgets.chip import ChipDelegate
from ui.widgets.plain_label import PlainLabel

WIDTHS = {REPORT: 152, WHEN: 88, BY: 58}


class _Table(QTableView):
    """Whole rows, no grid; Enter is told."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters do nothing here."""


class ReportList(QWidget):
    """`wanted(Path)`: a file is to be opened."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.history = ReportHistory(self)
        self.view = _Table(self)
        self.view.setObjectName("report.history")
        self.view.setModel(self.history)
        self.view.setItemDelegate(ChipDelegate(self.view))
        show_whole_rows(self.view, several=False)
        self.view.setAlternatingRowColors(True)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.none = PlainLabel("", self, role="hint", wrap=True)
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.none)
        self._pages.addWidget(self.view)
        self.view.entered.connect(self.open_current)
        self.view.doubleClicked.connect(lambda _index: self.open_current())
        theme.hub().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def show_reports(self, rows: Sequence[Written]) -> None:
        """Show these; the newest is the current one."""
        self.history.show_reports(rows)
        self._pages.setCurrentWidget(self.view if rows else self.none)
        if rows:
            self.view.setCurrentIndex(self.history.index(0, REPORT))

    def open_current(self) -> None:
        """Open the file of the current row; its folder if the file is gone."""
        at = self.view.currentIndex().row()
        if at < 0:
            return
        path = self.history.rows[at].path
        self.wanted.emit(path if self.history.is_there(at) else path.parent)

    def _resize(self) -> None:
        rows = self.view.verticalHeader()
        rows.setMinimumSectionSize(1)  # a larger one is asked of every row
        rows.setDefaultSectionSize(theme.size("row"))
        for column, wide in WIDTHS.items():
            self.view.horizontalHeader().resizeSection(column, theme.px(wide))
        self.view.setMinimumHeight(theme.size("row") * 2 + theme.px(8))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.view.setAccessibleName(_("Reports written on this laptop"))
        self.none.setText(_("No report was written on this laptop yet."))
        self.history.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
