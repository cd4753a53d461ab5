"""One window per center: a second start asks the first window to come forward, and ends.

Rule: the socket is named after the data folder and open to this person only; it takes no data.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1_000


def socket_name(folder: Path) -> str:
    """The name for the center in `folder`, the same for every way of writing the path."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"bankcc-{digest[:24]}"


def raise_first(folder: Path) -> bool:
    """Ask the window that has this center open to come forward; False if there is none."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class FirstWindow(QObject):
    """Listens for later starts and calls `come_forward` for each."""

    def __init__(
        self, folder: Path, come_forward: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._come_forward = come_forward
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        name = socket_name(folder)
        if not self._server.listen(name):
            # A program that was killed leaves its socket behind; nobody answered on it.
            QLocalServer.removeServer(name)
            self._server.listen(name)

    @property
    def listening(self) -> bool:
        """Whether later starts can reach this window."""
        return self._server.isListening()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _asked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()
            self._come_forward()
