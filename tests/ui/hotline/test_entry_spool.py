"""A call that the disk refuses is sealed elsewhere, said so on the chip, and stored once it can."""

from collections.abc import Iterator

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import StorageError
from bankcc.features import inquiry
from bankcc.schema.query import Query
from tests.ui.small_center import settle
from ui.context import UiContext
from ui.hotline.call_draft import earlier_time
from ui.hotline.entry_strip import EntryStrip
from ui.hotline.staged_call import Stage, StageKind


@pytest.fixture
def strip(qtbot, context: UiContext, clock: ManualClock) -> Iterator[EntryStrip]:
    clock.step_ms = 0
    made = EntryStrip(context)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.flush()


@pytest.fixture
def full(context: UiContext, monkeypatch) -> pytest.MonkeyPatch:
    """The database refuses until this is undone; the drafts in it as well."""

    def refuse(*_given: object, **_more: object) -> None:
        raise StorageError("磁盘已满。", next_step="清理磁盘。")

    monkeypatch.setattr(context.session, "execute", refuse)
    monkeypatch.setattr(context.session.local, "save_draft", refuse)
    monkeypatch.setattr(context.session.local, "drop_draft", refuse)
    return monkeypatch


def entered(strip: EntryStrip, phone: str = "13800138000") -> None:
    strip.fields.phone.setText(phone)
    strip.fields.category.choose_number(2)
    strip.fields.note.setText("交住院押金")
    strip.stage(Stage(StageKind.URGENT))


def sealed(context: UiContext) -> list[str]:
    return [name for name, *_copy in context.session.spool.found()]


def calls(context: UiContext) -> list[str]:
    return [call.text("phone") for call in context.session.find(Query("inquiry", order="row"))]


def test_the_chip_says_where_it_lies_and_typing_goes_on(strip, context, full, qapp) -> None:
    entered(strip)
    strip.save()
    assert context.saved.text() == "▲ 保存失败：磁盘已满。已改存到 spool"
    assert sealed(context) == [strip.draft.name]
    assert "spool" in context.messages.rows[0].message.safe
    assert qapp.activeModalWidget() is None
    assert strip.fields.note.text() == "交住院押金"
    strip.fields.note.setText("交住院押金二万")
    assert strip.draft.note == "交住院押金二万"


def test_no_clear_text_lies_there(strip, context, full) -> None:
    entered(strip)
    strip.save()
    files = [file for file in context.session.paths.spool.rglob("*") if file.is_file()]
    assert len(files) == 1
    assert b"13800138000" not in files[0].read_bytes()


def test_stored_at_last_it_is_gone_from_there(strip, context, full) -> None:
    entered(strip)
    strip.save()
    full.undo()
    strip.save()
    assert calls(context) == ["13800138000"]
    assert sealed(context) == []
    assert context.saved.text().startswith("✓")


def test_more_than_five_may_be_laid_aside_while_they_lie_there(strip, context, full) -> None:
    numbers = [f"1380013800{last}" for last in range(7)]
    for number in numbers:
        entered(strip, number)
        strip.save()
        strip.new_call()
    assert strip.draft.is_blank
    assert len(strip.parked.drafts) == 5
    assert len(sealed(context)) == 7


def test_once_the_disk_is_well_all_are_offered_and_stored(strip, context, full, qtbot) -> None:
    for last in range(7):
        entered(strip, f"1380013800{last}")
        strip.save()
        strip.new_call()
    full.undo()
    context.messages.clear()
    strip.fields.note.setText("下一个来电")
    qtbot.waitUntil(lambda: bool(context.messages.rows))
    (row,) = context.messages.rows
    assert "7 个" in row.message.what
    row.action.click()
    settle()
    assert len(calls(context)) == 7
    assert {call["status"] for call in context.session.find(Query("inquiry"))} == {"escalated"}
    assert sealed(context) == []
    assert strip.parked.drafts == []
    assert strip.draft.note == "下一个来电"


def test_after_a_restart_it_is_laid_aside_with_its_stages(strip, context, full, qtbot) -> None:
    entered(strip)
    strip.save()
    strip.flush()
    full.undo()
    again = EntryStrip(context)
    qtbot.addWidget(again)
    (draft,) = again.parked.drafts
    assert draft.note == "交住院押金"
    assert draft.stages == (Stage(StageKind.URGENT),)
    again.next_parked()
    again.save()
    assert (calls(context), sealed(context)) == (["13800138000"], [])
    again.flush()


def test_what_was_stored_before_a_crash_is_not_offered(strip, context, full, qtbot) -> None:
    entered(strip)
    strip.save()
    full.undo()
    verb = inquiry.log_call(at=strip.draft.started, phone="13800138000", category="cash")
    context.session.execute(verb)
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert again.parked.drafts == []
    assert sealed(context) == []
    again.flush()


def test_where_nothing_takes_it_the_form_does(strip, context, full, monkeypatch) -> None:
    def refuse(*_given: object) -> None:
        raise StorageError("nowhere")

    monkeypatch.setattr(context.session.spool, "put", refuse)
    entered(strip)
    strip.save()
    assert "spool" not in context.saved.text()
    assert context.saved.text().startswith("▲")
    assert strip.fields.note.text() == "交住院押金"


def test_what_was_typed_after_the_disk_was_well_is_not_replaced_by_what_was_sealed(
    strip, context, full, qtbot
) -> None:
    entered(strip)
    strip.save()
    full.undo()
    strip.fields.note.setText("交住院押金二万")
    strip.flush()
    again = EntryStrip(context)
    qtbot.addWidget(again)
    (draft,) = again.parked.drafts
    assert draft.note == "交住院押金二万"
    again.flush()


def test_what_is_saved_later_is_what_was_typed_last(strip, context, full, qtbot) -> None:
    entered(strip)
    strip.save()
    full.undo()
    context.messages.clear()
    strip.fields.note.setText("交住院押金二万")
    strip.new_call()
    qtbot.waitUntil(lambda: bool(context.messages.rows))
    (row,) = context.messages.rows
    row.action.click()
    settle()
    (call,) = context.session.find(Query("inquiry"))
    assert call.text("note") == "交住院押金二万"


def test_laid_aside_before_the_disk_refused_it_is_sealed_as_well(
    strip, context, full, qtbot
) -> None:
    entered(strip)
    strip.new_call()
    qtbot.waitUntil(lambda: bool(context.messages.rows))
    (draft,) = strip.parked.drafts
    assert sealed(context) == [draft.name]


def test_emptied_on_purpose_it_is_gone_from_there(strip, context, full) -> None:
    entered(strip)
    strip.save()
    full.undo()
    strip.unstage(StageKind.URGENT)
    strip.fields.phone.setText("")
    strip.fields.note.setText("")
    strip.fields.category.set_code("")
    strip._changed()
    assert strip.draft.is_blank
    assert sealed(context) == []


@pytest.mark.parametrize(("phone", "time"), [("13800138000", "0900"), ("0", ""), ("0", "0900")])
def test_stored_before_a_crash_by_an_earlier_time_or_without_a_number(
    strip, context, qtbot, phone: str, time: str
) -> None:
    strip.fields.time.setText(time)
    entered(strip, phone)
    strip.keeper.flush()
    context.session.execute(strip.draft.resolved.verb(context.session.clock.now_ms()))
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert again.parked.drafts == []
    again.flush()


def test_another_call_of_the_same_minute_from_paper_is_offered(strip, context, qtbot) -> None:
    strip.fields.time.setText("0900")
    entered(strip, "0")
    strip.save()
    strip.fields.time.setText("0900")
    entered(strip, "0")
    strip.fields.note.setText("另一位")
    strip.keeper.flush()
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert [draft.note for draft in again.parked.drafts] == ["另一位"]
    again.flush()


def test_a_time_from_paper_means_the_day_it_was_typed(strip, context, full, clock) -> None:
    strip.fields.time.setText("0900")
    entered(strip)
    came = earlier_time("0900", clock.now_ms())
    strip.save()
    full.undo()
    clock.advance(hours=25)
    strip.save()
    (call,) = context.session.find(Query("inquiry"))
    assert call["at"] == came


def test_a_call_with_a_time_that_is_none_comes_back(strip, context, qtbot) -> None:
    strip.fields.time.setText("99")
    entered(strip)
    strip.keeper.flush()
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert [draft.time for draft in again.parked.drafts] == ["99"]
    again.flush()


def test_killed_before_it_was_sealed_anew_what_the_database_holds_is_the_later(
    strip, context, full, clock, qtbot
) -> None:
    entered(strip)
    strip.save()
    full.undo()
    clock.advance(seconds=5)
    strip.fields.note.setText("交住院押金二万")
    strip.keeper.flush()
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert [draft.note for draft in again.parked.drafts] == ["交住院押金二万"]
    assert sealed(context) == []
    again.flush()


def test_what_was_sealed_later_than_the_database_holds_it_counts(
    strip, context, clock, qtbot
) -> None:
    entered(strip)
    strip.keeper.flush()
    clock.advance(seconds=5)
    strip.fields.note.setText("交住院押金二万")
    strip.spool.put(strip.draft)
    again = EntryStrip(context)
    qtbot.addWidget(again)
    assert [draft.note for draft in again.parked.drafts] == ["交住院押金二万"]
    again.flush()
