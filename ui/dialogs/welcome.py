"""The first start: make a center of one's own, or look at the example.

Rule: the recovery key is shown once, and the center opens only after somebody said that it is
written down.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QStackedWidget, QWidget

from bankcc import demo
from bankcc.clock import Clock
from bankcc.errors import UserError
from bankcc.i18n import _
from bankcc.paths import Paths
from bankcc.session import Session
from bankcc.vault import passphrase
from ui import theme
from ui.dialogs.frame import ErrorLine, button, field, frame, page
from ui.jobs import Jobs
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel

HOLDER = "window"
LEVELS = {
    passphrase.Strength.TOO_SHORT: Level.CRITICAL,
    passphrase.Strength.WEAK: Level.WARNING,
    passphrase.Strength.FAIR: Level.INFO,
    passphrase.Strength.STRONG: Level.OK,
}


class WelcomeDialog(QDialog):
    """Three pages: choose, make, recovery key. `session` is the open center at the end."""

    def __init__(
        self, paths: Paths, example: Paths, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._paths, self._example, self._clock = paths, example, clock
        self._jobs = Jobs(self)
        self.session: Session | None = None
        column = frame(self, "welcome", _("Welcome"), 560)
        self.pages = QStackedWidget(self)
        self.error = ErrorLine(self)
        column.addWidget(self.pages, 1)
        column.addWidget(self.error)
        for made in (self._choose_page(), self._make_page(), self._key_page()):
            self.pages.addWidget(made)

    @classmethod
    def ask(
        cls, paths: Paths, example: Paths, clock: Clock, parent: QWidget | None = None
    ) -> Session | None:
        """The center that was made or opened; None if the person gave up."""
        dialog = cls(paths, example, clock, parent)
        dialog.exec()
        session = dialog.session
        dialog.deleteLater()
        return session

    # -- choose ------------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        made, column = page(
            self,
            _("Welcome"),
            _("There is no center on this laptop yet."),
            _("Folder: {folder}").format(folder=self._paths.root),
        )
        self.make = button(made, "welcome.make", _("Make our own center"), primary=True)
        self.look = button(made, "welcome.demo", _("Look at the example first"))
        own = _("A name, a passphrase, and a recovery key to print. Two minutes.")
        invented = _("An invented bank on the first day of a power failure. Nothing of it is real.")
        for pressed, words in ((self.make, own), (self.look, invented)):
            column.addSpacing(theme.px(8))
            column.addWidget(pressed)
            column.addWidget(PlainLabel(words, made, role="hint", wrap=True))
        column.addStretch(1)
        self.make.clicked.connect(self._go_make)
        self.look.clicked.connect(self._open_example)
        return made

    def _go_make(self) -> None:
        self.error.say("")
        self.pages.setCurrentIndex(1)
        self.create.setDefault(True)
        self.name.setFocus()

    def _open_example(self) -> None:
        def work(_progress: object) -> Session:
            if not self._example.exists():
                demo.create(self._example, clock=self._clock)
            return Session.open(self._example, clock=self._clock, holder=HOLDER)

        self._busy(_("The example is being made…"))
        self._jobs.start(
            _("The example is being made…"), work, done=self._opened, failed=self._failed,
            cancellable=False, owner=self,
        )  # fmt: skip

    def _opened(self, session: Session) -> None:
        self.setEnabled(True)
        self.session = session
        self.accept()

    # -- make --------------------------------------------------------------------------------------

    def _make_page(self) -> QWidget:
        made, column = page(self, _("Make our own center"))
        self.name = field(column, made, "welcome.name", _("Name of the center"))
        self.name.setPlaceholderText(_("for example: Binjiang branch command center"))
        self.label = field(column, made, "welcome.label", _("Short name of this laptop"))
        self.label.setText("甲")
        self.label.setMaxLength(4)
        self.first = field(column, made, "welcome.passphrase", _("Passphrase"), secret=True)
        self.strength = PlainLabel("", made, role="meta")
        self.strength.setObjectName("welcome.strength")
        column.addWidget(self.strength)
        self.second = field(column, made, "welcome.again", _("Passphrase again"), secret=True)
        self.back = button(made, "welcome.back", _("Back"))
        self.create = button(made, "welcome.create", _("Make the center"), primary=True)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.create)
        column.addStretch(1)
        column.addLayout(line)
        self.first.textChanged.connect(self._judge)
        self.back.clicked.connect(lambda: self.pages.setCurrentIndex(0))
        self.create.clicked.connect(self._create)
        self._judge("")
        return made

    def _judge(self, text: str) -> None:
        level = LEVELS[passphrase.strength(text)] if text else Level.NEUTRAL
        colour = theme.tokens().levels[level].text
        self.strength.setStyleSheet(f"color: {colour};")
        mark = theme.SHAPES[level]
        advice = _("A few words that you can remember and others cannot guess.")
        self.strength.setText(f"{mark} {passphrase.strength_hint(text)}" if text else advice)

    def _create(self) -> None:
        name, label, secret = self.name.text().strip(), self.label.text().strip(), self.first.text()
        if problem := self._problem(name, label, secret):
            self.error.say(problem)
            return
        self._busy(_("The center is being made…"))
        self._jobs.start(
            _("The center is being made…"),
            lambda _progress: Session.create(
                self._paths,
                name=name,
                label=label,
                passphrase=secret,
                clock=self._clock,
                holder=HOLDER,
            ),
            done=self._made,
            failed=self._failed,
            cancellable=False,
            owner=self,
        )

    def _problem(self, name: str, label: str, secret: str) -> str:
        if not name:
            self.name.setFocus()
            return _("The center needs a name.")
        if not label:
            self.label.setFocus()
            return _("The laptop needs a short name: it stands before every number.")
        try:
            passphrase.check_new(secret)
        except UserError as error:
            self.first.setFocus()
            return str(error)
        if passphrase.normalised(secret) != passphrase.normalised(self.second.text()):
            self.second.setFocus()
            return _("The two passphrases differ.")
        return ""

    def _made(self, made: tuple[Session, str | None]) -> None:
        self.setEnabled(True)
        self.session, key = made
        self.error.say("")
        for line in (self.first, self.second):
            line.clear()
        self.key.setText(key or "")
        self.pages.setCurrentIndex(2)
        self.open.setDefault(True)
        self.written.setFocus()

    # -- recovery key ------------------------------------------------------------------------------

    def _key_page(self) -> QWidget:
        made, column = page(
            self,
            _("The recovery key"),
            _("It opens the center when the passphrase is forgotten. It is shown this once."),
            _("Print it or write it down, and keep it in the safe, not with the laptop."),
        )
        self.key = PlainLabel("", made, role="script", wrap=True)
        self.key.setObjectName("welcome.key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        flags = Qt.TextInteractionFlag
        self.key.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self.copy = button(made, "welcome.copy", _("Copy"))
        self.print = button(made, "welcome.print", _("Print…"))
        self.written = QCheckBox(_("I have written it down"), made)
        self.written.setObjectName("welcome.written")
        self.written.setAccessibleName(self.written.text())
        self.open = button(made, "welcome.open", _("Open the center"), primary=True)
        self.open.setEnabled(False)
        line = QHBoxLayout()
        for widget in (self.copy, self.print):
            line.addWidget(widget)
        line.addStretch(1)
        column.addSpacing(theme.px(8))
        column.addWidget(self.key)
        column.addLayout(line)
        column.addWidget(self.written)
        column.addStretch(1)
        column.addWidget(self.open)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.key.text()))
        self.print.clicked.connect(self._print)
        self.written.toggled.connect(self.open.setEnabled)
        self.open.clicked.connect(self.accept)
        return made

    def sheet(self) -> QTextDocument:
        """The page to print: what it is, of which center, the key."""
        made = QTextDocument(self)
        font = QFont(theme.font())
        font.setPixelSize(16)
        made.setDefaultFont(font)
        made.setPlainText(
            "\n\n".join(
                [
                    _("The recovery key"),
                    self.name.text().strip(),
                    self.key.text(),
                    str(self._paths.root),
                ]
            )
        )
        return made

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.sheet().print_(printer)

    # -- both --------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Esc: on the key page the center exists, and leaving would lose the key."""
        if self.pages.currentIndex() == 2:
            self.error.say(_("Tick the box once the key is written down; it is not shown again."))
        elif self.isEnabled():
            super().reject()

    def _busy(self, words: str) -> None:
        self.error.say(words, Level.INFO)
        self.setEnabled(False)

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        self.error.say_error(error)
