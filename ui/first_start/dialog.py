"""The first set-up, step by step: language, own center or example, name and passphrase, recovery
key, who is at work, bank and outlets, tables that are there already.

Rule: what was made stays, whenever it ends; what is left is kept for the next start.
"""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from bankcc.clock import Clock
from bankcc.i18n import _
from bankcc.paths import Paths
from bankcc.session import Session
from ui import theme
from ui.actions import SPECS, ActionId, key_text, label_of
from ui.appearance import Appearance
from ui.bridge import Bridge
from ui.context import UiContext
from ui.dialogs.frame import ErrorLine, button, frame
from ui.feedback import MessageBar
from ui.first_start import set_up
from ui.first_start.key import KeyStep
from ui.first_start.outlets import OutletStep
from ui.first_start.people import PeopleStep, YouStep
from ui.first_start.start import ChooseStep, LanguageStep, MakeStep
from ui.first_start.step import Step, Surroundings
from ui.frame.saved_chip import SavedChip
from ui.help.topics import BY_ID, SET_UP
from ui.help.window import HelpWindow
from ui.jobs import Jobs
from ui.widgets.plain_label import PlainLabel

FIRST = ("language", "choose", "make")
ALL = (*FIRST, set_up.KEY, "you", set_up.OUTLETS, set_up.PEOPLE)
HELP_KEY = key_text(SPECS[ActionId.HELP].keys)
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
WIDTH, HEIGHT = 640, 480
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class WelcomeDialog(QDialog):
    """`session` is the open center at the end, with its user; None if the person gave up.

    Without `session` it begins at the language; with one it goes through `steps` of it. `context`:
    that of a window which stands open already.
    """

    def __init__(
        self,
        paths: Paths,
        example: Paths,
        clock: Clock,
        look: Appearance,
        parent: QWidget | None = None,
        *,
        session: Session | None = None,
        context: UiContext | None = None,
        steps: tuple[str, ...] = ALL,
    ) -> None:
        super().__init__(parent)
        self.session, self._context = session, context
        self._own: UiContext | None = None
        self._help: HelpWindow | None = None
        self.order = steps
        self.steps: dict[str, Step] = {}
        self._jobs = Jobs(self)
        column = frame(self, "welcome", "", WIDTH)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.count = PlainLabel("", self, role="meta")
        self.count.setObjectName("welcome.count")
        self.pages = QStackedWidget(self)
        self.error = ErrorLine(self)
        self.help_button = button(self, "welcome.help", "")
        self.help_button.setProperty("kind", "quiet")
        self.help_button.setProperty("small", True)
        self.help_button.clicked.connect(lambda _checked=False: self.show_help())
        top = QHBoxLayout()
        top.addWidget(self.count)
        top.addStretch(1)
        top.addWidget(self.help_button)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        column.addWidget(self.error)
        QShortcut(QKeySequence(HELP_KEY), self, self.show_help)
        self.around = Surroundings(paths, example, clock, look, self._jobs, self.error)
        self.go(self.order[0])

    @classmethod
    def ask(cls, paths: Paths, example: Paths, clock: Clock, look: Appearance) -> Session | None:
        """The center that was made or opened; None if the person gave up."""
        return cls(paths, example, clock, look)._run()

    @classmethod
    def go_on(cls, session: Session, clock: Clock, look: Appearance) -> bool:
        """Go through what is left for a center that was just opened; False if the person quit."""
        steps = tuple(name for name in ALL if name in (*set_up.left(session), "you"))
        dialog = cls(session.paths, session.paths, clock, look, session=session, steps=steps)
        return dialog._run() is not None

    @classmethod
    def later(cls, context: UiContext, look: Appearance, step: str = "") -> "WelcomeDialog":
        """Over an open window: bank, outlets and tables, and the key if it was never written
        down."""
        session = context.session
        open_key = set_up.KEY in set_up.left(session) or step == set_up.KEY
        steps = (set_up.OUTLETS, set_up.PEOPLE)
        if open_key and not session.is_demo:
            steps = (set_up.KEY, *(() if step else steps))
        made = cls(
            session.paths, session.paths, session.clock, look, context.window(),
            session=session, context=context, steps=steps,
        )  # fmt: skip
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()
        return made

    def _run(self) -> Session | None:
        given = self.exec() == QDialog.DialogCode.Accepted
        self._let_go()
        session = self.session
        self.deleteLater()
        if given:
            return session
        if session is not None:
            session.close()
        return None

    def done(self, code: int) -> None:
        self._let_go()
        super().done(code)

    def _let_go(self) -> None:
        self._jobs.shut_down()
        if self._own is not None:
            self._own.bridge.stop()
            self._own = None

    # -- steps -------------------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        """The step that is shown."""
        found = self.pages.currentWidget()
        assert isinstance(found, Step)
        return found

    def go(self, name: str) -> Step:
        """Show a step, made now if it was never shown."""
        step = self.steps.get(name)
        if step is None:
            step = self.steps[name] = self._make(name)
            self.pages.addWidget(step)
            step.done.connect(partial(self._leave, name))
            step.passed.connect(partial(self._leave, name))
            step.back.connect(partial(self._turn_back, name))
        self.error.say("")
        self.pages.setCurrentWidget(step)
        self._say_count()
        if step.forward is not None:
            step.forward.setDefault(True)
        step.start()
        return step

    def _make(self, name: str) -> Step:
        around = self.around
        match name:
            case "language":
                made: Step = LanguageStep(name, around, self)
                made.translated(lambda _text: self._say_count(), "")
                return made
            case "choose":
                choose = ChooseStep(name, around, self)
                choose.opened.connect(self._example_opened)
                return choose
            case "make":
                make = MakeStep(name, around, self)
                make.made.connect(self._center_made)
                return make
            case set_up.KEY:
                key = KeyStep(name, around, self)
                key.confirmed.connect(self._key_written)
                if self.session is not None:
                    key.show_key(self.session, "")
                return key
        assert self.session is not None
        if name == "you":
            return YouStep(self.session, around, self)
        if name == set_up.OUTLETS:
            return OutletStep(self.session, around, self)
        return PeopleStep(self.context(self.session), around, self)

    def context(self, session: Session) -> UiContext:
        """What the import dialog needs of a window; made here while there is none."""
        if self._context is not None:
            return self._context
        if self._own is None:
            # They show themselves when something was saved; here there is no place for them.
            out_of_sight = QWidget(self)
            out_of_sight.hide()
            messages, saved = MessageBar(out_of_sight), SavedChip(out_of_sight)
            bridge = Bridge(session, self)
            self._own = UiContext(
                session, bridge, self._jobs, messages, saved, lambda _kind, _id: None, lambda: self
            )
        return self._own

    def _say_count(self) -> None:
        if not self.pages.count():
            return
        at, total = self.order.index(self.step.name), len(self.order)
        self.count.setText(f"{CIRCLED[at]}/{CIRCLED[total - 1]}")
        words = _("Step {number} of {total}").format(number=at + 1, total=total)
        self.count.setAccessibleName(words)
        self.count.setVisible(total > 1)
        self.setWindowTitle(_("Set-up"))
        self.help_button.setText(label_of(ActionId.HELP))
        self.help_button.setAccessibleName(self.help_button.text())

    # -- from step to step -------------------------------------------------------------------------

    def _leave(self, name: str) -> None:
        """A step is done or passed over: on to the next, or the end."""
        if self.session is not None and name != set_up.KEY:
            set_up.finish(self.session, name)
        following = self.order[self.order.index(name) + 1 :]
        if following:
            self.go(following[0])
        else:
            self.accept()

    def _turn_back(self, name: str) -> None:
        before = self.order[: self.order.index(name)]
        # A center is not made twice, and its key is not shown again.
        if before and before[-1] != set_up.KEY:
            self.go(before[-1])

    def _example_opened(self, session: object) -> None:
        assert isinstance(session, Session)
        self.session = session
        self.accept()

    def _center_made(self, session: object, key: str) -> None:
        assert isinstance(session, Session)
        self.session = session
        step = self.go(set_up.KEY)
        assert isinstance(step, KeyStep)
        step.show_key(session, key)
        step.start()

    def _key_written(self) -> None:
        assert self.session is not None
        set_up.finish(self.session, set_up.KEY)
        self._leave(set_up.KEY)

    # -- keys --------------------------------------------------------------------------------------

    def show_help(self) -> HelpWindow:
        """F1: what this step asks for, in the language in force; the step waits behind it."""
        if self._help is None:
            self._help = HelpWindow("", self)
        self._help.show()
        self._help.show_topic(BY_ID[SET_UP], _(self.step.heading))
        self._help.raise_()
        self._help.activateWindow()
        return self._help

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter may mean something to the step; a key held down goes no further than one step."""
        if event.key() in ENTER and (event.isAutoRepeat() or self.step.enter()):
            event.accept()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc: what the step makes of it; else a step back, and out of the first one."""
        if not self.isEnabled() or self.step.escape():
            return
        if self.order.index(self.step.name):
            self._turn_back(self.step.name)
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross: out, with everything that was made; but not away from a key that nobody has
        written down, nor while something is under way."""
        step = self.step
        if not self.isEnabled() or (isinstance(step, KeyStep) and not step.can_leave):
            event.ignore()
            if isinstance(step, KeyStep):
                step.escape()
            return
        event.accept()
        self.done(QDialog.DialogCode.Rejected)
