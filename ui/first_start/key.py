"""The step of the recovery key: shown once, printed or saved as a sheet, and said to be written
down. After a start that was cut short, a new one is made with the passphrase.

Rule: the key is held by this step alone and leaves it only where the person sends it.
"""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bankcc.errors import UserError
from bankcc.i18n import N_, _
from bankcc.reports.key_sheet import KeySheet, key_sheet_pdf, render_key_sheet
from bankcc.session import Session
from ui import theme
from ui.dialogs.target_file import last_folder
from ui.first_start.step import Step
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel

SHARPNESS = 300 / 72
"""Pixels per point on paper."""


class KeyStep(Step):
    """`show_key(session, key)`; with an empty key it asks for the passphrase to make a new one."""

    confirmed = Signal()
    heading = N_("The recovery key")

    def build(self) -> None:
        self.session: Session | None = None
        self.say(N_("It opens the center when the passphrase is forgotten. It is shown this once."))
        self.say(N_("Print it or write it down, and keep it in the safe, not with the laptop."))
        self.key = PlainLabel("", self, role="script", wrap=True)
        self.key.setObjectName("welcome.key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        self.key.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self.print = self.press("print", N_("Print…"), self._print)
        self.save = self.press("save", N_("Save as PDF…"), self._choose)
        self.copy = self.press("copy", N_("Copy"), self._copy)
        self.written = QCheckBox(self)
        self.written.setObjectName("welcome.written")
        for show in (self.written.setText, self.written.setAccessibleName):
            self.translated(show, N_("I have printed it or written it down"))
        line = QHBoxLayout()
        for widget in (self.print, self.save, self.copy):
            line.addWidget(widget)
        line.addStretch(1)
        self.column.addSpacing(theme.px(8))
        self.column.addWidget(self.key)
        self.column.addLayout(line)
        self._build_renewal()
        self.column.addWidget(self.written)
        self.column.addStretch(1)
        self.open = self.foot(
            N_("Next Enter"), self._finish, back=False, name="open", skip=N_("Later Esc")
        )
        self.written.toggled.connect(self.open.setEnabled)
        self.open.setEnabled(False)

    def _build_renewal(self) -> None:
        """For a start that was cut short: the earlier key was perhaps never seen."""
        self.renewal = QWidget(self)
        outer, self.column = self.column, QVBoxLayout(self.renewal)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.say(
            N_(
                "A key that was made before is not shown again. Type the passphrase and make a"
                " new one; the earlier one then opens nothing any more."
            )
        )
        self.passphrase: QLineEdit = self.line("key.passphrase", N_("Passphrase"), secret=True)
        self.renew = self.press("renew", N_("Make a new recovery key"), self._renew)
        self.column.addWidget(self.renew, 0, Qt.AlignmentFlag.AlignLeft)
        self.column = outer
        self.column.addWidget(self.renewal)

    def show_key(self, session: Session, key: str) -> None:
        """Show the key of a center."""
        self.session = session
        self.key.setText(key)
        font = QFont(theme.font(18, bold=True))
        self.key.setFont(font)
        for widget in (self.key, self.copy, self.print, self.save, self.written):
            widget.setVisible(bool(key))
        for widget in (self.renewal, self.skip_button):
            widget.setVisible(not key)
        self.written.setChecked(False)

    @property
    def can_leave(self) -> bool:
        """Whether nothing is lost by leaving: no key is shown that nobody wrote down."""
        return not self.key.text() or self.written.isChecked()

    def start(self) -> None:
        (self.written if self.key.text() else self.passphrase).setFocus()

    def enter(self) -> bool:
        """Enter only ticks the box, the next one goes to the button ahead: nobody passes the one
        sight of the key by pressing Enter twice. In the passphrase it makes the new key."""
        if self.passphrase.hasFocus():
            self._renew()
            return True
        if self.written.hasFocus():
            if self.written.isChecked():
                self.open.setFocus()
            self.written.setChecked(True)
            self.around.error.say("")
            return True
        return False

    def escape(self) -> bool:
        """The key stays until it is written down; without one, the step waits for another day."""
        if self.can_leave:
            self.passed.emit()
        else:
            words = _("Tick the box once the key is written down; it is not shown again.")
            self.around.error.say(words)
        return True

    def _finish(self) -> None:
        self.key.clear()
        self.confirmed.emit()

    def _renew(self) -> None:
        session, secret = self.session, self.passphrase.text()
        if session is None:
            return
        paths = session.paths

        def arrive(key: object) -> None:
            self.passphrase.clear()
            self.show_key(session, str(key))
            self.start()

        self.work(
            _("Making the key…"),
            lambda _progress: Session.renew_recovery_key(paths, passphrase=secret),
            arrive,
        )

    # -- on paper ----------------------------------------------------------------------------------

    def sheet(self) -> KeySheet:
        """What stands on the page for the safe."""
        session = self.session
        assert session is not None
        center = session.center
        return KeySheet(
            key=self.key.text(),
            center=center.text("name") if center else "",
            bank=center.text("bank") if center else "",
            laptop=session.status().label,
            folder=str(session.paths.root),
            made_ms=session.clock.now_ms(),
        )

    def save_sheet(self, path: Path) -> None:
        """Write the page to `path`, and say so."""
        try:
            render_key_sheet(self.sheet(), path)
        except UserError as error:
            self.around.error.say_error(error)
            return
        words = _("Saved to {path}. Print it, then delete the file.")
        self.around.error.say(words.format(path=path), Level.OK)
        self.written.setFocus()

    def _choose(self) -> None:
        assert self.session is not None
        place = last_folder(self.session) / _("Recovery key sheet.pdf")
        name, _filter = QFileDialog.getSaveFileName(self, _("Write to"), str(place), "*.pdf")
        if name:
            path = Path(name)
            self.save_sheet(path if path.suffix else path.with_suffix(".pdf"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())
        self.around.error.say(_("Copied. Other programs can read the clipboard."), Level.INFO)

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_sheet(printer)
            self.written.setFocus()

    def print_sheet(self, printer: QPrinter) -> None:
        """Draw the page for the safe on the paper of `printer`; no file lies in between."""
        picture = _picture(key_sheet_pdf(self.sheet()))
        painter = QPainter(printer)
        room = painter.viewport()
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(0, 0, size.width(), size.height()), picture)
        painter.end()


def _picture(pdf: bytes) -> QImage:
    import pypdfium2  # 4 MB of library that only this needs

    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=SHARPNESS, prefer_bgrx=True)
        form = QImage.Format.Format_RGB32
        pixels = bytes(bitmap.buffer)
        return QImage(pixels, bitmap.width, bitmap.height, bitmap.stride, form).copy()
