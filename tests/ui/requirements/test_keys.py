"""Every function has words, says its key, stands in the one box of Ctrl+K and in the window; no key
is one that input methods or the system take, none takes two strokes, none means two things.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QTextEdit,
    QWidget,
)

import ui
from bankcc.features import person
from tests.ui.panels.hotline_keys import CONTROL, ENTER, ESCAPE, Keys, compose, focus
from tests.ui.requirements.whole_window import settle, sights, wait_until
from ui import actions
from ui.frame.main_window import MainWindow
from ui.palette.commands import commands
from ui.palette.model import Command, fit

KEYED = re.compile(r"((Ctrl|Alt|Shift|Meta)\+)+(\S|[A-Z][a-z]+|F\d+)|F\d{1,2}")
TWO_PLACES = "Ctrl+Enter"
"""One key on two places of the keyboard: declared beside Ctrl+Return."""


def own_actions(root: QWidget) -> Iterator[QAction]:
    """Actions that are commands: not the entries of a menu, not those inside a line of Qt."""
    for action in root.findChildren(QAction):
        if not isinstance(action.parent(), QMenu | QLineEdit | QTextEdit | QComboBox):
            yield action


def is_used(action: QAction) -> bool:
    return bool(action.shortcuts()) and action.isEnabled()


def offered(window: MainWindow) -> dict[str, Command]:
    return {command.id: command for command in commands(window)}


def test_every_command_has_words_says_its_key_and_is_found_by_its_name(standing) -> None:
    faults = set()
    for sight in sights(standing):
        if sight.endswith(("palette", "kiosk")):
            continue
        listed = offered(standing)
        for action in own_actions(standing):
            if not is_used(action) or action.objectName() == "app.palette":
                continue
            name = f"{sight}: {action.objectName() or action.text() or 'an action'}"
            key = actions.key_text([action.shortcuts()[0].toString()])
            if not action.text():
                faults.add(f"{name} has no words")
            elif key not in action.toolTip():
                faults.add(f"{name} does not say {key}: {action.toolTip()!r}")
            owner = action.parent()
            if isinstance(owner, QWidget) and owner.isVisible():
                command = listed.get(action.objectName())
                if command is None or fit(command, action.text()) != 0:
                    faults.add(f"{name} is not found by {action.text()!r}")
    assert not faults, "\n".join(sorted(faults))


def test_every_command_of_the_window_can_be_pointed_at(standing) -> None:
    """In the navigation, in the menu of the settings button or on a button of a panel."""
    pointed = {str(spec.go) for spec in standing.specs.values() if spec.go}
    pointed |= {action.objectName() for action in standing.header._menu.actions()}
    words = [
        button.text() for _sight in sights(standing)
        for button in standing.findChildren(QAbstractButton) if button.isVisible()
    ]  # fmt: skip
    missing = [
        str(action)
        for action, made in standing.actions_made.items()
        if str(action) not in pointed
        and not any(made.text() in each or _key(made) in each for each in words)
    ]
    assert not missing, "\n".join(missing)


def _key(action: QAction) -> str:
    return actions.key_text([action.shortcuts()[0].toString()]) if action.shortcuts() else "\0"


def test_no_key_means_two_things_in_one_place(standing) -> None:
    faults = set()
    for sight in sights(standing):
        here = [standing, standing.panel, *standing.panel.findChildren(QWidget)]
        pairs = {
            (action.objectName(), key.toString())
            for widget in here
            if widget is standing or widget.isVisible()
            for action in widget.actions()
            if action.isEnabled()
            for key in action.shortcuts()
        }
        pairs |= {
            (short.objectName(), short.key().toString())
            for short in standing.panel.findChildren(QShortcut)
        }
        found = actions.key_faults(sorted(pair for pair in pairs if pair[1] != TWO_PLACES))
        faults |= {f"{sight}: {fault}" for fault in found}
    assert not faults, "\n".join(sorted(faults))


def declared() -> Iterator[tuple[str, str]]:
    """Every text of the program that is the name of a key: file and key."""
    for file in sorted(Path(ui.__file__).parent.rglob("*.py")):
        reserved = _reserved_table(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and KEYED.fullmatch(node.value)
                and node.lineno not in reserved
            ):
                yield f"{file.name}:{node.lineno}", node.value


def _reserved_table(file: Path) -> range:
    if file.name != "actions.py":
        return range(0)
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "RESERVED_KEYS":
            return range(node.lineno, node.end_lineno + 1)
    raise AssertionError("there is no table of reserved keys")


def test_no_key_is_reserved_or_takes_two_strokes() -> None:
    keys = list(declared())
    assert len(keys) > 50
    faults = [fault for place, key in keys for fault in actions.key_faults([(place, key)])]
    assert faults == []


def test_key_handlers_name_no_reserved_key() -> None:
    """Those that look at keys themselves: F4 and the punctuation of input methods by no name, and
    5 with no Ctrl."""
    never = {"Key_F4", "Key_QuoteLeft", "Key_Semicolon", "Key_Period", "Key_Comma"}
    for file in Path(ui.__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not named & never, file.name


@pytest.mark.usefixtures("guarded")
def test_keys_of_others_do_nothing(standing) -> None:
    """Pressed on whatever has the focus in every sight."""
    faults = []
    for sight in sights(standing):
        for key in sorted(actions.RESERVED_KEYS - {"Alt+F4", "Ctrl+Alt+Del"}):
            at, before = focus(), _state(standing)
            combination = QKeySequence(key)[0]
            assert isinstance(combination, QKeyCombination)
            if isinstance(at, QComboBox):
                continue  # F4 opens a list box in every program
            QTest.keyClick(at, combination.key(), combination.keyboardModifiers())
            settle(1)
            if _state(standing) != before or focus() is not at:
                faults.append(f"{sight}: {key} did something")
    assert not faults, "\n".join(faults)


def _state(window: MainWindow) -> tuple[object, ...]:
    tops = [each.objectName() for each in QApplication.topLevelWidgets() if each.isVisible()]
    return (window.session.head_code(), window.navigation.current(), tops)


# -- the one box -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("guarded")
def test_the_one_box_finds_people_and_commands(window) -> None:
    window.session.execute(person.add(name="李明朗", phone="13812348765"))
    keys = Keys()

    def ask(text: str, *, composed: str = "", mark: str = "") -> list[str]:
        keys.press("K", CONTROL)
        palette = window.tools.palette
        compose("", commit=mark)  # 》 comes from an input method
        keys.text(text)
        if composed:
            compose(composed)
        wait_until(lambda: palette.is_settled)
        found = [entry.words for entry in palette.model.entries]
        compose("")
        keys.press(ESCAPE)
        keys.press(ESCAPE) if palette.is_open else None
        assert not palette.is_open
        return found

    def holds(found: list[str]) -> bool:
        return any("李明朗" in words for words in found)

    assert holds(ask("lml"))
    assert holds(ask("liming"))
    assert holds(ask("", composed="l'm'l"))
    assert holds(ask("8765"))
    for inside in ("iml", "ang", "inglang", "g"):
        assert not holds(ask(inside)), inside
    for mark in (">", "》"):
        only = ask("taishi", mark=mark)
        assert "态势" in "".join(only)
        assert not holds(ask("lml", mark=mark))


@pytest.mark.usefixtures("guarded")
def test_a_person_is_opened_by_initials_without_leaving_chinese(window) -> None:
    """Ctrl+K, the composed initials, Enter for the word, Enter to open."""
    window.session.execute(person.add(name="李明朗", phone="13812348765"))
    keys = Keys()
    keys.press("K", CONTROL)
    compose("l'm'l")
    keys.press(ENTER)  # the input method's
    assert window.tools.palette.is_open
    compose("", commit="lml")
    keys.press(ENTER)
    wait_until(lambda: not window.tools.palette.is_open)
    assert window.navigation.current() == "person"
