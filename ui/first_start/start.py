"""The steps before there is a center: language, own center or example, name and passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton

from bankcc import demo, i18n
from bankcc.errors import NotFound, UserError
from bankcc.i18n import N_, _
from bankcc.session import Session
from bankcc.vault import passphrase
from ui import theme
from ui.first_start import set_up
from ui.first_start.step import Step
from ui.theme import Level
from ui.widgets.plain_label import PlainLabel

HOLDER = "window"
NON_BREAKING_HYPHEN = "\u2011"
LEVELS = {
    passphrase.Strength.TOO_SHORT: Level.CRITICAL,
    passphrase.Strength.WEAK: Level.WARNING,
    passphrase.Strength.FAIR: Level.INFO,
    passphrase.Strength.STRONG: Level.OK,
}


LABEL = N_("A")
"""The short name that is offered, as people number things in the language in force."""
LABEL_WIDTH = 96


class LanguageStep(Step):
    """The language: in force at once, for this dialog too."""

    heading = N_("Language")

    def build(self) -> None:
        self.say(N_("You can change it at any time in the settings."))
        self.boxes: dict[str, QRadioButton] = {}
        group = QButtonGroup(self)
        for code, name in i18n.LANGUAGES.items():
            box = self.boxes[code] = QRadioButton(name, self)
            box.setObjectName(f"welcome.language.{code}")
            box.setAccessibleName(name)
            box.setChecked(code == i18n.language())
            # `clicked` is not sent when an arrow key moves the choice.
            box.toggled.connect(lambda on, code=code: on and self._choose(code))
            group.addButton(box)
            self.column.addWidget(box)
        self.column.addStretch(1)
        self.foot(N_("Next Enter"), self._next, back=False, name="language.next")

    def start(self) -> None:
        self.boxes[i18n.language()].setFocus()

    def _next(self) -> None:
        """A guess that is not contradicted is a choice: the next start begins with it."""
        self.around.look.keep()
        self.done.emit()

    def _choose(self, code: str) -> None:
        if code != i18n.language():
            self.around.look.set_language(code)


class ChooseStep(Step):
    """An own center, or the example: `opened(Session)`."""

    opened = Signal(object)
    heading = N_("Welcome")

    def build(self) -> None:
        self.say(N_("There is no center on this laptop yet."))
        self.folder = self.say("", role="hint")
        self.translated(self._show_folder, "")
        self.make = self.press("make", N_("Make our own center"), self.done.emit, primary=True)
        self.look = self.press("demo", N_("Look at the example first"), self._open_example)
        for pressed, words in (
            (self.make, N_("A name, a passphrase, and a recovery key to print. Two minutes.")),
            (
                self.look,
                N_(
                    "An invented bank on the first day of a power failure. Nothing of it is real;"
                    " one button removes it."
                ),
            ),
        ):
            self.column.addSpacing(theme.px(8))
            self.column.addWidget(pressed)
            self.say(words, role="hint")
        self.column.addStretch(1)
        self.turn_back = self.press("choose.back", N_("Back"), self.back.emit)
        self.turn_back.setProperty("kind", "quiet")
        self.column.addWidget(self.turn_back, 0, Qt.AlignmentFlag.AlignLeft)
        self.forward = self.make

    def start(self) -> None:
        self.make.setFocus()

    def _show_folder(self, _text: str) -> None:
        self.folder.setText(_("Folder: {folder}").format(folder=self.around.paths.root))

    def _open_example(self) -> None:
        example, clock = self.around.example, self.around.clock

        def act(_progress: object) -> Session:
            try:
                return Session.open(example, clock=clock, holder=HOLDER)
            except NotFound:  # none yet, or one whose making or removal was cut short
                demo.create(example, clock=clock)
            return Session.open(example, clock=clock, holder=HOLDER)

        self.work(_("The example is being made…"), act, self.opened.emit)


class MakeStep(Step):
    """Name, short name of the laptop, passphrase. `made(Session, recovery key)`: durable."""

    made = Signal(object, str)
    heading = N_("Make our own center")

    def build(self) -> None:
        self.center = self.line("name", N_("Name of the center"))
        example = N_("for example: Binjiang branch command center")
        self.translated(self.center.setPlaceholderText, example)
        self._build_label()
        self.first = self.line("passphrase", N_("Passphrase"), secret=True)
        self.strength = PlainLabel("", self, role="meta")
        self.strength.setObjectName("welcome.strength")
        self.column.addWidget(self.strength)
        self.second = self.line("again", N_("Passphrase again"), secret=True)
        self.column.addStretch(1)
        self.create = self.foot(N_("Make the center"), self._create, name="create")
        self.first.textChanged.connect(self._judge)
        self.translated(lambda _text: self._judge(self.first.text()), "")

    def _build_label(self) -> None:
        """The short name, and beside it what it is for, with what is typed as the example."""
        self.label = self.line("label", N_("Short name of this laptop"))
        self.label.setText(_(LABEL))
        self.label.setMaxLength(4)
        self.label.setFixedWidth(theme.px(LABEL_WIDTH))
        self.label_hint = PlainLabel("", self, role="hint", wrap=True)
        self.label.textChanged.connect(self._show_use)
        self.translated(lambda _text: self._show_use(), "")
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self.column.removeWidget(self.label)
        line.addWidget(self.label)
        line.addWidget(self.label_hint, 1)
        self.column.addLayout(line)

    def _show_use(self, _text: str = "") -> None:
        words = _("Begins every number given here, such as {number}, and the foot of reports.")
        number = f"{self.label.text().strip() or _(LABEL)}-R-0012"
        self.label_hint.setText(words.format(number=number.replace("-", NON_BREAKING_HYPHEN)))

    def start(self) -> None:
        self.center.setFocus()

    def enter(self) -> bool:
        """Enter goes from field to field; what was filled already is gone through by Enter too."""
        lines = [self.center, self.label, self.first, self.second]
        at = next((place for place, line in enumerate(lines) if line.hasFocus()), -1)
        if at < 0 or at + 1 == len(lines) or not lines[at].text().strip():
            return False
        lines[at + 1].setFocus()
        lines[at + 1].selectAll()
        return True

    def _judge(self, text: str) -> None:
        level = LEVELS[passphrase.strength(text)] if text else Level.NEUTRAL
        colour = theme.tokens().levels[level].text
        self.strength.setStyleSheet(f"color: {colour};")
        mark = theme.SHAPES[level]
        advice = _("A few words that you can remember and others cannot guess.")
        self.strength.setText(f"{mark} {passphrase.strength_hint(text)}" if text else advice)

    def _create(self) -> None:
        name, label = self.center.text().strip(), self.label.text().strip()
        secret, around = self.first.text(), self.around
        if problem := self._problem(name, label, secret):
            around.error.say(problem)
            return

        def act(_progress: object) -> tuple[Session, str | None]:
            session, key = Session.create(
                around.paths,
                name=name,
                label=label,
                passphrase=secret,
                clock=around.clock,
                holder=HOLDER,
            )
            set_up.begin(session)
            return session, key

        self.work(_("The center is being made…"), act, self._created)

    def _problem(self, name: str, label: str, secret: str) -> str:
        if not name:
            self.center.setFocus()
            return _("The center needs a name.")
        if not label:
            self.label.setFocus()
            return _("The laptop needs a short name: it stands before every number.")
        try:
            passphrase.check_new(secret)
        except UserError as error:
            self.first.setFocus()
            self.first.selectAll()
            return str(error)
        if passphrase.normalised(secret) != passphrase.normalised(self.second.text()):
            self.second.setFocus()
            self.second.selectAll()
            return _("The two passphrases differ.")
        return ""

    def _created(self, made: object) -> None:
        assert isinstance(made, tuple)
        for line in (self.first, self.second):
            line.clear()
        self.made.emit(made[0], made[1] or "")
