"""One step of the first set-up: heading, sentences, fields, and the line of buttons below.

Rule: a step keeps its texts as message ids, so that the language may be switched under it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bankcc.clock import Clock
from bankcc.errors import UserError
from bankcc.i18n import N_, _
from bankcc.paths import Paths
from ui import theme
from ui.appearance import Appearance
from ui.dialogs.frame import ErrorLine, button, field
from ui.jobs import Jobs
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel


@dataclass(slots=True)
class Surroundings:
    """What all steps share: `example` is where the example goes, `error` the line below them."""

    paths: Paths
    example: Paths
    clock: Clock
    look: Appearance
    jobs: Jobs
    error: ErrorLine


class Step(QWidget):
    """`done`: on to the next; `back`: to the one before; `passed`: without this one."""

    done = Signal()
    back = Signal()
    passed = Signal()
    heading = ""
    """A message id; stands on top and in the line that counts the steps."""

    def __init__(self, name: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.around = name, around
        self.setObjectName(f"welcome.{name}")
        self._said: list[tuple[Callable[[str], object], str]] = []
        self.forward: QPushButton | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        self.say(self.heading, role="page")
        self.build()
        self.retranslate()

    # -- what a step fills in ----------------------------------------------------------------------

    def build(self) -> None:
        """Add the widgets to `column`."""
        raise NotImplementedError

    def start(self) -> None:
        """The step is shown: give the keyboard to its first field."""

    def escape(self) -> bool:
        """Esc was pressed; False: the dialog does what Esc does here."""
        return False

    def enter(self) -> bool:
        """Enter was pressed and no field took it; False: the button ahead is pressed."""
        return False

    # -- what it is made of ------------------------------------------------------------------------

    def say(self, text: str, *, role: str = "") -> PlainLabel:
        """A line of words (a message id)."""
        made = PlainLabel("", self, role=role, wrap=role != "page")
        self.column.addWidget(made)
        self.translated(made.setText, text)
        return made

    def translated(self, show: Callable[[str], object], text: str) -> None:
        """Call `show` with `text` in the language in force, now and whenever it changes."""
        self._said.append((show, text))

    def press(
        self, name: str, text: str, act: Callable[[], object], *, primary: bool = False
    ) -> QPushButton:
        """A button that is not placed yet."""
        made = button(self, f"welcome.{name}", "", primary=primary)
        made.clicked.connect(lambda _checked=False: act())
        self.translated(made.setText, text)
        self.translated(made.setAccessibleName, text)
        return made

    def line(self, name: str, label: str, *, secret: bool = False) -> QLineEdit:
        """A labelled field, placed at the end of the column."""
        made = field(self.column, self, f"welcome.{name}", "", secret=secret)
        caption = self.findChildren(PlainLabel)[-1]
        self.translated(caption.setText, label)
        self.translated(made.setAccessibleName, label)
        # What was refused is not held against the next try.
        made.textEdited.connect(lambda _text: self.around.error.say(""))
        return made

    def foot(
        self, text: str, act: Callable[[], object], *, back: bool = True, name: str = "next",
        skip: str = "",
    ) -> QPushButton:  # fmt: skip
        """The line of buttons at the bottom; the one ahead answers to Enter."""
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        if back:
            self.back_button = self.press(f"{self.name}.back", N_("Back"), self.back.emit)
            self.back_button.setProperty("kind", "quiet")
            line.addWidget(self.back_button)
        line.addStretch(1)
        if skip:
            self.skip_button = self.press(f"{self.name}.skip", skip, self.escape)
            line.addWidget(self.skip_button)
        self.forward = self.press(name, text, act, primary=True)
        line.addWidget(self.forward)
        self.column.addLayout(line)
        return self.forward

    def retranslate(self) -> None:
        """Words in the language in force."""
        for show, text in self._said:
            show(_(text) if text else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- work --------------------------------------------------------------------------------------

    def work(
        self, words: str, act: Callable[[object], object], done: Callable[[object], object]
    ) -> None:
        """Do `act` in a worker; nothing can be pressed meanwhile."""
        dialog = self.window()
        assert isinstance(dialog, QDialog)
        self.around.error.say(words, Level.INFO)
        dialog.setEnabled(False)

        def arrive(result: object) -> None:
            dialog.setEnabled(True)
            self.around.error.say("")
            done(result)

        def fail(error: Exception) -> None:
            dialog.setEnabled(True)
            if not isinstance(error, UserError):
                raise error
            self.around.error.say_error(error)
            self.start()

        self.around.jobs.start(words, act, arrive, fail, cancellable=False, owner=self)
