"""A wrong passphrase makes one wait, longer each time, and never locks anybody out."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from bankcc.clock import ManualClock
from bankcc.errors import Damaged, WrongPassphrase
from ui.dialogs.unlock import UnlockDialog

RIGHT = "滨江 秋天 梧桐"
KEY = "7K2QF-M4XWT-90HBR-ZD3VA-51NSE-C8GYP"


class Door:
    """Stands for the center: counts tries, opens for the right secret."""

    def __init__(self) -> None:
        self.tries: list[dict[str, str]] = []
        self.damaged = False

    def __call__(self, **secret: str) -> object:
        self.tries.append(secret)
        if self.damaged:
            raise Damaged("数据库文件损坏。", safe="什么都没有改动。")
        if secret in ({"passphrase": RIGHT}, {"recovery_key": KEY}):
            return SimpleNamespace(name="session")
        raise WrongPassphrase("打不开。")


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def dialog(qtbot, door: Door, clock: ManualClock) -> Iterator[UnlockDialog]:
    made = UnlockDialog(door, clock)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made._jobs.shut_down()


def give(dialog: UnlockDialog, text: str, qtbot) -> None:
    """Type and press Enter, then wait for the answer."""
    dialog.secret.clear()
    QTest.keyClicks(dialog.secret, text) if text.isascii() else dialog.secret.setText(text)
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog._trying)


def test_the_right_passphrase_opens(dialog, door, qtbot) -> None:
    give(dialog, RIGHT, qtbot)
    assert dialog.session.name == "session"
    assert not dialog.isVisible()


def test_a_wrong_one_says_so_and_selects_the_text(dialog, door, qtbot) -> None:
    give(dialog, "wrong", qtbot)
    assert "打不开" in dialog.error.text()
    assert dialog.secret.selectedText()
    assert not dialog.go.isEnabled()


def test_the_dialog_grows_until_the_whole_reason_is_seen(dialog, qtbot) -> None:
    before = dialog.height()
    dialog.failed(
        WrongPassphrase("这个口令打不开这个中心的数据库。" * 4, safe="什么都没有改动。" * 4)
    )
    error = dialog.error
    qtbot.waitUntil(lambda: error.height() >= error.heightForWidth(error.width()) > 0)
    assert error.heightForWidth(error.width()) > 2 * error.fontMetrics().height()
    assert dialog.height() > before
    assert dialog.rect().contains(dialog.go.geometry())


def test_the_wait_grows_to_thirty_seconds_and_ends(dialog, door, qtbot, clock) -> None:
    waits = []
    for _try in range(8):
        give(dialog, "wrong", qtbot)
        waits.append(round(dialog._delay.remaining()))
        clock.advance(seconds=31)
        dialog._count_down()
        assert dialog.go.isEnabled()
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    give(dialog, RIGHT, qtbot)
    assert dialog.session is not None


def test_enter_during_the_wait_is_no_try(dialog, door, qtbot) -> None:
    give(dialog, "wrong", qtbot)
    dialog.secret.setText(RIGHT)
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    dialog.try_open()
    assert len(door.tries) == 1


def test_damage_is_no_wrong_guess(dialog, door, qtbot) -> None:
    door.damaged = True
    give(dialog, "any", qtbot)
    assert dialog.go.isEnabled()
    assert "损坏" in dialog.error.text()
    assert "没有改动" in dialog.error.text()


def test_the_recovery_key_opens_too_and_is_shown(dialog, door, qtbot) -> None:
    dialog.other.click()
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Normal
    give(dialog, KEY, qtbot)
    assert door.tries == [{"recovery_key": KEY}]
    assert dialog.session is not None


def test_a_passphrase_is_hidden_until_asked(dialog) -> None:
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password
    dialog.show_text.click()
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Normal
    dialog.other.click()
    dialog.other.click()
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password


def test_nothing_typed_is_no_try(dialog, door, qtbot) -> None:
    give(dialog, "", qtbot)
    assert door.tries == []
    assert dialog.error.text()


def test_escape_gives_up(dialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.session is None
    assert not dialog.isVisible()
