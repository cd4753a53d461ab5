"""Declarations and records as they are read."""

import pytest

from bankcc.errors import Refused
from bankcc.features import KINDS
from bankcc.schema.record import SYSTEM_FIELDS, Record, RecordKind, status_level, title
from tests.properties.kinds import MATE, THING


def record(kind: RecordKind, **values: object) -> Record:
    return Record(kind.name, 1, "id", "甲-X-0001", values, 5, "王敏", 6, "李强")  # type: ignore[arg-type]


def test_titles_fall_back_to_the_number() -> None:
    assert title(THING, record(THING, title="停电")) == "停电"
    assert title(THING, record(THING)) == "甲-X-0001"


def test_values_and_system_fields_are_read_alike() -> None:
    found = record(THING, title="停电")
    assert (found["title"], found["created"], found["changed_by"]) == ("停电", 5, "李强")
    assert found["unknown"] is None
    assert found.text("note") == ""
    assert found.text("created") == "5"


def test_levels_of_states() -> None:
    assert status_level(THING, record(THING, status="todo")) == "warning"
    assert status_level(THING, record(THING, status="later version")) == ""
    assert status_level(MATE, record(MATE)) == ""


def test_unknown_fields_are_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match="nowhere") as refused:
        THING.field("nowhere")
    assert "title" in str(refused.value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_declarations_are_whole(kind: RecordKind) -> None:
    names = [item.name for item in kind.fields]
    assert len(set(names)) == len(names)
    assert not set(names) & (SYSTEM_FIELDS.keys() | {"id", "row", "hidden", "heads", "conflicts"})
    assert all(name.isidentifier() and not name.startswith("_") for name in names)
    assert set(kind.titles) | set(kind.unique) <= set(names)
    assert set(kind.columns) <= set(names) | SYSTEM_FIELDS.keys()
    assert {name for index in kind.indexes for name in index} <= set(names) | {
        "hidden",
        *SYSTEM_FIELDS,
    }
    assert kind.order.removeprefix("-") in {*names, *SYSTEM_FIELDS, "row"}
    assert not any(item.personal for item in kind.fields if item.name in kind.titles)


def test_names_letters_and_tables_are_given_once() -> None:
    for values in (
        [k.name for k in KINDS],
        [k.letter for k in KINDS if k.letter],
        [k.table for k in KINDS],
    ):
        assert len(set(values)) == len(values)
