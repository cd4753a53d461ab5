"""The first start: a passphrase typed twice makes a center, whose recovery key is shown once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from bankcc.clock import ManualClock
from bankcc.paths import Paths
from bankcc.schema.query import Query
from bankcc.session import Session
from ui.dialogs.welcome import WelcomeDialog

PASSPHRASE = "滨江 秋天 梧桐 三棵"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "center")


@pytest.fixture
def dialog(qtbot, paths: Paths, tmp_path: Path, clock: ManualClock) -> Iterator[WelcomeDialog]:
    made = WelcomeDialog(paths, Paths(tmp_path / "demo"), clock)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made._jobs.shut_down()
    if made.session is not None:
        made.session.close()


def fill(dialog: WelcomeDialog, first: str = PASSPHRASE, second: str = PASSPHRASE) -> None:
    dialog.make.click()
    dialog.name.setText("滨江支行应急指挥中心")
    dialog.first.setText(first)
    dialog.second.setText(second)


def test_a_center_is_made_and_opens_after_the_key_was_written_down(
    dialog, paths, qtbot, clock
) -> None:
    fill(dialog)
    QTest.keyPress(dialog.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 2, timeout=20_000)
    key = dialog.key.text()
    assert len(key.split("-")) == 6
    assert dialog.first.text() == dialog.second.text() == ""
    assert not dialog.open.isEnabled()
    dialog.reject()
    assert dialog.isVisible()  # leaving now would lose the key
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == key
    assert key in dialog.sheet().toPlainText()
    QTest.keyClick(dialog.written, Qt.Key.Key_Space)
    assert dialog.open.isEnabled()
    dialog.open.click()
    assert not dialog.isVisible()
    dialog.session.close()
    for secret in ({"passphrase": PASSPHRASE}, {"recovery_key": key}):
        with Session.open(paths, clock=clock, **secret) as session:
            assert session.center["name"] == "滨江支行应急指挥中心"
            assert not session.is_demo


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [("short", "short", "短"), (PASSPHRASE, PASSPHRASE + "x", "不一致"), ("", "", "空")],
)
def test_an_unfit_passphrase_is_said_and_nothing_is_made(
    dialog, paths, first, second, word
) -> None:
    fill(dialog, first, second)
    dialog.create.click()
    assert word in dialog.error.text()
    assert not paths.exists()
    assert dialog.isEnabled()


def test_a_name_and_a_short_name_are_needed(dialog, paths) -> None:
    fill(dialog)
    dialog.name.clear()
    dialog.create.click()
    assert "名称" in dialog.error.text()
    dialog.name.setText("滨江")
    dialog.label.clear()
    dialog.create.click()
    assert "简称" in dialog.error.text()
    assert not paths.exists()


def test_strength_is_said_while_typing_by_shape_and_word(dialog) -> None:
    dialog.make.click()
    said = []
    for text in ("abc", "12345678", PASSPHRASE):
        dialog.first.setText(text)
        said.append(dialog.strength.text()[0])
    assert said == ["▲", "◆", "✓"]


def test_a_folder_that_refuses_is_said_and_can_be_tried_again(dialog, paths, qtbot) -> None:
    paths.root.write_text("a file, not a folder", encoding="utf-8")
    fill(dialog)
    dialog.create.click()
    qtbot.waitUntil(dialog.isEnabled, timeout=20_000)
    assert dialog.error.text().startswith("▲")
    assert dialog.session is None


def test_the_example_opens_without_a_passphrase(dialog, qtbot, tmp_path) -> None:
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.session is not None, timeout=60_000)
    assert dialog.session.is_demo
    assert dialog.session.count(Query("inquiry")) > 100
    assert dialog.session.paths.root == tmp_path / "demo"
    assert not dialog.isVisible()


def test_escape_on_the_first_page_gives_up(dialog, paths) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.session is None
    assert not dialog.isVisible()
    assert not paths.exists()
