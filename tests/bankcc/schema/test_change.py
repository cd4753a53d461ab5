"""The generic verbs, on a real center."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bankcc.errors import NotFound, UserError
from bankcc.schema.change import Action, Change, Verb, adjust, create, delete, edit
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.properties.centers import open_center


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_center(tmp_path / "center") as opened:
        opened.execute(create("thing", title="停电", stock="5"))
        yield opened


def test_create_edit_adjust_delete(session: Session) -> None:
    session.execute(edit("thing", "停电", note=" 备用 ", phone="139 1234 5678"))
    session.execute(adjust("thing", "甲-X-0001", stock=-7))
    found = session.get("thing", "甲-X-0001")
    assert (found["note"], found["phone"], found["stock"]) == ("备用", "13912345678", -2)
    session.execute(delete("thing", found.id))
    assert session.find(Query("thing")) == []
    assert [r.id for r in session.find(Query("thing", hidden=True))] == [found.id]


def test_what_changes_nothing_writes_nothing(session: Session) -> None:
    before = session.head_code()
    for verb in (edit("thing", "停电", title="停电"), adjust("thing", "停电", stock=0)):
        assert session.execute(verb).action == 0
    assert session.head_code() == before


def test_a_verb_is_whole_or_nothing(session: Session) -> None:
    changes = [
        Change("mate", Action.CREATE, values={"name": "王敏"}),
        Change("thing", Action.EDIT, "nobody", {"title": "x"}),
    ]
    before = session.head_code()
    with pytest.raises(UserError):
        session.execute(Verb("x", lambda _desk: changes))
    assert session.find(Query("mate")) == []
    assert session.head_code() == before


def test_names_are_those_of_the_verb() -> None:
    verbs = create("thing"), edit("thing", "x"), adjust("thing", "x"), delete("thing", "x")
    assert [verb.name for verb in verbs] == [
        *("thing.create", "thing.edit", "thing.adjust", "thing.delete")
    ]


def test_unknown_records_are_not_found(session: Session) -> None:
    for verb in (edit("thing", "nobody", title="x"), delete("thing", "nobody")):
        with pytest.raises(NotFound):
            session.execute(verb)
