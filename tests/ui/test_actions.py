"""Every command has words, a key in its tooltip, an icon that exists, and no forbidden key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bankcc import i18n
from ui import actions, icons
from ui.actions import SPECS, ActionId


def test_every_id_is_specified() -> None:
    assert set(SPECS) == set(ActionId)


def test_no_key_is_reserved_doubled_or_bare() -> None:
    keys = [(action, key) for action, spec in SPECS.items() for key in spec.keys]
    assert actions.key_faults(keys) == []


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("Ctrl+Shift+F", "taken"),
        ("Ctrl+Space", "taken"),
        ("F4", "taken"),
        ("Ctrl+5", "taken"),
        ("Alt+A", "taken"),
        ("Ctrl+K, Ctrl+C", "one stroke"),
        ("A", "modifier"),
        ("7", "modifier"),
        ("", "one stroke"),
    ],
)
def test_the_check_bites(key: str, word: str) -> None:
    faults = actions.key_faults([("x", key)])
    assert len(faults) == 1
    assert word in faults[0]


def test_doubled_key_is_found() -> None:
    assert actions.key_faults([("a", "Ctrl+D"), ("b", "ctrl+d")]) == ["b: Ctrl+D is already a"]
    assert actions.key_faults([("a", "Ctrl+D"), ("a", "Ctrl+D")]) == []


@pytest.mark.parametrize("action", ActionId)
def test_words_icon_and_tooltip(action: ActionId) -> None:
    spec = SPECS[action]
    assert actions.text_of(action) != spec.text, "no Chinese"
    assert spec.icon in icons.names()
    if spec.keys:
        assert actions.key_text(spec.keys) in actions.tip_of(action)
        assert actions.label_of(action).endswith(actions.key_text(spec.keys))


def test_created_action_works_and_speaks(qtbot) -> None:
    window, ran = QWidget(), []
    qtbot.addWidget(window)
    made = actions.create(ActionId.SAVE_NEXT, window, lambda: ran.append(1))
    assert made.text() == "保存并下一个"
    assert made.toolTip() == "保存并开始下一个 (Ctrl+Enter)"
    assert not made.icon().isNull()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert ran == [1, 1]
    i18n.set_language("en")
    actions.retranslate(window.actions())
    assert made.text() == "Save, next"
