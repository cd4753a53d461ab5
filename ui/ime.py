"""Chinese input: which route the keys take to the input method, and that nothing fires while a word
is still being composed.

Rule: `apply_route` runs before QApplication exists; the `PreeditGuard` is installed right after it.
"""

import os
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from bankcc.i18n import N_

PLUGIN = "platforminputcontextplugin"


@dataclass(frozen=True, slots=True)
class Route:
    """How typed keys reach an input method. `env` is to be set before QApplication is made;
    `text` says it in a sentence (a message id); `chinese` whether Chinese can be typed."""

    name: str
    env: Mapping[str, str]
    text: str
    chinese: bool = True


def choose_route(
    environ: Mapping[str, str],
    running_processes: Iterable[str],
    plugins: Iterable[str],
    platform: str = sys.platform,
) -> Route:
    """The route for this machine. `running_processes` and `plugins` are bare names
    (`fcitx5`, `ibus`); nothing is looked up here."""
    if platform in ("win32", "darwin"):
        return Route("native", {}, N_("The input method of the system is used directly."))
    running, have = {name.lower() for name in running_processes}, set(plugins)
    if "fcitx5" in running:
        if have & {"fcitx5", "fcitx"}:
            return _through(environ, "fcitx", N_("fcitx5 is running; its own plug-in is used."))
        if "ibus" in have:
            return _through(
                environ,
                "ibus",
                N_("fcitx5 is running; it is reached through its ibus interface."),
                name="fcitx5-ibus",
            )
    if running & {"fcitx", "fcitx4"}:
        if "fcitx" in have:
            return _through(environ, "fcitx", N_("fcitx is running; its plug-in is used."))
        return Route(
            "fcitx4-missing",
            {},
            N_("fcitx 4 is running, but its plug-in for this program is missing."),
            chinese=False,
        )
    if "ibus-daemon" in running and "ibus" in have:
        return _through(environ, "ibus", N_("ibus is running and is used."))
    wanted = environ.get("QT_IM_MODULE", "")
    if wanted and wanted in have:
        return Route("environment", {}, N_("The input method named by the environment is used."))
    return Route("none", {}, N_("No input method was found running."), chinese=False)


def _through(environ: Mapping[str, str], module: str, text: str, *, name: str = "") -> Route:
    """A route by one Qt plug-in. QT_IM_MODULES, where someone set it, would win over ours."""
    env = {"QT_IM_MODULE": module}
    if environ.get("QT_IM_MODULES"):
        env["QT_IM_MODULES"] = module
    return Route(name or module, env, text)


def running_processes(proc: Path = Path("/proc")) -> set[str]:
    """Names of this machine's processes; empty where there is no /proc."""
    if not proc.is_dir():
        return set()
    found = set()
    for name in os.listdir(proc):
        if not name.isdecimal():
            continue
        try:
            comm = (proc / name / "comm").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # the process ended while we looked
        found.add(comm.strip())
    return found


def installed_plugins() -> set[str]:
    """Input plug-ins of the Qt in use: `ibus`, `compose`, `fcitx5` …"""
    roots = [*QCoreApplication.libraryPaths(), _plugin_path()]
    files = (file for root in roots for file in Path(root).glob("platforminputcontexts/*"))
    return {file.stem.removeprefix("lib").removesuffix(PLUGIN) for file in files}


def _plugin_path() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)


def apply_route(environ: MutableMapping[str, str] = os.environ) -> Route:
    """Choose the route of this machine and set the environment for it."""
    route = choose_route(environ, running_processes(), installed_plugins())
    environ.update(route.env)
    return route


class PreeditGuard(QObject):
    """Application-wide: while a word is being composed no shortcut, Return, Esc, Tab, F-key or
    cursor key does anything. Qt lets them all through, and a half-typed name would be saved.

    `changed(widget, text)` gives the composed letters, so that a search box can search them.
    """

    changed = Signal(QObject, str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._at: QObject | None = None
        self._text = ""
        self._swallow = {
            QEvent.Type.Shortcut: self._on_shortcut,
            QEvent.Type.KeyPress: self._on_key,
        }
        app.installEventFilter(self)
        self._app = app
        app.aboutToQuit.connect(self._leave)

    @property
    def composing(self) -> bool:
        """Whether a word is unfinished right now."""
        return bool(self._text)

    @property
    def text(self) -> str:
        """The unfinished word, as the input method shows it (`w'm`)."""
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._note(watched, event.preeditString())
            return False
        if not self._text:
            return False
        if kind in (QEvent.Type.FocusOut, QEvent.Type.Hide) and watched is self._at:
            self._note(watched, "")
            return False
        act = self._swallow.get(kind)
        return act(event) if act else False

    def _leave(self) -> None:
        """The event loop ends; whoever begins another one installs the guard again."""
        self._app.removeEventFilter(self)

    def _note(self, widget: QObject, text: str) -> None:
        if text == self._text and widget is self._at:
            return
        if self._at is not None:
            self._at.destroyed.disconnect(self._forget)
        self._at, self._text = (widget, text) if text else (None, "")
        if self._at is not None:
            self._at.destroyed.connect(self._forget)
        self.changed.emit(widget, text)

    def _forget(self) -> None:
        self._at, self._text = None, ""

    def _on_shortcut(self, _event: QEvent) -> bool:
        return True

    def _on_key(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Escape:
            # An input method takes Esc itself. One that reaches us means that nobody is composing
            # any more; without this way out a crashed input method would lock the keyboard.
            self._abandon()
            return True
        command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        )
        return bool(command) or not event.text().strip() or not event.text().isprintable()

    def _abandon(self) -> None:
        widget = self._at
        QApplication.inputMethod().reset()
        if widget is not None:
            QCoreApplication.sendEvent(widget, QInputMethodEvent("", []))
        self._forget()
