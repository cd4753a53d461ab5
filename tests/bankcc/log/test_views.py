"""The view tables: when they are built anew, and what one record occupies."""

from dataclasses import replace
from pathlib import Path

import pytest

from bankcc.log import views
from bankcc.log.views import Views
from bankcc.schema.change import Action, create, edit
from bankcc.schema.fields import Choice, Field
from bankcc.schema.record import RecordKind
from bankcc.session import Session
from tests.properties.centers import Meeting, open_center
from tests.properties.kinds import KINDS, THING


def with_field(name: str, **changes: object) -> dict[str, RecordKind]:
    fields = tuple(
        replace(item, **changes) if item.name == name else item  # type: ignore[arg-type]
        for item in THING.fields
    )
    return {**KINDS, "thing": replace(THING, fields=fields)}


STATES = THING.by_name["status"]
assert isinstance(STATES, Choice)


@pytest.mark.parametrize(
    "kinds",
    [
        with_field("note", searchable=False),
        with_field("title", pinyin=False),
        with_field("note", tracked=True),
        with_field("note", critical=True),
        with_field(
            "status", options=(*STATES.options[1:], replace(STATES.options[0], attention=0))
        ),
        {**KINDS, "thing": replace(THING, entries="task")},
        {**KINDS, "thing": replace(THING, announced=False)},
        {**KINDS, "thing": replace(THING, indexes=())},
        {"thing": THING},
    ],
)
def test_what_the_filling_depends_on_is_in_the_fingerprint(kinds: dict[str, RecordKind]) -> None:
    assert Views(kinds).fingerprint() != Views(KINDS).fingerprint()


def test_words_for_people_are_not_in_the_fingerprint() -> None:
    assert Views(with_field("note", label="Other")).fingerprint() == Views(KINDS).fingerprint()


def test_a_program_that_understands_more_builds_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Views(KINDS).fingerprint()
    monkeypatch.setattr(views, "OP_VERSION", views.OP_VERSION + 1)
    assert Views(KINDS).fingerprint() != before


def test_another_declaration_rebuilds_the_views_when_the_center_opens(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        session.execute(create("thing", title="停电", note="备用机房"))
        assert len(session.search("机房")) == 1
        paths = session.paths
    with Session.open(paths, kinds=with_field("note", searchable=False)) as session:
        assert session.search("机房") == []
        assert len(session.search("停电")) == 1


def test_an_alternative_is_counted_shown_and_goes_when_it_is_settled(tmp_path: Path) -> None:
    with Meeting(open_center(tmp_path / "center")) as meeting:
        session, other = meeting.session, meeting.play.laptops[0]
        meeting.verb(create("thing", title="停电"))
        record = session.get("thing", "甲-X-0001").id
        meeting.play.exchange(meeting.us, other)
        meeting.verb(edit("thing", record, phone="13912345678"))
        meeting.play.write(other, THING, Action.EDIT, record, {"phone": "18492083124"})
        meeting.hear(other)
        (found,) = session.alternatives(critical_only=True)
        both = {found.value, session.get("thing", record)["phone"]}
        assert both == {"13912345678", "18492083124"}
        assert session.get("thing", record).conflicts == 1
        meeting.verb(edit("thing", record, phone=str(found.value)))
        assert session.alternatives() == []
        assert session.get("thing", record).conflicts == 0


def test_fields_are_what_the_tables_have(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        columns = {
            row[1]: row[2]
            for row in session.connection.execute(f"PRAGMA table_info({THING.table})")
        }
        declared: tuple[Field, ...] = THING.fields
        assert all(columns[item.name] == item.column for item in declared)
