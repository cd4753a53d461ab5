"""Says at every moment whether what was typed is on disk. Saving never fails in silence."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from bankcc.clock import local
from bankcc.i18n import _
from ui.feedback import announce
from ui.theme import Level
from ui.widgets.chip import Chip


class SavedChip(Chip):
    """`已保存 14:52:07`, `保存中…`, or what failed and where the text is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.NEUTRAL, "", parent)
        self.setObjectName("app.saved_chip")
        self._state = ""
        self._at_ms = 0
        self._reason = ""

    def saving(self) -> None:
        """Something was typed that is not on disk yet."""
        self._state = "saving"
        self._retranslate()

    def saved(self, at_ms: int) -> None:
        """Everything is on disk since `at_ms` (UTC milliseconds, shown in the center's zone)."""
        self._state, self._at_ms = "saved", at_ms
        self._retranslate()

    def failed(self, reason: str) -> None:
        """Saving failed. `reason` is translated and says where the text is safe."""
        self._state, self._reason = "failed", reason
        self._retranslate()
        announce(self)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._state == "saving":
            self.set_status(Level.NEUTRAL, _("Saving…"))
        elif self._state == "saved":
            moment = local(self._at_ms)
            self.set_status(Level.OK, _("Saved {time}").format(time=f"{moment:%H:%M:%S}"))
        elif self._state == "failed":
            self.set_status(Level.CRITICAL, _("Not saved: {reason}").format(reason=self._reason))
        self.setToolTip(self.word)
