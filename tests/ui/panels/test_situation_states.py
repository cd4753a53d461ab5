"""What the situation says when there is nothing, when it cannot be read, and when it is old."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from bankcc.features import inquiry
from tests.ui.panels import situation_scene
from tests.ui.panels.situation_scene import (
    fail,
    open_panel,
    open_panel_empty,
    wait_for_count,
)
from ui.panels.situation import STALE_MS, SituationPanel
from ui.situation import charts
from ui.widgets.state_view import State

busy = pytest.fixture(situation_scene.busy)
panel = pytest.fixture(situation_scene.panel)


class TestStates:
    def test_empty_says_what_to_do_first(self, context, qtbot) -> None:
        panel = open_panel_empty(context, qtbot)
        assert panel.pages.currentWidget() is panel.state
        assert panel.state.state == State.EMPTY
        assert panel.state.text.text() == "尚未启动应急"
        assert panel.state.button.isEnabled()
        context.session.execute(inquiry.log_call(note="问"))
        elsewhere = QLineEdit()
        qtbot.addWidget(elsewhere)
        elsewhere.show()
        elsewhere.activateWindow()
        elsewhere.setFocus()
        qtbot.waitUntil(lambda: panel.pages.currentWidget() is panel.overview)
        assert QApplication.focusWidget() is elsewhere, "nobody's caret is taken away"
        panel.flush()

    def test_cards_are_named_before_the_first_figures_come(self, context, qtbot) -> None:
        panel = SituationPanel(context)
        qtbot.addWidget(panel)
        assert panel.figures is None
        assert panel.cards[0].accessibleName() == "逾期"
        assert all(card.accessibleName() for card in panel.cards)
        panel.flush()

    def test_an_error_says_so_and_tries_again(self, context, qtbot, monkeypatch) -> None:
        fail(monkeypatch)
        panel = open_panel_empty(context, qtbot, until=lambda p: p._error is not None)
        assert panel.state.state == State.ERROR
        assert "磁盘读不出" in panel.state.text.text()
        monkeypatch.undo()
        panel.state.button.click()
        qtbot.waitUntil(lambda: panel.state.state == State.EMPTY)
        panel.flush()

    def test_old_figures_say_how_old(self, panel, clock, qtbot, monkeypatch) -> None:
        fail(monkeypatch)
        clock.advance(minutes=12)
        with qtbot.waitSignal(panel.feed.failed):
            panel._age()
        assert "12 分" in panel.warning.word
        assert panel.warning.text().startswith("◆")
        assert all(card.stale for card in panel.cards)
        assert "截至" in panel.age.text()
        assert panel.cards[0].number.text() == "2", "the last figures stay"
        monkeypatch.undo()
        wait_for_count(panel, qtbot)
        assert panel.warning.word == ""
        assert not any(card.stale for card in panel.cards)

    def test_a_sleeping_laptop_is_noticed(self, panel, clock) -> None:
        clock.ms += STALE_MS + 1
        panel._say()
        assert panel.warning.word

    def test_read_only_says_so(self, busy, context, qtbot, monkeypatch) -> None:
        monkeypatch.setattr(type(context.session), "can_write", property(lambda _self: False))
        panel = open_panel(context, qtbot)
        assert "只读" in panel.age.text()
        assert not panel.timeline.entry.isEnabled()
        panel.flush()

    def test_without_the_chart_library_the_tables_stay(self, busy, context, qtbot, monkeypatch):
        def missing() -> None:
            raise ImportError("pyqtgraph")

        monkeypatch.setattr(charts, "load_step", missing)
        panel = SituationPanel(context)
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitUntil(lambda: not panel.calls.toggle.isEnabled())
        qtbot.waitUntil(lambda: panel.figures is not None)
        assert panel.calls.stack.currentWidget() is panel.calls.table
        panel.flush()
