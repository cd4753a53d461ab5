"""Lists hold row numbers and follow changes one by one: nothing jumps, nothing is lost."""

from array import array
from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QSignalSpy

from bankcc import i18n
from bankcc.errors import Refused, StorageError
from bankcc.features import inquiry, person, task
from bankcc.schema import change
from bankcc.schema.query import Condition, Query
from tests.ui.small_center import log_calls, settle
from ui.records import record_table
from ui.records.record_table import FIELD_ROLE, RECORD_ROLE, SORT_ROLE, RecordTableModel
from ui.theme import Level
from ui.widgets.chip import LEVEL_ROLE

COLUMNS = ("number", "at", "phone", "category", "status", "caller", "note")


@pytest.fixture
def calls(context) -> list[str]:
    return log_calls(context, 5)


@pytest.fixture
def model(context, calls, qtmodeltester) -> RecordTableModel:
    settle()
    made = RecordTableModel(context, Query("inquiry"), COLUMNS)
    qtmodeltester.check(made, force_py=False)
    return made


def numbers(model: RecordTableModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def cell(model: RecordTableModel, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole):
    return model.index(row, model.columns.index(name)).data(role)


def test_newest_first_in_the_language_in_force(model) -> None:
    assert numbers(model) == [f"甲-R-000{n}" for n in (5, 4, 3, 2, 1)]
    assert cell(model, 0, "category") == "取款"
    heading = model.headerData(2, Qt.Orientation.Horizontal)
    i18n.set_language("en")
    said = QSignalSpy(model.headerDataChanged)
    model.retranslate()
    assert said.count() == 1
    assert (heading, model.headerData(2, Qt.Orientation.Horizontal)) == ("电话", "Phone")
    assert cell(model, 0, "category") == "Cash withdrawal"


def test_phones_are_masked_in_every_role_that_is_shown(model) -> None:
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    ):
        assert "13800000004" not in str(cell(model, 0, "phone", role)).replace(" ", "")
    assert cell(model, 0, "phone") == "138****0004"


def test_roles(model) -> None:
    assert cell(model, 0, "status", LEVEL_ROLE) == Level.INFO
    assert cell(model, 0, "category", LEVEL_ROLE) is None
    assert cell(model, 0, "at", SORT_ROLE) == cell(model, 0, "at", RECORD_ROLE)["at"]
    assert cell(model, 0, "at", FIELD_ROLE) == "at"
    assert cell(model, 0, "status", Qt.ItemDataRole.AccessibleTextRole) == "状态：处理中"
    assert model.record(99) is None
    assert model.data(QModelIndex(), Qt.ItemDataRole.DisplayRole) is None


def test_markup_in_a_note_is_never_markup(context, model) -> None:
    context.session.execute(inquiry.log_call(note="<b>急</b>\n" + "长" * 60, category="cash"))
    settle()
    assert cell(model, 0, "note").startswith("<b>急</b> 长")
    assert "&lt;b&gt;" in cell(model, 0, "note", Qt.ItemDataRole.ToolTipRole)


def test_a_new_call_is_put_in_and_the_selection_stays(context, model) -> None:
    selection = QItemSelectionModel(model)
    selection.setCurrentIndex(model.index(1, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    reset, inserted = QSignalSpy(model.modelReset), QSignalSpy(model.rowsInserted)
    context.session.execute(inquiry.log_call(phone="13900000000", category="cash"))
    settle()
    assert numbers(model)[0] == "甲-R-0006"
    assert (reset.count(), inserted.count()) == (0, 1)
    assert selection.currentIndex().data() == "甲-R-0004"
    assert [index.data() for index in selection.selectedIndexes()] == ["甲-R-0004"]


def test_an_old_call_entered_late_goes_where_its_time_says(context, model) -> None:
    between = model.record(2)["at"] + 1
    context.session.execute(inquiry.log_call(phone="13900000000", at=between))
    settle()
    assert numbers(model)[:4] == ["甲-R-0005", "甲-R-0004", "甲-R-0006", "甲-R-0003"]


def test_a_changed_record_moves_to_its_place(context, model, calls) -> None:
    kept = QPersistentModelIndex(model.index(4, 0))
    late = model.record(0)["at"] + 1000
    context.session.execute(change.edit("inquiry", calls[0], at=late))
    settle()
    assert numbers(model) == [f"甲-R-000{n}" for n in (1, 5, 4, 3, 2)]
    assert kept.row() == 0


def test_what_no_longer_matches_leaves_and_undo_brings_it_back(context, model, calls) -> None:
    model.set_query(Query("inquiry", where=(Condition("status", "!=", "closed"),)))
    context.session.execute(inquiry.close(calls[2]))
    settle()
    assert numbers(model) == [f"甲-R-000{n}" for n in (5, 4, 2, 1)]
    context.session.undo()
    settle()
    assert numbers(model) == [f"甲-R-000{n}" for n in (5, 4, 3, 2, 1)]
    context.session.execute(change.delete("inquiry", calls[2]))
    settle()
    assert "甲-R-0003" not in numbers(model)


def test_a_change_elsewhere_is_not_asked_about(context, model) -> None:
    filled = QSignalSpy(model.filled)
    context.session.execute(person.add(name="李明朗"))
    settle()
    assert filled.count() == 0


def test_the_title_of_a_linked_record_is_painted_again(context, qtmodeltester) -> None:
    someone = context.session.execute(person.add(name="王敏")).made[0].id
    context.session.execute(task.add(title="送款", assignee=someone))
    model = RecordTableModel(context, Query("task"), ("title", "assignee"))
    qtmodeltester.check(model, force_py=False)
    settle()
    said = QSignalSpy(model.dataChanged)
    context.session.execute(person.change(someone, name="王小敏"))
    settle()
    assert said.count() == 1
    assert model.index(0, 1).data() == "王小敏"


def test_many_changes_at_once_keep_current_and_order(context, model, monkeypatch) -> None:
    monkeypatch.setattr(record_table, "ONE_BY_ONE", 2)
    kept = QPersistentModelIndex(model.index(2, 0))
    reset = QSignalSpy(model.modelReset)
    context.session.load(
        inquiry.log_call(phone=f"139{n:08}", category="cash", at=1_700_000_000_000 + n * 1000)
        for n in range(6)
    )
    settle()
    assert model.rowCount() == 11
    assert (numbers(model)[2], kept.row(), reset.count()) == ("甲-R-0003", 2, 0)
    assert numbers(model)[5:] == [f"甲-R-{n:04}" for n in (11, 10, 9, 8, 7, 6)]


def test_sorting_by_any_column_keeps_selected_records(model) -> None:
    kept = QPersistentModelIndex(model.index(0, 0))
    model.sort(COLUMNS.index("phone"), Qt.SortOrder.AscendingOrder)
    assert numbers(model) == [f"甲-R-000{n}" for n in (1, 2, 3, 4, 5)]
    assert kept.row() == 4
    assert model.sorting() == (2, Qt.SortOrder.AscendingOrder)


def test_a_filter_makes_the_list_shorter_and_longer_again(model) -> None:
    kept, gone = QPersistentModelIndex(model.index(3, 0)), QPersistentModelIndex(model.index(0, 0))
    model.set_query(Query("inquiry", text="13800000001"))
    assert numbers(model) == ["甲-R-0002"]
    assert (kept.row(), gone.isValid()) == (0, False)
    model.set_query(Query("inquiry"))
    assert model.rowCount() == 5
    assert kept.row() == 3
    model.set_query(Query("inquiry", text="nothing of the kind"))
    assert model.rowCount() == 0


def test_only_one_kind_and_known_columns(context, model) -> None:
    with pytest.raises(ValueError, match="task"):
        model.set_query(Query("task"))
    with pytest.raises(Refused):
        RecordTableModel(context, Query("inquiry"), ("colour",))


def test_position_of_a_record(model, calls) -> None:
    assert model.position(calls[0]) == 4
    model.set_query(Query("inquiry", text="13800000001"))
    assert model.position(calls[0]) == -1
    assert model.position("no such id") == -1


def test_a_long_list_is_read_in_the_background(context, calls, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(record_table, "AT_ONCE", 2)
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    assert model.loading
    assert model.rowCount() == 0
    with qtbot.waitSignal(model.filled):
        pass
    assert not model.loading
    assert model.rowCount() == 5


def test_the_head_of_a_long_list_comes_first(context, calls, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(record_table, "AT_ONCE", 2)
    monkeypatch.setattr(record_table, "HEAD", 3)
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    with qtbot.waitSignal(model.filled):
        pass
    assert (numbers(model), model.loading) == (["甲-R-0005", "甲-R-0004", "甲-R-0003"], True)
    qtbot.waitUntil(lambda: not model.loading)
    assert model.rowCount() == 5
    model.set_query(Query("inquiry", where=(Condition("category", "=", "loan"),)))
    qtbot.waitUntil(lambda: not model.loading)
    assert model.rowCount() == 0


def test_a_change_while_reading_asks_again(context, calls, monkeypatch, qtbot) -> None:
    monkeypatch.setattr(record_table, "AT_ONCE", 2)
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    context.session.execute(inquiry.log_call(phone="13900000000"))
    qtbot.waitUntil(lambda: model.rowCount() == 6)
    assert numbers(model)[0] == "甲-R-0006"


def test_changes_while_reading_are_shown_at_once_and_are_not_lost(
    context, calls, monkeypatch, qtbot
) -> None:
    settle()
    monkeypatch.setattr(record_table, "AT_ONCE", 2)
    monkeypatch.setattr(record_table, "HEAD", 3)
    ids, has_read, go_on = context.session.ids, Event(), Event()

    def slowly(query: Query) -> array:
        rows = ids(query)
        if query.limit is None and not query.where:
            has_read.set()
            go_on.wait(10)
        return rows

    monkeypatch.setattr(context.session, "ids", slowly)
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    qtbot.waitUntil(has_read.is_set)
    context.session.execute(inquiry.log_call(phone="13900000000"))
    settle()
    assert model.loading
    assert numbers(model)[0] == "甲-R-0006"
    go_on.set()
    qtbot.waitUntil(lambda: not model.loading)
    assert numbers(model) == [f"甲-R-000{n}" for n in (6, 5, 4, 3, 2, 1)]


def test_pages_are_read_as_needed_and_forgotten(context, calls, monkeypatch) -> None:
    monkeypatch.setattr(record_table, "PAGE", 2)
    monkeypatch.setattr(record_table, "CACHED_RECORDS", 4)
    asked = []
    rows = context.session.rows
    monkeypatch.setattr(
        context.session, "rows", lambda kind, keys: asked.append(len(keys)) or rows(kind, keys)
    )
    model = RecordTableModel(context, Query("inquiry"), COLUMNS)
    assert asked == []
    assert numbers(model) == [f"甲-R-000{n}" for n in (5, 4, 3, 2, 1)]
    assert asked == [2, 2, 1]
    assert numbers(model)[0] == "甲-R-0005"
    assert len(asked) > 3


def test_what_the_disk_refuses_is_said_and_can_be_tried_again(context, model, monkeypatch) -> None:
    def refuse(_query: Query) -> None:
        raise StorageError("disk")

    failed = QSignalSpy(model.failed)
    with monkeypatch.context() as patch:
        patch.setattr(context.session, "ids", refuse)
        model.reload()
    assert failed.count() == 1
    assert str(model.error) == "disk"
    model.reload()
    assert model.error is None
    assert model.rowCount() == 5


def test_a_rebuild_reads_the_list_again(context, model) -> None:
    filled = QSignalSpy(model.filled)
    context.session.rebuild()
    settle()
    assert filled.count() == 1
    assert model.rowCount() == 5
