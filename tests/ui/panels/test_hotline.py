"""A call is entered with fourteen keys, nothing typed is lost, and nothing acts while composing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from bankcc import i18n
from bankcc.clock import ManualClock, local
from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from tests.ui.panels.hotline_keys import (
    ALT,
    CONTROL,
    ENTER,
    ESCAPE,
    SHIFT,
    SPACE,
    compose,
    focus,
    language_change,
)
from tests.ui.small_center import settle
from ui.context import UiContext
from ui.hotline.parked_calls import MOST
from ui.ime import PreeditGuard
from ui.panels.hotline import HotlinePanel


@pytest.fixture
def panel(qtbot, context: UiContext, clock: ManualClock) -> Iterator[HotlinePanel]:
    clock.step_ms = 0
    made = HotlinePanel(context)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.start()
    yield made
    made.flush()
    made.close()
    made.deleteLater()
    settle()


def calls(context: UiContext) -> list[Record]:
    return context.session.find(Query("inquiry", order="row"))


def at(name: str) -> None:
    assert focus().objectName() == f"hotline.{name}"


class TestFourteenKeys:
    def test_eleven_digits_a_category_and_ctrl_enter(self, panel, context, keys) -> None:
        keys.text("13800138000")
        at("category")
        keys.text("2")
        at("note")
        keys.save()
        at("phone")
        assert keys.count == 13  # with F2 before them: fourteen
        (call,) = calls(context)
        assert (call["phone"], call["category"]) == ("13800138000", "cash")
        assert (call["agent"], call["status"], call["to_check"]) == ("王敏", "in_progress", 0)
        assert panel.entry.draft.is_blank
        assert panel.entry.fields.phone.text() == ""

    def test_a_second_call_follows_at_once(self, panel, context, keys) -> None:
        for number in ("13800138000", "13900139000"):
            keys.text(number + "1")
            keys.save()
        assert [call["phone"] for call in calls(context)] == ["13800138000", "13900139000"]

    def test_a_note_may_be_typed_between(self, panel, context, keys) -> None:
        keys.text("138001380002")
        compose("", "取款押金")
        keys.save()
        assert calls(context)[0]["note"] == "取款押金"

    @pytest.mark.parametrize("forward", [ENTER, SPACE])
    def test_a_land_line_ends_with_enter_or_space(self, panel, context, keys, forward) -> None:
        keys.text("057188887777")
        at("phone")
        keys.press(forward)
        keys.text("3")
        keys.save()
        assert calls(context)[0]["phone"] == "057188887777"

    def test_blanks_within_a_mobile_number_end_nothing(self, panel, context, keys) -> None:
        keys.text("138 0013 8000")
        at("category")
        assert panel.entry.draft.phone == "13800138000"

    def test_full_width_digits_and_86_are_understood(self, panel, context, keys) -> None:
        panel.entry.fields.phone.setText("＋８６ 138-0013/8000")
        panel.entry.fields.category.setFocus()
        keys.text("1")
        keys.save()
        assert calls(context)[0]["phone"] == "13800138000"

    def test_an_extension_goes_into_the_request(self, panel, context, keys) -> None:
        panel.entry.fields.phone.setText("0571 88887777转802")
        panel.entry.fields.category.setFocus()
        keys.text("1")
        keys.save()
        assert (calls(context)[0]["phone"], calls(context)[0]["note"]) == (
            "057188887777",
            "分机 802",
        )


class TestNoNumber:
    def test_zero_category_ctrl_enter(self, panel, context, keys) -> None:
        keys.text("02")
        keys.save()
        assert keys.count == 3  # with F2: four
        assert (calls(context)[0]["phone"], calls(context)[0]["category"]) == (None, "cash")

    def test_zero_enter_category(self, panel, context, keys) -> None:
        keys.text("0")
        keys.press(ENTER)
        at("category")
        keys.text("9")
        keys.save()
        assert (calls(context)[0]["phone"], calls(context)[0]["category"]) == (None, "other")

    def test_zero_and_a_digit_left_with_enter_show_what_is_meant(self, panel, keys) -> None:
        keys.text("03")
        keys.press(ENTER)
        at("note")
        assert panel.entry.fields.phone.text() == "0"
        assert panel.entry.fields.category.code() == "transfer"

    def test_a_short_number_is_hinted_at_saved_and_marked(self, panel, context, keys) -> None:
        keys.text("13800138")
        keys.press(ENTER)
        assert "8" in panel.entry.hint.word
        keys.text("1")
        keys.save()
        (call,) = calls(context)
        assert (call["phone"], call["to_check"]) == ("13800138", 1)
        assert panel.entry.hint.word == ""


class TestHeldBack:
    def test_without_a_category_the_caret_goes_there(self, panel, context, keys) -> None:
        keys.text("057188887777")
        keys.save()
        at("category")
        assert "类别" in panel.entry.hint.word
        keys.text("1")
        keys.save()
        assert len(calls(context)) == 1

    def test_nothing_typed_saves_nothing(self, panel, context, keys) -> None:
        keys.save()
        assert calls(context) == []
        assert panel.entry.hint.word

    def test_an_impossible_time_stays_to_be_corrected(self, panel, context, keys) -> None:
        keys.text("138001380001")
        panel.entry.fields.time.setFocus()
        keys.text("2575")
        keys.save()
        at("time")
        assert "2575" in panel.entry.hint.word
        assert calls(context) == []

    def test_a_refused_save_keeps_the_text_and_says_where_it_is(
        self, panel, context, keys, monkeypatch, qtbot
    ) -> None:
        def refuse(*_verb: object) -> None:
            raise StorageError("磁盘已满。", safe="以前的都在。", next_step="清理磁盘。")

        keys.text("138001380002")
        compose("", "急用钱")
        qtbot.waitUntil(lambda: panel.entry._on_disk)
        monkeypatch.setattr(context.session, "execute", refuse)
        keys.save()
        assert panel.entry.fields.note.text() == "急用钱"
        assert panel.entry.fields.phone.digits() == "13800138000"
        (row,) = context.messages.rows
        assert "加密改存到" in row.message.safe
        assert "以前的都在" in row.message.safe
        assert context.saved.text().startswith("▲")
        assert calls(context) == []
        monkeypatch.undo()
        keys.save()
        assert len(calls(context)) == 1
        assert context.saved.text().startswith("✓")


class TestEarlierCalls:
    def test_shift_tab_and_four_digits_enter_a_call_from_paper(
        self, panel, context, keys, clock
    ) -> None:
        now = local(clock.ms)
        earlier = f"{now.hour - 1:02}{now.minute:02}"
        keys.press(Qt.Key.Key_Backtab, SHIFT)
        at("time")
        keys.text(earlier)
        at("phone")
        keys.text("138001380001")
        keys.save()
        (call,) = calls(context)
        assert call["back_entry"] == 1
        assert f"{local(call['at']):%H%M}" == earlier

    def test_a_call_typed_for_long_is_no_entry_from_paper(
        self, panel, context, keys, clock
    ) -> None:
        keys.text("13800138000")
        began = clock.ms
        clock.advance(minutes=20)
        keys.text("1")
        keys.save()
        (call,) = calls(context)
        assert (call["at"], call["back_entry"]) == (began, 0)

    def test_a_number_that_called_before_is_said_while_typing(
        self, panel, context, keys, qtbot
    ) -> None:
        keys.text("138001380002")
        keys.save()
        assert not panel.entry.repeat.isVisible()
        keys.text("1380013")
        qtbot.waitUntil(panel.entry.repeat.isVisible)
        assert "号码开头相同（1 个）：" in panel.entry.repeat.chip.word
        assert "次来电" not in panel.entry.repeat.chip.word
        assert calls(context)[0].number in panel.entry.repeat.chip.word
        keys.text("9")
        qtbot.waitUntil(lambda: not panel.entry.repeat.isVisible())

    def test_down_and_enter_open_the_earlier_call(self, panel, context, keys, qtbot) -> None:
        keys.text("138001380002")
        keys.save()
        keys.text("1380013800")
        qtbot.waitUntil(panel.entry.repeat.isVisible)
        keys.press(Qt.Key.Key_Down)
        keys.press(ENTER)
        assert panel.side.currentWidget() is panel.detail
        assert panel.detail.call.id == calls(context)[0].id
        assert panel.entry.draft.phone == "1380013800"


class TestParking:
    def test_escape_lays_aside_and_ctrl_tab_brings_back(self, panel, context, keys) -> None:
        keys.text("138001380002")
        compose("", "第一通")
        keys.press(ESCAPE)
        at("phone")
        assert panel.entry.draft.is_blank
        assert len(panel.entry.parked.drafts) == 1
        keys.text("139001390001")
        compose("", "第二通")
        keys.press(Qt.Key.Key_Tab, CONTROL)
        assert panel.entry.fields.note.text() == "第一通"
        assert [draft.note for draft in panel.entry.parked.drafts] == ["第二通"]
        keys.save()
        keys.press(Qt.Key.Key_Down, ALT)
        assert panel.entry.fields.note.text() == "第二通"
        assert panel.entry.parked.drafts == []
        keys.save()
        assert [call["note"] for call in calls(context)] == ["第一通", "第二通"]

    def test_what_is_typed_next_is_added_to_the_request(self, panel, context, keys) -> None:
        keys.text("138001380002")
        compose("", "卡被吞")
        keys.press(ESCAPE)
        keys.press(Qt.Key.Key_Tab, CONTROL)
        at("note")
        compose("", "，在东门")
        keys.press(Qt.Key.Key_Tab, SHIFT)
        keys.press(Qt.Key.Key_3)
        at("note")
        compose("", "网点")
        keys.save()
        assert calls(context)[0]["note"] == "卡被吞，在东门网点"
        assert calls(context)[0]["phone"] == "13800138000"

    def test_no_more_than_five_and_the_sixth_stays_in_the_fields(
        self, panel, context, keys
    ) -> None:
        for number in range(MOST):
            keys.text(f"1380013800{number}1")
            panel.new_call()
        keys.text("139001390001")
        panel.new_call()
        assert len(panel.entry.parked.drafts) == MOST
        assert panel.entry.draft.phone == "13900139000"
        assert context.messages.rows

    def test_a_tab_that_is_pressed_opens_its_call(self, panel, context, keys) -> None:
        for number in ("13800138000", "13900139000"):
            keys.text(number + "1")
            panel.new_call()
        panel.findChild(QWidget, "hotline.parked.1").click()
        assert panel.entry.draft.phone == "13900139000"


class TestKeysAndWords:
    def test_urgency_from_any_field(self, panel, context, keys) -> None:
        keys.text("138001380001")
        keys.press(Qt.Key.Key_3, CONTROL)
        at("note")
        keys.save()
        assert calls(context)[0]["urgency"] == "critical"

    def test_nothing_acts_while_a_word_is_composed(self, panel, context, keys, qapp) -> None:
        guard = PreeditGuard(qapp)
        try:
            keys.text("138001380001")
            compose("zhang")
            keys.save()
            keys.press(ENTER)
            keys.press(Qt.Key.Key_Tab, CONTROL)
            assert calls(context) == []
            assert panel.entry.parked.drafts == []
            at("note")
            compose("", "张女士")
            keys.save()
            assert calls(context)[0]["note"] == "张女士"
        finally:
            qapp.removeEventFilter(guard)

    def test_every_place_the_focus_can_reach_has_a_name(self, panel) -> None:
        unnamed = [
            widget.objectName() or type(widget).__name__
            for widget in panel.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and not widget.accessibleName()
            and not widget.objectName().startswith("qt_")
        ]
        assert unnamed == []

    def test_english_leaves_no_chinese_in_the_frame_of_the_strip(self, panel) -> None:
        i18n.set_language("en")
        language_change(panel)
        words = [panel.entry.title.text(), panel.entry.save_button.text(), panel.key_hints()]
        words += [button.text() for button in panel.calls.buttons.values()]
        words += [label.text() for label in panel.entry.fields.captions.values()]
        assert not [
            word for word in words if not word.isascii() and "·" not in word and "–" not in word
        ]
        assert panel.entry.title.text() == "New call"

    def test_tab_goes_in_the_order_of_reading(self, panel, keys) -> None:
        seen = []
        panel.entry.fields.time.setFocus()
        for _step in range(6):
            seen.append(focus().objectName())
            keys.press(Qt.Key.Key_Tab)
        names = ["time", "phone", "category", "caller", "urgency", "note"]
        assert seen == [f"hotline.{name}" for name in names]


def test_a_call_undone_takes_its_message_back(panel, context, keys, qtbot) -> None:
    keys.text("138001380001")
    keys.save()
    (row,) = context.messages.rows
    assert calls(context)[0].number in row.message.what
    row.action.click()
    qtbot.waitUntil(lambda: panel._told is None)
    assert calls(context) == []
    assert all("已保存" not in left.message.what for left in context.messages.rows)


def test_kinds_are_as_the_declaration_says(panel) -> None:
    labels = [panel.entry.fields.category.itemText(at) for at in range(9)]
    assert labels[0].startswith("1 ")
    assert len(inquiry.KIND.field("category").options) == 9
    assert QApplication.focusWidget() is panel.entry.fields.phone
