"""One start of a window, timed from outside: says when it was painted and idle, and ends."""

import os
import sys
import time
from pathlib import Path


def be_bare() -> None:
    """The least that Qt can show."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel("bankcc"))
    window.resize(1_366, 768)
    watcher = _watch(app)
    window.show()
    app.exec()
    del watcher


def be_ours(folder: Path) -> None:
    """The whole program as the command `open` starts it."""
    from bankcc import cli
    from ui import app

    watcher = _watch(app.make_application())
    cli.run(["--data-dir", str(folder), "--as", "王敏 · 热线坐席", "open"])
    del watcher


def _watch(app: object) -> object:
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class FirstPaint(QObject):
        """Waits for the main window's painting, then for the end of what it set off."""

        done = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if (
                event.type() == QEvent.Type.Paint
                and not self.done
                and isinstance(watched, QMainWindow)
            ):
                self.done = True
                QTimer.singleShot(0, _say)
            return False

    assert isinstance(app, QApplication)
    watcher = FirstPaint(app)
    app.installEventFilter(watcher)
    return watcher


def _say() -> None:
    os.write(1, f"{time.monotonic()}\n".encode())
    os._exit(0)


if __name__ == "__main__":
    be_bare() if sys.argv[1] == "bare" else be_ours(Path(sys.argv[2]))
