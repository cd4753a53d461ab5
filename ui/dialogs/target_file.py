"""Where a file is to be written: a folder that was used last, a name that is not taken."""

import re
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from bankcc.i18n import _
from bankcc.session import Session
from bankcc.whole_file import unused_name
from ui import theme

FOLDER = "files.folder"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def last_folder(session: Session) -> Path:
    """The folder files were last written to or read from; else the person's documents."""
    kept = session.local.value(FOLDER)
    if isinstance(kept, str) and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    found = Path(QStandardPaths.writableLocation(documents) or QDir.homePath())
    return found if found.is_dir() else Path(QDir.homePath())


def remember_folder(session: Session, folder: Path) -> None:
    """Begin there next time."""
    if session.can_write:
        session.local.set_value(FOLDER, str(folder))


def open_with_system(path: Path) -> None:
    """Show a file or a folder in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class TargetFile(QWidget):
    """A line with the path and a button to look for another. `changed`: another path."""

    changed = Signal()

    def __init__(self, session: Session, name: str, suffix: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._suffix = suffix
        self.line = QLineEdit(self)
        self.line.setObjectName("target.path")
        self.line.setAccessibleName(_("File"))
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.button = QPushButton(_("Choose…"), self)
        self.button.setObjectName("target.choose")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked=False: self._choose())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        line.addWidget(self.line, 1)
        line.addWidget(self.button)
        self.setFocusProxy(self.line)
        safe = _FORBIDDEN.sub(" ", name).strip()
        self.set_path(unused_name(last_folder(session) / f"{safe}{suffix}"))

    def path(self) -> Path:
        """The file, with the ending it must have."""
        found = Path(self.line.text().strip()).expanduser()
        return found if found.suffix.lower() == self._suffix else Path(f"{found}{self._suffix}")

    def set_path(self, path: Path) -> None:
        """Show a path."""
        self.line.setText(str(path))
        self.line.setCursorPosition(len(self.line.text()))

    def set_suffix(self, suffix: str) -> None:
        """Write another form of file; the name stays."""
        path = self.path()
        self._suffix = suffix
        self.set_path(unused_name(path.with_suffix(suffix)))

    def _choose(self) -> None:
        title, pattern = _("Write to"), f"*{self._suffix}"
        name, _filter = QFileDialog.getSaveFileName(self, title, str(self.path()), pattern)
        if name:
            self.set_path(Path(name))
