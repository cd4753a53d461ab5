"""The situation answers at a glance: everything in sight, one key behind every number, nothing
stale without a word, no customer named.
"""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget

from bankcc import i18n
from bankcc.features import incident, inquiry, task, timeline
from bankcc.schema.query import Query
from tests.ui.panels import situation_scene
from tests.ui.panels.hotline_keys import ENTER, ESCAPE, compose, focus, language_change
from tests.ui.panels.situation_scene import open_panel, wait_for_count
from tests.ui.small_center import settle
from ui import theme
from ui.theme import Level

busy = pytest.fixture(situation_scene.busy)
panel = pytest.fixture(situation_scene.panel)


def shown_texts(panel: QWidget) -> list[str]:
    labels = [w.text() for w in panel.findChildren(QLabel)]
    buttons = [w.text() + w.accessibleName() for w in panel.findChildren(QAbstractButton)]
    names = [
        w.accessibleName() + w.accessibleDescription() + w.toolTip()
        for w in panel.findChildren(QWidget)
    ]
    return [*labels, *buttons, *names]


class TestAtAGlance:
    def test_five_cards_in_order(self, panel) -> None:
        assert [card.chip.word for card in panel.cards] == [
            "逾期", "未结来电", "在岗", "紧急来电", "待批口径"
        ]  # fmt: skip
        assert [card.number.text() for card in panel.cards] == ["2", "7", "0/1", "1/8", "1"]
        assert "41 分" in panel.cards[0].line.text()
        assert "客户咨询组缺 1" in panel.cards[2].line.text()

    def test_which_level_and_how_long(self, panel) -> None:
        assert panel.level.text().startswith("▲ Ⅱ级")
        assert "已启动 1 时 38 分" in panel.facts.text()
        assert "更新于" in panel.age.text()

    def test_a_drill_cannot_be_taken_for_real(self, panel, context, qtbot) -> None:
        run = context.session.execute
        run(incident.set_status("滨江支行停电", status="closed", reason="复业"))
        run(incident.open_incident(name="演习", is_drill="是"))
        wait_for_count(panel, qtbot)
        assert panel.level.level is Level.DRILL
        assert "演练" in panel.level.word

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    @pytest.mark.parametrize("name", theme.THEMES)
    def test_everything_is_in_sight(self, busy, context, qtbot, qapp, language, name) -> None:
        i18n.set_language(language)
        theme.apply(qapp, name)
        panel = open_panel(context, qtbot)
        room = panel.rect()
        parts = [*panel.cards, panel.calls, panel.flow, panel.waiting, panel.timeline]
        parts += [panel.timeline.entry, panel.timeline.list, *panel.timeline.chips.values()]
        for part in parts:
            assert part.isVisible()
            box = QRect(part.mapTo(panel, QPoint(0, 0)), part.size())
            assert room.contains(box), part.objectName()
        for card in panel.cards:
            assert card.chip.width() >= card.chip.sizeHint().width(), card.chip.text()
            assert card.line.heightForWidth(card.line.width()) <= card.line.height() + 2
        for button in panel.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
        panel.flush()

    @pytest.mark.parametrize("language", i18n.LANGUAGES)
    def test_large_text_fits_too(self, busy, context, qtbot, qapp, language) -> None:
        i18n.set_language(language)
        theme.apply(qapp, "light", 1.5)
        panel = open_panel(context, qtbot)
        panel.resize(1140, 650)
        settle()
        assert panel.height() == 650
        visible = [chart for chart in (panel.calls, panel.flow) if chart.isVisible()]
        assert visible == [panel.calls]
        for card in panel.cards:
            assert card.chip.width() >= card.chip.sizeHint().width(), card.chip.text()
        QTest.mouseClick(panel.calls.other, Qt.MouseButton.LeftButton)
        assert panel.flow.isVisible()
        assert not panel.calls.isVisible()
        panel.flush()

    def test_no_customer_and_no_number_is_named(self, panel) -> None:
        entries = panel.timeline.model
        rows = range(entries.rowCount())
        texts = shown_texts(panel) + [str(entries.index(row).data()) for row in rows]
        assert any("供电公司到场" in text for text in texts)
        for text in texts:
            assert "赵女士" not in text
            assert "1391234" not in text.replace("-", "").replace(" ", "")


class TestBehindTheCards:
    def test_one_key_there_and_one_back(self, panel, keys) -> None:
        assert focus() is panel.cards[0]
        keys.press(ENTER)
        assert panel.pages.currentWidget() is panel.behind
        assert panel.behind.list.view.hasFocus()
        keys.press(ESCAPE)
        assert focus() is panel.cards[0]
        assert keys.count == 2
        assert panel.behind.list is None

    def test_arrows_go_from_card_to_card(self, panel, keys) -> None:
        for _step in range(3):
            keys.press(Qt.Key.Key_Right)
        assert focus() is panel.cards[3]
        keys.press(ENTER)
        model = panel.behind.list.model
        assert model.rowCount() == 7
        keys.press(ESCAPE)
        assert focus() is panel.cards[3]
        for _step in range(4):
            keys.press(Qt.Key.Key_Left)
        assert focus() is panel.cards[4]

    def test_enter_on_a_row_opens_the_record(self, panel, context, keys) -> None:
        panel.cards[1].click()
        settle()
        keys.press(ENTER)
        kind, record = context.window().property("shown")
        assert kind == "inquiry"
        assert context.session.get("inquiry", "甲-R-0001").id == record

    def test_what_waits_for_a_decision_opens_with_enter_4(self, panel, context, keys) -> None:
        panel.waiting.view.setFocus()
        keys.press(ENTER)
        keys.press("4")
        kind, record = context.window().property("shown")
        assert (kind, record) == (panel.figures.waiting[0].kind, panel.figures.waiting[0].record)

    def test_commands_of_the_window_lead_back_to_the_overview(self, panel) -> None:
        for act in (panel.add_new, panel.focus_filter):
            panel.cards[0].click()
            act()
            assert panel.pages.currentWidget() is panel.overview


class TestAdding:
    def test_ctrl_n_type_enter(self, panel, context, keys, qtbot) -> None:
        panel.add_new()  # what Ctrl+N of the window calls
        compose("", "已恢复供电")
        keys.press(ENTER)
        assert keys.count == 1
        newest = context.session.find(Query("timeline", order="-at", limit=1))[0]
        assert newest["text"] == "已恢复供电"
        first = panel.timeline.model
        qtbot.waitUntil(lambda: "已恢复供电" in first.index(0).data())


class TestFollowing:
    def test_a_change_is_shown_soon(self, panel, context, qtbot) -> None:
        context.session.execute(inquiry.log_call(note="问"))
        qtbot.waitUntil(lambda: panel.cards[1].number.text() == "8")

    def test_many_changes_are_counted_few_times(self, panel, context, qtbot) -> None:
        counted = QSignalSpy(panel.feed.answered)
        for _each in range(30):
            context.session.execute(inquiry.log_call(note="问"))
        qtbot.waitUntil(lambda: panel.cards[1].number.text() == "37")
        assert counted.count() <= 4

    def test_what_is_not_counted_asks_for_nothing(self, panel, context) -> None:
        asked = QSignalSpy(context.jobs.started)
        context.session.execute(timeline.note(text="只是记一条"))
        settle()
        assert not panel.feed._timer.isActive()
        assert asked.count() == 0

    def test_while_hidden_nothing_is_counted_until_it_is_shown(self, panel, context, qtbot) -> None:
        panel.hide()
        asked = QSignalSpy(context.jobs.started)
        context.session.execute(inquiry.log_call(note="问"))
        settle()
        assert asked.count() == 0
        panel.show()
        qtbot.waitUntil(lambda: panel.cards[1].number.text() == "8")

    def test_spans_grow_by_the_wall_clock(self, panel, clock, qtbot) -> None:
        clock.advance(minutes=10)
        with qtbot.waitSignal(panel.feed.answered):
            panel._age()
        assert "51 分" in panel.cards[0].line.text()

    def test_the_badge_counts_decisions(self, panel, context, qtbot) -> None:
        with qtbot.waitSignal(panel.waiting_changed) as told:
            context.session.execute(task.unblock("补柴油"))
        assert told.args == [1]

    def test_language_and_theme_are_followed(self, panel, qapp, qtbot) -> None:
        i18n.set_language("en")
        for widget in [panel, *panel.findChildren(QWidget)]:
            language_change(widget)
        wait_for_count(panel, qtbot)
        assert panel.cards[0].chip.word == "Overdue"
        assert "updated" in panel.age.text()
        assert any(name.startswith("Cash") for name in panel.calls.model.header)
        before = panel.grab().toImage()
        theme.apply(qapp, "dark")
        settle()
        assert panel.grab().toImage() != before


class TestReach:
    def test_every_place_the_focus_can_reach_has_a_name(self, panel) -> None:
        unnamed = [
            widget.objectName() or type(widget).__name__
            for widget in panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not widget.accessibleName()
        ]
        assert unnamed == []

    def test_tab_goes_in_reading_order_and_round(self, panel) -> None:
        panel.cards[0].setFocus()
        seen = []
        for _step in range(40):
            widget = QApplication.focusWidget()
            if widget in seen:
                break
            seen.append(widget)
            QTest.keyClick(widget, Qt.Key.Key_Tab)
        assert seen[:5] == panel.cards
        names = [widget.objectName() for widget in seen[5:]]
        assert names == [
            "situation.calls.table_switch",
            "situation.flow.table_switch",
            "situation.waiting.list",
            "situation.timeline.chip.all",
            "situation.timeline.list",
            "situation.timeline.category",
            "situation.timeline.entry",
            "situation.timeline.save",
        ]
        assert QApplication.focusWidget() is panel.cards[0]

    def test_charts_speak(self, panel) -> None:
        for chart in (panel.calls, panel.flow):
            assert chart.accessibleDescription().endswith("。")
            assert chart.plot.accessibleDescription() == chart.accessibleDescription()

    def test_hints(self, panel) -> None:
        assert all(key in panel.key_hints() for key in ("Enter", "Esc", "Ctrl+N", "F5"))


def test_the_charts_stay_while_the_parts_beside_them_change_their_height(panel) -> None:
    """The title of the timeline comes and goes while the layout is at work."""
    panel.resize(1192, 660)
    before = None
    for _round in range(2):
        for shown in (True, False):
            panel.timeline.title.setVisible(not shown)
            panel.waiting.ask(panel.waiting.model.items[0])
            settle()
            panel.waiting.close_decision()
            settle()
            sizes = [chart.size() for chart in (panel.calls, panel.flow)]
            assert all(size.height() > 100 for size in sizes)
            assert before in (None, sizes)
            before = sizes
