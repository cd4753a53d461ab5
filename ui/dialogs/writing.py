"""A dialog that writes one file: what it needs to know, where to, progress, and then what became of
it. Enter writes; when it is written, Enter opens it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from bankcc.errors import UserError
from bankcc.i18n import _
from ui import theme
from ui.context import UiContext
from ui.dialogs.frame import ErrorLine, button, frame
from ui.dialogs.print_pdf import print_file
from ui.dialogs.target_file import TargetFile, open_with_system, remember_folder
from ui.dialogs.written_file import say_written, write_beside
from ui.jobs import JobStrip, Progress
from ui.theme import SHAPES, Level
from ui.widgets.plain_label import PlainLabel

WIDTH = 560
Produce: TypeAlias = Callable[[Path, Progress], str]


class WritingDialog(QDialog):
    """`body` is filled by what it writes; `prepare()` reads the fields and gives the work, which
    runs in a worker and says in one sentence what was written. `written(Path)`: it is on disk."""

    written = Signal(object)

    def __init__(
        self, context: UiContext, name: str, title: str, file: str, suffix: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._job = None
        self._path = Path()
        column = frame(self, name, title, WIDTH)
        column.addWidget(PlainLabel(title, self, role="page"))
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(8))
        column.addLayout(self.body)
        column.addWidget(PlainLabel(_("File"), self, role="meta"))
        self.target = TargetFile(context.session, file, suffix, self)
        column.addWidget(self.target)
        self.error = ErrorLine(self)
        self.result = PlainLabel("", self, wrap=True)
        self.result.setObjectName("writing.result")
        self.result.hide()
        self.strip = JobStrip(context.jobs, self)
        for widget in (self.error, self.result, self.strip):
            column.addWidget(widget)
        column.addLayout(self._buttons())
        QShortcut(QKeySequence("Ctrl+Return"), self, self._forward)
        self.target.changed.connect(lambda: self.error.say(""))

    def _buttons(self) -> QHBoxLayout:
        self.open_button = button(self, "writing.open", _("Open"))
        self.folder_button = button(self, "writing.folder", _("Folder"))
        self.close_button = button(self, "writing.close", _("Cancel Esc"))
        self.write_button = button(self, "writing.write", _("Write Enter"), primary=True)
        self.print_button = button(self, "writing.print", _("Print"))
        self.print_button.clicked.connect(lambda _c=False: print_file(self.context, self._path))
        self.print_button.hide()
        self.open_button.clicked.connect(lambda _c=False: open_with_system(self._path))
        self.folder_button.clicked.connect(lambda _c=False: open_with_system(self._path.parent))
        self.close_button.clicked.connect(lambda _c=False: self.reject())
        self.write_button.clicked.connect(lambda _c=False: self.write())
        self.open_button.hide()
        self.folder_button.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addStretch(1)
        for widget in (self.folder_button, self.print_button, self.open_button):
            line.addWidget(widget)
        for widget in (self.close_button, self.write_button):
            line.addWidget(widget)
        return line

    def _forward(self) -> None:
        if self.write_button.isEnabled() and not self.write_button.isHidden():
            self.write()

    def prepare(self) -> Produce:
        """What is to be written, with everything it needs from the fields."""
        raise NotImplementedError

    def write(self) -> None:
        """Write the file."""
        if self._job is not None:
            return
        path, produce = self.target.path(), self.prepare()
        self.error.say("")
        self.write_button.setEnabled(False)
        self._job = self.context.jobs.start(
            self.windowTitle(),
            lambda progress: write_beside(produce, path, progress),
            done=lambda written: self._done(*written),
            failed=self._failed,
            cancelled=self._stopped,
            owner=self,
        )

    def _done(self, path: Path, said: str) -> None:
        self._job, self._path = None, path
        remember_folder(self.context.session, path.parent)
        self.result.setText(f"{SHAPES[Level.OK]} {said}\n{path}")
        self.result.show()
        self.write_button.hide()
        self.open_button.show()
        self.print_button.setVisible(path.suffix.lower() == ".pdf")
        self.folder_button.show()
        self.close_button.setText(_("Close Esc"))
        self.open_button.setDefault(True)
        self.open_button.setFocus()
        say_written(self.context, said, path)
        self.written.emit(path)

    def _failed(self, error: Exception) -> None:
        self._stopped()
        if not isinstance(error, UserError):
            raise error
        self.error.say_error(error)

    def _stopped(self) -> None:
        self._job = None
        self.write_button.setEnabled(True)

    def reject(self) -> None:
        """Esc: what is under way is stopped; nothing half-written stays."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
