"""Steps on stored calls, earlier calls, calls from paper, and words being composed: the same keys
and questions as in the strip, on the real window."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from bankcc.clock import local
from bankcc.errors import StorageError
from bankcc.features import inquiry
from tests.ui.panels import hotline_window
from tests.ui.panels.hotline_keys import (
    CONTROL,
    ENTER,
    ESCAPE,
    SHIFT,
    compose,
    focus,
)
from tests.ui.panels.hotline_window import (
    EARLIER,
    a_call,
    calls,
    chips,
    tasks,
)
from tests.ui.small_center import settle
from ui.hotline.call_filters import CallFilter
from ui.hotline.staged_call import StageKind
from ui.ime import PreeditGuard

B, D, E, M, T, Z = (getattr(Qt.Key, f"Key_{letter}") for letter in "BDEMTZ")
HOUR = 3_600_000


window = pytest.fixture(hotline_window.window)
panel = pytest.fixture(hotline_window.panel)


class TestStoredCalls:
    """The same keys and questions on a row of the list, or on the call that is open."""

    @pytest.fixture(params=["list", "detail"])
    def call(self, request, window, panel) -> str:
        found = calls(window)[0].id
        panel.calls.focus_list()
        if request.param == "detail":
            panel.open_record("inquiry", found)
        return found

    def test_answered(self, window, panel, keys, call) -> None:
        before = panel.side.currentWidget()
        keys.press(D, CONTROL)
        assert calls(window)[0].number in panel.answers.hint.text()
        assert "急需现金" in panel.answers.current().text("topic")  # the category of that call
        keys.press(ENTER)
        assert calls(window)[0]["status"] == "answered"
        assert panel.side.currentWidget() is before
        assert chips(panel) == []

    def test_promised(self, window, panel, keys, call) -> None:
        keys.press(B, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        due = window.session.clock.now_ms() + 15 * 60_000
        assert calls(window)[0]["callback_due"] == due
        assert "回拨" in window.messages.rows[0].message.what

    def test_passed_on_once(self, window, keys, call) -> None:
        keys.press(E, CONTROL)
        assert calls(window)[0]["status"] == "escalated"
        settle()
        keys.press(E, CONTROL)
        assert "已转" in window.messages.rows[0].message.what

    def test_made_a_task_once(self, window, panel, keys, call) -> None:
        keys.press(T, CONTROL)
        assert panel.deeds.task.title.text() == "查余额"
        for _step in range(3):
            keys.press(ENTER)
        assert tasks(window)[0]["source"] == call
        settle()
        keys.press(T, CONTROL)
        assert panel.deeds.open_box is None

    def test_a_task_that_the_disk_refuses_keeps_its_title(
        self, window, panel, keys, call, monkeypatch
    ) -> None:
        def refuse(*_given: object, **_more: object) -> None:
            raise StorageError("磁盘已满。")

        keys.press(T, CONTROL)
        keys.text("go to his home")
        with monkeypatch.context() as full:
            full.setattr(window.session, "execute", refuse)
            for _step in range(3):
                keys.press(ENTER)
        assert tasks(window) == []
        keys.press(T, CONTROL)
        assert panel.deeds.task.title.text() == "go to his home"

    def test_another_step_leaves_the_title_that_was_begun(self, window, panel, keys, call) -> None:
        keys.press(T, CONTROL)
        keys.text("go to his home")
        keys.press(ESCAPE)
        keys.press(B, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        keys.press(T, CONTROL)
        assert panel.deeds.task.title.text() == "go to his home"

    def test_ctrl_enter_answers_and_saves_nothing_else(self, window, panel, keys, call) -> None:
        panel.entry.fields.phone.setText("13900139000")
        panel.entry.fields.category.set_code("cash")
        keys.press(B, CONTROL)
        keys.text("3")
        keys.save()
        assert len(calls(window)) == 1
        assert calls(window)[0]["callback_due"] == window.session.clock.now_ms() + HOUR

    def test_cards_put_down_are_for_the_call_on_the_line(self, window, panel, keys, call) -> None:
        keys.press(D, CONTROL)
        panel.entry.fields.note.setFocus()
        panel.answers._choose()
        assert calls(window)[0]["status"] == "callback"
        assert len(chips(panel)) == 1


class TestEarlierCalls:
    def test_the_banner_says_what_is_owed_and_two_keys_open_it(
        self, window, panel, keys, qtbot
    ) -> None:
        keys.press(Qt.Key.Key_F2)
        keys.text(EARLIER[:10])
        qtbot.waitUntil(panel.entry.repeat.isVisible)
        keys.text(EARLIER[10:])
        first = calls(window)[0]
        owed = f"{first.number} 待回拨 {local(first['callback_due']):%H:%M}"
        qtbot.waitUntil(lambda: "今天第 2 次来电" in panel.entry.repeat.chip.word)
        assert owed in panel.entry.repeat.chip.word
        panel.entry.fields.phone.setFocus()
        keys.count = 0
        keys.press(Qt.Key.Key_Down)
        keys.press(ENTER)
        assert keys.count == 2
        assert panel.detail.call.id == first.id

    def test_ctrl_enter_on_the_banner_links_and_the_call_keeps_it(
        self, window, panel, keys, qtbot
    ) -> None:
        keys.press(Qt.Key.Key_F2)
        keys.text(EARLIER)
        qtbot.waitUntil(panel.entry.repeat.isVisible)
        assert focus().objectName() == "hotline.category"
        panel.entry.fields.phone.setFocus()
        keys.press(Qt.Key.Key_Down)
        assert "Ctrl+Enter" in panel.entry.repeat.button.text()
        keys.save()
        first = calls(window)[0]
        assert chips(panel) == [f"● 接 {first.number}  ✕"]
        assert focus().objectName() == "hotline.category"
        keys.text("2")
        keys.save()
        assert calls(window)[-1]["earlier"] == first.id

    def test_escape_on_the_banner_goes_back_to_the_number(self, panel, keys, qtbot) -> None:
        keys.text(EARLIER)
        qtbot.waitUntil(panel.entry.repeat.isVisible)
        panel.entry.repeat.button.setFocus()
        keys.press(ESCAPE)
        assert focus().objectName() == "hotline.phone"
        assert panel.entry.draft.phone == EARLIER


class TestComposing:
    """Nothing acts while a word is composed, in every new editor."""

    @pytest.fixture
    def guarded(self, qapp) -> Iterator[None]:
        guard = PreeditGuard(qapp)
        yield
        qapp.removeEventFilter(guard)

    @pytest.mark.parametrize(("key", "editor"), [(T, "task"), (M, "agent")])
    def test_enter_and_keys_only_commit(self, window, panel, keys, guarded, key, editor) -> None:
        a_call(keys)
        keys.press(key, CONTROL)
        box = getattr(panel.deeds, editor)
        where = focus()
        compose("zhang")
        for code, modifiers in ((ENTER, None), (ENTER, CONTROL), (B, CONTROL), (Z, CONTROL)):
            keys.press(code, *([modifiers] if modifiers else []))
        assert box.asking
        assert focus() is where
        assert chips(panel) == []
        assert len(calls(window)) == 1
        compose("", "张")
        keys.press(ENTER)
        assert focus() is not where or not box.asking or editor == "agent"

    def test_digits_of_a_call_back_need_no_input_method(self, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        assert not focus().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_nothing_chosen_in_an_empty_list_is_said(window, panel, keys) -> None:
    panel.calls.search.setText("查无此人")
    panel.calls._ask()
    settle()
    panel.calls.focus_filter()
    keys.press(B, CONTROL)
    assert panel.deeds.open_box is None
    assert "先在清单" in window.messages.rows[0].message.what


def test_shift_tab_and_four_digits_cost_five_keys(window, panel, keys) -> None:
    keys.press(Qt.Key.Key_F2)
    now = local(window.session.clock.now_ms())
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    keys.text(f"{now.hour - 1:02}{now.minute:02}")
    assert focus().objectName() == "hotline.phone"
    keys.text("139001390002")
    keys.save()
    assert keys.count == 14 + 5
    call = calls(window)[-1]
    assert call["back_entry"] == 1
    settle()
    model = panel.calls.model
    shown = {name: model.index(1, at).data() for at, name in enumerate(model.columns)}
    came, entered = local(call["at"]), local(call.created)
    assert shown["at"] == f"补 {came:%H:%M}→{entered:%H:%M}"


def test_a_time_still_to_come_is_that_of_yesterday_and_it_is_said(window, panel, keys) -> None:
    now = local(window.session.clock.now_ms())
    keys.press(Qt.Key.Key_Backtab, SHIFT)
    keys.text(f"{now.hour + 1:02}00")
    yesterday = now - timedelta(days=1)
    assert f"{yesterday:%m-%d}" in panel.entry.fields.captions["time"].text()
    keys.text("139001390002")
    keys.save()
    assert f"{local(calls(window)[-1]['at']):%m-%d}" == f"{yesterday:%m-%d}"
    assert panel.entry.fields.captions["time"].text() == "时间"


class TestAnotherCallByMouse:
    """What was asked for the call that is left is never answered for the one that comes."""

    @pytest.fixture
    def asked(self, panel, keys) -> None:
        a_call(keys)
        keys.press(Qt.Key.Key_F2)
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("2")
        assert panel.deeds.open_box is panel.deeds.callback

    def test_a_parked_one_is_pressed(self, panel, asked) -> None:
        panel.entry.parked._buttons[0].click()
        assert panel.deeds.open_box is None
        assert panel.entry.draft.stages == ()
        (left,) = panel.entry.parked.drafts
        assert [stage.kind for stage in left.stages] == [StageKind.CALLBACK]

    def test_esc_in_a_field_lays_it_aside(self, panel, keys, asked) -> None:
        panel.entry.fields.note.setFocus()
        keys.press(ESCAPE)
        assert panel.deeds.open_box is None
        assert panel.entry.parked.drafts[-1].stages[0].kind is StageKind.CALLBACK

    def test_the_button_saves_what_is_asked_with_it(self, window, panel, asked) -> None:
        panel.entry.save_button.click()
        assert panel.deeds.open_box is None
        assert calls(window)[-1]["status"] == calls(window)[0]["status"] == "callback"


class TestUnreadable:
    """What cannot be read is said, and entering goes on."""

    @staticmethod
    def refuse(*_given: object, **_more: object) -> None:
        raise StorageError("磁盘读不出。")

    def test_after_a_change(self, window, keys, monkeypatch) -> None:
        a_call(keys)
        keys.save()
        monkeypatch.setattr(window.session, "count", self.refuse)
        due = window.session.clock.now_ms() + HOUR
        window.session.execute(inquiry.arrange_callback(calls(window)[-1].id, due=due))
        settle()
        assert "磁盘读不出。" in [row.message.what for row in window.messages.rows]

    def test_the_colleagues_who_are_offered(self, window, panel, keys, monkeypatch) -> None:
        a_call(keys)
        monkeypatch.setattr(window.session, "find", self.refuse)
        keys.press(M, CONTROL)
        assert "磁盘读不出。" in [row.message.what for row in window.messages.rows]
        assert panel.deeds.open_box is panel.deeds.agent


class TestHiddenByTheFilter:
    """What was just saved or opened is shown, or the list says that it hides it."""

    def search(self, panel, keys) -> None:
        keys.press(Qt.Key.Key_F, CONTROL)
        keys.text(EARLIER)
        keys.press(ENTER)
        assert panel.calls.model.rowCount() == 1
        assert panel.calls.hidden_button.isHidden()

    def another(self, window, keys) -> str:
        keys.press(Qt.Key.Key_F2)
        keys.text("139000011112")
        keys.save()
        settle()
        return calls(window)[-1].number

    def test_a_call_that_the_search_hides_is_named_and_shown_by_esc(
        self, window, panel, keys
    ) -> None:
        self.search(panel, keys)
        number = self.another(window, keys)
        assert panel.calls.model.rowCount() == 1
        assert panel.calls.hidden_button.isVisible()
        assert number in panel.calls.hidden_button.text()
        assert focus().objectName() == "hotline.phone"
        keys.press(ESCAPE)
        settle()
        assert panel.calls.model.rowCount() == 2
        assert panel.calls.hidden_button.isHidden()

    def test_nothing_is_said_of_a_call_that_was_undone(self, window, panel, keys) -> None:
        self.search(panel, keys)
        self.another(window, keys)
        keys.press(Z, CONTROL)
        settle()
        assert len(calls(window)) == 1
        assert panel.calls.hidden_button.isHidden()

    def test_a_call_that_is_opened_is_in_the_list(self, window, panel, keys) -> None:
        self.another(window, keys)
        self.search(panel, keys)
        panel.open_record("inquiry", calls(window)[-1].id)
        assert panel.calls.list.view.record().id == calls(window)[-1].id

    def test_a_result_takes_a_row_out_of_the_filter_and_that_is_said(
        self, window, panel, keys
    ) -> None:
        panel.calls.choose(CallFilter.CALLBACK)
        panel.open_record("inquiry", calls(window)[0].id)
        settle()
        keys.text("1")
        keys.save()
        settle()
        assert calls(window)[0]["status"] != "callback"
        assert calls(window)[0].number in panel.calls.hidden_button.text()
        assert panel.calls.hidden_button.isVisible()
