"""The route to the input method is chosen by a pure function; nothing fires during composition."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from bankcc.i18n import _
from ui import ime
from ui.ime import PreeditGuard, choose_route

STOCK = {"compose", "ibus", "qtvirtualkeyboardplugin"}
CTRL = Qt.KeyboardModifier.ControlModifier


class TestRoute:
    @pytest.mark.parametrize(
        ("running", "plugins", "name", "module"),
        [
            ({"fcitx5"}, STOCK, "fcitx5-ibus", "ibus"),
            ({"fcitx5"}, STOCK | {"fcitx5"}, "fcitx", "fcitx"),
            ({"fcitx5", "ibus-daemon"}, STOCK, "fcitx5-ibus", "ibus"),
            ({"fcitx"}, STOCK | {"fcitx"}, "fcitx", "fcitx"),
            ({"fcitx"}, STOCK | {"fcitx5"}, "fcitx4-missing", None),
            ({"fcitx"}, STOCK, "fcitx4-missing", None),
            ({"ibus-daemon"}, STOCK, "ibus", "ibus"),
            ({"ibus-daemon"}, {"compose"}, "none", None),
            (set(), STOCK, "none", None),
        ],
    )
    def test_ladder_on_linux(self, running, plugins, name, module) -> None:
        route = choose_route({"QT_IM_MODULE": "fcitx"}, running, plugins, "linux")
        assert (route.name, route.env.get("QT_IM_MODULE")) == (name, module)
        assert route.chinese is (module is not None)
        assert _(route.text) != route.text

    @pytest.mark.parametrize("platform", ["win32", "darwin"])
    def test_other_systems_need_nothing(self, platform: str) -> None:
        route = choose_route({}, {"fcitx5"}, STOCK, platform)
        assert (route.name, dict(route.env), route.chinese) == ("native", {}, True)

    def test_a_list_of_modules_in_the_environment_does_not_win(self) -> None:
        route = choose_route({"QT_IM_MODULES": "wayland;fcitx"}, {"fcitx5"}, STOCK, "linux")
        assert dict(route.env) == {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": "ibus"}

    def test_environment_is_kept_where_nothing_is_known(self) -> None:
        route = choose_route({"QT_IM_MODULE": "compose"}, set(), STOCK, "linux")
        assert (route.name, dict(route.env)) == ("environment", {})

    def test_what_runs_and_what_is_installed(self, tmp_path: Path) -> None:
        for number, name in (("1", "init"), ("42", "fcitx5"), ("self", "no")):
            (tmp_path / number).mkdir()
            (tmp_path / number / "comm").write_text(f"{name}\n", encoding="utf-8")
        assert ime.running_processes(tmp_path) == {"init", "fcitx5"}
        assert ime.installed_plugins() >= {"compose", "ibus"}

    def test_apply_sets_the_environment(self, monkeypatch) -> None:
        monkeypatch.setattr(ime, "running_processes", lambda: {"fcitx5"})
        monkeypatch.setattr(ime, "installed_plugins", lambda: STOCK)
        monkeypatch.setattr(ime.sys, "platform", "linux")
        environ = {"QT_IM_MODULE": "fcitx"}
        ime.apply_route(environ)
        assert environ["QT_IM_MODULE"] == "ibus"


def combo() -> QComboBox:
    made = QComboBox()
    made.setEditable(True)
    return made


EDITORS: list[Callable[[], QWidget]] = [QLineEdit, QPlainTextEdit, QTextEdit, combo]
KEYS = [
    (Qt.Key.Key_Return, CTRL),
    (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_K, CTRL),
    (Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
]


class Bench:
    """A window with one editor, shortcuts, an action and a default button, all of which count."""

    def __init__(self, qtbot, editor: QWidget) -> None:
        self.fired: list[str] = []
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.editor = editor
        self.other = QPushButton("other")
        column = QVBoxLayout(self.window)
        column.addWidget(editor)
        column.addWidget(self.other)
        action = QAction(self.window)
        action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Alt+1")])
        action.triggered.connect(lambda: self.fired.append("action"))
        self.window.addAction(action)
        for key in ("F2", "Ctrl+K"):
            QShortcut(QKeySequence(key), self.window, lambda key=key: self.fired.append(key))
        line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        if isinstance(line, QLineEdit):
            line.returnPressed.connect(lambda: self.fired.append("return"))
        self.line = line
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.editor.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def compose(self, text: str, commit: str = "") -> None:
        event = QInputMethodEvent(text, [])
        event.setCommitString(commit)
        QCoreApplication.sendEvent(QApplication.focusWidget(), event)

    def text(self) -> str:
        line = self.line
        return line.text() if isinstance(line, QLineEdit) else line.toPlainText()

    def press_all(self) -> None:
        for key, modifier in KEYS:
            QTest.keyClick(QApplication.focusWidget(), key, modifier)


@pytest.fixture
def guard(qapp: QApplication):
    made = PreeditGuard(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.mark.parametrize("editor", EDITORS)
class TestGuard:
    def test_without_it_things_fire(self, qtbot, editor) -> None:
        """The trap itself: should Qt ever mend it, this test says so."""
        bench = Bench(qtbot, editor())
        bench.compose("zhang")
        bench.press_all()
        assert {"F2", "Ctrl+K", "action"} <= set(bench.fired)

    def test_nothing_fires_while_composing(self, qtbot, guard, editor) -> None:
        bench = Bench(qtbot, editor())
        at = QApplication.focusWidget()
        bench.compose("zhang")
        assert guard.composing
        bench.press_all()
        assert bench.fired == []
        assert QApplication.focusWidget() is at
        assert bench.text() == ""

    def test_everything_fires_after_the_word(self, qtbot, guard, editor) -> None:
        bench = Bench(qtbot, editor())
        bench.compose("zhang")
        bench.compose("", commit="张")
        assert not guard.composing
        assert bench.text() == "张"
        for key, modifier in KEYS[:4]:
            QTest.keyClick(QApplication.focusWidget(), key, modifier)
        assert bench.fired == ["action", "F2", "Ctrl+K", "action"]

    def test_esc_ends_a_dead_composition(self, qtbot, guard, editor) -> None:
        """An input method that crashed in mid-word must not lock the keyboard."""
        bench = Bench(qtbot, editor())
        bench.compose("zh")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not guard.composing
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F2)
        assert bench.fired == ["F2"]


def test_commit_with_more_letters_goes_on_composing(qtbot, guard) -> None:
    bench = Bench(qtbot, QLineEdit())
    bench.compose("zhangmin")
    bench.compose("min", commit="张")
    assert guard.text == "min"
    QTest.keyClick(bench.editor, Qt.Key.Key_Return)
    assert bench.fired == []
    bench.compose("", commit="敏")
    QTest.keyClick(bench.editor, Qt.Key.Key_Return)
    assert bench.fired == ["return"]
    assert bench.text() == "张敏"


def test_leaving_the_field_or_losing_it_ends_composition(qtbot, guard) -> None:
    bench = Bench(qtbot, QLineEdit())
    bench.compose("zh")
    bench.other.setFocus()
    assert not guard.composing
    bench.editor.setFocus()
    bench.compose("zh")
    bench.editor.deleteLater()
    bench.editor = bench.line = None
    qtbot.waitUntil(lambda: not guard.composing)


def test_letters_still_reach_the_field(qtbot, guard) -> None:
    bench = Bench(qtbot, QLineEdit())
    bench.compose("zh")
    QTest.keyClick(bench.editor, Qt.Key.Key_A)
    assert "a" in bench.text()


def test_search_boxes_hear_the_letters(qtbot, guard) -> None:
    heard: list[str] = []
    guard.changed.connect(lambda _widget, text: heard.append(text))
    bench = Bench(qtbot, QLineEdit())
    bench.compose("w")
    bench.compose("w'm")
    bench.compose("", commit="王敏")
    assert heard == ["w", "w'm", ""]
