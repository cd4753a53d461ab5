"""What lies on disk when the program starts is offered again, for the same call only."""

from collections.abc import Iterator

import pytest

from bankcc.clock import ManualClock
from ui.context import UiContext
from ui.hotline.call_draft import CallDraft
from ui.hotline.entry_strip import EntryStrip


@pytest.fixture
def again(qtbot, context: UiContext, clock: ManualClock) -> Iterator[EntryStrip]:
    clock.step_ms = 0
    typed = {"phone": "13800138000", "category": "cash", "started": clock.ms - 60_000}
    context.session.local.save_draft("call/a", typed)
    left = {"started": clock.ms, "note": "没存", "stages": [{"kind": "urgent"}, {"kind": 7}]}
    context.session.local.save_draft("call/b", typed | left)
    context.session.local.save_draft("call/c", {"phone": ""})
    context.session.execute(CallDraft.of("a", typed).verb(clock.ms))
    made = EntryStrip(context)
    qtbot.addWidget(made)
    yield made
    made.flush()


def test_only_what_was_not_stored_is_offered_and_not_in_a_new_call(again) -> None:
    assert again.draft.is_blank
    assert [draft.note for draft in again.parked.drafts] == ["没存"]


def test_what_was_staged_comes_back_with_it(again) -> None:
    again.next_parked()
    assert [chip.text() for chip in again.staged.chips.values()] == ["▲ 转紧急  ✕"]


def test_it_is_said(again, context) -> None:
    assert "1 个" in context.messages.rows[0].message.what


def test_a_draft_of_a_stored_call_is_gone(again, context) -> None:
    again.keeper.flush()
    assert "call/a" not in [draft.name for draft in context.session.local.drafts()]
