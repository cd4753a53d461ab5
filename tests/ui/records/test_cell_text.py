"""What cells say: masked phones, marks of several versions, derived entries in words."""

from dataclasses import replace

import pytest

from bankcc.errors import Refused
from bankcc.features import person, task
from bankcc.schema.query import Query
from tests.ui.small_center import log_calls
from ui.records.cell_text import cell_text, field_of, is_derived, level_of
from ui.theme import Level


def test_several_versions_and_a_deletion_elsewhere_are_marked(context) -> None:
    log_calls(context, 1)
    call = context.session.find(Query("inquiry"))[0]
    assert cell_text(context.session, call, "number") == "甲-R-0001"
    assert cell_text(context.session, replace(call, conflicts=2), "number") == "◆ 甲-R-0001"
    deleted = replace(call, deleted_by="李明朗")
    assert cell_text(context.session, deleted, "number") == "◆ 甲-R-0001"
    assert cell_text(context.session, deleted, "status") == "处理中"


def test_phones_are_masked_unless_revealed(context) -> None:
    context.session.execute(person.add(name="王敏", phone="13912345678"))
    record = context.session.find(Query("person"))[0]
    assert cell_text(context.session, record, "phone") == "139****5678"
    assert cell_text(context.session, record, "phone", reveal=True) == "139 1234 5678"


def test_derived_entries_are_in_words_and_name_their_record(context) -> None:
    context.session.execute(task.add(title="补位"))
    entry = context.session.find(Query("timeline"))[0]
    assert is_derived(entry)
    assert "补位" in cell_text(context.session, entry, "text")
    assert cell_text(context.session, entry, "subject") == "甲-T-0001"


def test_fields_and_levels(context) -> None:
    made = context.session.execute(task.add(title="补位", priority="critical")).made[0].id
    record = context.session.get("task", made)
    assert level_of(field_of(task.KIND, "priority"), record) is Level.CRITICAL
    assert level_of(field_of(task.KIND, "group"), record) is None
    assert level_of(field_of(task.KIND, "title"), record) is None
    assert field_of(task.KIND, "created").name == "created"
    with pytest.raises(Refused, match="colour"):
        field_of(task.KIND, "colour")
