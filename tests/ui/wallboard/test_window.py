"""F11: read from across the room, changed by nobody, naming no customer, saying how old it is."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from bankcc import i18n
from bankcc.errors import StorageError
from bankcc.features import incident, inquiry, task
from bankcc.schema.query import Query
from tests.ui.leader_window import CALLER, PHONE, leader_window
from tests.ui.panels.hotline_keys import CONTROL, focus
from tests.ui.small_center import settle
from ui import theme
from ui.actions import ActionId
from ui.theme import Level
from ui.wallboard import tasks as wallboard_tasks
from ui.wallboard import window as wallboard
from ui.wallboard.face import wall_font
from ui.wallboard.window import SITUATION, TASKS, Wallboard, name_of

window = pytest.fixture(leader_window)
F11, ESCAPE = Qt.Key.Key_F11, Qt.Key.Key_Escape


def press_f11(window, keys, qtbot) -> Wallboard:
    keys.press(F11)
    made = window.tools.wall
    qtbot.waitUntil(lambda: made.picture is not None and len(made.tasks.board) > 0)
    settle()
    return made


@pytest.fixture
def wall(window, keys, qtbot) -> Wallboard:
    window.show_panel("situation")
    settle()
    return press_f11(window, keys, qtbot)


def words_of(wall: Wallboard) -> Iterator[str]:
    """Everything that is written, spoken or shown when the mouse rests."""
    for label in wall.findChildren(QLabel):
        yield label.text()
    for widget in [wall, *wall.findChildren(QWidget), *wall.tasks.grid.findChildren(QWidget)]:
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
    for cell in wall.tasks.board:
        for row in range(cell.rowCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(cell.index(row).data(role))


class TestOpening:
    def test_one_key_fills_the_screen_and_one_ends_it(self, window, wall, keys) -> None:
        assert wall.isFullScreen()
        assert wall.page == SITUATION
        keys.press(ESCAPE)
        settle()
        assert window.tools.wall is None
        assert keys.count == 2
        assert window.isVisible()

    def test_f11_ends_it_too(self, window, wall, keys) -> None:
        keys.press(F11)
        settle()
        assert window.tools.wall is None

    def test_f11_at_the_desk_ends_it_as_well(self, window, wall, keys, qtbot) -> None:
        window.activateWindow()
        window.panel.setFocus()
        settle()
        window.actions_made[ActionId.WALLBOARD].trigger()
        settle()
        assert window.tools.wall is None

    def test_over_the_task_panel_it_is_the_board(self, window, keys, qtbot) -> None:
        window.show_panel("task")
        settle()
        made = press_f11(window, keys, qtbot)
        assert made.page == TASKS

    def test_it_goes_with_the_window_that_is_locked(self, window, wall, keys, qtbot) -> None:
        gone = []
        wall.closed.connect(lambda: gone.append(True))
        keys.press(Qt.Key.Key_L, CONTROL)
        settle()
        assert gone
        assert window.locked

    def test_it_remembers_its_screen_and_what_was_asked(self, window, wall, keys, qtbot) -> None:
        keys.press("3")
        keys.press(ESCAPE)
        settle()
        kept = window.session.local.value(wallboard.PLACE)
        assert kept["screen"] == name_of(window.screen())
        assert kept["flip"] is True
        window.activateWindow()
        settle()
        again = press_f11(window, keys, qtbot)
        assert again._flip.isActive()

    def test_a_second_screen_is_taken_and_a_known_one_before_it(self, wall, monkeypatch) -> None:
        class Screen:
            def __init__(self, name: str) -> None:
                self.name = lambda: name
                self.manufacturer = self.model = self.serialNumber = lambda: ""

        here, beamer, other = wall.parentWidget().screen(), Screen("HDMI-1"), Screen("HDMI-2")
        monkeypatch.setattr(QGuiApplication, "screens", lambda: [here, beamer, other])
        assert wall.chosen_screen() is beamer
        wall.session.local.set_value(wallboard.PLACE, {"screen": "HDMI-2"})
        assert wall.chosen_screen() is other
        monkeypatch.setattr(QGuiApplication, "screens", lambda: [here])
        assert wall.chosen_screen() is here


class TestReadOnly:
    def test_nothing_can_be_pressed_or_typed(self, wall) -> None:
        inside = [*wall.findChildren(QWidget), *wall.tasks.grid.findChildren(QWidget)]
        for widget in inside:
            if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox):
                assert not widget.isEnabled(), widget.objectName()
            if isinstance(widget, QAbstractItemView):
                assert widget.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
                assert not widget.dragEnabled()
                assert not widget.acceptDrops()
        loose = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        for cell in wall.tasks.board:
            assert not any(cell.flags(cell.index(row)) & loose for row in range(cell.rowCount()))

    @pytest.mark.parametrize("page", ["1", "2"])
    def test_no_key_changes_anything(self, window, wall, keys, page) -> None:
        keys.press(page)
        before = window.session.head_code()
        every = [Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Plus, Qt.Key.Key_Space, "a", "9"]
        for key in every:
            keys.press(key)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Z, Qt.Key.Key_N):
            keys.press(key, CONTROL)
        settle()
        assert window.session.head_code() == before
        assert window.tools.wall is wall

    def test_arrows_go_over_the_board(self, wall, keys) -> None:
        keys.press("2")
        first = wall.tasks.grid.current
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
            keys.press(key)
        assert wall.tasks.grid.current != first
        keys.press("1")
        assert wall.page == SITUATION


class TestDiscretion:
    def test_no_customer_and_no_number_anywhere(self, wall) -> None:
        words = list(words_of(wall))
        assert any("甲-T-0002" in text for text in words)
        for text in words:
            assert CALLER not in text
            assert PHONE[:7] not in re.sub(r"[ -]", "", text)
            assert not re.search(r"\d{3}\*+\d{4}", text), text
            assert not re.search(r"\d{11}", text), text

    def test_a_card_of_a_call_says_number_and_category(self, wall) -> None:
        titles = {card.number: card.title for card in wall.tasks.board.all_cards}
        assert titles["甲-T-0001"].startswith("甲-R-0002 ")
        assert titles["甲-T-0003"] == "补充现金"


class TestAge:
    def test_it_says_when_it_was_counted(self, wall) -> None:
        assert wall.head.age.text().startswith("实时 · 只读 · 更新于 ")
        assert not wall.head.warning.word
        assert re.fullmatch(r"\d\d:\d\d:\d\d", wall.head.clock.text())

    def test_old_figures_are_hatched_and_say_how_old(self, wall, clock, monkeypatch) -> None:
        clock.advance(minutes=12)
        wall.tick()
        assert wall.head.warning.word == "数据 12 分未更新"
        assert wall.head.warning.isVisible()
        assert all(card.stale for card in wall.situation.cards)
        assert "实时" not in wall.head.age.text()

    def test_what_cannot_be_counted_is_said_at_once(self, wall, qtbot, monkeypatch) -> None:
        def refuse(_session: object) -> None:
            raise StorageError("磁盘读不出。", safe="数据都在。", next_step="换一块盘。")

        monkeypatch.setattr(wallboard, "wall_picture", refuse)
        wall.refresh()
        qtbot.waitUntil(lambda: wall.head.warning.isVisible())

    def test_it_follows_what_happens(self, window, wall, qtbot) -> None:
        before = int(wall.situation.cards[1].number.text())
        window.session.execute(inquiry.log_call(note="问", category="cash"))
        window.session.execute(task.add(title="取柴油"))
        qtbot.waitUntil(lambda: wall.situation.cards[1].number.text() == str(before + 1))
        qtbot.waitUntil(lambda: len(wall.tasks.board) == 4)

    def test_a_busy_minute_is_counted_once_a_second(self, window, wall, qtbot) -> None:
        asked = QSignalSpy(wall.read.answered)
        for _each in range(20):
            window.session.execute(inquiry.log_call(note="问", category="cash"))
            settle()
        assert asked.count() <= 1
        qtbot.waitUntil(lambda: wall.situation.cards[1].number.text() == "26", timeout=10_000)

    def test_a_drill_cannot_be_taken_for_real(self, window, wall, qtbot) -> None:
        run = window.session.execute
        run(incident.set_status("滨江支行停电", status="closed", reason="复业"))
        run(incident.open_incident(name="演习", is_drill="是"))
        qtbot.waitUntil(lambda: wall.head.level.level is Level.DRILL)
        assert "演练" in wall.head.level.word


class TestOptions:
    def test_pages_turn_only_when_asked(self, wall, keys) -> None:
        assert not wall._flip.isActive()
        keys.press("3")
        assert wall._flip.isActive()
        assert wall._flip.interval() == 20_000
        wall._flip.timeout.emit()
        assert wall.page == TASKS
        assert "翻页：开" in wall.foot.text()

    def test_the_machine_stays_awake_only_when_asked(self, wall, keys, monkeypatch) -> None:
        assert not wall.awake.on
        monkeypatch.setattr(wall.awake, "start", lambda: False)
        keys.press("4")
        assert "无法" in wall.foot.text()

    def test_there_is_no_clock_that_ends_it(self, wall) -> None:
        timers = (wall._clock, wall._aging, wall._flip)
        assert all(not timer.isSingleShot() for timer in timers)


class TestLook:
    @pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    @pytest.mark.parametrize("name", theme.THEMES)
    def test_all_is_in_sight_and_large(self, window, wall, size, language, name) -> None:
        window.look.set_theme(name)
        window.look.set_language(language)
        wall.showNormal()
        wall.resize(*size)
        settle()
        part = wall.situation
        for widget in (*part.cards, part.bars, part.waiting, part.timeline, wall.head, wall.foot):
            box = QRect(widget.mapTo(wall, QPoint(0, 0)), widget.size())
            assert wall.rect().contains(box), widget.objectName()
        assert part.cards[0].number.fontInfo().pixelSize() >= 2.2 * 30 - 1
        for card in part.cards:
            assert card.chip.width() >= card.chip.sizeHint().width(), card.chip.text()
            assert card.number.width() >= card.number.sizeHint().width()
            assert card.line.heightForWidth(card.line.width()) <= card.line.height() + 2
        assert wall.head.age.width() >= wall.head.age.sizeHint().width()
        assert part.waiting.room >= 3
        assert part.timeline.room >= 8

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_no_colour_of_the_chart_is_without_its_name(self, window, wall, language) -> None:
        window.look.set_language(language)
        names = ["Cash withdrawal", "Opening hours", "Payroll", "Transfer", "Others"]
        series = [(name, (20, 30)) for name in names]
        bars = wall.situation.bars
        pixels, words = bars._fitting(634, series)
        assert len(words) == 5
        metrics = QFontMetrics(wall_font(pixels))
        assert sum(metrics.horizontalAdvance(word) + 34 for word in words) <= 634

    def test_the_language_changes_live(self, window, wall, qtbot) -> None:
        window.look.set_language("en")
        qtbot.waitUntil(lambda: "Live" in wall.head.age.text())
        assert "Esc" in wall.foot.text()
        assert not any("逾期" in card.chip.word for card in wall.situation.cards)


def test_the_desk_goes_on_working_beside_it(window, wall, keys) -> None:
    window.activateWindow()
    window.show_panel("hotline")
    settle()
    assert focus().window() is window
    keys.press(Qt.Key.Key_F2)
    keys.text("138001380002")
    keys.save()
    assert window.session.count(Query("inquiry")) == 7
    assert window.tools.wall is wall


def test_a_board_that_could_not_be_read_is_not_called_live(wall, monkeypatch, qtbot) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("unreadable")

    with monkeypatch.context() as broken:
        broken.setattr(wallboard_tasks, "discreet_cards", refuse)
        with qtbot.waitSignal(wall.tasks.failed):
            wall.tasks.read.read()
    wall._arrive(wall.picture)  # the figures could be read
    assert wall.head.warning.word
    with qtbot.waitSignal(wall.tasks.arrived):
        wall.tasks.read.read()
    wall.tick()
    assert not wall.head.warning.word
