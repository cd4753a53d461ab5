"""The newest entries, one category or all; no caller is named and no number stands in full."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QSignalSpy

from bankcc import i18n
from bankcc.features import inquiry, task, timeline
from bankcc.schema.change import edit
from bankcc.session import ChangeSet
from ui.situation import timeline as module
from ui.situation.timeline import (
    AUTHOR_ROLE,
    CATEGORY_ROLE,
    DAY_ROLE,
    RECORD_ROLE,
    TEXT_ROLE,
    TIME_ROLE,
    TimelineModel,
)


def note(context, text: str, category: str = "other") -> ChangeSet:
    return context.session.execute(timeline.note(text=text, category=category)).changes


def texts(model: TimelineModel) -> list[str]:
    return [model.index(row).data(TEXT_ROLE) for row in range(model.rowCount())]


@pytest.fixture
def model(context, qtmodeltester) -> TimelineModel:
    note(context, "停电")
    note(context, "启动预案", "decision")
    made = TimelineModel(context.session)
    made.reload()
    qtmodeltester.check(made)
    return made


def test_newest_first_with_time_category_and_author(model, context) -> None:
    assert texts(model) == ["启动预案", "停电"]
    first = model.index(0)
    assert first.data(CATEGORY_ROLE) == "决策"
    assert first.data(AUTHOR_ROLE) == "王敏"
    assert len(first.data(TIME_ROLE)) == 5
    assert first.data(DAY_ROLE) == ""
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == first.data()
    assert all(part in spoken for part in ("决策", "启动预案", "王敏"))


def test_an_entry_of_another_day_says_which(model, clock) -> None:
    clock.advance(hours=30)
    assert model.index(0).data(DAY_ROLE)


def test_one_category(model) -> None:
    model.set_category("decision")
    assert texts(model) == ["启动预案"]
    model.set_category("resource")
    assert texts(model) == []
    model.set_category("")
    assert len(texts(model)) == 2


def test_a_new_entry_comes_in_above_and_the_rest_stays(model, context) -> None:
    held = QPersistentModelIndex(model.index(1))
    reset, inserted = QSignalSpy(model.modelReset), QSignalSpy(model.rowsInserted)
    model.reload(note(context, "恢复供电"))
    assert texts(model) == ["恢复供电", "启动预案", "停电"]
    assert (reset.count(), inserted.count()) == (0, 1)
    assert held.row() == 2


def test_what_was_taken_back_goes(model, context) -> None:
    note(context, "误记")
    model.reload()
    model.reload(context.session.undo().changes)
    assert texts(model) == ["启动预案", "停电"]


def test_a_call_is_named_by_number_and_category_only(model, context) -> None:
    context.session.execute(inquiry.log_call(caller="赵女士", category="cash", note="急"))
    context.session.execute(inquiry.escalate("甲-R-0001", note="住院"))
    model.reload()
    assert texts(model)[0].startswith("甲-R-0001 取款")
    assert not any("赵女士" in text for text in texts(model))
    entry = model.index(0).data(RECORD_ROLE)
    assert entry.text("subject_kind") == "inquiry"


def test_numbers_in_texts_are_masked(model, context) -> None:
    note(context, "联系 139-1234-5678\n尽快")
    model.reload()
    assert texts(model)[0] == "联系 139****5678 尽快"
    assert "12345678" not in model.index(0).data().replace("-", "")


def test_a_new_name_shows_in_older_entries(model, context) -> None:
    context.session.execute(task.add(title="旧名"))
    model.reload()
    assert "旧名" in texts(model)[0]
    from_edit = context.session.execute(edit("task", "甲-T-0001", title="新名")).changes
    model.reload(from_edit)
    assert any("新名" in text for text in texts(model))
    assert not any("旧名" in text for text in texts(model))


def test_the_language_is_followed(model) -> None:
    model.retranslate()
    i18n.set_language("en")
    said = QSignalSpy(model.dataChanged)
    model.retranslate()
    assert said.count() == 1
    assert model.index(0).data(CATEGORY_ROLE) == "Decision"


def test_reading_on_at_the_end(context, monkeypatch) -> None:
    monkeypatch.setattr(module, "PAGE", 5)
    for at in range(12):
        note(context, f"第{at}条")
    model = TimelineModel(context.session)
    model.reload()
    assert model.rowCount() == 5
    nowhere = model.index(-1)
    while model.canFetchMore(nowhere):
        model.fetchMore(nowhere)
    assert texts(model) == [f"第{at}条" for at in range(11, -1, -1)]
    model.reload(note(context, "新"))
    assert model.rowCount() == 13


def test_reading_on_has_an_end(context, monkeypatch) -> None:
    monkeypatch.setattr(module, "PAGE", 4)
    monkeypatch.setattr(module, "MOST", 8)
    for at in range(12):
        note(context, f"第{at}条")
    model = TimelineModel(context.session)
    model.reload()
    nowhere = model.index(-1)
    while model.canFetchMore(nowhere):
        model.fetchMore(nowhere)
    assert model.rowCount() == 8
