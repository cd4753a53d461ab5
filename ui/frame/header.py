"""The bar at the top: incident, saved or not, who is at work, settings."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from bankcc.session import Session
from ui import icons, theme
from ui.frame.incident_banner import IncidentBanner
from ui.frame.saved_chip import SavedChip
from ui.theme import Level
from ui.widgets.chip import Chip
from ui.widgets.plain_label import ElidedLabel


class Header(QFrame):
    """Shows only; the window fills it. `settings` opens the menu given to it."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("app.header")
        self.setProperty("bar", "header")
        self._user, self._is_demo, self._read_only = "", False, False
        self.incident = IncidentBanner(clock, self)
        self.demo = Chip(Level.DRILL, "", self)
        self.demo.setObjectName("app.demo")
        self.read_only = Chip(Level.NEUTRAL, "", self)
        self.saved = SavedChip(self)
        self.user = ElidedLabel("", self)
        self.user.setObjectName("app.user")
        self.settings = QPushButton(self)
        self.settings.setObjectName("app.settings")
        self.settings.setProperty("small", True)
        self.settings.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.put(self.settings, "settings")
        self._menu = QMenu(self.settings)
        self._menu.setToolTipsVisible(True)
        self.settings.setMenu(self._menu)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.px(4), theme.px(12), theme.px(4))
        line.setSpacing(theme.px(8))
        line.addWidget(self.incident, 1)
        for widget in (self.demo, self.read_only, self.saved, self.user, self.settings):
            line.addWidget(widget)
        theme.hub().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def set_menu(self, actions: list[QAction | None]) -> None:
        """The entries of the settings button; None makes a line between two groups."""
        for action in actions:
            if action is None:
                self._menu.addSeparator()
            else:
                self._menu.addAction(action)

    def add_mark(self, mark: QWidget) -> None:
        """A mark of something that is not as usual, before the saved chip."""
        self._line.insertWidget(self._line.indexOf(self.saved), mark)

    def follow(self, session: Session) -> None:
        """Who is at work; marks of an example center and of one open for reading only."""
        self._is_demo, self._read_only = session.is_demo, not session.can_write
        self._user = session.user
        if session.can_write:  # what is shown lies on disk
            self.saved.saved(session.clock.now_ms())
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language in force."""
        self.demo.set_status(Level.DRILL, _("Example") if self._is_demo else "")
        self.read_only.set_status(Level.NEUTRAL, _("Read only") if self._read_only else "")
        self.user.setText(self._user)
        self.user.setAccessibleName(_("At work: {user}").format(user=self._user or _("nobody")))
        self.settings.setText(_("Settings"))
        self.settings.setAccessibleName(_("Settings"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _resize(self) -> None:
        self.setMinimumHeight(theme.size("header"))
