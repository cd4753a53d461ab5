"""Reports: choose one, see its first page, Enter writes it into the folder of the incident."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.i18n import N_, _
from bankcc.reports.current import situation_figures
from bankcc.reports.history import history, remember
from bankcc.reports.short_text import situation_text
from bankcc.session import ChangeSet, Session
from bankcc.whole_file import refused, unused_name
from ui import icons, theme
from ui.background_read import BackgroundRead
from ui.dialogs import files
from ui.dialogs.print_pdf import print_file
from ui.dialogs.target_file import open_with_system
from ui.dialogs.writing import Produce
from ui.dialogs.written_file import say_written, write_beside
from ui.in_steps import PanelInSteps
from ui.jobs import Progress
from ui.reports.first_page import FirstPage, first_page
from ui.reports.list import ReportList
from ui.reports.options import ReportOptions
from ui.reports.page_picture import PagePicture
from ui.reports.sorts import SITUATION, SORTS, Order, ReportSort, file_name, writer
from ui.theme import SHAPES, Level
from ui.widgets.chip import RowDelegate
from ui.widgets.plain_label import ElidedLabel, PlainLabel
from ui.widgets.read_only_band import ReadOnlyBand

LEFT, RIGHT = 168, 460
MOST_RIGHT = 0.44
CALM_MS = 3_000
"""A busy shift must not draw the preview again with every call."""


class ReportsPanel(PanelInSteps):
    """What the window calls: `start`, `refresh`, `add_new`, `key_hints`, `flush`."""

    def _make(self) -> Iterator[None]:
        context = self.context
        self.setObjectName("report")
        self._order: Order | None = None
        self._job = None
        self._written: Path | None = None
        self.title = PlainLabel("", self, role="page")
        self.subtitle = ElidedLabel("", self, role="meta")
        words = N_("Read only: reports can be written; their numbers are not kept.")
        self.band = ReadOnlyBand(words, self, read_only=not self.session.can_write)
        self.list = self._make_list()
        self.page = PagePicture(self)
        self.pages = PlainLabel("", self, role="meta")
        yield
        self.options = ReportOptions(context, self)
        yield
        self.write_button = self._button("write", primary="file-type-pdf")
        self.xlsx_button = self._button("xlsx")
        self.csv_button = self._button("csv")
        self.copy_button = self._button("copy_text")
        self.result = ElidedLabel("", self)
        self.result.setObjectName("report.result")
        self.open_button = self._button("open")
        self.print_button = self._button("print")
        self.folder_button = self._button("show_folder")
        self.history_title = PlainLabel("", self, role="section")
        self.history = ReportList(self)
        asked = context.jobs, _("Preparing the preview…"), self._question, self
        self.preview = BackgroundRead(*asked)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        yield
        self._lay_out()
        self._connect()
        self._order_tab()
        self.list.setCurrentRow(0)
        self.retranslate()

    def _make_list(self) -> QListWidget:
        made = QListWidget(self)
        made.setObjectName("report.kinds")
        made.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        made.setItemDelegate(RowDelegate(made))
        for sort in SORTS:
            made.addItem(QListWidgetItem(sort.label))
        return made

    def _button(self, name: str, *, primary: str = "") -> QPushButton:
        """`primary`: the icon of the button that Enter presses."""
        made = QPushButton(self)
        made.setObjectName(f"report.{name}")
        if primary:
            made.setProperty("kind", "primary")
            icons.put(made, primary, "on_primary")
        return made

    def _lay_out(self) -> None:
        gap = theme.px(8)
        head, body = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(self.title)
        head.addWidget(self.subtitle, 1)
        body.setSpacing(theme.px(12))
        middle = QVBoxLayout()
        middle.setSpacing(theme.px(4))
        middle.addWidget(self.page, 1)
        middle.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignHCenter)
        self._side = QWidget(self)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(gap)
        write, done = QHBoxLayout(), QHBoxLayout()
        for line, widgets in (
            (write, (self.write_button, self.xlsx_button, self.csv_button, self.copy_button)),
            (done, (self.result, self.open_button, self.print_button, self.folder_button)),
        ):
            line.setSpacing(gap)
            for widget in widgets:
                line.addWidget(widget, 1 if widget in (self.write_button, self.result) else 0)
        side.addWidget(self.options)
        side.addLayout(write)
        side.addLayout(done)
        side.addWidget(self.history_title)
        side.addWidget(self.history, 1)
        body.addWidget(self.list)
        body.addLayout(middle, 1)
        body.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addWidget(self.band)
        column.addLayout(body, 1)
        self._show_result("")
        self._fit()

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(lambda _row: self._choose())
        self.list.itemDoubleClicked.connect(lambda _item: self.write())
        self.options.changed.connect(self.preview.ask)
        self.options.submitted.connect(self.write)
        self.preview.answered.connect(self._show_page)
        self.preview.failed.connect(lambda error: self.page.say(str(error)))
        self.write_button.clicked.connect(lambda _checked=False: self.write())
        self.xlsx_button.clicked.connect(lambda _checked=False: self.write_table())
        self.csv_button.clicked.connect(lambda _checked=False: self.write_table(csv=True))
        self.copy_button.clicked.connect(lambda _checked=False: self.copy_text())
        self.print_button.clicked.connect(lambda _checked=False: self._print())
        self.open_button.clicked.connect(lambda _checked=False: self._open())
        self.folder_button.clicked.connect(lambda _checked=False: self._open(folder=True))
        self.history.wanted.connect(open_with_system)
        self.context.bridge.changed.connect(self._changed)
        self._calm.timeout.connect(self.refresh)
        theme.hub().changed.connect(self._fit)

    def _order_tab(self) -> None:
        chain = [self.list, *self.options.stops(), self.write_button, self.xlsx_button]
        chain += [self.csv_button, self.copy_button, self.open_button, self.print_button]
        chain += [self.folder_button, self.history.view]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # -- what the window calls -------------------------------------------------------------------

    def start(self) -> None:
        """The panel is shown: Enter writes the report that is chosen."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """F5: the figures as they are now."""
        self._calm.stop()
        self.options.retranslate()
        self.history.show_reports(history(self.session))
        self.page.wait()
        self.preview.read_other()

    def add_new(self) -> None:
        """Ctrl+N: the next situation report."""
        self.list.setCurrentRow(0)
        self.start()

    def key_hints(self) -> str:
        """The keys that work here."""
        return _("↑↓ choose · Enter write the PDF · Tab options · F5 refresh the preview")

    def flush(self) -> None:
        """Before the window closes."""
        self._calm.stop()
        self.preview.close()

    # -- the preview -----------------------------------------------------------------------------

    @property
    def sort(self) -> ReportSort:
        """The report that is chosen."""
        return SORTS[max(self.list.currentRow(), 0)]

    def _choose(self) -> None:
        self.options.show_sort(self.sort)
        for button in (self.xlsx_button, self.csv_button):
            button.setVisible(bool(self.sort.kind))
        self.copy_button.setVisible(self.sort.id == SITUATION)
        self._show_result("")
        self.page.wait()
        if self.isVisible():
            self.preview.read_other()

    def _question(self) -> object:
        session, order = self.session, self.options.order()
        self._order = order
        return lambda: _page_or_none(session, order)

    def _show_page(self, page: FirstPage | None) -> None:
        name = _(self.sort.label)
        if page is None:
            self.page.say(_("This laptop cannot draw the page. Enter writes the report."))
            self.pages.setText("")
            return
        self.page.show_page(page, name)
        count = f"{page.pages}+" if page.cut else str(page.pages)
        self.pages.setText(_("First page of {count}").format(count=count))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._calm.stop()

    def _changed(self, _changes: ChangeSet) -> None:
        if self.isVisible() and not self._calm.isActive():
            self._calm.start()

    # -- writing ---------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the chosen report as PDF into the folder of the incident."""
        if self._job is not None:
            return
        order = self.options.order()
        produce = writer(self.session, order)
        path = unused_name(self.options.folder / f"{file_name(order)}.pdf")
        self.write_button.setEnabled(False)
        self._job = self.context.jobs.start(
            _("Writing {report}").format(report=_(order.sort.label)),
            lambda progress: _produce(produce, path, progress),
            done=lambda written: self._done(*written),
            failed=self._failed,
            cancelled=self._settle,
            owner=self,
        )

    def write_table(self, *, csv: bool = False) -> None:
        """The whole list as a table; the dialog offers full phone numbers too."""
        sort = self.sort
        if not sort.kind:
            return
        dialog = files.export_file(
            self.context, sort.query(self.session.clock.now_ms()), self.window()
        )
        if self.options.folder.is_dir():
            dialog.target.set_path(unused_name(self.options.folder / dialog.target.path().name))
        if csv:
            dialog.csv.setChecked(True)
        dialog.written.connect(lambda path: self._table_written(sort.id, path))

    def _table_written(self, sort: str, path: Path) -> None:
        remember(self.session, sort, path)
        self.history.show_reports(history(self.session))
        self._show_result(path.name, path)

    def copy_text(self) -> None:
        """The situation in a few lines, on the clipboard: for a short message."""
        session = self.session
        bank = session.center.text("bank") if session.center else ""
        self.context.jobs.start(
            _("Counting"),
            lambda _progress: situation_text(situation_figures(session), bank=bank),
            done=self._copied,
            failed=self._failed,
            cancellable=False,
            owner=self,
        )

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.context.messages.say(Level.OK, _("Copied: {text}").format(text=text))

    def _done(self, path: Path, said: str) -> None:
        self._settle()
        self._show_result(said, path)
        say_written(self.context, said, path)
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._settle()
        if not isinstance(error, UserError):
            raise error
        self.context.messages.show_error(error)

    def _settle(self) -> None:
        self._job = None
        self.write_button.setEnabled(True)

    def _show_result(self, words: str, path: Path | None = None) -> None:
        """What was written last, with the ways to it; nothing hides them."""
        self._written = path
        self.result.setText(f"{SHAPES[Level.OK]} {words}" if words else "")
        for widget in (self.result, self.open_button, self.folder_button):
            widget.setVisible(path is not None)
        self.print_button.setVisible(path is not None and path.suffix.lower() == ".pdf")

    def _open(self, *, folder: bool = False) -> None:
        if self._written is not None:
            open_with_system(self._written.parent if folder else self._written)

    def _print(self) -> None:
        if self._written is not None:
            print_file(self.context, self._written)

    # -- keys, words, layout ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on the list writes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and (self.list.hasFocus() or self.write_button.hasFocus()):
            self.write()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Widths and row heights follow the size of the text."""
        self.list.setFixedWidth(theme.px(LEFT))
        most = round(self.width() * MOST_RIGHT)
        self._side.setFixedWidth(max(1, min(theme.px(RIGHT), most)))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(theme.px(80), theme.px(36)))

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.title.setText(_("Reports"))
        self.setAccessibleName(self.title.text())
        self.subtitle.setText(_("Enter writes the PDF; phone numbers are masked"))
        self.list.setAccessibleName(_("Kinds of report"))
        for row, sort in enumerate(SORTS):
            self.list.item(row).setText(_(sort.label))
        for button, words, tip in (
            (self.write_button, _("Write PDF Enter"), _("Into the folder of this incident")),
            (self.xlsx_button, _("Excel…"), _("The whole list as .xlsx")),
            (self.csv_button, _("CSV…"), _("The whole list as .csv")),
            (self.copy_button, _("Copy as text"), _("A few lines for a short message")),
            (self.open_button, _("Open"), _("Open what was written")),
            (self.print_button, _("Print"), _("Print what was written")),
            (self.folder_button, _("Folder"), _("Show the folder it is in")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(tip)
        self.history_title.setText(_("Written reports"))
        if self._written is not None:  # what was said of it is in the other language
            self.result.setText(f"{SHAPES[Level.OK]} {self._written.name}")
        if self.isVisible():
            self.page.wait()
            self.preview.read_other()


def _page_or_none(session: Session, order: Order) -> FirstPage | None:
    """None where the library that draws pages is not there: the report can be written all the
    same."""
    try:
        return first_page(session, order)
    except ImportError:
        return None


def _produce(produce: Produce, path: Path, progress: Progress) -> tuple[Path, str]:
    """Make the folder, then the file in it; where it is, and what is said of it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise refused(path, reason) from reason
    return write_beside(produce, path, progress)
