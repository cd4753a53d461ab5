"""The one place where the core's callbacks become Qt signals, queued onto the screen's thread."""

from PySide6.QtCore import QObject, Qt, Signal

from bankcc.session import ChangeSet, Session


class Bridge(QObject):
    """Emits `changed` on the screen's thread for every durable change, whoever wrote it."""

    changed = Signal(object)
    """A `ChangeSet`: refresh only if it touches what you show."""
    _arrived = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._stop = session.subscribe(self._arrive)

    def _arrive(self, changes: ChangeSet) -> None:
        self._arrived.emit(changes)

    def stop(self) -> None:
        """No more signals; before the session is closed."""
        self._stop()
        # Changes that are on their way would be looked up in a closed center.
        self.blockSignals(True)
