"""The order of starting: what is asked, what is opened, and what a second start does."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QPushButton

from bankcc import paths as places
from bankcc import settings
from bankcc.clock import ManualClock
from bankcc.errors import Busy
from bankcc.ids import SeededChance
from bankcc.paths import Paths
from bankcc.session import Session
from tests.ui.small_center import USER, settle
from ui import app as program
from ui.app import Start
from ui.appearance import Appearance
from ui.dialogs.unlock import UnlockDialog
from ui.dialogs.who import WhoDialog
from ui.enter_press import EnterPress
from ui.first_start import set_up
from ui.first_start.dialog import WelcomeDialog
from ui.frame import single_instance, window_state
from ui.frame.main_window import MainWindow
from ui.frame.single_instance import FirstWindow, raise_first, socket_name
from ui.ime import PreeditGuard

PASSPHRASE = "滨江 秋天 梧桐"


@pytest.fixture
def start(tmp_path: Path, clock: ManualClock) -> Start:
    folder = tmp_path / "center"
    return Start(Paths(folder), Paths(tmp_path / "demo"), user=USER, clock=clock)


def make(start: Start, chance: SeededChance, passphrase: str | None = None) -> None:
    session, _key = Session.create(
        start.paths,
        name="滨江支行",
        passphrase=passphrase,
        demo=passphrase is None,
        clock=start.clock,
        chance=chance,
    )
    session.close()


@pytest.fixture
def appearance(qapp: QApplication, tmp_path: Path) -> Iterator[Appearance]:
    made = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    yield made
    made.deleteLater()
    settle()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which dialogs were shown; each is given up at once."""
    seen: list[str] = []

    def give_up(dialog: QDialog) -> int:
        seen.append(dialog.objectName())
        return int(QDialog.DialogCode.Rejected)

    for kind in (WelcomeDialog, UnlockDialog, WhoDialog, QMessageBox):
        monkeypatch.setattr(kind, "exec", give_up)
    return seen


def test_an_example_center_opens_without_a_question(qapp, appearance, start, chance, asked) -> None:
    make(start, chance)
    session = program.open_session(start, appearance)
    assert session is not None
    assert session.is_demo
    assert asked == []
    session.close()


def test_the_first_start_offers_to_make_a_center(qapp, appearance, start, asked) -> None:
    assert program.open_session(start, appearance) is None
    assert asked == ["welcome"]


def test_a_passphrase_is_asked_for(qapp, appearance, start, chance, asked) -> None:
    make(start, chance, PASSPHRASE)
    assert program.open_session(start, appearance) is None
    assert asked == ["unlock"]


def test_a_given_passphrase_opens_without_a_question(
    qapp, appearance, start, chance, asked
) -> None:
    make(start, chance, PASSPHRASE)
    session = program.open_session(
        Start(start.paths, start.demo, passphrase=PASSPHRASE, clock=start.clock), appearance
    )
    assert session is not None
    assert asked == []
    session.close()


def test_a_command_that_writes_is_named_and_nothing_opens(
    qapp, appearance, start, chance, asked, monkeypatch
) -> None:
    make(start, chance)

    def busy(*_given: object, **_named: object) -> Session:
        raise Busy("另一命令正在写入。")

    monkeypatch.setattr(Session, "open", busy)
    assert program.open_session(start, appearance) is None
    assert asked == ["app.notice"]


def test_who_is_at_work_is_asked_once_per_start(qapp, start, chance, asked, tmp_path) -> None:
    make(start, chance)
    look = Appearance(qapp, settings.Settings(tmp_path / "settings.json"))
    session = Session.open(start.paths, clock=start.clock)
    nobody = Start(start.paths, start.demo, clock=start.clock)
    assert program.make_window(session, look, nobody) is None
    assert asked == ["who"]
    assert not session.can_write  # closed: the next start finds it free
    look.deleteLater()
    settle()


class TestFirstWords:
    """The language the first screen begins with."""

    @pytest.fixture(autouse=True)
    def english_desktop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        locale = QLocale("en_GB")
        monkeypatch.setattr(program.QLocale, "system", lambda: locale)

    def test_nobody_has_chosen_yet(self, appearance, start) -> None:
        assert program.first_words(start, appearance) == "en"

    def test_what_is_asked_for_counts(self, appearance, start) -> None:
        assert program.first_words(replace(start, language="zh_CN"), appearance) == "zh_CN"

    def test_what_was_chosen_counts(self, appearance, start) -> None:
        appearance.keep()
        appearance.settle()
        assert program.first_words(start, appearance) == "zh_CN"

    def test_only_the_first_screen_is_guessed(self, appearance, start, chance) -> None:
        make(start, chance)
        assert program.first_words(start, appearance) == "zh_CN"


class TestSecondStart:
    def test_the_first_window_is_asked_to_come_forward(self, qtbot, tmp_path) -> None:
        came: list[bool] = []
        first = FirstWindow(tmp_path, lambda: came.append(True))
        assert first.listening
        assert raise_first(tmp_path)
        qtbot.waitUntil(lambda: bool(came))
        first.close()

    def test_without_a_first_window_nothing_is_raised(self, qapp, tmp_path) -> None:
        assert not raise_first(tmp_path)

    def test_a_socket_left_by_a_killed_program_is_in_nobodys_way(self, qtbot, tmp_path) -> None:
        left = FirstWindow(tmp_path, lambda: None)
        path = Path(left._server.fullServerName())
        left.close()
        path.touch()  # what is left when nobody could tidy up
        again = FirstWindow(tmp_path, lambda: None)
        assert again.listening
        again.close()

    def test_centers_have_names_of_their_own_and_one_each(self, tmp_path, monkeypatch) -> None:
        (tmp_path / "center").mkdir()
        monkeypatch.chdir(tmp_path)
        names = {socket_name(tmp_path / "center"), socket_name(Path("center"))}
        assert len(names) == 1
        assert socket_name(tmp_path / "other") not in names

    def test_run_ends_with_0_when_a_window_was_raised(
        self, qapp: QApplication, start, monkeypatch
    ) -> None:
        monkeypatch.setattr(program, "raise_first", lambda _folder: True)
        monkeypatch.setattr(program.ime, "apply_route", lambda: program.ime.Route("none", {}, ""))
        assert program.run(start) == 0
        for kind in (Appearance, PreeditGuard, EnterPress):
            for made in qapp.findChildren(kind):
                if isinstance(made, Appearance):
                    made.stop()
                made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert single_instance.PATIENCE_MS <= 2_000


class TestLock:
    def test_what_was_open_is_closed_and_the_passphrase_asked_again(
        self, qtbot, start, chance, asked, tmp_path
    ) -> None:
        make(start, chance, PASSPHRASE)
        look = Appearance(qtbot_app(), settings.Settings(tmp_path / "settings.json"))
        look.start()
        timer = QTimer(interval=20)
        timer.timeout.connect(lambda: [window.lock() for window in windows()])
        timer.start()
        with_passphrase = replace(start, passphrase=PASSPHRASE)
        assert program.stay(qtbot_app(), look, with_passphrase) is None
        timer.stop()
        assert windows() == []
        assert asked == []
        assert program.open_session(start, look) is None
        assert asked == ["unlock"]
        Session.open(start.paths, passphrase=PASSPHRASE, clock=start.clock).close()
        look.stop()
        look.deleteLater()

    def test_passphrase_and_person_are_forgotten(self, qapp, start, monkeypatch) -> None:
        given: list[Start] = []
        guarded: list[bool] = []
        pressed: list[bool] = []

        def stay(app: QApplication, _look: object, asked: Start) -> int | None:
            given.append(asked)
            guarded.append(composing_is_guarded())
            button = QPushButton()
            button.clicked.connect(lambda _checked=False: pressed.append(True))
            QTest.keyClick(button, Qt.Key.Key_Return)
            app.aboutToQuit.emit()  # as at the end of the loop of every window
            return None if len(given) == 1 else 0

        monkeypatch.setattr(program, "stay", stay)
        monkeypatch.setattr(program, "raise_first", lambda _folder: False)
        monkeypatch.setattr(program.ime, "apply_route", lambda: program.ime.Route("none", {}, ""))
        assert program.run(replace(start, passphrase=PASSPHRASE)) == 0
        assert (given[0].passphrase, given[0].user) == (PASSPHRASE, USER)
        assert (given[1].passphrase, given[1].user) == (None, "")
        assert guarded == [True, True]
        assert pressed == [True, True]
        for kind in (Appearance, PreeditGuard, EnterPress):
            for made in qapp.findChildren(kind):
                if isinstance(made, Appearance):
                    made.stop()
                made.deleteLater()


class TestExample:
    def test_one_button_deletes_it_and_the_next_start_is_the_first(
        self, qtbot, start, chance, asked, tmp_path, monkeypatch
    ) -> None:
        make(start, chance)
        look = Appearance(qtbot_app(), settings.Settings(tmp_path / "settings.json"))
        look.start()
        seen: list[str] = []

        def give_up() -> None:
            for window in filter(MainWindow.isVisible, windows()):
                if dialog := window.findChild(QDialog, "example.removal"):
                    QTest.keyPress(dialog.remove, Qt.Key.Key_Return)
                else:
                    seen.append(window.navigation.current())
                    window.findChild(QPushButton, "app.remove_example").click()

        timer = QTimer(interval=20)
        timer.timeout.connect(give_up)
        timer.start()
        presses = EnterPress(qtbot_app())
        assert program.stay(qtbot_app(), look, start) is None
        timer.stop()
        presses.leave()
        assert seen == ["situation"]
        assert not start.paths.root.exists()
        assert windows() == []
        assert program.stay(qtbot_app(), look, start) == 0
        assert asked == ["welcome"]
        look.stop()
        look.deleteLater()
        presses.deleteLater()

    def test_after_the_usual_example_the_own_center_is_looked_for(self, start, home) -> None:
        usual = replace(start, paths=Paths(places.demo_center()))
        assert program._own(usual).root == places.default_center()
        usual.paths.root.mkdir(parents=True)
        usual.paths.database.write_bytes(b"")
        assert program._own(usual) == usual.paths
        assert program._own(start) == start.paths


class TestSetUp:
    def test_a_start_that_was_cut_short_goes_on_with_what_is_left(
        self, qapp, appearance, start, chance, asked, tmp_path
    ) -> None:
        make(start, chance)
        session = Session.open(start.paths, clock=start.clock)
        set_up.begin(session)
        assert program.make_window(session, appearance, start) is None
        assert asked == ["welcome"]
        assert not session.can_write

    def test_a_center_on_one_disk_says_so_and_how_it_is_copied(
        self, qapp, appearance, start, chance, asked
    ) -> None:
        make(start, chance, PASSPHRASE)
        session = Session.open(start.paths, passphrase=PASSPHRASE, clock=start.clock)
        window = program.make_window(session, appearance, start)
        mark = window.findChild(QPushButton, "app.second_copy")
        assert mark.text() == "■ 未设第二份"
        assert mark.accessibleName()
        mark.click()
        said = window.messages.rows[0].message.what
        assert str(start.paths.root) in said
        assert window.findChild(QPushButton, "app.remove_example") is None
        gone(window)

    def test_who_was_asked_in_the_set_up_is_not_asked_again(
        self, qapp, appearance, start, chance, asked
    ) -> None:
        make(start, chance)
        session = Session.open(start.paths, clock=start.clock)
        session.user = USER
        window = program.make_window(session, appearance, replace(start, user=""))
        assert asked == []
        assert window.navigation.current() == "situation"
        gone(window)
        session = Session.open(start.paths, clock=start.clock)
        session.local.set_value(window_state.STATE, {"panel": "task"})
        again = program.make_window(session, appearance, start)
        assert again.navigation.current() == "task"
        gone(again)


def composing_is_guarded() -> bool:
    """Whether Return does nothing while a word is being composed."""
    line, returned = QLineEdit(), []
    line.returnPressed.connect(lambda: returned.append(True))
    line.show()
    QApplication.sendEvent(line, QInputMethodEvent("zhang", []))
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.sendEvent(line, QInputMethodEvent("", []))
    line.deleteLater()
    return not returned


def gone(window: MainWindow) -> None:
    """Close it and take it down at once."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def windows() -> list[MainWindow]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]


def qtbot_app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
