"""What is done for a caller is staged, seen, taken back and stored with the call in one step; the
keys of flows O1 to O9 are counted on the real window."""

import pytest
from PySide6.QtCore import Qt

from bankcc.clock import local
from bankcc.features import answer_card
from tests.ui.panels import hotline_window
from tests.ui.panels.hotline_keys import (
    CONTROL,
    ENTER,
    ESCAPE,
    focus,
)
from tests.ui.panels.hotline_window import (
    a_call,
    at_note,
    calls,
    chips,
    tasks,
)
from tests.ui.small_center import settle
from ui.hotline.staged_call import StageKind

B, D, E, M, T, Z = (getattr(Qt.Key, f"Key_{letter}") for letter in "BDEMTZ")
HOUR = 3_600_000


window = pytest.fixture(hotline_window.window)
panel = pytest.fixture(hotline_window.panel)


class TestAnswer:
    def test_four_keys_and_the_call_knows_card_and_version(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(D, CONTROL)
        keys.text("2")
        assert panel.answers.text.toPlainText() == "关于急需现金"
        keys.press(ENTER)
        assert at_note()
        assert chips(panel) == ["● 口径 急需现金 v1  ✕"]
        keys.save()
        assert keys.count == 4
        call = calls(window)[-1]
        assert (call["status"], call["answer_version"], call["note"]) == (
            "answered",
            1,
            "交住院押金",
        )
        assert window.session.link_title("answer-card", call.text("answer_card")) == "急需现金"
        assert chips(panel) == []

    def test_initials_choose_and_a_letter_is_taken_back(self, panel, keys) -> None:
        a_call(keys)
        keys.press(D, CONTROL)
        keys.text("df")
        assert panel.answers.current().text("topic") == "代发工资"
        assert "df" in panel.answers.hint.text()
        keys.press(ESCAPE)
        assert "df" not in panel.answers.hint.text()
        keys.text("f")
        keys.press(ENTER)
        assert "复业" in chips(panel)[0]

    def test_words_out_of_date_are_not_staged_and_not_copied(self, window, panel, keys) -> None:
        card = panel.answers.cards[0]
        soon = window.session.clock.now_ms() + HOUR
        window.session.execute(answer_card.revise(card.id, answer="新", note="改"))
        window.session.execute(answer_card.approve(card.id, approver="张", valid_until=soon))
        window.session.clock.advance(hours=2)
        settle()
        a_call(keys)
        keys.press(D, CONTROL)
        keys.text("3")
        assert panel.answers.current().id == card.id
        assert panel.answers.band.isVisible()
        keys.press(ENTER)
        assert chips(panel) == []
        assert panel.answers.text.textInteractionFlags() == (
            Qt.TextInteractionFlag.NoTextInteraction
        )
        keys.press(ESCAPE)
        assert at_note()

    def test_words_renewed_while_they_are_staged_are_refused_and_kept(
        self, window, panel, keys
    ) -> None:
        a_call(keys)
        keys.press(D, CONTROL)
        keys.text("2")
        keys.press(ENTER)
        card = panel.answers.current().id
        window.session.execute(answer_card.revise(card, answer="新的说法"))
        window.session.execute(answer_card.approve(card, approver="张行长"))
        keys.save()
        assert "重新选" in window.messages.rows[0].message.next_step
        assert panel.entry.draft.note == "交住院押金"
        assert len(chips(panel)) == 1


class TestCallBack:
    @pytest.mark.parametrize(("typed", "minutes"), [("1", 15), ("2", 30), ("3", 60)])
    def test_a_digit_promises_minutes(self, window, panel, keys, typed, minutes) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text(typed)
        keys.press(ENTER)
        assert keys.count == 3
        due = window.session.clock.now_ms() + minutes * 60_000
        assert chips(panel) == [f"◆ 回拨 {local(due):%H:%M}  ✕"]
        keys.save()
        call = calls(window)[-1]
        assert (call["status"], call["callback_due"]) == ("callback", due)
        assert call["agent"] == "王敏"

    def test_four_digits_promise_a_time(self, window, panel, keys) -> None:
        a_call(keys)
        due = window.session.clock.now_ms() // 60_000 * 60_000 + 2 * HOUR
        keys.press(B, CONTROL)
        keys.text(f"{local(due):%H%M}")
        assert f"{local(due):%H:%M}" in panel.deeds.callback.preview.text()
        keys.press(ENTER)
        assert keys.count == 6
        keys.save()
        assert calls(window)[-1]["callback_due"] == due

    def test_ctrl_enter_takes_what_stands_in_the_question(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("1")
        keys.save()
        assert calls(window)[-1]["status"] == "callback"
        assert focus().objectName() == "hotline.phone"

    def test_what_is_no_time_holds_the_saving_back(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("2575")
        keys.save()
        assert panel.deeds.callback.fault.isVisible()
        assert len(calls(window)) == 1
        keys.press(ESCAPE)
        assert at_note()
        assert panel.entry.draft.note == "交住院押金"

    def test_a_time_that_passed_while_the_call_lay_aside_is_refused(self, window, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        window.session.clock.advance(minutes=20)
        keys.save()
        assert len(calls(window)) == 1
        assert "已过" in window.messages.rows[0].message.what


class TestUrgent:
    def test_one_key_passes_the_call_on(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(E, CONTROL)
        assert chips(panel) == ["▲ 转紧急  ✕"]
        keys.save()
        assert keys.count == 2
        call = calls(window)[-1]
        assert (call["status"], call["urgency"]) == ("escalated", "urgent")

    def test_a_promise_and_urgency_exclude_each_other_and_it_is_said(self, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        keys.press(E, CONTROL)
        assert chips(panel) == ["▲ 转紧急  ✕"]
        assert "回拨" in panel.entry.hint.word

    def test_an_answered_call_may_be_urgent_and_keeps_its_card(self, window, keys) -> None:
        a_call(keys)
        keys.press(D, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        keys.press(E, CONTROL)
        keys.save()
        call = calls(window)[-1]
        assert (call["status"], call["answer_version"]) == ("escalated", 1)


class TestTask:
    def test_seven_keys_and_both_know_each_other(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(T, CONTROL)
        assert panel.deeds.task.title.text() == "交住院押金"
        keys.press(ENTER)
        keys.text("4")
        keys.text("lq")
        keys.press(ENTER)
        assert at_note()
        assert chips(panel) == ["● 任务：交住院押金 · 紧急业务 · 李强  ✕"]
        keys.save()
        assert keys.count == 7
        (made,) = tasks(window)
        call = calls(window)[-1]
        assert (made["title"], made["group"], made["source"]) == ("交住院押金", "urgent", call.id)
        assert window.session.link_title("person", made.text("assignee")) == "李强"
        assert call["task"] == made.id
        assert made.number in window.messages.rows[0].message.what

    def test_both_go_with_one_undo(self, window, keys) -> None:
        a_call(keys)
        keys.press(T, CONTROL)
        for _step in range(3):
            keys.press(ENTER)
        keys.save()
        assert len(tasks(window)) == 1
        keys.press(Z, CONTROL)
        assert tasks(window) == []
        assert len(calls(window)) == 1

    def test_a_title_begun_stands_there_again(self, panel, keys) -> None:
        a_call(keys)
        keys.press(T, CONTROL)
        keys.text("half")
        keys.press(ESCAPE)
        assert at_note()
        keys.press(T, CONTROL)
        assert panel.deeds.task.title.text() == "half"

    def test_without_a_title_it_is_asked_for(self, panel, keys) -> None:
        a_call(keys)
        keys.press(T, CONTROL)
        panel.deeds.task.title.clear()
        for _step in range(3):
            keys.press(ENTER)
        assert panel.deeds.task.fault.isVisible()
        assert focus().objectName() == "hotline.task.title"


class TestAssign:
    def test_four_keys_give_the_call_to_somebody(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(M, CONTROL)
        keys.text("cg")
        keys.press(ENTER)
        assert keys.count == 4
        assert chips(panel) == ["● 坐席：陈刚  ✕"]
        keys.save()
        assert calls(window)[-1]["agent"] == "陈刚"

    def test_saving_over_an_empty_question_gives_it_to_nobody_else(self, window, keys) -> None:
        a_call(keys)
        keys.press(M, CONTROL)
        keys.save()
        assert calls(window)[-1]["agent"] == "王敏"

    def test_saving_over_a_name_gives_it_to_that_one(self, window, keys) -> None:
        a_call(keys)
        keys.press(M, CONTROL)
        keys.text("cg")
        keys.save()
        assert calls(window)[-1]["agent"] == "陈刚"

    def test_four_keys_on_a_row_of_the_list(self, window, panel, keys) -> None:
        panel.calls.focus_list()
        keys.press(M, CONTROL)
        keys.text("lq")
        keys.press(ENTER)
        assert keys.count == 4
        assert calls(window)[0]["agent"] == "李强"
        assert panel.calls.isAncestorOf(focus())


class TestChips:
    @pytest.fixture
    def staged(self, panel, keys) -> None:
        """Urgent, then an answer."""
        a_call(keys)
        keys.press(E, CONTROL)
        keys.press(D, CONTROL)
        keys.text("1")
        keys.press(ENTER)
        assert list(panel.entry.staged.chips) == [StageKind.URGENT, StageKind.CARD]

    @pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
    def test_delete_on_a_chip_takes_it_off(self, panel, keys, staged, key) -> None:
        panel.entry.staged.chips[StageKind.URGENT].setFocus()
        keys.press(key)
        assert list(panel.entry.staged.chips) == [StageKind.CARD]
        assert at_note()

    def test_tab_reaches_the_chips(self, panel, keys, staged) -> None:
        keys.press(Qt.Key.Key_Tab)
        seen = {focus().objectName()}
        keys.press(Qt.Key.Key_Tab)
        seen.add(focus().objectName())
        assert {"hotline.staged.urgent", "hotline.staged.card"} == seen

    def test_the_same_key_takes_it_off(self, panel, keys, staged) -> None:
        keys.press(E, CONTROL)
        assert list(panel.entry.staged.chips) == [StageKind.CARD]
        keys.press(D, CONTROL)
        assert chips(panel) == []

    def test_ctrl_z_takes_the_last_off_then_what_was_typed(self, panel, keys, staged) -> None:
        keys.press(Z, CONTROL)
        assert list(panel.entry.staged.chips) == [StageKind.URGENT]
        keys.press(Z, CONTROL)
        assert chips(panel) == []
        keys.press(Z, CONTROL)
        assert panel.entry.fields.note.text() == ""

    def test_what_was_typed_last_goes_first(self, panel, keys, staged) -> None:
        keys.text("x")
        keys.press(Z, CONTROL)
        assert len(chips(panel)) == 2
        assert "x" not in panel.entry.fields.note.text()

    def test_ctrl_z_in_an_empty_field_leaves_stored_calls_alone(self, window, panel, keys) -> None:
        keys.press(Qt.Key.Key_F2)
        keys.press(E, CONTROL)
        keys.press(Z, CONTROL)
        assert chips(panel) == []
        assert len(calls(window)) == 1
        keys.press(Z, CONTROL)
        assert calls(window) == []

    def test_ctrl_z_in_an_open_question_closes_it(self, window, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.press(Z, CONTROL)
        assert panel.deeds.open_box is None
        assert len(calls(window)) == 1

    def test_f2_and_ctrl_tab_keep_them(self, window, panel, keys, staged) -> None:
        keys.press(Qt.Key.Key_F2)
        assert chips(panel) == []
        keys.press(Qt.Key.Key_Tab, CONTROL)
        assert list(panel.entry.staged.chips) == [StageKind.URGENT, StageKind.CARD]
        panel.entry.fields.note.setFocus()
        keys.press(ESCAPE)
        assert len(panel.entry.parked.drafts[0].stages) == 2

    def test_they_lie_on_disk_with_the_draft(self, window, panel, staged) -> None:
        panel.entry.keeper.flush()
        (draft,) = window.session.local.drafts("call/")
        assert [stage["kind"] for stage in draft.body["stages"]] == ["urgent", "card"]

    def test_f2_over_a_question_stages_what_stands_there(self, panel, keys) -> None:
        a_call(keys)
        keys.press(B, CONTROL)
        keys.text("2")
        keys.press(Qt.Key.Key_F2)
        assert panel.deeds.open_box is None
        assert panel.entry.draft.is_blank
        assert panel.entry.parked.drafts[0].stages[0].kind == StageKind.CALLBACK
