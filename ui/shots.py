"""Pictures of every panel and dialog of the example: both themes, both languages, and large text.

Rule: the clock stands still and the example is made anew, so that two runs differ only where the
program does. Works without a screen.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import demo
from bankcc.clock import ManualClock
from bankcc.errors import WrongPassphrase
from bankcc.i18n import LANGUAGES, _
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from bankcc.settings import Settings
from ui import shots_hotline, shots_panels, theme
from ui.alarm.locked import LockedAlarm
from ui.alarm.watch import RESTS
from ui.app import make_application
from ui.appearance import Appearance
from ui.dialogs import files
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.who import WhoDialog
from ui.feedback import CrashDialog
from ui.first_start.dialog import WelcomeDialog
from ui.frame.main_window import MainWindow
from ui.situation import charts

SIZE = (1366, 768)
NOW_MS = 1_795_413_600_000
"""2026-11-23 14:00 in the center's zone."""
USER = "王敏 · 热线坐席"
SETTLE_MS = 250
FILE_SETTLE_MS = 1_500
"""A table is read in a process of its own."""
PATIENCE = 60
"""So many times a fifth of `SETTLE_MS`: what takes longer is shown as it stands."""
LARGE = 150
SAMPLE_KEY = "7K2QF-M4XWT-90HBR-ZD3VA-51NSE-C8GYP"
SAMPLE_PASSPHRASE = "滨江 秋天 第3棵 梧桐"


@dataclass(frozen=True, slots=True)
class Look:
    """One way the program may look. `scale` in per cent."""

    theme: str
    language: str
    scale: int = 100

    @property
    def suffix(self) -> str:
        """The end of the picture's name."""
        large = f"_{self.scale}" if self.scale != 100 else ""
        return f"{self.theme}_{self.language}{large}"


LOOKS = (
    *(Look(name, language) for name in theme.THEMES for language in LANGUAGES),
    *(Look("light", language, LARGE) for language in LANGUAGES),
    Look("dark", "en", LARGE),
)


def render_all(folder: Path, looks: tuple[Look, ...] = LOOKS) -> Iterator[Path]:
    """Draw everything into `folder`; yields each file as it is written."""
    folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    charts.load()  # else the first picture would be taken before the charts are drawn
    with tempfile.TemporaryDirectory(prefix="bankcc-shots-") as place:
        paths = Paths(Path(place) / "example")
        clock = ManualClock(ms=NOW_MS)
        demo.create(paths, clock=clock)
        appearance = Appearance(app, Settings(Path(place) / "settings.json"))
        try:
            for look in looks:
                settings = appearance.settings
                settings.theme, settings.language = look.theme, look.language
                settings.font_scale = look.scale
                appearance.start()
                yield from _panels(folder, look, paths, appearance)
                yield from _states(folder, look, paths, appearance)
                yield from _dialogs(folder, look, paths)
        finally:
            appearance.stop()
            appearance.deleteLater()


def _panels(folder: Path, look: Look, paths: Paths, appearance: Appearance) -> Iterator[Path]:
    session = Session.open(paths, clock=ManualClock(ms=NOW_MS), holder="window")
    for draft in session.local.drafts():
        session.local.drop_draft(draft.name)
    for name, *_copy in list(session.spool.found()):
        session.spool.drop(name)
    session.local.set_value(RESTS, {})
    window = _window(session, appearance)
    for name in window.specs:
        window.show_panel(name)
        settle_work(window)
        yield _keep(window, folder / f"{name}_{look.suffix}.png")
    for name, act in SCENES.items():
        act(window)
        settle_work(window)
        yield _keep(window, folder / f"{name}_{look.suffix}.png")
    for name, act in WALLS.items():
        act(window)
        settle_work(window)
        yield _keep(window.tools.wall, folder / f"{name}_{look.suffix}.png")
        window.tools.toggle_wall()
        settle(0)
    for name, make in FILE_DIALOGS.items():
        dialog = make(window, paths.root)
        settle(FILE_SETTLE_MS)
        yield _keep(dialog, folder / f"{name}_{look.suffix}.png")
        dialog.close()
        dialog.deleteLater()
    _close(window)


def _states(folder: Path, look: Look, paths: Paths, appearance: Appearance) -> Iterator[Path]:
    """The panels of a center with nothing in it, and of one that may only be read."""
    for state in STATES:
        clock = ManualClock(ms=NOW_MS)
        if state == "empty":
            session = shots_panels.empty(paths.root.parent, clock)
        else:
            session = Session.open(paths, write=False, clock=clock)
        window = _window(session, appearance)
        for name in shots_panels.MAIN:
            window.show_panel(name)
            settle_work(window)
            yield _keep(window, folder / f"{name}-{state}_{look.suffix}.png")
        _close(window)


def _window(session: Session, appearance: Appearance) -> MainWindow:
    session.user = USER
    window = MainWindow(session, appearance)
    window.alarm.watch.sound_on = False
    window.resize(*SIZE)
    window.show()
    return window


def _close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    settle(0)


def _dialogs(folder: Path, look: Look, paths: Paths) -> Iterator[Path]:
    for name, make in DIALOGS.items():
        dialog = make(paths)
        dialog.show()
        settle()
        yield _keep(dialog, folder / f"{name}_{look.suffix}.png")
        dialog.hide()
        dialog.deleteLater()
        settle(0)


def settle(ms: int = SETTLE_MS) -> None:
    """Let timers and workers have their say."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def settle_work(window: MainWindow) -> None:
    """Until what runs beside the screen has ended too: no picture of a thing half made."""
    settle()
    for _round in range(PATIENCE):
        if not window.jobs.running:
            break
        settle(SETTLE_MS // 5)
    settle(0)


def _keep(widget: QWidget, file: Path) -> Path:
    QApplication.instance().processEvents()
    if not widget.grab().save(str(file)):
        raise OSError(f"cannot write {file}")
    return file


# -- what is shown ---------------------------------------------------------------------------------


def _found(window: MainWindow) -> None:
    """Somebody is looked for by the initials of the name."""
    window.tools.palette.open_box("wm")


def _commands(window: MainWindow) -> None:
    """All commands, from the box that was open already."""
    window.tools.palette.close_box()
    window.tools.palette.open_box(">")


def _line_to_write(window: MainWindow) -> None:
    """A line that is about to go into the timeline."""
    window.tools.palette.close_box()
    window.tools.palette.open_box(_(">log The generator is here"))


def _decision(window: MainWindow) -> None:
    """A leader refuses what waits first, with the reason."""
    panel = window.show_panel("situation")
    settle_work(window)
    panel.waiting.ask(panel.waiting.model.items[0])
    panel.waiting.decision.choose("refuse")
    panel.waiting.decision.reason.setText("先用解放路支行的两辆车")


SCENES: dict[str, Callable[[MainWindow], None]] = {
    "situation-decide": _decision,
    **shots_panels.SCENES,
    **shots_hotline.SCENES,
    "palette": _found,
    "palette-commands": _commands,
    "palette-log": _line_to_write,
}


def _wall(window: MainWindow, panel: str) -> None:
    window.show_panel(panel)
    window.tools.toggle_wall()
    window.tools.wall.showNormal()
    window.tools.wall.resize(*SIZE)


def _old_wall(window: MainWindow) -> None:
    """Nothing was counted for twelve minutes."""
    _wall(window, "situation")
    settle_work(window)
    window.session.clock.advance(minutes=12)
    window.tools.wall.tick()


STATES = ("empty", "read-only")
"""What the windows of `shots_panels.MAIN` are shown in besides the example."""

WALLS: dict[str, Callable[[MainWindow], None]] = {
    "wallboard": lambda window: _wall(window, "situation"),
    "wallboard-tasks": lambda window: _wall(window, "task"),
    "wallboard-old": _old_wall,
}


SAMPLE_TABLE = """应急通讯录（样表）,,,,
姓名,岗位,手机,部门,备注
钱多多,热线坐席,139 0000 8801,营业部,
孙小小,热线坐席,1390000,营业部,号码少了几位
,现场引导,13900008803,综合部,没有姓名
周明远,组长,13900001001,行长室,已有此人
"""


def _import(window: MainWindow, folder: Path) -> QWidget:
    table = folder / "contacts.csv"
    table.write_text(SAMPLE_TABLE, encoding="utf-8-sig")
    return files.import_file(window.context, "person", table, window)


FILE_DIALOGS: dict[str, Callable[[MainWindow, Path], QWidget]] = {
    "import": _import,
    "export": lambda window, _folder: files.export_file(window.context, Query("inquiry"), window),
    "print-list": lambda window, _folder: files.print_list(window.context, Query("person"), window),
    "template": lambda window, _folder: shots_panels.template(window),
    "poster": lambda window, _folder: shots_panels.poster(window),
    "print-situation": lambda window, _folder: files.print_situation(window.context, window),
    "help": lambda window, _folder: window.tools.show_help(),
    **{
        f"settings-{page}": lambda window, _folder, page=page: window.tools.open_settings(page)
        for page in ("look", "center", "reminders", "keys", "ime", "logs", "about")
    },
}


def _welcome(paths: Paths) -> WelcomeDialog:
    look = Appearance(make_application(), Settings(Path("settings.json")))
    return WelcomeDialog(Paths(Path("center")), paths, ManualClock(ms=NOW_MS), look)


def _welcome_step(paths: Paths, name: str) -> WelcomeDialog:
    """The set-up of a center that is open, at one of its steps."""
    dialog = _welcome(paths)
    dialog.session = Session.open(paths, write=False)
    dialog.go(name)
    dialog.session.close()
    return dialog


def _welcome_choose(paths: Paths) -> QWidget:
    dialog = _welcome(paths)
    dialog.go("choose")
    return dialog


def _welcome_make(paths: Paths) -> QWidget:
    dialog = _welcome(paths)
    step = dialog.go("make")
    step.center.setText("滨江支行应急指挥中心")
    for line in (step.first, step.second):
        line.setText(SAMPLE_PASSPHRASE)
    return dialog


def _welcome_key(paths: Paths) -> QWidget:
    dialog = _welcome(paths)
    step = dialog.go("key")
    step.show_key(None, SAMPLE_KEY)
    return dialog


def _welcome_outlets(paths: Paths) -> QWidget:
    dialog = _welcome_step(paths, "outlets")
    step = dialog.step
    step.bank.setText("东海银行滨江支行")
    rows = "滨江支行营业部\t滨江路 1 号\t0571-88880001\n江南支行\t江南路 18 号\t0571-88880002"
    step.model.paste(rows, 0, 0)
    return dialog


def _unlock(_paths: Paths) -> QWidget:
    def never(**_secret: str) -> Session:
        raise AssertionError("nothing is opened for a picture")

    dialog = UnlockDialog(never, ManualClock(ms=NOW_MS))
    dialog.secret.setText("bin jiang")
    dialog.failed(
        WrongPassphrase(
            _("That does not open this center."),
            safe=_("Nothing was changed."),
        )
    )
    return dialog


def _unlock_alarm(paths: Paths) -> QWidget:
    """Locked while a call back falls due."""
    dialog = _unlock(paths)
    alarm = LockedAlarm([NOW_MS - 60_000], ManualClock(ms=NOW_MS), None, dialog)
    QTimer.singleShot(0, dialog, lambda: alarm.say(dialog))
    return dialog


def _who(paths: Paths) -> QWidget:
    session = Session.open(paths, write=False)
    dialog = WhoDialog(session)
    session.close()
    return dialog


def _crash(_paths: Paths) -> QWidget:
    try:
        raise ValueError("a sample")
    except ValueError as error:
        return CrashDialog.of(error)


DIALOGS: dict[str, Callable[[Paths], QWidget]] = {
    "welcome": _welcome,
    "welcome-choose": _welcome_choose,
    "welcome-make": _welcome_make,
    "welcome-key": _welcome_key,
    "welcome-renew": lambda paths: _welcome_step(paths, "key"),
    "welcome-you": lambda paths: _welcome_step(paths, "you"),
    "welcome-outlets": _welcome_outlets,
    "welcome-people": lambda paths: _welcome_step(paths, "people"),
    "unlock": _unlock,
    "unlock-alarm": _unlock_alarm,
    "who": _who,
    "crash": _crash,
}
