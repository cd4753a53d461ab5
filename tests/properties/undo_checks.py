"""What must hold of undo and redo, as functions for tests and planted bugs."""

from pathlib import Path
from random import Random

import pytest

from bankcc.errors import Refused, UserError
from bankcc.schema.change import Action, create, edit
from bankcc.schema.query import Query
from tests.properties.centers import Meeting, dump, open_center
from tests.properties.kinds import KINDS, WORDS, value_for


def visible(meeting: Meeting) -> dict[str, object]:
    """What a person sees of every kind but the timeline, which keeps what was undone."""
    return {
        name: {record.id: dict(record.values) for record in meeting.session.find(Query(name))}
        for name in KINDS
        if name != "timeline"
    }


def check_there_and_back(folder: Path, seed: int, count: int = 25) -> None:
    """n verbs and n undos show what was, n redos what had been reached; and so once more."""
    with Meeting(open_center(folder, seed), seed=seed) as meeting:
        rng = Random(seed)
        for word in WORDS[:3]:
            meeting.verb(create("thing", title=word, stock=5, list="甲\n乙"))
        states = [visible(meeting)]
        for _ in range(count):
            before = meeting.us.reach[meeting.log_id]
            verb = meeting._verb(*(rng.randrange(n) for n in (12, 9, 9, 10)))
            if verb:
                meeting.verb(verb)
            if meeting.us.reach[meeting.log_id] > before:
                states.append(visible(meeting))
        for _round in range(2):
            for state in states[-2::-1]:
                meeting.session.undo()
                assert visible(meeting) == state
            for state in states[1:]:
                meeting.session.redo()
                assert visible(meeting) == state
        assert meeting.session.can_redo() == ""
        with pytest.raises(Refused):
            meeting.session.redo()
        before = dump(meeting.session)
        meeting.session.rebuild()
        assert dump(meeting.session) == before


def check_refused_when_changed(folder: Path, seed: int) -> None:
    """Undo of an edit is refused exactly when another has written that field since or beside it."""
    rng = Random(seed)
    with Meeting(open_center(folder, seed), seed=seed) as meeting:
        session = meeting.session
        fields = ("title", "note", "phone", "status", "due", "flag", "tags")
        for _ in range(12):
            other = meeting.play.laptops[rng.randrange(2)]
            session.execute(create("thing", title="停电", status="todo", flag=0))
            meeting.verb(
                edit("thing", session.find(Query("thing", order="-row"))[0].id, title="复电")
            )
            record = session.find(Query("thing", order="-row"))[0]
            ours, theirs = rng.choice(fields), rng.choice(fields)
            before_us = rng.random() < 0.5
            old = session.get("thing", record.id)[ours]
            if before_us:  # the other one does not know our edit: its own is concurrent
                meeting.play.exchange(meeting.us, other)
            meeting.verb(edit("thing", record.id, **{ours: _other_value(ours, old, 3)}))
            if not before_us:
                meeting.play.exchange(meeting.us, other)
            value = _other_value(theirs, session.get("thing", record.id)[theirs], 6)
            meeting.play.write(other, KINDS["thing"], Action.EDIT, record.id, {theirs: value})
            meeting.hear(other)
            if ours == theirs:
                with pytest.raises(Refused):
                    session.undo()
            else:
                session.undo()
                assert session.get("thing", record.id)[ours] == old
                assert session.get("thing", record.id)[theirs] == value
            meeting._join()


def _other_value(field: str, old: object, choice: int) -> object:
    item = KINDS["thing"].by_name[field]
    value = value_for(item, choice)
    return value_for(item, choice + 1) if value == old else value


def check_creation_changed_elsewhere(folder: Path, seed: int) -> None:
    """A record that another has written into is not taken back; what they wrote stays in sight."""
    with Meeting(open_center(folder, seed), seed=seed) as meeting:
        session, other = meeting.session, meeting.play.laptops[seed % 2]
        meeting.verb(create("thing", title="停电"))
        record = session.find(Query("thing"))[0]
        meeting.play.exchange(meeting.us, other)
        meeting.play.write(other, KINDS["thing"], Action.EDIT, record.id, {"note": "他人所写"})
        meeting.hear(other)
        with pytest.raises(Refused):
            session.undo()
        assert session.get("thing", record.id)["note"] == "他人所写"


def check_history_keeps_both(folder: Path, seed: int) -> None:
    """After undo and redo the history still names every value and who wrote it."""
    with Meeting(open_center(folder, seed), seed=seed) as meeting:
        session = meeting.session
        meeting.verb(create("thing", title="停电"))
        record = session.find(Query("thing"))[0]
        meeting.verb(edit("thing", record.id, title="复电"))
        session.undo()
        session.redo()
        session.undo()
        titles = [entry.values.get("title") for entry in session.history(record.id)]
        assert titles == ["停电", "复电", "停电", "复电", "停电"]
        session.undo()
        assert session.find(Query("thing")) == []
        assert [entry.action for entry in session.history(record.id)][-1] == "delete"
        with pytest.raises(UserError):
            session.undo()


CHECKS = (
    check_there_and_back,
    check_refused_when_changed,
    check_creation_changed_elsewhere,
    check_history_keeps_both,
)
