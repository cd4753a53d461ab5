"""Nothing acts while a word is being composed: every editor of every panel and dialog is found,
composed in, pressed every key on; after the word the keys work again.

An editor that is new and shown nowhere here fails `test_no_editor_was_forgotten`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

import ui
from tests.ui.requirements.whole_window import (
    dialog,
    dialog_names,
    editors,
    inside_spin,
    name_of,
    owner,
    settle,
    sights,
)
from ui.frame.main_window import MainWindow
from ui.records.field_editors import NumberEditor, TimeEditor
from ui.records.phone_edit import PhoneEdit

pytestmark = pytest.mark.usefixtures("guarded")

NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
COMMANDS = (
    (Qt.Key.Key_Return, NONE),
    (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
    (Qt.Key.Key_Return, CTRL),
    (Qt.Key.Key_Tab, NONE),
    (Qt.Key.Key_Down, NONE),
    (Qt.Key.Key_F2, NONE),
    (Qt.Key.Key_F8, NONE),
    (Qt.Key.Key_K, CTRL),
    (Qt.Key.Key_S, CTRL),
    (Qt.Key.Key_D, CTRL),
    (Qt.Key.Key_E, CTRL),
    (Qt.Key.Key_T, CTRL),
    (Qt.Key.Key_N, CTRL),
    (Qt.Key.Key_Z, CTRL),
    (Qt.Key.Key_1, CTRL),
    (Qt.Key.Key_2, ALT),
    (Qt.Key.Key_5, NONE),
    (Qt.Key.Key_Escape, NONE),
)
DIGITS_ONLY = (PhoneEdit, NumberEditor, TimeEditor, QAbstractSpinBox)
"""Numbers and times: an input method would only come between."""
PARTS = {"RosterHead": "roster.search"}
"""What gives its editor away to others is known by the name of that editor."""
EDITOR_NAMES = {"QLineEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox", "QTimeEdit", "QDateEdit"}


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Classes of the editors that were met, and of all that they stand in."""
    return set()


@pytest.fixture(scope="module")
def tried() -> list[str]:
    """Names of the editors that were composed in."""
    return []


def compose(editor: QWidget, letters: str, word: str = "") -> None:
    event = QInputMethodEvent(letters, [])
    if word:
        event.setCommitString(word)
    QApplication.sendEvent(editor, event)


def text_of(editor: QWidget) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text()
    assert isinstance(editor, QPlainTextEdit | QTextEdit)
    return editor.toPlainText()


def signature(window: MainWindow, root: QWidget, editor: QWidget) -> tuple[object, ...]:
    """All that a key could have done: written, gone elsewhere, opened, closed, typed."""
    return (
        window.session.head_code(),
        window.session.can_undo(),
        window.navigation.current(),
        root.isVisible(),
        [each.objectName() for each in QApplication.topLevelWidgets() if each.isVisible()],
        len(window.messages.rows),
        "".join(c for c in text_of(editor) if not c.isdigit()),
        name_of(QApplication.focusWidget() or root),
    )


def takes_no_words(editor: QWidget) -> bool:
    return not editor.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def note(root: QWidget, seen: set[str]) -> None:
    """Remember every editor in sight, those too that only show."""
    for kind in (QLineEdit, QPlainTextEdit, QTextEdit):
        for editor in root.findChildren(kind):
            at: QWidget | None = editor if editor.isVisibleTo(root) else None
            while at is not None:
                seen.update(cls.__name__ for cls in type(at).__mro__)
                at = at.parentWidget()
            seen.add(editor.objectName())


def try_editor(window: MainWindow, root: QWidget, editor: QWidget) -> Iterator[str]:
    """Compose in one editor; yields what went wrong."""
    label = name_of(editor)
    editor.setFocus(Qt.FocusReason.OtherFocusReason)
    settle()
    if QApplication.focusWidget() is not editor:
        at = QApplication.focusWidget()
        yield f"{label} does not take the focus, {name_of(at) if at else 'nothing'} has it"
        return
    # Composing replaces what is selected, as everywhere; that is no act of a key.
    compose(editor, "zhang")
    before = signature(window, root, editor)
    acted: list[str] = []
    for key, modifier in COMMANDS:
        compose(editor, "zhang")
        QTest.keyClick(editor, key, modifier)
        if QApplication.focusWidget() is not editor or not root.isVisible():
            acted.append(f"{modifier.name} {key.name}")
    settle(1)
    after = signature(window, root, editor)
    if acted or after != before:
        yield f"{label}: {acted or 'a key'} acted: {before} -> {after}"
        return
    compose(editor, "zhang")
    compose(editor, "", "张")
    if "张" not in text_of(editor):
        yield f"{label} did not take the word"
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)  # a filter must not hide what comes next
    yield from _keys_work(root, editor, label)


def _keys_work(root: QWidget, editor: QWidget, label: str) -> Iterator[str]:
    """Tab goes on; where there is nowhere to go, in the box of Ctrl+K, Esc goes away."""
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    if QApplication.focusWidget() is editor and len(editors(root)) > 1:
        QTest.keyClick(editor, Qt.Key.Key_Escape)
        if QApplication.focusWidget() is editor:
            yield f"{label}: neither Tab nor Esc does anything after the word"


def try_all(
    window: MainWindow, root: QWidget, done: set[int], seen: set[str], tried: list[str]
) -> Iterator[str]:
    note(root, seen)
    for editor in editors(root):
        if id(editor) in done:
            continue
        done.add(id(editor))
        digits = isinstance(editor, DIGITS_ONLY) or inside_spin(editor)
        if digits or takes_no_words(owner(editor)):
            if not takes_no_words(owner(editor)):
                yield f"{name_of(editor)} lets an input method in"
            continue
        tried.append(name_of(editor))
        yield from try_editor(window, root, editor)


def test_panels(window, seen, tried) -> None:
    done: set[int] = set()
    faults = [
        f"{sight}: {fault}"
        for sight in sights(window)
        for fault in try_all(window, window, done, seen, tried)
    ]
    assert not faults, "\n".join(faults)
    assert len(tried) > 40


def test_dialogs(window, tmp_path, seen, tried) -> None:
    faults = []
    for name in dialog_names():
        with dialog(window, name, tmp_path) as made:
            faults += [f"{name}: {fault}" for fault in try_all(window, made, set(), seen, tried)]
    assert not faults, "\n".join(faults)


def creators() -> dict[str, str]:
    """Every class of the program that makes an editor, or is one: class to file."""
    files = [path for path in Path(ui.__file__).parent.rglob("*.py")]
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files}
    classes = {
        node.name: (node, path)
        for path, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    makers = set(EDITOR_NAMES)
    while more := {
        name
        for name, (node, _path) in classes.items()
        if name not in makers
        and {base.id for base in node.bases if isinstance(base, ast.Name)} & makers
    }:
        makers |= more
    return {
        name: path.name
        for name, (node, path) in classes.items()
        if name in makers
        or any(
            isinstance(each, ast.Call)
            and isinstance(each.func, ast.Name)
            and each.func.id in makers
            for each in ast.walk(node)
        )
    }


def test_no_editor_was_forgotten(seen) -> None:
    """Whoever adds one shows it: in `FURTHER` of whole_window.py, or as a dialog of ui/shots.py."""
    found = creators()
    assert len(found) > 20
    missing = {name: file for name, file in found.items() if PARTS.get(name, name) not in seen}
    assert missing == {}
