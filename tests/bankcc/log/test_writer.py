"""The writer: numbers, what an author has seen, and the chain's end after a failure."""

from pathlib import Path

import pytest

from bankcc.clock import ManualClock
from bankcc.errors import UserError
from bankcc.ids import SeededChance
from bankcc.log import store
from bankcc.log.op import COVERED, DELETED, decode
from bankcc.log.writer import Draft, seen_by
from bankcc.paths import Paths
from bankcc.schema.change import Action, Change, Verb, create, delete, edit
from bankcc.schema.query import Query
from bankcc.session import Session
from tests.properties.centers import Meeting, open_center
from tests.properties.kinds import KINDS, THING
from tests.properties.play import NOW_MS


def number(session: Session) -> str:
    return session.execute(create("thing", title="停电")).made[0].number


def reopened(folder: Path) -> Session:
    return Session.open(
        Paths(folder), clock=ManualClock(NOW_MS), chance=SeededChance(2), kinds=KINDS
    )


def test_numbers_go_on_after_deletion_rollback_and_a_new_start(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        assert [number(session) for _ in range(3)] == ["甲-X-0001", "甲-X-0002", "甲-X-0003"]
        session.execute(delete("thing", "甲-X-0003"))
        doomed = [
            Change("thing", Action.CREATE, values={"title": "停电"}),
            Change("thing", Action.CREATE, values={"title": ""}),
        ]
        with pytest.raises(UserError):
            session.execute(Verb("thing.two", lambda _desk: doomed))
        assert number(session) == "甲-X-0004"
        session.undo()
        assert session.execute(create("mate", name="王敏")).made[0].number == "甲-M-0001"
    with reopened(tmp_path / "center") as session:
        assert number(session) == "甲-X-0005"
        session.rebuild()
        assert number(session) == "甲-X-0006"


def test_numbers_of_other_laptops_do_not_move_ours(tmp_path: Path) -> None:
    with Meeting(open_center(tmp_path / "center")) as meeting:
        for _ in range(5):
            meeting.play.step((0, 0, 0, 0, 1))
        meeting.hear(meeting.play.laptops[0])
        assert number(meeting.session) == "甲-X-0001"


def test_five_digits_follow_four(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        session._path._writer._numbers["thing"] = 9_998  # type: ignore[union-attr]
        assert [number(session) for _ in range(2)] == ["甲-X-9999", "甲-X-10000"]
    with reopened(tmp_path / "center") as session:
        assert number(session) == "甲-X-10001"


def test_a_number_that_is_none_stops_no_other(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        assert number(session) == "甲-X-0001"
        with session._opened.database.transaction() as connection:
            connection.execute("UPDATE v_thing SET number = '甲-X-9a99'")
        session._path._writer._numbers.clear()  # type: ignore[union-attr]
        assert number(session) == "甲-X-0001"
        assert number(session) == "甲-X-0002"


def test_a_refused_verb_leaves_no_gap_in_the_chain(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        number(session)
        before = session.head_code()
        with pytest.raises(UserError):
            session.execute(edit("thing", "甲-X-0001", title=""))
        assert session.head_code() == before
        number(session)
        assert session.verify().problems == []


def test_operations_of_a_verb_name_its_first(tmp_path: Path) -> None:
    changes = [Change("mate", Action.CREATE, values={"name": name}) for name in ("甲", "乙", "丙")]
    with open_center(tmp_path / "center") as session:
        receipt = session.execute(Verb("mate.three", lambda _desk: changes))
        headers = [decode(s).header for s in store.read(session.connection, 1, receipt.action)]
        assert [(h.seq, h.first) for h in headers] == [(2, 2), (3, 2), (4, 2)]
        session.undo()
        assert session.find(Query("mate")) == []


def test_new_records_and_additions_have_seen_nothing() -> None:
    for action in (Action.CREATE, Action.ADD):
        assert seen_by(Draft(THING, action, "r", {"stock": 1}), None) == {}


def test_a_deletion_names_every_head(tmp_path: Path) -> None:
    with open_center(tmp_path / "center") as session:
        number(session)
        session.execute(edit("thing", "甲-X-0001", note="x"))
        session.execute(delete("thing", "甲-X-0001"))
        made, edited, gone = (decode(s) for s in store.read(session.connection, 1, 2))
        assert set(gone.header.seen) == {COVERED, DELETED}
        assert set(gone.header.seen[COVERED]) == {made.ref, edited.ref}
