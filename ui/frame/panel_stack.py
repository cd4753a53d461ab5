"""The pages of the window, one of them in front.

Rule: a page that nobody sees hears of another language when it is shown, or in a quiet moment; the
page in front hears of it at once.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

QUIET_MS = 60
"""Between two pages: keys that wait come first."""
BLOCKING = (QEvent.Type.WindowBlocked, QEvent.Type.WindowUnblocked)
"""A dialog opens or closes: Qt tells each of some thousand widgets below, and none listens."""


class PanelStack(QStackedWidget):
    """Pages are added with `addWidget` and brought to the front with `show_page`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._behind: list[QWidget] = []
        self._open = True
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._tell_next)

    def show_page(self, page: QWidget) -> None:
        """Bring `page` to the front, in the language in force."""
        if page in self._behind:
            self._tell(page)
        self.setCurrentWidget(page)

    def stop(self) -> None:
        """Before the session is closed: a page that is told of a language reads from it."""
        self._quiet.stop()
        self._behind.clear()
        self._open = False

    def event(self, event: QEvent) -> bool:
        if event.type() in BLOCKING:
            return True
        if event.type() != QEvent.Type.LanguageChange:
            return super().event(event)
        if not self._open:
            return True
        # Not handed on by Qt, which would tell all pages in one go.
        shown = self.currentWidget()
        self._behind = [page for page in self._pages() if page is not shown]
        if shown is not None:
            QCoreApplication.sendEvent(shown, QEvent(QEvent.Type.LanguageChange))
        self._quiet.start()
        return True

    def _pages(self) -> list[QWidget]:
        return [self.widget(at) for at in range(self.count())]

    def _tell_next(self) -> None:
        if self._behind:
            self._tell(self._behind[0])
            self._quiet.start()

    def _tell(self, page: QWidget) -> None:
        self._behind.remove(page)
        QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
