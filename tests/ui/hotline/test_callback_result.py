"""One digit and Ctrl+Enter; a time where one is agreed; nothing typed is lost or fired halfway."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bankcc import i18n
from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.query import Query
from bankcc.schema.record import Record
from bankcc.session import Session
from tests.ui.panels.hotline_keys import ALT, compose, focus, language_change
from tests.ui.silent_sounds import SilentSounds, watched
from tests.ui.small_center import settle
from ui import theme
from ui.context import UiContext
from ui.hotline.callback_result import CallbackResult, retry_minutes, unanswered
from ui.ime import PreeditGuard


@pytest.fixture(autouse=True)
def still(clock: ManualClock, context: UiContext) -> None:
    clock.step_ms = 0


def promise(context: UiContext, phone: str = "13800138000") -> Record:
    due = context.session.clock.now_ms() - 60_000
    verb = inquiry.log_call(phone=phone, status="callback", callback_due=due)
    return context.session.get("inquiry", context.session.execute(verb).made[0].id)


@pytest.fixture
def call(context) -> Record:
    return promise(context)


@pytest.fixture
def result(qtbot, context, call) -> Iterator[CallbackResult]:
    made = CallbackResult(context)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.show_call(call)
    made.take_focus()
    settle()
    yield made
    made.flush()
    made.close()
    made.deleteLater()


def now(context: UiContext, call: Record) -> Record:
    return context.session.get("inquiry", call.id)


@pytest.mark.parametrize(
    ("digit", "code"),
    [("1", "reached"), ("2", "no_answer"), ("3", "bad_number")],
)
def test_a_digit_and_ctrl_enter_store_the_result(result, context, call, keys, digit, code) -> None:
    keys.text(digit)
    assert result.chosen == code
    assert result.buttons[code].hasFocus()
    keys.save()
    assert keys.count == 2
    words = result.buttons[code].accessibleName()
    lines = context.session.find(Query("timeline", order="-at"))
    assert words in [line.text("text") for line in lines]
    assert (now(context, call).text("status") == "called_back") is (code == "reached")


def test_a_full_width_digit_chooses_too(result) -> None:
    press = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, "２"
    )
    QApplication.sendEvent(focus(), press)
    assert result.chosen == "no_answer"


@pytest.mark.parametrize("key", ["5", "0", "a", "q"])
def test_no_other_key_chooses(result, keys, key) -> None:
    keys.press(key)
    assert result.chosen == ""


def test_a_digit_with_a_modifier_is_somebody_elses(result, keys) -> None:
    keys.press("1", ALT)
    assert result.chosen == ""


def test_digits_in_the_note_are_text(result, keys) -> None:
    result.note.setFocus()
    keys.text("12")
    assert (result.chosen, result.note.text()) == ("", "12")


def test_the_note_is_kept_with_the_result(result, context, call, keys) -> None:
    keys.text("1")
    result.note.setFocus()
    compose("", "已说明情况")
    keys.save()
    assert now(context, call).text("outcome") == "已说明情况"
    assert result.note.text() == ""


@pytest.mark.parametrize("typed", ["", "2561", "soon"])
def test_what_is_no_time_is_said_and_kept(result, context, call, keys, typed) -> None:
    keys.text("4")
    assert focus() is result.due
    assert not result.due.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    keys.text(typed)
    keys.save()
    assert result.said.text().startswith("▲")
    assert result.due.text() == typed
    assert focus() is result.due
    assert now(context, call)["callback_due"] == call["callback_due"]


def test_another_digit_before_saving_changes_the_choice(result, keys) -> None:
    keys.text("21")
    assert result.chosen == "reached"
    assert result.due.isHidden()


def test_nothing_fires_while_composing(qtbot, result, context, call, keys, qapp) -> None:
    guard = PreeditGuard(qapp)
    keys.text("1")
    result.note.setFocus()
    compose("yi'shuo")
    keys.save()
    keys.press(Qt.Key.Key_Return)
    assert now(context, call).text("status") == "callback"
    compose("", "已说明")
    keys.save()
    assert now(context, call).text("status") == "called_back"
    guard._leave()


def test_a_refusal_keeps_what_was_chosen(result, context, call, keys, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(context.session, "execute", refuse)
    recorded: list[bool] = []
    result.recorded.connect(lambda: recorded.append(True))
    keys.text("1")
    keys.save()
    assert (result.chosen, recorded) == ("reached", [])
    assert context.messages.rows


def test_it_is_asked_only_while_a_call_back_is_owed(result, context, call, keys) -> None:
    keys.text("1")
    keys.save()
    result.show_call(now(context, call))
    assert result.isHidden()
    assert result.record() is False


def test_open_for_reading_only_nothing_is_asked(qtbot, context, call, clock) -> None:
    with Session.open(context.session.paths, write=False, clock=clock) as reading:
        context.session, writing = reading, context.session
        made = CallbackResult(context)
        qtbot.addWidget(made)
        made.show_call(call)
        assert made.isHidden()
        context.session = writing


def test_what_was_typed_waits_for_its_own_call(result, context, call, keys) -> None:
    other = promise(context, "13900139000")
    keys.text("1")
    result.note.setFocus()
    keys.text("half")
    result.show_call(other)
    assert (result.chosen, result.note.text()) == ("", "")
    result.show_call(call)
    assert (result.chosen, result.note.text()) == ("reached", "half")


def test_what_was_typed_is_on_disk(result, context, call, keys, qtbot) -> None:
    result.note.setFocus()
    keys.text("half")
    name = f"form/callback/{call.id}"
    qtbot.waitUntil(lambda: [each.name for each in context.session.local.drafts(name)] == [name])
    keys.press(Qt.Key.Key_Return)
    result.choose(1)
    keys.save()
    assert context.session.local.drafts(name) == []


def test_a_change_elsewhere_leaves_what_is_typed(result, context, call, keys) -> None:
    result.note.setFocus()
    keys.text("half")
    result.show_call(now(context, call))
    assert result.note.text() == "half"


def test_unanswered_tries_are_counted_in_either_language(context, call) -> None:
    assert unanswered(context.session, call.id) == 0
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        context.session.execute(
            inquiry.record_callback(call.id, result="no_answer", note="second floor")
        )
    context.session.execute(inquiry.record_callback(call.id, result="bad_number"))
    assert unanswered(context.session, call.id) == 2


def test_each_try_waits_longer_up_to_an_hour() -> None:
    assert [retry_minutes(before) for before in range(5)] == [15, 30, 60, 60, 60]


def test_what_a_result_does_is_said_before_it_is_saved(result, context, call, keys) -> None:
    keys.text("2")
    assert result.said.text() == "留在清单上，15 分钟后再提醒。"
    watch = watched(context, SilentSounds())
    watch.alarm.replace([])
    keys.save()
    result.show_call(now(context, call))
    keys.text("2")
    assert result.said.text() == "留在清单上，30 分钟后再提醒。"
    assert result.reminder.text() == "已 1 次无人接听"
    watch.stop()


def test_a_press_on_a_button_chooses(result) -> None:
    QTest.mouseClick(result.buttons["rescheduled"], Qt.MouseButton.LeftButton)
    assert result.chosen == "rescheduled"
    assert not result.due.isHidden()


def test_every_word_follows_the_language_and_can_be_read_aloud(result) -> None:
    i18n.set_language("en")
    language_change(result)
    result.choose(4)
    controls = [*result.buttons.values(), result.due, result.note, result.save_button]
    assert all(control.accessibleName().isascii() for control in controls)
    assert [button.text() for button in result.buttons.values()] == [
        "1 Reached",
        "2 No answer",
        "3 Number not in use",
        "4 Another time agreed",
    ]
    i18n.set_language("zh_CN")


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_a_chosen_result_has_room_for_its_bold_words(result, language) -> None:
    i18n.set_language(language)
    language_change(result)
    bold = QFontMetrics(theme.font(13, bold=True))
    for button in result.buttons.values():
        assert button.minimumWidth() > bold.horizontalAdvance(button.text())
    i18n.set_language("zh_CN")
